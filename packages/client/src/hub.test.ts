import { type ClientFrame, type Cursor, roomStream, type ServerFrame } from '@recreio/protocol';
import { describe, expect, test } from 'vitest';
import { createHub, type FromHub } from './hub.ts';
import { manualClock } from './testing/clock.ts';

const ROOM = '01890000-0000-7000-8000-000000000001';
const STREAM = roomStream(ROOM);
const EPOCH = '01890000-0000-7000-8000-0000000000ee';
const HEAD = 5;
const idAt = (seq: number): string => `01890000-0000-7000-8000-0000000001${String(seq).padStart(2, '0')}`;
const cursorAt = (seq: number): Cursor => ({ epoch: EPOCH, seq, lastId: seq === 0 ? null : idAt(seq) });

/** A server with one room of five events, which sends what a subscription misses only when it is told to, one event at a time. */
const server = () => {
  type Listener = (event: { readonly type: string; readonly data?: unknown }) => void;
  const listeners = new Map<string, Listener>();
  const say = (frame: object) => listeners.get('message')?.({ type: 'message', data: JSON.stringify(frame) });
  const asked: Extract<ClientFrame, { t: 'subscribe' }>[] = [];
  let held: number[] | null = null;
  let sent = HEAD;
  const answer = ({ id, cursor }: { readonly id: number; readonly cursor?: Cursor }) => {
    sent = cursor?.seq ?? HEAD;
    say({ t: 'subscribed', id, stream: STREAM, head: cursorAt(HEAD) });
  };
  return {
    asked,
    dial: () => ({
      send: (text: string) => {
        const frame = JSON.parse(text) as ClientFrame;
        if (frame.t === 'hello')
          say({
            t: 'welcome',
            protocol: 1,
            epoch: EPOCH,
            me: { id: idAt(90) },
            session: idAt(91),
            now: '2026-11-02T13:00:00.000Z',
            limits: { unansweredCommands: 32 },
            user: cursorAt(0),
            rooms: [],
          });
        if (frame.t !== 'subscribe') return;
        asked.push(frame);
        if (held) held.push(asked.length - 1);
        else answer(frame);
      },
      close: () => undefined,
      addEventListener: (type: string, listener: Listener) => {
        listeners.set(type, listener);
        if (type === 'open') queueMicrotask(() => listener({ type }));
      },
    }),
    /** Keeps answers to itself until they are released. */
    hold: () => {
      held = [];
    },
    release: () => {
      const those = held ?? [];
      held = null;
      for (const nth of those) answer(asked[nth] as (typeof asked)[number]);
    },
    /** Sends so many of the events that the subscription misses. */
    drip: (events: number) => {
      for (let n = 0; n < events && sent < HEAD; n += 1) {
        sent += 1;
        const event = {
          seq: sent,
          id: idAt(sent),
          at: '2026-11-02T13:00:00.000Z',
          actor: idAt(92),
          type: 'member.left',
          data: { account: idAt(93) },
        };
        say({ t: 'events', stream: STREAM, events: [event] });
      }
    },
  };
};

const open = async () => {
  const there = server();
  const hub = createHub({
    dial: there.dial,
    call: () => Promise.reject(new Error('nobody calls here')),
    clock: manualClock(Date.UTC(2026, 10, 2, 13)),
  });
  const tab = async () => {
    const told: ServerFrame[] = [];
    const line = hub.attach((message: FromHub) => {
      if (message.t === 'frame') told.push(JSON.parse(message.text) as ServerFrame);
    });
    await Promise.resolve();
    line.send(JSON.stringify({ t: 'hello', protocol: 1 }));
    return {
      subscribe: (id: number, cursor?: Cursor) =>
        line.send(JSON.stringify({ t: 'subscribe', id, stream: STREAM, ...(cursor ? { cursor } : {}) })),
      /** The seqs that this tab was told, without those at or below what it has, as the SDK takes them. */
      follows: (from: number) => {
        let at = from;
        for (const frame of told)
          if (frame.t === 'events') for (const { seq } of frame.events) if (seq === at + 1) at = seq;
        return at;
      },
      told,
    };
  };
  return { there, first: await tab(), second: await tab() };
};

describe('a room that two tabs open', () => {
  test('[D7] a tab that opens it further on does not take from another what that one still misses', async () => {
    const { there, first, second } = await open();
    first.subscribe(1, cursorAt(0));
    there.drip(2);
    second.subscribe(1, cursorAt(HEAD));
    expect(there.asked.map(({ cursor }) => cursor?.seq)).toEqual([0, 2]);
    there.drip(HEAD);
    expect([first.follows(0), second.follows(HEAD)]).toEqual([HEAD, HEAD]);
  });

  test('[D7] nor does one that opens it at its head', async () => {
    const { there, first, second } = await open();
    first.subscribe(1, cursorAt(1));
    second.subscribe(1);
    there.drip(HEAD);
    expect(first.follows(1)).toBe(HEAD);
    expect(second.told.filter(({ t }) => t === 'subscribed')).toHaveLength(1);
  });

  test('[D7] nor where neither was answered yet', async () => {
    const { there, first, second } = await open();
    there.hold();
    second.subscribe(1);
    first.subscribe(1, cursorAt(3));
    there.release();
    there.drip(HEAD);
    expect(first.follows(3)).toBe(HEAD);
  });

  test('one that is behind opens it where it is', async () => {
    const { there, first, second } = await open();
    first.subscribe(1, cursorAt(HEAD));
    second.subscribe(1, cursorAt(1));
    expect(there.asked.map(({ cursor }) => cursor?.seq)).toEqual([HEAD, 1]);
    there.drip(HEAD);
    expect(second.follows(1)).toBe(HEAD);
  });
});
