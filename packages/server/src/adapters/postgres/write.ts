/**
 * Writing placed events: the hot ones (messages) as one multi-row statement each, the rare ones a statement apiece, in order.
 * Everything is sent without waiting; the caller awaits what comes back, and COMMIT behind it.
 */
import type { DoneRecord, Placed, PlacedForUser, RoomFact, UserDraft, Written } from '@recreio/core/ports.ts';
import { instant } from '@recreio/core/ports.ts';
import type { UserEvent } from '@recreio/protocol';
import { KIND } from '../vault/binding.ts';
import type { Vault } from '../vault/vault.ts';
import type { Queryable } from './connect.ts';
import { foldedRoom } from './rows.ts';

type Sent = Placed<'message.sent'>;

/** A uuid[] as SQL text, for arrays within arrays that unnest would flatten. */
const uuids = (ids: readonly string[]): string | null => (ids.length === 0 ? null : `{${ids.join(',')}}`);

/** What an event's row says where that is not a message. Reasons and terms stay in their own table. */
const dataOf = (event: Placed): string | null => {
  switch (event.type) {
    case 'room.created':
      return JSON.stringify({ settings: event.settings });
    case 'room.changed':
      return JSON.stringify({ settings: event.settings });
    case 'member.joined':
    case 'member.role-changed':
      return JSON.stringify({ account: event.account, role: event.role });
    case 'member.left':
    case 'member.removed':
      return JSON.stringify({ account: event.account });
    case 'restriction.began':
    case 'restriction.ended':
      return JSON.stringify({ account: event.account, kind: event.kind });
    case 'reaction.added':
    case 'reaction.removed':
      return JSON.stringify({ emoji: event.emoji });
    default:
      return null;
  }
};

const messageOf = (event: Placed): string | null => {
  switch (event.type) {
    case 'message.sent':
    case 'reaction.added':
    case 'reaction.removed':
      return event.message;
    case 'message.edited':
    case 'message.removed':
      return event.message.id;
    default:
      return null;
  }
};

const insertEvents = (db: Queryable, events: readonly Placed[]) =>
  db.query({
    name: 'insert-events',
    text: `INSERT INTO event (room, seq, id, type, actor, at, message, data)
         SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::uuid[], $6::timestamptz[], $7::uuid[], $8::jsonb[])`,
    values: [
      events.map((e) => e.room),
      events.map((e) => e.seq),
      events.map((e) => e.id),
      events.map((e) => e.type),
      events.map((e) => e.actor),
      events.map((e) => instant(e.at)),
      events.map(messageOf),
      events.map(dataOf),
    ],
  });

const insertMessages = (db: Queryable, vault: Vault, sent: readonly Sent[]) => {
  const sealed = sent.map((e) =>
    vault.seal(
      {
        room: e.room,
        message: e.message,
        editNo: 0,
        author: e.actor,
        kind: KIND.message,
        replyTo: e.replyTo,
        mentions: e.mentions,
      },
      { body: e.body },
    ),
  );
  return db.query({
    name: 'insert-messages',
    text: `INSERT INTO message (id, room, seq, ordinal, author, client_id, at, reply_to, mentions, payload_mac, rk_version, ak_version, salt, nonce, commitment, ct)
           SELECT id, room, seq, ordinal, author, client_id, at, reply_to, mentions::uuid[], mac, rk, ak, salt, nonce, com, ct
           FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::uuid[], $6::uuid[], $7::timestamptz[], $8::uuid[], $9::text[], $10::bytea[], $11::int[], $12::int[], $13::bytea[], $14::bytea[], $15::bytea[], $16::bytea[])
             AS t (id, room, seq, ordinal, author, client_id, at, reply_to, mentions, mac, rk, ak, salt, nonce, com, ct)`,
    values: [
      sent.map((e) => e.message),
      sent.map((e) => e.room),
      sent.map((e) => e.seq),
      sent.map((e) => e.ordinal),
      sent.map((e) => e.actor),
      sent.map((e) => e.clientId),
      sent.map((e) => instant(e.at)),
      sent.map((e) => e.replyTo),
      sent.map((e) => uuids(e.mentions)),
      sent.map((e) => vault.mac({ room: e.room, author: e.actor, clientId: e.clientId }, Buffer.from(e.payload))),
      sealed.map((s) => s.rkVersion),
      sealed.map((s) => s.akVersion),
      sealed.map((s) => s.salt),
      sealed.map((s) => s.nonce),
      sealed.map((s) => s.commitment),
      sealed.map((s) => s.ct),
    ],
  });
};

