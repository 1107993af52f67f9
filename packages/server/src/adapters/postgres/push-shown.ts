/** What devices show, in PostgreSQL, and what of the number on the app is in no room's own count. */
import type { PushMemory, PushSpan } from '@recreio/core/ports.ts';
import { type Call, NOTICES_SHOWN } from '@recreio/protocol';
import type { Vault } from '../vault/vault.ts';
import { int4Array, int8Array, uuidArray } from './arrays.ts';
import type { Queryable } from './connect.ts';
import { SPEAKS } from './notifications.ts';
import { subscriptionOf } from './push-sealed.ts';

/** SQL: whether the session of a device `d` goes on; over `session s` and `account a`. */
export const ALIVE =
  's.account = d.account AND s.ended_at IS NULL AND s.expires_at > clock_timestamp() AND a.disabled_at IS NULL';

/** More calls in threads than a number on an app tells apart. */
const MOST_ASIDE = 99;

/** What names a notification's row: the urgent message it is of, the thread, or the room. */
export const talkOf = ({ room, thread, urgent }: PushSpan): string => urgent ?? thread ?? room;

interface ShownRow {
  readonly account: string;
  readonly device: string;
  readonly service: string;
  readonly session: string;
  readonly room: string;
  readonly thread: string | null;
  readonly urgent: string | null;
  readonly from_seq: number;
  readonly to_seq: number;
  readonly noted: number;
  readonly over: boolean;
  readonly sealed: Buffer;
  readonly alive: boolean;
}

/** What devices show, over a pool or inside a transaction. */
export const pushShown = (db: Queryable, vault: Vault): Pick<PushMemory, 'shown' | 'tookAway' | 'aside'> => ({
  shown: async (of, most) => {
    const [name, which, whose] =
      'device' in of
        ? ['push-shown-on', 'd.id = $1', of.device]
        : ['push-shown', 'd.account = ANY ($1::uuid[])', uuidArray(of.accounts)];
    const { rows } = await db.query<ShownRow>({
      name,
      text: `SELECT d.account, d.id AS device, d.service, d.session, n.room, n.thread, n.urgent, n.from_seq, n.to_seq, n.noted, n.over_at IS NOT NULL AS over, d.sealed, ${ALIVE} AS alive
             FROM push_device d JOIN session s ON s.id = d.session JOIN account a ON a.id = d.account
             CROSS JOIN LATERAL (SELECT * FROM push_note n WHERE n.device = d.id AND n.due_at IS NULL AND n.sent_seq IS NOT NULL
               ORDER BY n.sent_at DESC LIMIT $2) n
             WHERE ${which} ORDER BY d.id, n.sent_at DESC`,
      values: [whose, most],
    });
    return rows.map((row) => ({
      account: row.account,
      device: row.device,
      service: row.service,
      session: row.session,
      room: row.room,
      thread: row.thread,
      urgent: row.urgent,
      from: row.from_seq,
      to: row.to_seq,
      noted: row.noted,
      isOver: row.over,
      subscription: row.alive ? subscriptionOf(vault, row.device, row.sealed) : null,
    }));
  },

  tookAway: async (device, spans, left) => {
    // What calls again meanwhile has a time at which it is due, and what has called by then was noted and sent anew: it stays
    const STANDS = 'device = $1 AND due_at IS NULL AND sent_seq IS NOT NULL';
    await db.query({
      name: 'push-took-away',
      text: `DELETE FROM push_note n USING unnest($2::uuid[], $3::bigint[], $4::int[]) AS q (talk, high, noted)
             WHERE ${STANDS} AND n.talk = q.talk AND n.to_seq = q.high AND n.noted = q.noted`,
      values: [
        device,
        uuidArray(spans.map(talkOf)),
        int8Array(spans.map(({ to }) => to)),
        int4Array(spans.map(({ noted }) => noted)),
      ],
    });
    if (left !== null)
      await db.query({
        name: 'push-over',
        text: `UPDATE push_note SET over_at = clock_timestamp() WHERE ${STANDS} AND talk = $2 AND to_seq = $3 AND noted = $4`,
        values: [device, talkOf(left), left.to, left.noted],
      });
  },

  aside: async (account) => {
    const { rows } = await db.query<{ room: string; kind: Call }>({
      name: 'push-aside-threads',
      text: `SELECT u.room, u.data ->> 'kind' AS kind FROM user_event u
             JOIN member m ON m.room = u.room AND m.account = u.account
             JOIN message x ON x.room = u.room AND x.seq = u.message_seq AND x.removed_at IS NULL AND x.thread IS NOT NULL
             LEFT JOIN thread_follow f ON f.root = x.thread AND f.account = u.account
             WHERE u.account = $1 AND ${SPEAKS}
               AND u.at > clock_timestamp() - interval '30 days' AND coalesce(f.seq, 0) < x.seq
               AND EXISTS (SELECT FROM span s WHERE s.room = x.room AND s.account = u.account AND x.seq BETWEEN s.from_seq AND coalesce(s.to_seq, 9223372036854775807))
               AND NOT EXISTS (SELECT FROM block b WHERE b.blocker = u.account AND b.blocked = x.author)
             ORDER BY u.seq DESC LIMIT ${MOST_ASIDE}`,
      values: [account],
    });
    const { rows: asked } = await db.query({
      name: 'push-aside-notices',
      text: `SELECT 1 FROM member m JOIN message x ON x.room = m.room AND x.required_at IS NOT NULL AND x.removed_at IS NULL
             WHERE m.account = $1 AND x.author <> $1
               AND EXISTS (SELECT FROM span s WHERE s.room = m.room AND s.account = m.account AND x.seq BETWEEN s.from_seq AND coalesce(s.to_seq, 9223372036854775807))
               AND NOT EXISTS (SELECT FROM confirmation c WHERE c.message = x.id AND c.account = $1) LIMIT ${NOTICES_SHOWN}`,
      values: [account],
    });
    return { threads: rows.map(({ room, kind: call }) => ({ room, call })), notices: asked.length };
  },
});
