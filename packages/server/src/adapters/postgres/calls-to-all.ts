/** Messages that call everybody, in PostgreSQL: one row each, from which every reader's counts and list are derived (docs/protocol.md R113). */
import type { InboxItem } from '@recreio/protocol';
import type { Vault } from '../vault/vault.ts';
import { uuidArray } from './arrays.ts';
import type { Queryable } from './connect.ts';
import { MESSAGE, messageOf, type MessageRow } from './content.ts';

/** When these people called everybody in these rooms within the last hour, in ms since the epoch. */
export const readCallsToAll = (db: Queryable, callers: readonly (readonly [string, string])[]) =>
  db.query<{ room: string; author: string; times: number[] }>({
    name: 'facts-calls-to-all',
    text: `SELECT c.room, c.author, array_agg(floor(extract(epoch FROM c.at) * 1000)::float8 ORDER BY c.at) AS times
           FROM unnest($1::uuid[], $2::uuid[]) AS t (room, author) JOIN call_to_all c ON c.room = t.room AND c.author = t.author
           WHERE c.at > clock_timestamp() - interval '1 hour' GROUP BY c.room, c.author`,
    values: [uuidArray(callers.map(([room]) => room)), uuidArray(callers.map(([, author]) => author))],
  });

/**
 * SQL: whether a call `c` with its message `x` is one for the member `m`: by somebody else, whom they have not blocked, where they
 * see it, and not one that speaks to them by name as well.
 */
const IS_FOR = `c.author <> m.account AND x.removed_at IS NULL
  AND EXISTS (SELECT FROM span s WHERE s.room = c.room AND s.account = m.account AND c.seq BETWEEN s.from_seq AND coalesce(s.to_seq, 9223372036854775807))
  AND NOT EXISTS (SELECT FROM block b WHERE b.blocker = m.account AND b.blocked = c.author)
  AND NOT EXISTS (SELECT FROM user_event u WHERE u.account = m.account AND u.room = c.room AND u.message_seq = c.seq)`;

/** SQL: how many calls above a seq are for the member `m`, who has the marker `k`. */
export const countCallsAfter = (seq: string): string =>
  `(SELECT count(*)::int FROM call_to_all c JOIN message x ON x.room = c.room AND x.seq = c.seq WHERE c.room = m.room AND c.seq > ${seq} AND ${IS_FOR})`;

/** So many are told of between two things that are in the person's own stream: more in a month would be no calls any more. */
const MOST = 200;

interface CallRow extends MessageRow {
  readonly room: string;
  readonly read: boolean;
}

/** Calls for a person from one time (included) to another (not included), of the last 30 days, the newest first. */
export const callsToAllOf = async (
  db: Queryable,
  vault: Vault,
  account: string,
  { from, to }: { readonly from: string | null; readonly to: string | null },
): Promise<InboxItem[]> => {
  const { rows } = await db.query<CallRow>({
    name: 'inbox-calls-to-all',
    text: `SELECT x.room, ${MESSAGE}, coalesce(k.seq >= x.seq, false) AS read
           FROM member m JOIN call_to_all c ON c.room = m.room JOIN message x ON x.room = c.room AND x.seq = c.seq
           LEFT JOIN read_marker k ON k.room = m.room AND k.account = m.account
           WHERE m.account = $1 AND c.at >= greatest($2::timestamptz, clock_timestamp() - interval '30 days')
             AND c.at < coalesce($3::timestamptz, 'infinity') AND ${IS_FOR}
           ORDER BY c.at DESC, c.seq DESC LIMIT ${MOST}`,
    values: [account, from, to],
  });
  await vault.load(db, {
    rooms: [...new Set(rows.map(({ room }) => room))],
    authors: [...new Set(rows.map(({ author }) => author))],
  });
  return rows.map(
    (row): InboxItem => ({
      seq: 0,
      at: row.at,
      reason: 'everyone',
      read: row.read,
      message: messageOf(vault, row.room, row),
    }),
  );
};
