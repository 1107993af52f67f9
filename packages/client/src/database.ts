/** The browser's database as this SDK uses it: opened when it is needed, let go when another version wants it. */

/** Its name; one for each origin, and therefore one for each school. */
const NAME = 'recreio';
/** Raised when the stores change; `upgrade` brings each older one here. */
const VERSION = 1;

/** The stores: keys by account; unsent messages by order; drafts by account and room. */
export type StoreName = 'keys' | 'unsent' | 'drafts';

/** One transaction's stores. */
export type Stores = (name: StoreName) => IDBObjectStore;

/** The database. */
export interface Database {
  /**
   * One transaction: `work` may wait for its requests and for nothing else. Resolves with what it gives once all of it is
   * written; `strict` means on the disk, not only with the operating system. Rejects when the browser has no storage to give.
   */
  within<T>(
    names: readonly StoreName[],
    mode: 'readonly' | 'readwrite',
    work: (stores: Stores) => Promise<T>,
    durability?: 'strict' | 'relaxed',
  ): Promise<T>;
}

/** The answer of a request. */
export const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the storage refused')));
  });

const upgrade = (database: IDBDatabase, from: number): void => {
  if (from < 1) {
    database.createObjectStore('keys', { keyPath: 'account' });
    const unsent = database.createObjectStore('unsent', { keyPath: 'order', autoIncrement: true });
    unsent.createIndex('account', 'account');
    unsent.createIndex('clientId', ['account', 'clientId'], { unique: true });
    const drafts = database.createObjectStore('drafts', { keyPath: ['account', 'room'] });
    drafts.createIndex('account', 'account');
  }
};

/** Lays the way to the database; nothing is opened yet. */
export const createDatabase = (factory: () => IDBFactory): Database => {
  let opened: Promise<IDBDatabase> | undefined;

  const open = (): Promise<IDBDatabase> =>
    new Promise((resolve, reject) => {
      // Some browsers throw at the very name where storage is blocked
      const request = factory().open(NAME, VERSION);
      request.addEventListener('upgradeneeded', ({ oldVersion }) => upgrade(request.result, oldVersion));
      // `blocked`: a tab with an older version is open. It is told to let go (`versionchange`), and `success` follows
      request.addEventListener('error', () => reject(request.error ?? new Error('the storage did not open')));
      request.addEventListener('success', () => {
        const database = request.result;
        const letGo = () => {
          database.close();
          opened = undefined;
        };
        // A newer page wants another version; this one opens it again when it has something to keep, or is told that it cannot
        database.addEventListener('versionchange', letGo);
        database.addEventListener('close', letGo);
        resolve(database);
      });
    });

  const database = (): Promise<IDBDatabase> => {
    opened ??= open();
    const mine = opened;
    mine.catch(() => {
      if (opened === mine) opened = undefined; // the next one tries again
    });
    return mine;
  };

  return {
    async within(names, mode, work, durability = 'strict') {
      const transaction = (await database()).transaction([...names], mode, { durability });
      const over = new Promise<void>((resolve, reject) => {
        const fail = () => reject(transaction.error ?? new Error('the storage gave up'));
        transaction.addEventListener('complete', () => resolve());
        transaction.addEventListener('abort', fail);
        transaction.addEventListener('error', fail);
      });
      over.catch(() => undefined); // told below, or by `work`
      try {
        const result = await work((name) => transaction.objectStore(name));
        await over;
        return result;
      } catch (error) {
        try {
          transaction.abort();
        } catch {
          // over already
        }
        throw error;
      }
    },
  };
};
