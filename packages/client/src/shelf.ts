/**
 * The keeping of browsers: IndexedDB, encrypted (`sealing.ts`), on the disk before it counts as kept. What lies there in the
 * clear: that an account has so many unsent messages and drafts, the rooms of the drafts, client ids, sizes.
 */
import type { Problem } from '@recreio/protocol';
import { type Clock, systemClock } from './clock.ts';
import { answerOf, createDatabase, type Database, type Stores } from './database.ts';
import { type Draft, type Intention, talkName } from './intention.ts';
import type { Keeping, KeptMessage } from './keeping.ts';
import { type Key, makeKey, seal, type Sealed, unseal } from './sealing.ts';

interface KeyRecord extends Key {
  readonly account: string;
}

interface UnsentRecord extends Sealed {
  readonly account: string;
  readonly clientId: string;
  /** By the store, in the order of writing. */
  readonly order: number;
  readonly refused?: Problem;
}

interface DraftRecord extends Sealed {
  readonly account: string;
  readonly room: string;
}

/** A storage that takes longer has a fault (a disk that hangs, a page that blocks an upgrade); people do not wait for it. */
const PATIENCE_MS = 5_000;

const placeOf = (account: string, kind: 'unsent' | 'draft', name: string): string => `${kind} ${account} ${name}`;

const isIntention = (value: unknown, clientId: string): value is Intention =>
  typeof value === 'object' &&
  value !== null &&
  'clientId' in value &&
  value.clientId === clientId &&
  'room' in value &&
  typeof value.room === 'string' &&
  'body' in value &&
  typeof value.body === 'string';

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && 'body' in value && typeof value.body === 'string';

const keyIn = (stores: Stores, account: string): Promise<KeyRecord | undefined> =>
  answerOf<KeyRecord | undefined>(stores('keys').get(account));

const ofAccount = <T>(stores: Stores, name: 'unsent' | 'drafts', account: string): Promise<T[]> =>
  answerOf<T[]>(stores(name).index('account').getAll(account));

const orderOf = (stores: Stores, account: string, clientId: string): Promise<IDBValidKey | undefined> =>
  answerOf<IDBValidKey | undefined>(stores('unsent').index('clientId').getKey([account, clientId]));

/** Everything of an account, opened, with what could not be. */
const read = async (database: Database, account: string) => {
  const records = await database.within(['keys', 'unsent', 'drafts'], 'readonly', async (stores) => {
    const [key, unsent, drafts] = await Promise.all([
      keyIn(stores, account),
      ofAccount<UnsentRecord>(stores, 'unsent', account),
      ofAccount<DraftRecord>(stores, 'drafts', account),
    ]);
    return { key, unsent, drafts };
  });
  const { key } = records;
  const unsent: KeptMessage[] = [];
  const drafts = new Map<string, Draft>();
  const unreadable: { readonly orders: number[]; readonly rooms: string[] } = { orders: [], rooms: [] };
  for (const record of records.unsent) {
    const { order, clientId, refused } = record;
    const intention = await unseal(key, placeOf(account, 'unsent', clientId), record);
    if (isIntention(intention, clientId))
      unsent.push({ intention, order, ...(refused === undefined ? {} : { refused }) });
    else unreadable.orders.push(order);
  }
  for (const record of records.drafts) {
    const draft = await unseal(key, placeOf(account, 'draft', record.room), record);
    if (isDraft(draft)) drafts.set(record.room, draft);
    else unreadable.rooms.push(record.room);
  }
  return { unsent, drafts, unreadable };
};

