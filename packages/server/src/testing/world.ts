/** The rules on a real database: nodes over one clone, each with its own write path, memory, keys and bell. */
import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { type Bell, flusher, follow, type LogMemory, quotas, type World } from '@recreio/core';
import { type School, school } from '@recreio/core/testing/world.ts';
import { DEFAULT_LIMITS } from '@recreio/protocol';
import type pg from 'pg';
import { ensureInstallation } from '../adapters/postgres/accounts/records.ts';
import { type Connection, openPool } from '../adapters/postgres/connect.ts';
import { logMemory } from '../adapters/postgres/log.ts';
import { makeMemory } from '../adapters/postgres/memory.ts';
import { leavingTokens } from '../adapters/mail/leaving.ts';
import { pushCarrier } from '../adapters/push/carrier.ts';
import { redraw } from '../adapters/png.ts';
import { passkeys } from '../adapters/passkeys.ts';
import { secrets } from '../adapters/secrets.ts';
import { openVault } from '../adapters/vault/vault.ts';
import { newId } from '../ids.ts';
import { cloneDatabase } from './database.ts';
import { newMaster } from './vault.ts';

/** What a node rang its bell with. */
export interface Ring {
  readonly events: Parameters<Bell['ring']>[0];
  readonly users: Parameters<Bell['ring']>[1];
}

/** How a node differs from an ordinary one. */
export interface NodeKind {
  /** Stands between the rules and the log: to hold, to break, to watch. */
  readonly log?: (log: LogMemory) => LogMemory;
  /** Stands between everything else and the pool. */
  readonly pool?: (pool: pg.Pool) => pg.Pool;
  /** Who hears the bell, besides `rung`. */
  readonly bell?: Bell;
  /** Whether requests are counted against the buckets. */
  readonly quotas?: boolean;
  readonly presence?: World['presence'];
  /** Who carries calls to devices; left out: nobody is reached. */
  readonly push?: World['push'];
  /** Sessions have ended, after COMMIT. */
  readonly revoked?: () => void;
}

/** One node of the school. */
export interface Node {
  readonly school: School;
  readonly world: World;
  /** The node's own steady clock, which nobody moves but the test, in ms. */
  readonly clock: { ms: number };
  /** Everything it rang for, in order. */
  readonly rung: Ring[];
  /** Its write path's connection was lost this often. */
  readonly broke: Error[];
}

/** A school on a database of its own. */
export interface Schoolhouse {
  readonly pool: pg.Pool;
  readonly connection: Connection;
  /** Opens one more node on the same database. */
  node(kind?: NodeKind): Promise<Node>;
  /** Enrols people in a new course; answers with its id. */
  course(title: string, people: Readonly<Record<string, 'staff' | 'student'>>): Promise<string>;
  close(): Promise<void>;
}

const silentPresence: World['presence'] = {
  typing: () => undefined,
  here: () => ({ here: [], count: 0 }),
  marker: () => undefined,
  thread: () => undefined,
  saved: () => undefined,
  notices: () => undefined,
  tuning: () => undefined,
  draft: () => undefined,
  me: () => undefined,
  school: () => undefined,
};

/** Opens a school: one per test file, in `beforeAll`; `close` it in `afterAll`. `prepare` has the database before anybody else does. */
export const openSchoolhouse = async (
  prepare: (connection: Connection) => Promise<void> = () => Promise.resolve(),
): Promise<Schoolhouse> => {
  const database = await cloneDatabase();
  await prepare(database.connection);
  const pool = openPool(database.connection, 8, () => undefined);
  const master = newMaster();
  await ensureInstallation(pool, { epoch: randomUUID(), school: 'Escola Aurora' });
  const closers: (() => Promise<void>)[] = [];

  const node = async (kind: NodeKind = {}): Promise<Node> => {
    const clock = { ms: 0 };
    const rung: Ring[] = [];
    const broke: Error[] = [];
    const vault = await openVault(pool, master);
    const bell: Bell = {
      ring: (events, users) => {
        rung.push({ events, users });
        kind.bell?.ring(events, users);
      },
    };
    const log = logMemory({
      connection: () => database.connection,
      vault,
      newId,
      broke: (error) => broke.push(error),
    });
    closers.push(() => log.close());
    const nodePool = kind.pool ? kind.pool(pool) : pool;
    const { memory, transact } = makeMemory({
      pool: nodePool,
      lookups: nodePool,
      pages: nodePool,
      vault,
      newId,
      bell: () => bell,
      revoked: kind.revoked ?? (() => undefined),
    });
    const monotonic = () => clock.ms;
    const world: World = {
      memory,
      transact,
      follow,
      newId,
      presence: kind.presence ?? silentPresence,
      secrets: secrets({ waiting: 1_000 }),
      redraw,
      passkeys,
      mail: null,
      leaving: leavingTokens(vault.leavingKey()),
      push: kind.push ?? pushCarrier({ isLocal: true, now: () => Date.now() }),
      health: () => Promise.reject(new Error('nothing runs here that has a health')),
      provider: null,
      quota: kind.quotas ? quotas(monotonic) : () => null,
      limits: DEFAULT_LIMITS,
      site: { publicUrl: 'https://recreio.escola.example', demo: false },
      flusher: flusher({
        memory: kind.log ? kind.log(log) : log,
        bell,
        follows: [follow],
        newId,
        monotonic,
        pause: () => turn(),
      }),
    };
    return { school: school(world), world, clock, rung, broke };
  };

  return {
    pool,
    connection: database.connection,
    node,
    course: async (title, people) => {
      const id = randomUUID();
      await pool.query('INSERT INTO course (id, title) VALUES ($1, $2)', [id, title]);
      for (const [account, as] of Object.entries(people)) {
        await pool.query('INSERT INTO enrolment (course, account, staff) VALUES ($1, $2, $3)', [
          id,
          account,
          as === 'staff',
        ]);
      }
      return id;
    },
    close: async () => {
      for (const close of closers) await close();
      await pool.end();
      await database.drop();
    },
  };
};
