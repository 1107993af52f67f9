/**
 * Writing placed events: the hot ones (messages) as one multi-row statement each, the rare ones a statement apiece, in order.
 * Everything is sent without waiting; the caller awaits what comes back, and COMMIT behind it.
 */
import type { DoneRecord, Placed, PlacedForUser, RoomFact, UserDraft, Written } from '@recreio/core/ports.ts';
import { instant } from '@recreio/core/ports.ts';
import type { UserEvent } from '@recreio/protocol';
import { KIND } from '../vault/binding.ts';
import type { Vault } from '../vault/vault.ts';
import {
  boolArray,
  bytesArray,
  instantArray,
  int4Array,
  int8Array,
  jsonArray,
  textArray,
  uuidArray,
} from './arrays.ts';
import type { Queryable } from './connect.ts';
import { insertEscalations } from './escalation.ts';
import { insertForward } from './forwards.ts';
import { foldedRoom } from './rows.ts';
import { insertFollows } from './threads.ts';

type Sent = Placed<'message.sent'>;

/** A uuid[] as SQL text, for arrays within arrays that unnest would flatten. */
const uuids = (ids: readonly string[]): string | null => (ids.length === 0 ? null : `{${ids.join(',')}}`);

/**
 * What is kept as mentions: to call everybody is to name the room itself, to be urgent is to name the message, so that the seal covers
 * both as it covers names.
 */
const mentionsOf = (
  room: string,
  message: string,
  mentions: readonly string[],
  { everyone, urgent }: { readonly everyone: boolean; readonly urgent: boolean },
): readonly string[] => [...mentions, ...(everyone ? [room] : []), ...(urgent ? [message] : [])];

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
    case 'asking.began':
    case 'asking.ended':
      return JSON.stringify({ account: event.account });
    case 'restriction.began':
    case 'restriction.ended':
      return JSON.stringify({ account: event.account, kind: event.kind });
    case 'room.archived':
    case 'room.reopened':
      return '{}';
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
    case 'message.pinned':
    case 'message.unpinned':
    case 'message.required':
    case 'message.released':
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

/** Events that are not messages sent. */
const insertEvents = (db: Queryable, events: readonly Placed[]) =>
  db.query({
    name: 'insert-events',
    text: `INSERT INTO event (room, seq, id, type, actor, at, message, data)
         SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::uuid[], $6::timestamptz[], $7::uuid[], $8::jsonb[])`,
    values: [
      uuidArray(events.map((e) => e.room)),
      int8Array(events.map((e) => e.seq)),
      uuidArray(events.map((e) => e.id)),
      textArray(events.map((e) => e.type)),
      uuidArray(events.map((e) => e.actor)),
      instantArray(events.map((e) => e.at)),
      uuidArray(events.map(messageOf)),
      jsonArray(events.map(dataOf)),
    ],
  });

/** SQL for messages with their events; `more`: further columns of theirs, with the types of their parameters from $18 on, and what else happens. */
const insertText = (more: { readonly columns: string; readonly types: string; readonly also: string }): string => {
  const [columns, values] = [more.columns && `, ${more.columns}`, more.types && `, ${more.types}`];
  return `WITH sent AS (SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::uuid[], $7::uuid[], $8::timestamptz[],
               $9::uuid[], $10::text[], $11::bytea[], $12::int[], $13::int[], $14::bytea[], $15::bytea[], $16::bytea[], $17::bytea[]${values})
               AS t (event, message, room, seq, ordinal, author, client_id, at, reply_to, mentions, mac, rk, ak, salt, nonce, com, ct${columns})),
             logged AS (INSERT INTO event (room, seq, id, type, actor, at, message)
               SELECT room, seq, event, 'message.sent', author, at, message FROM sent)${more.also}
           INSERT INTO message (id, room, seq, ordinal, author, client_id, at, reply_to, mentions, payload_mac, rk_version, ak_version, salt, nonce, commitment, ct${columns})
           SELECT message, room, seq, ordinal, author, client_id, at, reply_to, mentions::uuid[], mac, rk, ak, salt, nonce, com, ct${columns} FROM sent`;
};

