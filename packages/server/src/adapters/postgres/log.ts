/** The write path's transactions on one dedicated, pipelining connection: lock, facts, write and COMMIT, a round trip each. */
import {
  type FactsFor,
  FlushBroken,
  type FlushTransaction,
  type LogMemory,
  type PlacedForUser,
  type Written,
} from '@recreio/core/ports.ts';
import type pg from 'pg';
import type { Vault } from '../vault/vault.ts';
import { type Connection, isAway, isHeld, openClient } from './connect.ts';
import { readFacts } from './facts.ts';
import { GATE } from './gate.ts';
import { write } from './write.ts';

/** What the write path needs. */
export interface LogParts {
  readonly connection: () => Connection;
  readonly vault: Vault;
  readonly newId: () => string;
  /** Says once that the connection broke. */
  readonly broke: (error: Error) => void;
}

/** Waits for all, so that no answer arrives unheard, then throws the first error. */
const all = async <T>(promises: readonly Promise<T>[]): Promise<T[]> => {
  const settled = await Promise.allSettled(promises);
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return settled.map((result) => (result as PromiseFulfilledResult<T>).value);
};

/** Opens the write path. One flush at a time uses it; `close` ends its connection. */
export const logMemory = ({ connection, vault, newId, broke }: LogParts): LogMemory & { close(): Promise<void> } => {
  let client: pg.Client | null = null;

  const drop = () => {
    const dead = client;
    client = null;
    void dead?.end().catch(() => undefined);
  };

  /** Runs a step; a broken connection is dropped and told as such. */
  const step = async <T>(duringCommit: boolean, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!isAway(error) && !isHeld(error)) throw error;
      drop();
      throw new FlushBroken(duringCommit && !isHeld(error), error);
    }
  };

  const open = async (): Promise<pg.Client> => {
    if (client) return client;
    const opened = await openClient(
      connection(),
      (error) => {
        if (client === opened) client = null;
        broke(error);
      },
      true,
    );
    client = opened;
    return opened;
  };

  return {
    begin: async (): Promise<FlushTransaction> => {
      const db = await step(false, open);
      return {
        lock: (rooms) =>
          step(false, async () => {
            const [, , locked, there] = await all([
              db.query('BEGIN'),
              db.query({ name: 'gate', text: 'SELECT pg_advisory_xact_lock_shared($1)', values: [GATE] }),
              db.query({
                name: 'lock-rooms',
                text: 'SELECT id FROM room WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED',
                values: [rooms],
              }),
              db.query({ name: 'there-are', text: 'SELECT id FROM room WHERE id = ANY ($1::uuid[])', values: [rooms] }),
            ]);
            const ids = (result: pg.QueryResult | undefined) =>
              new Set((result?.rows ?? []).map(({ id }: { id: string }) => id));
            const known = ids(there);
            return { locked: ids(locked), unknown: new Set(rooms.filter((id) => !known.has(id))) };
          }),
        facts: (requests: readonly FactsFor[]) => step(false, () => readFacts(db, vault, requests)),
        commit: (written: Written) =>
          step(true, async (): Promise<PlacedForUser[]> => {
            // Throws where a key is missing, with half a batch in the pipe: ROLLBACK follows it there
            const sent = write(db, vault, written, newId);
            const committed = db.query('COMMIT');
            await all<unknown>([...sent.rest, sent.users, committed]);
            return await sent.users;
          }),
        rollback: () =>
          step(false, async () => {
            await db.query('ROLLBACK');
          }),
      };
    },
    close: async () => {
      const open = client;
      client = null;
      await open?.end();
    },
  };
};