/** Sending moves the author's own marker to the message (docs/protocol.md R37). */
const moveMarkers = (db: Queryable, sent: readonly Sent[]) => {
  const last = new Map(sent.map((e) => [`${e.room} ${e.actor}`, e]));
  const rows = [...last.values()].sort((a, b) => (a.room + a.actor < b.room + b.actor ? -1 : 1));
  return db.query({
    name: 'move-markers',
    text: `INSERT INTO read_marker AS r (room, account, seq, ordinal) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[])
           ON CONFLICT (room, account) DO UPDATE SET seq = excluded.seq, ordinal = excluded.ordinal WHERE r.seq < excluded.seq`,
    values: [rows.map((e) => e.room), rows.map((e) => e.actor), rows.map((e) => e.seq), rows.map((e) => e.ordinal)],
  });
};

const updateRooms = (db: Queryable, rooms: readonly RoomFact[], events: readonly Placed[]) => {
  const spoke = new Set(events.filter((e) => e.type === 'message.sent').map((e) => e.room));
  return db.query({
    name: 'update-rooms',
    text: `UPDATE room r SET head = t.head, ordinal = t.ordinal, last_at = t.at, members = t.members, owners = t.owners,
             last_message_at = CASE WHEN t.spoke THEN t.at ELSE r.last_message_at END
           FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::int[], $6::int[], $7::boolean[]) AS t (id, head, ordinal, at, members, owners, spoke)
           WHERE r.id = t.id`,
    values: [
      rooms.map((r) => r.id),
      rooms.map((r) => r.head),
      rooms.map((r) => r.ordinal),
      rooms.map((r) => instant(r.lastAt)),
      rooms.map((r) => r.members),
      rooms.map((r) => r.owners),
      rooms.map((r) => spoke.has(r.id)),
    ],
  });
};

