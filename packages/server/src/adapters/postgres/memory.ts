/** The memory of all nouns on PostgreSQL: over the pool, or inside one transaction whose effects ring after COMMIT. */
import {
  type Bell,
  Indeterminate,
  type Memory,
  type Placed,
  type PlacedForUser,
  StorageFull,
  Unavailable,
} from '@recreio/core/ports.ts';
import type pg from 'pg';
import type { Vault } from '../vault/vault.ts';
import { accountsMemory } from './accounts.ts';
import { seeing } from './accounts/seen.ts';
import { isAway, isFull, isHeld, type Queryable } from './connect.ts';
import { coursesMemory } from './courses.ts';
import { digestMemory } from './digest.ts';
import { draftsMemory } from './drafts.ts';
import { escalationMemory } from './escalation.ts';
import { invitationsMemory } from './invitations.ts';
import { joiningMemory } from './joining.ts';
import { notificationsMemory } from './notifications.ts';
import { pushMemory } from './push.ts';
import { roomsMemory } from './rooms.ts';
import { savedMemory } from './saved.ts';
import { auditMemory } from './audit.ts';
import { schoolMemory } from './school.ts';
import { streamsMemory } from './streams.ts';
import { threadsMemory } from './threads.ts';

/** What memory needs. `revoked` is called after a COMMIT that ended sessions. */
export interface MemoryParts {
  readonly pool: pg.Pool;
  /** For what many ask at once: by index (connect.ts, openLookups). */
  readonly lookups: pg.Pool;
  /** For pages of logs: by index, too (connect.ts, openPages). */
  readonly pages: pg.Pool;
  readonly vault: Vault;
  readonly newId: () => string;
  readonly bell: () => Bell;
  readonly revoked: () => void;
}

/** The memory over the pool, and transactions. */
export const makeMemory = ({
  pool,
  lookups,
  pages,
  vault,
  newId,
  bell,
  revoked,
}: MemoryParts): {
  readonly memory: Memory;
  readonly transact: <T>(work: (memory: Memory) => Promise<T>) => Promise<T>;
} => {
  const db = saying(pool);
  const quick = saying(lookups);
  const outside = (): never => {
    throw new Error('rooms are appended to inside a transaction only');
  };
  const memory: Memory = {
    accounts: accountsMemory(db, vault, seeing(db), quick),
    rooms: roomsMemory(db, vault, newId, outside, quick),
    invitations: invitationsMemory(db),
    streams: streamsMemory(saying(pages), vault, quick),
    school: schoolMemory(db),
    courses: coursesMemory(db),
    audit: auditMemory(db),
    joining: joiningMemory(db),
    threads: threadsMemory(db, vault),
    saved: savedMemory(db, vault),
    notifications: notificationsMemory(db, vault),
    drafts: draftsMemory(db, vault),
    push: pushMemory(db, vault, newId),
    digest: digestMemory(db, vault, newId),
    escalation: escalationMemory(db, newId),
  };

  const transact = async <T>(work: (memory: Memory) => Promise<T>): Promise<T> => {
    const client = await connect(pool);
    const events: Placed[] = [];
    const users: Promise<PlacedForUser[]>[] = [];
    let ended = false;
    let result: T;
    try {
      await client.query('BEGIN');
      const accounts = accountsMemory(client, vault);
      result = await work({
        streams: streamsMemory(client, vault),
        school: schoolMemory(client),
        courses: coursesMemory(client),
        audit: auditMemory(client),
        joining: joiningMemory(client),
        invitations: invitationsMemory(client),
        threads: threadsMemory(client, vault),
        saved: savedMemory(client, vault),
        notifications: notificationsMemory(client, vault),
        drafts: draftsMemory(client, vault),
        push: pushMemory(client, vault, newId),
        digest: digestMemory(client, vault, newId),
        escalation: escalationMemory(client, newId),
        rooms: roomsMemory(client, vault, newId, (written) => {
          events.push(...written.events);
          users.push(Promise.resolve(written.users));
        }),
        accounts: {
          ...accounts,
          endSessions: async (...args) => {
            ended = true;
            return await accounts.endSessions(...args);
          },
          setDisabled: async (...args) => {
            ended = true;
            await accounts.setDisabled(...args);
          },
        },
      });
      await client.query('COMMIT').catch((error: unknown) => {
        throw isAway(error) ? new Indeterminate('the connection broke during COMMIT', { cause: error }) : error;
      });
    } catch (error) {
      // A transaction is never left open: if even ROLLBACK fails, the connection goes
      const clean = await client.query('ROLLBACK').then(
        () => true,
        () => false,
      );
      client.release(!clean);
      throw asUnavailable(error);
    }
    // Committed: from here on the connection is another's, and nothing may be rolled back on it
    client.release();
    if (events.length > 0) bell().ring(events, (await Promise.all(users)).flat());
    if (ended) revoked();
    return result;
  };
  return { memory, transact };
};

/** A pool over which a database that is away leaves the corridor as `unavailable`, from whichever read. */
export const saying = (pool: pg.Pool): Queryable =>
  ({
    query: async (...args: unknown[]) => {
      try {
        return await (pool.query as (...args: unknown[]) => Promise<unknown>).apply(pool, args);
      } catch (error) {
        throw asUnavailable(error);
      }
    },
  }) as unknown as Queryable;

const connect = async (pool: pg.Pool): Promise<pg.PoolClient> => {
  try {
    return await pool.connect();
  } catch (error) {
    throw asUnavailable(error);
  }
};

/** An error of a database that is away or full, as the corridor knows it; others as they are. */
export const asUnavailable = (error: unknown): unknown => {
  if (isFull(error)) return new StorageFull('the disk of the database is full', { cause: error });
  return isAway(error) || isHeld(error) ? new Unavailable('the database cannot answer now', { cause: error }) : error;
};
