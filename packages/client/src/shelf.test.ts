import { problem } from '@recreio/protocol';
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import { answerOf } from './database.ts';
import { openShelf } from './shelf.ts';
import { manualClock, settle } from './testing/clock.ts';

const ANA = '0199aaaa-0000-7000-8000-00000000000a';
const DAVI = '0199aaaa-0000-7000-8000-00000000000d';
const ROOM = '0199aaaa-0000-7000-8000-000000000001';

const intention = (clientId: string, body = 'oi') => ({
  clientId,
  room: ROOM,
  body,
  createdAt: '2026-11-22T12:00:00.000Z',
});
const bodiesOf = ({ unsent }: { unsent: readonly { intention: { body: string } }[] }) =>
  unsent.map(({ intention }) => intention.body);

/** The browser's database as another program would open it. */
const rawly = (factory: IDBFactory, version?: number): Promise<IDBDatabase> =>
  answerOf(factory.open('recreio', version));

const recordsIn = async (factory: IDBFactory, name: string): Promise<Record<string, unknown>[]> => {
  const database = await rawly(factory);
  const records = await answerOf(database.transaction(name).objectStore(name).getAll());
  database.close();
  return records as Record<string, unknown>[];
};

const changeIn = async (factory: IDBFactory, name: string, change: (store: IDBObjectStore) => IDBRequest) => {
  const database = await rawly(factory);
  await answerOf(change(database.transaction(name, 'readwrite').objectStore(name)));
  database.close();
};