/** The statements of an event that is not a message sent. */
const applyOne = (db: Queryable, vault: Vault, event: Placed, newId: () => string): Promise<unknown>[] => {
  switch (event.type) {
    case 'room.created':
    case 'message.sent':
      return [];
    case 'room.changed': {
      const s = event.settings;
      return [
        db.query(
          `UPDATE room SET title = coalesce($2, title), description = coalesce($3, description), emoji = coalesce($4, emoji), colour = coalesce($5, colour),
           access = coalesce($6, access), posting = coalesce($7, posting), past = coalesce($8, past) WHERE id = $1`,
          [
            event.room,
            s.title ?? null,
            s.description ?? null,
            s.emoji ?? null,
            s.colour ?? null,
            s.access ?? null,
            s.posting ?? null,
            s.past ?? null,
          ],
        ),
      ];
    }
    case 'member.joined':
      return [
        db.query('INSERT INTO member (room, account, role, joined_at) VALUES ($1, $2, $3, $4)', [
          event.room,
          event.account,
          event.role,
          instant(event.at),
        ]),
        ...(event.past === 'all'
          ? [db.query('DELETE FROM span WHERE room = $1 AND account = $2', [event.room, event.account])]
          : []),
        db.query('INSERT INTO span (room, account, from_seq) VALUES ($1, $2, $3)', [
          event.room,
          event.account,
          event.past === 'all' ? 1 : event.seq,
        ]),
        // What was said before one came is not unread
        db.query(
          `INSERT INTO read_marker AS r (room, account, seq, ordinal) VALUES ($1, $2, $3, $4)
           ON CONFLICT (room, account) DO UPDATE SET seq = excluded.seq, ordinal = excluded.ordinal WHERE r.seq < excluded.seq`,
          [event.room, event.account, event.seq, event.ordinal],
        ),
      ];
    case 'member.left':
    case 'member.removed':
      return [
        db.query('DELETE FROM member WHERE room = $1 AND account = $2', [event.room, event.account]),
        db.query('UPDATE span SET to_seq = $3 WHERE room = $1 AND account = $2 AND to_seq IS NULL', [
          event.room,
          event.account,
          event.seq,
        ]),
      ];
    case 'member.role-changed':
      return [
        db.query('UPDATE member SET role = $3 WHERE room = $1 AND account = $2', [
          event.room,
          event.account,
          event.role,
        ]),
      ];
    case 'restriction.began':
      return [
        db.query(
          `INSERT INTO restriction (id, room, account, kind, from_seq, until, reason, by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (room, account, kind) DO UPDATE SET id = excluded.id, from_seq = excluded.from_seq, until = excluded.until, reason = excluded.reason, by = excluded.by`,
          [
            newId(),
            event.room,
            event.account,
            event.kind,
            event.seq,
            event.until === null ? null : instant(event.until),
            event.reason,
            event.actor,
          ],
        ),
      ];
    case 'restriction.ended':
      return [
        db.query('DELETE FROM restriction WHERE room = $1 AND account = $2 AND kind = $3', [
          event.room,
          event.account,
          event.kind,
        ]),
      ];
    case 'message.edited': {
      const { message } = event;
      const sealed = vault.seal(
        {
          room: event.room,
          message: message.id,
          editNo: event.editNo,
          author: message.author,
          kind: KIND.message,
          replyTo: message.replyTo,
          mentions: event.mentions,
        },
        { body: event.body },
      );
      return [
        db.query(
          `INSERT INTO revision (message, edit_no, at, mentions, rk_version, ak_version, salt, nonce, commitment, ct)
           SELECT id, edit_no, coalesce(edited_at, at), mentions, rk_version, ak_version, salt, nonce, commitment, ct FROM message WHERE id = $1`,
          [message.id],
        ),
        db.query(
          `UPDATE message SET edit_no = $2, edited_at = $3, mentions = $4::uuid[], rk_version = $5, ak_version = $6, salt = $7, nonce = $8, commitment = $9, ct = $10 WHERE id = $1`,
          [
            message.id,
            event.editNo,
            instant(event.at),
            uuids(event.mentions),
            sealed.rkVersion,
            sealed.akVersion,
            sealed.salt,
            sealed.nonce,
            sealed.commitment,
            sealed.ct,
          ],
        ),
      ];
    }
    case 'message.removed':
      return [
        db.query('DELETE FROM revision WHERE message = $1', [event.message.id]),
        db.query('DELETE FROM reaction WHERE message = $1', [event.message.id]),
        db.query('UPDATE done_command SET payload_mac = NULL WHERE message = $1', [event.message.id]),
        db.query(
          `UPDATE message SET removed_at = $2, removed_by = $3, mentions = NULL, payload_mac = NULL, rk_version = NULL, ak_version = NULL,
             salt = NULL, nonce = NULL, commitment = NULL, ct = NULL WHERE id = $1`,
          [event.message.id, instant(event.at), event.by],
        ),
      ];
    case 'reaction.added':
      return [
        db.query('INSERT INTO reaction (message, emoji, account, seq) VALUES ($1, $2, $3, $4)', [
          event.message,
          event.emoji,
          event.actor,
          event.seq,
        ]),
      ];
    case 'reaction.removed':
      return [
        db.query('DELETE FROM reaction WHERE message = $1 AND emoji = $2 AND account = $3', [
          event.message,
          event.emoji,
          event.actor,
        ]),
      ];
  }
};

interface NumberedRow {
  readonly account: string;
  readonly nth: number;
  readonly seq: number;
}

/**
 * Numbers events in people's own streams: their counter rows last and in id order, so that no two flushes wait for each
 * other in a circle (contract, "Terms"). Locking and counting may share a statement: an update re-reads the row it waited for.
 */
