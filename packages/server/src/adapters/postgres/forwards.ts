/** Messages that pass another on, in PostgreSQL: what the rule has to know of the one that is passed on (docs/protocol.md R118). */
import { type ForwardFact, key } from '@recreio/core/ports.ts';
import type { Forward, RoomKind } from '@recreio/protocol';
import { uuidArray } from './arrays.ts';
import type { Queryable } from './connect.ts';

/** What somebody would pass on. */
export interface Passing {
  readonly actor: string;
  readonly forward: Forward;
}

/** Those that are there and that the person sees, by person, room and message. It need not be locked: each reader is asked again when they read. */
export const readForwards = async (db: Queryable, wanted: readonly Passing[]): Promise<Map<string, ForwardFact>> => {
  if (wanted.length === 0) return new Map();
  const { rows } = await db.query<{
    actor: string;
    room: string;
    message: string;
    kind: RoomKind | 'direct' | 'group';
    removed: boolean;
  }>({
    name: 'facts-forwards',
    text: `SELECT t.actor, x.room, x.id AS message, r.kind, x.removed_at IS NOT NULL AS removed
           FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS t (actor, room, message)
           JOIN message x ON x.id = t.message AND x.room = t.room JOIN room r ON r.id = x.room
           JOIN member m ON m.room = x.room AND m.account = t.actor
           WHERE EXISTS (SELECT FROM span s WHERE s.room = x.room AND s.account = t.actor
                         AND x.seq BETWEEN s.from_seq AND coalesce(s.to_seq, 9223372036854775807))`,
    values: [
      uuidArray(wanted.map(({ actor }) => actor)),
      uuidArray(wanted.map(({ forward }) => forward.room)),
      uuidArray(wanted.map(({ forward }) => forward.message)),
    ],
  });
  return new Map(rows.map(({ actor, room, message, kind, removed }) => [key(actor, room, message), { kind, removed }]));
};

/** Keeps what a message passes on. */
export const insertForward = (db: Queryable, message: string, { room, message: original }: Forward) =>
  db.query('UPDATE message SET forward = ARRAY[$2::uuid, $3::uuid] WHERE id = $1', [message, room, original]);

/** What a row passes on. */
export const forwardOf = (ids: readonly string[] | null): Forward | null => {
  const [room, message] = ids ?? [];
  return room === undefined || message === undefined ? null : { room, message };
};