const INSERT_SENT = insertText({
  columns: '',
  types: '',
  also: `,
             marked AS (INSERT INTO read_marker AS r (room, account, seq, ordinal)
               SELECT DISTINCT ON (room, author) room, author, seq, ordinal FROM sent ORDER BY room, author, seq DESC
               ON CONFLICT (room, account) DO UPDATE SET seq = excluded.seq, ordinal = excluded.ordinal, unread_from = NULL WHERE r.seq < excluded.seq)`,
});

/** Replies move no marker of the room's (contract D33): `insertFollows` moves the thread's. */
const INSERT_REPLIES = insertText({ columns: 'thread, thread_ordinal', types: '$18::uuid[], $19::int[]', also: '' });

/**
 * Messages with their events, in one statement. Sending moves the author's own marker to the message (docs/protocol.md R37);
 * the markers are written in one order everywhere, so that nobody waits in a circle.
 */
const insertSent = (db: Queryable, vault: Vault, sent: readonly Sent[], where: 'rooms' | 'threads') => {
  const sealed = sent.map((e) =>
    vault.seal(
      {
        room: e.room,
        message: e.message,
        editNo: 0,
        author: e.actor,
        kind: KIND.message,
        replyTo: e.replyTo,
        thread: e.thread && e.thread.root,
        mentions: mentionsOf(e.room, e.message, e.mentions, e),
      },
      { body: e.body, ...(e.forward ? { forward: e.forward } : {}) },
    ),
  );
  const macs = sent.map((e) =>
    vault.mac({ room: e.room, author: e.actor, clientId: e.clientId }, Buffer.from(e.payload)),
  );
  const columns = [
    uuidArray(sent.map((e) => e.id)),
    uuidArray(sent.map((e) => e.message)),
    uuidArray(sent.map((e) => e.room)),
    int8Array(sent.map((e) => e.seq)),
    int8Array(sent.map((e) => e.ordinal)),
    uuidArray(sent.map((e) => e.actor)),
    uuidArray(sent.map((e) => e.clientId)),
    instantArray(sent.map((e) => e.at)),
    uuidArray(sent.map((e) => e.replyTo)),
    textArray(sent.map((e) => uuids(mentionsOf(e.room, e.message, e.mentions, e)))),
    bytesArray(macs),
    int4Array(sealed.map((s) => s.rkVersion)),
    int4Array(sealed.map((s) => s.akVersion)),
    bytesArray(sealed.map((s) => s.salt)),
    bytesArray(sealed.map((s) => s.nonce)),
    bytesArray(sealed.map((s) => s.commitment)),
    bytesArray(sealed.map((s) => s.ct)),
  ];
  return where === 'rooms'
    ? db.query({ name: 'insert-sent', text: INSERT_SENT, values: columns })
    : db.query({
        name: 'insert-replies',
        text: INSERT_REPLIES,
        values: [
          ...columns,
          uuidArray(sent.map((e) => e.thread?.root ?? null)),
          int4Array(sent.map((e) => e.thread?.ordinal ?? 0)),
        ],
      });
};

const updateRooms = (db: Queryable, rooms: readonly RoomFact[], events: readonly Placed[]) => {
  const spoke = new Set(events.filter((e) => e.type === 'message.sent' && e.thread === null).map((e) => e.room));
  return db.query({
    name: 'update-rooms',
    text: `UPDATE room r SET head = t.head, ordinal = t.ordinal, last_at = t.at, members = t.members, owners = t.owners,
             last_message_at = CASE WHEN t.spoke THEN t.at ELSE r.last_message_at END
           FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::int[], $6::int[], $7::boolean[]) AS t (id, head, ordinal, at, members, owners, spoke)
           WHERE r.id = t.id`,
    values: [
      uuidArray(rooms.map((r) => r.id)),
      int8Array(rooms.map((r) => r.head)),
      int8Array(rooms.map((r) => r.ordinal)),
      instantArray(rooms.map((r) => r.lastAt)),
      int4Array(rooms.map((r) => r.members)),
      int4Array(rooms.map((r) => r.owners)),
      boolArray(rooms.map((r) => spoke.has(r.id))),
    ],
  });
};