/** Lays the shelf of this browser; without arguments the page's own. */
export const openShelf = (factory: () => IDBFactory = () => indexedDB, clock: Clock = systemClock): Keeping => {
  const database = createDatabase(factory);
  const keys = new Map<string, Promise<Key>>();
  /** Writes go one after the other: what was written first is kept first, however long it takes to seal. */
  let lane: Promise<unknown> = Promise.resolve();

  const bounded = <T>(work: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = clock.after(PATIENCE_MS, () => reject(new Error('the storage does not answer')));
      const end = (settle: () => void) => () => {
        clock.cancel(timer);
        settle();
      };
      work.then(
        (value) => end(() => resolve(value))(),
        (error: unknown) => end(() => reject(error))(),
      );
    });

  /** One that is given up may still end: IndexedDB takes transactions on the same stores in the order they were asked for. */
  const inLine = <T>(work: () => Promise<T>): Promise<T> => {
    const result = lane.then(() => bounded(work()));
    lane = result.catch(() => undefined);
    return result;
  };

  /** The account's key, made when there is none; of two tabs that make one, the first to write it wins. */
  const keyOf = (account: string): Promise<Key> => {
    const there = keys.get(account);
    if (there !== undefined) return there;
    const key = (async () => {
      const known = await database.within(['keys'], 'readonly', (stores) => keyIn(stores, account));
      if (known !== undefined) return known;
      const made = await makeKey();
      return await database.within(['keys'], 'readwrite', async (stores) => {
        const other = await keyIn(stores, account);
        if (other === undefined) await answerOf(stores('keys').put({ account, ...made }));
        return other ?? made;
      });
    })();
    keys.set(account, key);
    key.catch(() => keys.delete(account));
    return key;
  };

  /** What is written under a key that is gone (the person signed out in another tab) could never be read. */
  const assertKey = async (stores: Stores, account: string, { keyId }: Sealed): Promise<void> => {
    if ((await keyIn(stores, account))?.id === keyId) return;
    keys.delete(account);
    throw new Error('what is kept of this person was cleared meanwhile');
  };

  return {
    isDurable: true,
    async open(account) {
      const { unsent, drafts, unreadable } = await bounded(read(database, account));
      return { unsent, drafts, unreadable: unreadable.orders.length + unreadable.rooms.length };
    },
    put: (account, intention, refused) =>
      inLine(async () => {
        const { clientId } = intention;
        const talk = talkName(intention.room, intention.thread);
        const sealed = await seal(await keyOf(account), placeOf(account, 'unsent', clientId), intention);
        const record = { account, clientId, ...sealed, ...(refused === undefined ? {} : { refused }) };
        return await database.within(['keys', 'unsent', 'drafts'], 'readwrite', async (stores) => {
          await assertKey(stores, account, sealed);
          await answerOf(stores('drafts').delete([account, talk]));
          const there = await orderOf(stores, account, clientId);
          return Number(there ?? (await answerOf(stores('unsent').add(record))));
        });
      }),
    has: (account, clientId) =>
      bounded(
        database.within(
          ['unsent'],
          'readonly',
          async (stores) => (await orderOf(stores, account, clientId)) !== undefined,
        ),
      ),
    refuse: (account, clientId, refused) =>
      inLine(() =>
        database.within(['unsent'], 'readwrite', async (stores) => {
          const order = await orderOf(stores, account, clientId);
          if (order === undefined) return;
          const { refused: _, ...record } = await answerOf<UnsentRecord>(stores('unsent').get(order));
          await answerOf(stores('unsent').put(refused === null ? record : { ...record, refused }));
        }),
      ),
    remove: (account, clientId) =>
      inLine(() =>
        database.within(['unsent'], 'readwrite', async (stores) => {
          const order = await orderOf(stores, account, clientId);
          if (order !== undefined) await answerOf(stores('unsent').delete(order));
        }),
      ),
    putDraft: (account, room, draft) =>
      inLine(async () => {
        if (draft === null) {
          await database.within(
            ['drafts'],
            'readwrite',
            (stores) => answerOf(stores('drafts').delete([account, room])),
            'relaxed',
          );
          return;
        }
        const sealed = await seal(await keyOf(account), placeOf(account, 'draft', room), draft);
        await database.within(
          ['keys', 'drafts'],
          'readwrite',
          async (stores) => {
            await assertKey(stores, account, sealed);
            await answerOf(stores('drafts').put({ account, room, ...sealed }));
          },
          'relaxed',
        );
      }),
    clear: (account) =>
      inLine(async () => {
        keys.delete(account);
        await database.within(['keys', 'unsent', 'drafts'], 'readwrite', async (stores) => {
          await answerOf(stores('keys').delete(account));
          for (const name of ['unsent', 'drafts'] as const)
            for (const key of await answerOf(stores(name).index('account').getAllKeys(account)))
              await answerOf(stores(name).delete(key));
        });
      }),
    clearUnreadable: (account) =>
      inLine(async () => {
        const { unreadable } = await read(database, account);
        await database.within(['unsent', 'drafts'], 'readwrite', async (stores) => {
          for (const order of unreadable.orders) await answerOf(stores('unsent').delete(order));
          for (const room of unreadable.rooms) await answerOf(stores('drafts').delete([account, room]));
        });
      }),
  };
};
