import { readMs } from '@recreio/ui';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deviceZone } from '../zones.ts';
import { zoneOf } from './calm.ts';
import { closeAll, closeRead, notify } from './desktop.ts';
import { isRead } from './news.ts';
import { isFirst, PAUSE_MS } from './turn.ts';

const open: string[] = [];
/** Stands in the place of the desktop. */
class Desktop extends EventTarget {
  static permission = 'granted';
  readonly #tag: string;
  constructor(_: string, { tag }: { tag: string }) {
    super();
    this.#tag = tag;
    open.push(tag);
  }
  close(): void {
    open.splice(open.indexOf(this.#tag), 1);
    this.dispatchEvent(new Event('close'));
  }
}

beforeEach(() => {
  open.length = 0;
  vi.stubGlobal('window', { Notification: Desktop });
  vi.stubGlobal('Notification', Desktop);
});
afterEach(() => {
  closeAll();
  vi.unstubAllGlobals();
});

const show = (room: string, seq: number, thread?: string): void =>
  notify({ room, seq, thread }, room, 'Helena mencionou você', () => undefined);

describe('notifications of the desktop', () => {
  it('[R95] go with the person, and none of them is known to whoever comes next', () => {
    show('lesson', 4);
    show('garden', 7, 'roots');
    expect(open).toEqual(['sala:lesson', 'fio:roots']);
    closeAll();
    expect(open).toEqual([]);
    const asked: string[] = [];
    closeRead(({ room }) => asked.push(room) > 0);
    expect(asked).toEqual([]);
  });

  it('[R95] of a thread close when the thread was read up to them, on any device', () => {
    const readInThread = new Map([['roots', 6]]);
    show('garden', 7, 'roots');
    closeRead((where) => !isRead(where, 99, readInThread));
    expect(open).toEqual(['fio:roots']);
    readInThread.set('roots', 7);
    closeRead((where) => !isRead(where, 0, readInThread));
    expect(open).toEqual([]);
  });
});

it('[R95] what is read before another tab or device has the time to be told of', () => {
  expect(PAUSE_MS).toBeGreaterThanOrEqual(readMs + 800);
});

it('[R95] one tab of a browser takes the word, of each call by itself', async () => {
  const held = new Set<string>();
  const request = async (name: string, _: LockOptions, granted: LockGrantedCallback<void>): Promise<void> => {
    if (held.has(name)) return granted(null);
    held.add(name);
    return granted({ name, mode: 'exclusive' });
  };
  vi.stubGlobal('navigator', { locks: { request } });
  expect([await isFirst('ana lesson 4'), await isFirst('ana lesson 4'), await isFirst('ana lesson 5')]).toEqual([
    true,
    false,
    true,
  ]);
});

it('[R96] a zone that this browser does not know is the device’s', () => {
  expect(zoneOf({ timeZone: 'America/Recife' })).toBe('America/Recife');
  expect(zoneOf({ timeZone: 'America/Nowhere' })).toBe(deviceZone());
  expect(zoneOf({ timeZone: null })).toBe(deviceZone());
  expect(zoneOf(null)).toBe(deviceZone());
});