const insertUserEvents = async (
  db: Queryable,
  users: readonly UserDraft[],
  at: string,
  newId: () => string,
): Promise<PlacedForUser[]> => {
  if (users.length === 0) return [];
  const ids = users.map(() => newId());
  const { rows } = await db.query<NumberedRow>({
    name: 'insert-user-events',
    text: `WITH given AS (
             SELECT *, row_number() OVER (PARTITION BY account ORDER BY nth) AS mine, count(*) OVER (PARTITION BY account) AS of_mine
             FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::bigint[], $6::jsonb[]) WITH ORDINALITY AS t (account, id, type, room, message_seq, data, nth)),
           locked AS MATERIALIZED (SELECT account FROM user_stream WHERE account = ANY ($1::uuid[]) ORDER BY account FOR NO KEY UPDATE),
           counted AS (UPDATE user_stream s SET head = s.head + g.of_mine FROM (SELECT DISTINCT account, of_mine FROM given) g
             WHERE s.account = g.account AND s.account IN (SELECT account FROM locked) RETURNING s.account, s.head, g.of_mine),
           kept AS (INSERT INTO user_event (account, seq, id, type, at, room, message_seq, data)
             SELECT g.account, c.head - c.of_mine + g.mine, g.id, g.type, $7::timestamptz, g.room, g.message_seq, g.data FROM given g JOIN counted c USING (account))
           SELECT g.account, g.nth, c.head - c.of_mine + g.mine AS seq FROM given g JOIN counted c USING (account) ORDER BY g.nth`,
    values: [
      users.map((u) => u.account),
      ids,
      users.map((u) => u.type),
      users.map((u) => u.data.room ?? null),
      users.map((u) => (u.type === 'notification.made' ? u.data.messageSeq : null)),
      users.map((u) => JSON.stringify(u.data)),
      at,
    ],
  });
  return rows.flatMap(({ account, nth, seq }) => {
    const user = users[nth - 1];
    const id = ids[nth - 1];
    return user && id ? [{ account, event: { seq, id, at, type: user.type, data: user.data } as UserEvent }] : [];
  });
};

const insertDone = (db: Queryable, vault: Vault, done: readonly DoneRecord[]) =>
  db.query({
    name: 'insert-done',
    text: `INSERT INTO done_command (actor, client_id, command, room, message, payload_mac, output)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::bytea[], $7::jsonb[])`,
    values: [
      done.map((d) => d.actor),
      done.map((d) => d.clientId),
      done.map((d) => d.command),
      done.map((d) => d.room),
      done.map((d) => d.message),
      done.map((d) => vault.mac({ room: d.room, author: d.actor, clientId: d.clientId }, Buffer.from(d.payload))),
      done.map((d) => JSON.stringify(d.output)),
    ],
  });

/**
 * Sends every statement of a batch. Keys must be loaded. The promises settle as the answers come; a connection without
 * pipelining works, too, only slower. The people's streams come last.
 */
export const write = (
  db: Queryable,
  vault: Vault,
  { events, rooms, users, done }: Written,
  newId: () => string,
): { readonly users: Promise<PlacedForUser[]>; readonly rest: Promise<unknown>[] } => {
  const rest: Promise<unknown>[] = [];
  const sent = events.filter((event): event is Sent => event.type === 'message.sent');
  try {
    if (events.length > 0) rest.push(insertEvents(db, events));
    if (sent.length > 0) rest.push(insertMessages(db, vault, sent), moveMarkers(db, sent));
    // Before the rest: a removal in the same batch takes the payloads of its message's edits along (contract D12)
    if (done.length > 0) rest.push(insertDone(db, vault, done));
    for (const event of events) rest.push(...applyOne(db, vault, event, newId));
  } catch (error) {
    // A key is missing. What is in the pipe already goes with the caller's ROLLBACK; nobody waits for its answers any more
    for (const answer of rest) answer.catch(() => undefined);
    throw error;
  }
  if (rooms.length > 0) rest.push(updateRooms(db, rooms, events));
  const changed = new Set(events.filter(({ type }) => type === 'room.changed').map(({ room }) => room));
  for (const { id, settings } of rooms)
    if (settings && changed.has(id))
      rest.push(db.query('UPDATE room SET folded = $2 WHERE id = $1', [id, foldedRoom(settings)]));
  const at = instant(Math.max(0, ...events.map((event) => event.at)));
  return { rest, users: insertUserEvents(db, users, at, newId) };
};