describe('what a browser keeps', () => {
  test('[R40] outlives the page under its client id, in the order written, for the person who wrote it', async () => {
    const factory = new IDBFactory();
    const first = openShelf(() => factory);
    // The second client id sorts before the first, as after a clock was set back; the longer text takes longer to seal
    await Promise.all([
      first.put(ANA, intention('9', 'x'.repeat(100_000))),
      first.put(ANA, intention('1', 'second')),
      first.put(DAVI, intention('5', 'of Davi')),
    ]);
    await first.put(ANA, intention('1', 'second'));
    const second = openShelf(() => factory);
    expect(bodiesOf(await second.open(ANA))).toEqual(['x'.repeat(100_000), 'second']);
    expect(bodiesOf(await second.open(DAVI))).toEqual(['of Davi']);
    await second.remove(ANA, '9');
    expect([await first.has(ANA, '9'), await first.has(ANA, '1'), await first.has(DAVI, '1')]).toEqual([
      false,
      true,
      false,
    ]);
  });

  test('what lies there is not readable, and its key cannot be read out', async () => {
    const factory = new IDBFactory();
    const shelf = openShelf(() => factory);
    await shelf.put(ANA, intention('1', 'a secret of Ana'));
    await shelf.putDraft(ANA, ROOM, { body: 'another secret' });
    const [unsent] = await recordsIn(factory, 'unsent');
    const [draft] = await recordsIn(factory, 'drafts');
    for (const record of [unsent, draft]) {
      const bytes = new TextDecoder('latin1').decode(record?.['data'] as ArrayBuffer);
      expect(bytes.length).toBeGreaterThan(16);
      expect(bytes + JSON.stringify(record)).not.toContain('secret');
    }
    const [key] = await recordsIn(factory, 'keys');
    expect(key?.['key']).toMatchObject({ extractable: false, type: 'secret' });
    await expect(crypto.subtle.exportKey('raw', key?.['key'] as CryptoKey)).rejects.toThrow('extractable');
  });

  test('[D3] a message takes the place of the draft that it was, in one step', async () => {
    const factory = new IDBFactory();
    const shelf = openShelf(() => factory);
    await shelf.putDraft(ANA, ROOM, { body: 'begun', replyTo: 'm' });
    expect((await openShelf(() => factory).open(ANA)).drafts).toEqual(
      new Map([[ROOM, { body: 'begun', replyTo: 'm' }]]),
    );
    await shelf.put(ANA, intention('1', 'begun'));
    const kept = await openShelf(() => factory).open(ANA);
    expect([bodiesOf(kept), kept.drafts.size]).toEqual([['begun'], 0]);
  });

  test('a refusal stays with the message, and can be taken back', async () => {
    const factory = new IDBFactory();
    const shelf = openShelf(() => factory);
    await shelf.put(ANA, intention('1'));
    await shelf.refuse(ANA, '1', problem('muted', { until: null }));
    expect((await shelf.open(ANA)).unsent[0]?.refused).toMatchObject({ code: 'muted' });
    await shelf.refuse(ANA, '1', null);
    expect((await shelf.open(ANA)).unsent).toEqual([{ intention: intention('1'), order: 1 }]);
  });

  test('what was damaged, or moved to somebody else, is set aside and counted; the rest is read', async () => {
    const factory = new IDBFactory();
    const shelf = openShelf(() => factory);
    for (const clientId of ['1', '2', '3']) await shelf.put(ANA, intention(clientId, `message ${clientId}`));
    const [first = {}, second] = await recordsIn(factory, 'unsent');
    const damaged = new Uint8Array((first['data'] as ArrayBuffer).slice(0));
    damaged[0] = (damaged[0] ?? 0) ^ 1;
    await changeIn(factory, 'unsent', (store) => store.put({ ...first, data: damaged.buffer }));
    await changeIn(factory, 'unsent', (store) => store.put({ ...second, clientId: '4' }));
    const kept = await shelf.open(ANA);
    expect([bodiesOf(kept), kept.unreadable]).toEqual([['message 3'], 2]);
    await shelf.clearUnreadable(ANA);
    const after = await shelf.open(ANA);
    expect([bodiesOf(after), after.unreadable]).toEqual([['message 3'], 0]);
  });

  test('with its key lost nothing can be read, that is told, and what is written from then on is kept', async () => {
    const factory = new IDBFactory();
    await openShelf(() => factory).put(ANA, intention('1', 'lost'));
    await changeIn(factory, 'keys', (store) => store.delete(ANA));
    const shelf = openShelf(() => factory);
    expect(await shelf.open(ANA)).toMatchObject({ unsent: [], unreadable: 1 });
    await shelf.put(ANA, intention('2', 'kept'));
    expect(bodiesOf(await shelf.open(ANA))).toEqual(['kept']);
  });

  test('signing out clears one person and nobody else, also what another tab would write under the old key', async () => {
    const factory = new IDBFactory();
    const [here, there] = [openShelf(() => factory), openShelf(() => factory)];
    await there.put(ANA, intention('1'));
    await there.put(DAVI, intention('2', 'of Davi'));
    await here.putDraft(ANA, ROOM, { body: 'begun' });
    await here.clear(ANA);
    await expect(there.put(ANA, intention('3', 'too late'))).rejects.toThrow('cleared meanwhile');
    expect(await here.open(ANA)).toEqual({ unsent: [], drafts: new Map(), unreadable: 0 });
    expect(bodiesOf(await here.open(DAVI))).toEqual(['of Davi']);
    expect(await recordsIn(factory, 'keys')).toMatchObject([{ account: DAVI }]);
  });

  test('two tabs that make the first key of a person at once agree on one', async () => {
    const factory = new IDBFactory();
    await Promise.all([
      openShelf(() => factory).put(ANA, intention('1')),
      openShelf(() => factory).put(ANA, intention('2')),
    ]);
    const kept = await openShelf(() => factory).open(ANA);
    expect([kept.unsent.length, kept.unreadable]).toEqual([2, 0]);
  });

  test('a browser that has no storage to give is told as such, each time, and asked again the next', async () => {
    const factory = new IDBFactory();
    let isBlocked = true;
    const shelf = openShelf(() => {
      if (isBlocked) throw new DOMException('denied', 'SecurityError');
      return factory;
    });
    await expect(shelf.open(ANA)).rejects.toThrow('denied');
    await expect(shelf.put(ANA, intention('1'))).rejects.toThrow('denied');
    isBlocked = false;
    await shelf.put(ANA, intention('1'));
    expect(bodiesOf(await shelf.open(ANA))).toEqual(['oi']);
  });

  test('a page of a newer version is let through; this one says that it cannot keep any more', async () => {
    const factory = new IDBFactory();
    const shelf = openShelf(() => factory);
    await shelf.put(ANA, intention('1'));
    const newer = await rawly(factory, 2); // would wait for ever if the older one held on
    await expect(shelf.put(ANA, intention('2'))).rejects.toThrow('version');
    newer.close();
  });

  test('a storage that does not answer is not waited for', async () => {
    const clock = manualClock(0);
    const silent = { open: () => new EventTarget() } as unknown as IDBFactory;
    const shelf = openShelf(() => silent, clock);
    let why: unknown;
    shelf.open(ANA).catch((error: unknown) => {
      why = error;
    });
    await clock.advance(5_000);
    await settle();
    expect(why).toEqual(new Error('the storage does not answer'));
  });
});