/** The statements of an event that is not a message sent. */
const applyOne = (db: Queryable, vault: Vault, event: Placed, newId: () => string): Promise<unknown>[] => {
  switch (event.type) {
    case 'room.created':
      return [];
    case 'message.sent':
      return [
        ...(event.everyone
          ? [
              db.query('INSERT INTO call_to_all (room, seq, author, at) VALUES ($1, $2, $3, $4)', [
                event.room,
                event.seq,
                event.actor,
                instant(event.at),
              ]),
            ]
          : []),
        ...(event.forward ? [insertForward(db, event.message, event.forward)] : []),
      ];
    case 'room.changed': {
      const s = event.settings;
      return [
        db.query(
          `UPDATE room SET title = coalesce($2, title), description = coalesce($3, description), emoji = coalesce($4, emoji), colour = coalesce($5, colour),
           access = coalesce($6, access), posting = coalesce($7, posting), past = coalesce($8, past), rules = coalesce($9, rules),
           category = CASE WHEN $10 THEN $11::uuid ELSE category END, language = CASE WHEN $12 THEN $13 ELSE language END WHERE id = $1`,
          [
            event.room,
            s.title ?? null,
            s.description ?? null,
            s.emoji ?? null,
            s.colour ?? null,
            s.access ?? null,
            s.posting ?? null,
            s.past ?? null,
            s.rules ?? null,
            s.category !== undefined,
            s.category ?? null,
            s.language !== undefined,
            s.language ?? null,
          ],
        ),
      ];
    }
    case 'room.archived':
    case 'room.reopened':
      return [
        db.query('UPDATE room SET archived_at = $2 WHERE id = $1', [
          event.room,
          event.type === 'room.archived' ? instant(event.at) : null,
        ]),
      ];
    case 'member.joined':
      return [
        ...(event.invitation === undefined
          ? []
          : [db.query('UPDATE room_invitation SET uses = uses + 1 WHERE id = $1', [event.invitation])]),
        // Whoever brings words that call them is counted by the trigger of the table (migration 0035)
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
           ON CONFLICT (room, account) DO UPDATE SET seq = excluded.seq, ordinal = excluded.ordinal, unread_from = NULL WHERE r.seq < excluded.seq`,
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
    case 'asking.began':
      return [
        db.query(
          `INSERT INTO asking (room, account, by, at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (room, account) DO UPDATE SET by = excluded.by, at = excluded.at, declined_at = NULL`,
          [event.room, event.account, event.actor, instant(event.at)],
        ),
      ];
    case 'asking.ended':
      return [
        event.actor === event.account
          ? db.query('UPDATE asking SET declined_at = $3 WHERE room = $1 AND account = $2', [
              event.room,
              event.account,
              instant(event.at),
            ])
          : db.query('DELETE FROM asking WHERE room = $1 AND account = $2', [event.room, event.account]),
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
      const mentions = mentionsOf(event.room, message.id, event.mentions, message);
      const sealed = vault.seal(
        {
          room: event.room,
          message: message.id,
          editNo: event.editNo,
          author: message.author,
          kind: KIND.message,
          replyTo: message.replyTo,
          thread: message.thread && message.thread.root,
          mentions,
        },
        { body: event.body, ...(message.forward ? { forward: message.forward } : {}) },
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
            uuids(mentions),
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
             salt = NULL, nonce = NULL, commitment = NULL, ct = NULL, pinned_at = NULL, pinned_by = NULL, forward = NULL WHERE id = $1`,
          [event.message.id, instant(event.at), event.by],
        ),
      ];
    case 'message.pinned':
      return [
        db.query('UPDATE message SET pinned_at = $2, pinned_by = $3 WHERE id = $1', [
          event.message,
          instant(event.at),
          event.actor,
        ]),
      ];
    case 'message.unpinned':
      return [db.query('UPDATE message SET pinned_at = NULL, pinned_by = NULL WHERE id = $1', [event.message])];
    case 'message.required':
      return [
        db.query('UPDATE message SET required_at = $2, required_by = $3 WHERE id = $1', [
          event.message,
          instant(event.at),
          event.actor,
        ]),
      ];
    case 'message.released':
      return [
        db.query('UPDATE message SET required_at = NULL, required_by = NULL WHERE id = $1', [event.message]),
        db.query('DELETE FROM confirmation WHERE message = $1', [event.message]),
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

const PEOPLE = `(SELECT array_agg(t.account ORDER BY t.account) AS people FROM (SELECT account FROM member WHERE room = $1
  UNION SELECT account FROM asking WHERE room = $1 AND declined_at IS NULL) t)`;

/**
 * A group is found by its people: who comes has no question any more, and the set is written anew; where an older group is of the
 * same people, that one is found. The name that is locked is the one under which such a group is opened.
 */
const regroup = (db: Queryable, room: string, joined: readonly string[]): Promise<unknown>[] => [
  ...(joined.length === 0
    ? []
    : [db.query('DELETE FROM asking WHERE room = $1 AND account = ANY ($2::uuid[])', [room, uuidArray(joined)])]),
  db.query(
    `SELECT pg_advisory_xact_lock(hashtextextended('group ' || array_to_string(k.people, ' '), 0)) FROM ${PEOPLE} k WHERE k.people IS NOT NULL`,
    [room],
  ),
  db.query(
    `UPDATE room r SET people = CASE WHEN EXISTS (SELECT FROM room o WHERE o.people = k.people AND o.id <> r.id) THEN NULL ELSE k.people END
     FROM ${PEOPLE} k WHERE r.id = $1`,
    [room],
  ),
];

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
      uuidArray(users.map((u) => u.account)),
      uuidArray(ids),
      textArray(users.map((u) => u.type)),
      uuidArray(users.map((u) => u.data.room ?? null)),
      int8Array(users.map((u) => (u.type === 'notification.made' ? u.data.messageSeq : null))),
      jsonArray(users.map((u) => JSON.stringify(u.data))),
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
      uuidArray(done.map((d) => d.actor)),
      uuidArray(done.map((d) => d.clientId)),
      textArray(done.map((d) => d.command)),
      uuidArray(done.map((d) => d.room)),
      uuidArray(done.map((d) => d.message)),
      bytesArray(
        done.map((d) => vault.mac({ room: d.room, author: d.actor, clientId: d.clientId }, Buffer.from(d.payload))),
      ),
      jsonArray(done.map((d) => JSON.stringify(d.output))),
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
  const replies = sent.filter(({ thread }) => thread !== null);
  try {
    const said = replies.length === 0 ? sent : sent.filter(({ thread }) => thread === null);
    if (said.length > 0) rest.push(insertSent(db, vault, said, 'rooms'));
    if (replies.length > 0) rest.push(insertSent(db, vault, replies, 'threads'));
    if (sent.length < events.length)
      rest.push(
        insertEvents(
          db,
          events.filter(({ type }) => type !== 'message.sent'),
        ),
      );
    // Before the rest: a removal in the same batch takes the payloads of its message's edits along (contract D12)
    if (done.length > 0) rest.push(insertDone(db, vault, done));
    for (const event of events) rest.push(...applyOne(db, vault, event, newId));
  } catch (error) {
    // A key is missing. What is in the pipe already goes with the caller's ROLLBACK; nobody waits for its answers any more
    for (const answer of rest) answer.catch(() => undefined);
    throw error;
  }
  if (rooms.length > 0) rest.push(updateRooms(db, rooms, events));
  for (const { id, kind } of rooms) {
    if (kind !== 'group') continue;
    const moves = events.filter((event) => event.room === id && 'account' in event);
    const joined = moves.flatMap((event) => (event.type === 'member.joined' ? [event.account] : []));
    if (moves.length > 0) rest.push(...regroup(db, id, joined));
  }
  const changed = new Set(events.filter(({ type }) => type === 'room.changed').map(({ room }) => room));
  for (const { id, settings } of rooms)
    if (settings && changed.has(id))
      rest.push(db.query('UPDATE room SET folded = $2 WHERE id = $1', [id, foldedRoom(settings)]));
  // People's counters last, whoever's they are
  if (replies.length > 0) rest.push(...insertFollows(db, replies, users));
  const at = instant(Math.max(0, ...events.map((event) => event.at)));
  rest.push(...insertEscalations(db, sent, users, at, newId));
  return { rest, users: insertUserEvents(db, users, at, newId) };
};
