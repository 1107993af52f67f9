/** The write path's transactions on one dedicated, pipelining connection: locks with facts, then what is written with COMMIT; a round trip each. */
import {
  type FactsFor,
  FlushBroken,
  type FlushTransaction,
  type LogMemory,
  type PlacedForUser,
  StorageFull,
  type Written,
} from '@recreio/core/ports.ts';
import type pg from 'pg';
import type { Vault } from '../vault/vault.ts';
import { all } from './all.ts';
import { uuidArray } from './arrays.ts';
import { type Connection, isAway, isFull, isHeld, openPipe, type Pipe } from './connect.ts';
import { readFacts, type ReadFacts } from './facts.ts';
import { GATE } from './gate.ts';
import { KnownHearers } from './known-hearers.ts';
import { KnownMembers } from './known.ts';
import { write } from './write.ts';

/** What the write path needs. */
export interface LogParts {
  readonly connection: () => Connection;
  readonly vault: Vault;
  readonly newId: () => string;
  /** Says once that the connection broke. */
  readonly broke: (error: Error) => void;
  /** Says that a write was refused for want of space. */
  readonly full?: () => void;
}

/** Which of these rooms are not there at all; the others are held elsewhere. */
const unknownOf = async (db: pg.Client, rooms: readonly string[]): Promise<Set<string>> => {
  const { rows } = await db.query<{ id: string }>({
    name: 'there-are',
    text: 'SELECT id FROM room WHERE id = ANY ($1::uuid[])',
    values: [uuidArray(rooms)],
  });
  const there = new Set(rows.map(({ id }) => id));
  return new Set(rooms.filter((id) => !there.has(id)));
};

/**
 * Plans are made once (connect.ts), and one that was made while a table was empty reads through all of it later, until the
 * database has counted the rows again by itself, which takes a minute. So they are made anew as the log grows under a connection:
 * after so many events, and each time it has grown by this factor.
 */
const YOUNG = 64;
const GROWTH = 8;

/** Opens the write path. One flush at a time uses it; `close` ends its connection. */
export const logMemory = ({
  connection,
  vault,
  newId,
  broke,
  full,
}: LogParts): LogMemory & { close(): Promise<void> } => {
  let pipe: Pipe | null = null;
  /** Events written over this connection, and at how many the plans are made anew. */
  let written = 0;
  let replanAt = YOUNG;
  const known = new KnownMembers();
  const hearers = new KnownHearers();
  const forget = (): void => {
    known.clear();
    hearers.clear();
  };

  const drop = () => {
    const dead = pipe;
    pipe = null;
    forget();
    void dead?.client.end().catch(() => undefined);
  };

  /** Runs a step; a broken connection is dropped and told as such. */
  const step = async <T>(duringCommit: boolean, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (isFull(error)) {
        drop();
        full?.();
        throw new StorageFull('the disk of the database is full', { cause: error });
      }
      if (!isAway(error) && !isHeld(error)) throw error;
      drop();
      throw new FlushBroken(duringCommit && !isHeld(error), error);
    }
  };

  const open = async (): Promise<Pipe> => {
    if (pipe) return pipe;
    // It may break in the very turn in which it opens
    let opened: Pipe | null = null;
    opened = await openPipe(connection(), (error) => {
      if (pipe === opened) pipe = null;
      forget();
      broke(error);
    });
    pipe = opened;
    written = 0;
    replanAt = YOUNG;
    return opened;
  };

  const isGrown = (): boolean => {
    if (written < replanAt) return false;
    while (replanAt <= written) replanAt *= GROWTH;
    return true;
  };

  return {
    begin: async (): Promise<FlushTransaction> => {
      const { client: db, together } = await step(false, open);
      let read: ReadFacts | null = null;
      return {
        read: (requests: readonly FactsFor[]) =>
          step(false, async () => {
            const [, found] = await together(() =>
              all([
                // One message to the server. The statements behind it wait for the gate, each with a snapshot of its own
                db.query(`${isGrown() ? 'DISCARD PLANS; ' : ''}BEGIN; SELECT pg_advisory_xact_lock_shared(${GATE})`),
                readFacts(db, vault, requests, { lock: true, known, hearers }),
              ]),
            );
            read = found;
            const { rooms } = found.facts;
            const wanted = [...new Set(requests.map(({ request }) => request.room))];
            const missing = wanted.filter((id) => !rooms.has(id));
            return {
              locked: new Set(rooms.keys()),
              unknown: missing.length === 0 ? new Set<string>() : await unknownOf(db, missing),
              facts: found.facts,
            };
          }),
        commit: (batch: Written) =>
          step(true, async (): Promise<PlacedForUser[]> => {
            // Throws where a key is missing, with half a batch in the pipe: ROLLBACK follows it there
            const { rest, users, committed } = together(() => ({
              ...write(db, vault, batch, newId),
              committed: db.query('COMMIT'),
            }));
            await all<unknown[]>([...rest, users, committed]);
            written += batch.events.length;
            if (read) known.keep(read.facts, read.looked, batch.events);
            return await users;
          }),
        rollback: () =>
          step(false, async () => {
            await db.query('ROLLBACK');
          }),
      };
    },
    close: async () => {
      const open = pipe;
      pipe = null;
      await open?.client.end();
    },
  };
};
