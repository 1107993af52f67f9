/** Rooms, memberships and read markers in PostgreSQL. Who may find what comes as parameters from the rules. */
import type { Marker, RoomsMemory } from '@recreio/core/ports.ts';
import type { Asking, Course, Direct, Group, Member, Mine, MyRoom, Role, Room, RoomRole } from '@recreio/protocol';
import type { Vault } from '../vault/vault.ts';
import { allRooms } from './all-rooms.ts';
import { uuidArray } from './arrays.ts';
import { countCallsAfter } from './calls-to-all.ts';
import { type Circle, circlesOf, NOBODY, readTies } from './circles.ts';
import type { Queryable } from './connect.ts';
import { BETWEEN, type BetweenRow, betweenOf } from './between.ts';
import { directory, findRoom } from './directory.ts';
import { gather } from './gather.ts';
import { TUNING, tuningOf, type TuningRow } from './notifications.ts';
import { readReaders } from './readers.ts';
import { foldedRoom, PROFILE, profileOf, type ProfileRow, ROOM, roomOf, type RoomRow } from './rows.ts';
import { write } from './write.ts';

interface MineRow extends RoomRow, ProfileRow, UnreadRow, TuningRow {
  /** Whose it is. */
  readonly of: string;
  readonly my_role: RoomRole;
  readonly joined_at: string;
  readonly head: number;
  readonly ordinal: number;
  readonly read_seq: number;
  readonly read_ordinal: number;
  readonly unread: number;
  readonly calls: number;
  readonly muted: boolean;
  readonly muted_until: string | null;
}

/** The seq after which messages count as unread: the marker's, or the one before what was marked as unread again. */
export const READ_TO = 'coalesce(k.unread_from - 1, k.seq)';

/** What counts as unread for `m.account`. */
const COUNTED = 'x.author <> m.account AND x.removed_at IS NULL AND x.thread IS NULL';

/**
 * Counts after the marker `k` of a person `m.account`, up to 999 (contract D33). Behind the marker there may be what the person
 * never saw, from before they came or while they were away: that does not become unread with what lies around it, and is not walked through.
 */
const COUNTS = `
  CASE WHEN k.unread_from IS NULL
    THEN (SELECT count(*)::int FROM (SELECT 1 FROM message x WHERE x.room = r.id AND x.seq > k.seq AND ${COUNTED} LIMIT 999) q)
    ELSE (SELECT count(*)::int FROM (SELECT 1 FROM span s CROSS JOIN LATERAL (
      SELECT 1 FROM message x WHERE x.room = r.id AND x.seq >= greatest(s.from_seq, k.unread_from) AND x.seq <= coalesce(s.to_seq, 9223372036854775807)
        AND ${COUNTED} LIMIT 999) y WHERE s.room = r.id AND s.account = m.account LIMIT 999) q) END AS unread,
  least(999, (SELECT count(*)::int FROM (SELECT 1 FROM user_event u JOIN message x ON x.room = u.room AND x.seq = u.message_seq AND x.removed_at IS NULL AND x.thread IS NULL
     WHERE u.account = m.account AND u.room = r.id AND u.message_seq > ${READ_TO} LIMIT 999) q) + ${countCallsAfter(READ_TO)}) AS calls,
  k.unread_from, CASE WHEN k.unread_from IS NOT NULL THEN coalesce((SELECT x.ordinal FROM message x WHERE x.room = r.id AND x.thread IS NULL AND x.seq >= k.unread_from ORDER BY x.seq LIMIT 1), r.ordinal + 1) END AS unread_ordinal`;

/** The columns by which a marker says what before it is shown as unread. */
interface UnreadRow {
  readonly unread_from: number | null;
  readonly unread_ordinal: number | null;
}

const unreadFrom = ({ unread_from: seq, unread_ordinal: ordinal }: UnreadRow): Pick<Marker, 'unreadFrom'> =>
  seq === null || ordinal === null ? {} : { unreadFrom: { seq, ordinal } };

interface MarkerRow extends UnreadRow {
  readonly room: string;
  readonly seq: number;
  readonly ordinal: number;
  readonly newest: number;
  readonly unread: number;
  readonly calls: number;
  readonly revision: number;
}

/** Markers of a member $1 with what follows from them. */
const MARKERS = `
  SELECT r.id AS room, k.seq, k.ordinal, r.ordinal AS newest, k.revision, ${COUNTS}
  FROM member m JOIN room r ON r.id = m.room JOIN read_marker k ON k.room = m.room AND k.account = m.account WHERE m.account = $1`;

const markerOf = (row: MarkerRow): Marker => {
  const { room, seq, ordinal, unread, calls, newest } = row;
  return { room, seq, ordinal, unread, mentions: calls, newest, ...unreadFrom(row) };
};

const MINE = `
  SELECT m.account AS of, ${ROOM}, m.role AS my_role, m.joined_at, r.head, r.ordinal, k.seq AS read_seq, k.ordinal AS read_ordinal, ${COUNTS},
    z.id IS NOT NULL AS muted, z.until AS muted_until, ${TUNING}, ${PROFILE}
  FROM member m JOIN room r ON r.id = m.room
  JOIN read_marker k ON k.room = m.room AND k.account = m.account
  LEFT JOIN restriction z ON z.room = m.room AND z.account = m.account AND z.kind = 'mute' AND (z.until IS NULL OR z.until > clock_timestamp())
  LEFT JOIN room_tuning t ON t.room = m.room AND t.account = m.account
  LEFT JOIN account a ON r.kind = 'direct' AND a.id = CASE WHEN r.low = m.account THEN r.high ELSE r.low END`;

const mineOf = (row: MineRow): Mine => ({
  role: row.my_role,
  joinedAt: row.joined_at,
  head: row.head,
  ordinal: row.ordinal,
  readSeq: row.read_seq,
  readOrdinal: row.read_ordinal,
  ...unreadFrom(row),
  unread: row.unread,
  mentions: row.calls,
  ...(row.muted ? { muted: { until: row.muted_until } } : {}),
  lastMessageAt: row.last_message_at,
  ...tuningOf(row),
});

/** The groups among rooms. */
const groupsIn = (rows: readonly RoomRow[]): string[] =>
  rows.filter(({ kind }) => kind === 'group').map(({ room }) => room);

const myRoomOf = (row: MineRow, account: string, circle: Circle | undefined): MyRoom => {
  const { room: id, kind, title, created_at: createdAt } = row;
  const mine = mineOf(row);
  if (kind === 'direct') return { room: { id, kind, with: profileOf(row), createdAt } satisfies Direct, mine };
  if (kind === 'group') {
    const { members, asked } = circle ?? NOBODY;
    const others = members.filter((person) => person.id !== account);
    return { room: { id, kind, title, with: others, asked: [...asked], createdAt } satisfies Group, mine };
  }
  return { room: roomOf({ ...row, kind }), mine };
};

/** People whose rooms are read in one statement: each may have some dozens. */
const TOGETHER = 32;

/** Rooms over a pool or inside a transaction; `wrote` hears what `append` gave to people's streams, for the bell after COMMIT. */
export const roomsMemory = (
  db: Queryable,
  vault: Vault,
  newId: () => string,
  wrote: (written: {
    events: Parameters<RoomsMemory['append']>[0]['events'];
    users: Awaited<ReturnType<typeof write>['users']>;
  }) => void,
  lookups: Queryable = db,
): RoomsMemory => {
  const everyRoom = gather(async (accounts: readonly string[]) => {
    const { rows } = await lookups.query<MineRow>({
      name: 'mine',
      text: `${MINE} WHERE m.account = ANY ($1::uuid[]) ORDER BY r.id`,
      values: [uuidArray(accounts)],
    });
    const found = new Map(accounts.map((account): [string, MyRoom[]] => [account, []]));
    const circles = await circlesOf(lookups, groupsIn(rows));
    for (const row of rows) found.get(row.of)?.push(myRoomOf(row, row.of, circles.get(row.room)));
    return accounts.map((account) => found.get(account) ?? []);
  }, TOGETHER);
  const mine = async (account: string, room?: string): Promise<readonly MyRoom[]> => {
    if (room === undefined) return await everyRoom(account);
    const { rows } = await db.query<MineRow>({
      name: 'mine-one',
      text: `${MINE} WHERE m.account = $1 AND r.id = $2`,
      values: [account, room],
    });
    const circles = await circlesOf(db, groupsIn(rows));
    return rows.map((row) => myRoomOf(row, account, circles.get(row.room)));
  };

  /** Changes a member's marker, if `change` finds anything to change; $1 is the room, $2 the person, $3 what it is about. */
  const move = async (
    account: string,
    room: string,
    change: string,
    about: string | number,
    where = '',
  ): ReturnType<RoomsMemory['markRead']> => {
    const {
      rows: [before],
    } = await db.query(
      `SELECT k.seq FROM read_marker k JOIN member m ON m.room = k.room AND m.account = k.account WHERE k.room = $1 AND k.account = $2 ${where} FOR UPDATE OF k`,
      where === '' ? [room, account] : [room, account, about],
    );
    if (!before) return null;
    const moved = (await db.query(change, [room, account, about])).rowCount === 1;
    // After the marker, as a flush does: people's own counters are locked last (contract, "Terms")
    if (moved)
      await db.query(
        `WITH changed AS (UPDATE user_stream SET revision = revision + 1 WHERE account = $2 RETURNING revision)
         UPDATE read_marker k SET revision = c.revision FROM changed c WHERE k.room = $1 AND k.account = $2`,
        [room, account],
      );
    const {
      rows: [now],
    } = await db.query<MarkerRow>(`${MARKERS} AND k.room = $2`, [account, room]);
    return now ? { marker: markerOf(now), moved, revision: now.revision } : null;
  };

  return {
    now: async () => {
      const {
        rows: [row],
      } = await db.query<{ now: number }>('SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now');
      return row?.now ?? 0;
    },
    mine,
    get: async (who, room) => {
      const [own] = await mine(who.account, room);
      const found = own ? null : await findRoom(db, who, room);
      if (!own && !found) return null;
      const {
        rows: [row],
      } = await db.query<{ rules: string }>({
        name: 'room-rules',
        text: `SELECT rules FROM room WHERE id = $1 AND rules <> ''`,
        values: [room],
      });
      return { ...(own ?? { room: found as Room, mine: null }), ...(row ? { rules: row.rules } : {}) };
    },
    all: allRooms(db),
    directory: (who, where) => directory(db, who, where),
    categories: async () =>
      (
        await db.query<{ id: string; name: string; emoji: string }>({
          name: 'categories',
          text: 'SELECT id, name, emoji FROM category ORDER BY place',
        })
      ).rows,
    setCategories: async (categories) => {
      await db.query('DELETE FROM category');
      await db.query(
        `INSERT INTO category (id, name, emoji, place)
         SELECT id, name, emoji, place FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (id uuid, name text, emoji text)) WITH ORDINALITY AS t (id, name, emoji, place)`,
        [JSON.stringify(categories)],
      );
    },
    lock: async (name) => {
      await db.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
    },
    byClientId: async (actor, clientId) => {
      const {
        rows: [row],
      } = await db.query<{ id: string; create_mac: Buffer }>(
        'SELECT id, create_mac FROM room WHERE created_by = $1 AND create_client_id = $2',
        [actor, clientId],
      );
      if (!row) return null;
      await vault.load(db, { rooms: [row.id], authors: [] });
      return {
        room: row.id,
        matches: (payload) =>
          vault.sameMac({ room: row.id, author: actor, clientId }, Buffer.from(payload), row.create_mac),
      };
    },
    pair: async (a, b) => {
      const { rows } = await db.query<
        BetweenRow & { id: string; role: 'student'; minor: boolean; disabled: boolean; room: string | null }
      >(
        `SELECT a.id, a.role, a.minor, a.disabled_at IS NOT NULL AS disabled, r.id AS room, ${BETWEEN}
         FROM (SELECT least($1::uuid, $2::uuid) AS low, greatest($1::uuid, $2::uuid) AS high) p
         JOIN account a ON a.id IN (p.low, p.high) LEFT JOIN room r ON r.low = p.low AND r.high = p.high`,
        [a, b],
      );
      const one = rows.find(({ id }) => id === a);
      const other = rows.find(({ id }) => id === b);
      if (!one || !other) return null;
      const fact = ({ role, minor, disabled }: typeof one) => ({ role, minor, disabled });
      return { a: fact(one), b: fact(other), between: betweenOf(one), room: one.room };
    },
    group: async (people) => {
      const {
        rows: [row],
      } = await db.query<{ id: string }>('SELECT id FROM room WHERE people = $1::uuid[]', [uuidArray(people)]);
      return row?.id ?? null;
    },
    circle: async (people) => {
      const { rows } = await db.query<{
        id: string;
        role: Role;
        minor: boolean;
        disabled: boolean;
        asks_first: boolean;
      }>(
        'SELECT id, role, minor, disabled_at IS NOT NULL AS disabled, asks_first FROM account WHERE id = ANY ($1::uuid[])',
        [uuidArray(people)],
      );
      const accounts = new Map(
        rows.map(({ id, role, minor, disabled, asks_first }) => [id, { role, minor, disabled, asksFirst: asks_first }]),
      );
      return { accounts, ...(await readTies(db, people)) };
    },
    askings: async (account) => {
      const { rows } = await db.query<ProfileRow & { room: string; title: string; at: string }>({
        name: 'askings',
        text: `SELECT k.room, r.title, k.at, ${PROFILE} FROM asking k JOIN room r ON r.id = k.room JOIN account a ON a.id = k.by
               WHERE k.account = $1 AND k.declined_at IS NULL ORDER BY k.at, k.room`,
        values: [account],
      });
      const circles = await circlesOf(
        db,
        rows.map(({ room }) => room),
      );
      return rows.map((row): Asking => {
        const { members, asked } = circles.get(row.room) ?? NOBODY;
        return {
          room: row.room,
          title: row.title,
          by: profileOf(row),
          members: [...members],
          asked: asked.filter(({ id }) => id !== account),
          at: row.at,
        };
      });
    },
    enrolment: async (account, course) => {
      const {
        rows: [row],
      } = await db.query<{ staff: boolean }>(
        'SELECT staff FROM enrolment WHERE account = $1 AND course = $2 FOR KEY SHARE',
        [account, course],
      );
      return row ? (row.staff ? 'staff' : 'student') : null;
    },
    lessonCourse: async (lesson) =>
      (await db.query<{ course: string }>('SELECT course FROM lesson WHERE id = $1 FOR KEY SHARE', [lesson])).rows[0]
        ?.course ?? null,
    courseState: async (course) => {
      const {
        rows: [row],
      } = await db.query<{ archived: boolean }>(
        'SELECT archived_at IS NOT NULL AS archived FROM course WHERE id = $1 FOR SHARE',
        [course],
      );
      return row ? (row.archived ? 'archived' : 'running') : null;
    },
    found: async (room) => {
      await vault.createRoomKey(db, room.id);
      await vault.load(db, { rooms: [room.id], authors: [] });
      const s = room.settings;
      const mac =
        room.clientId === null || room.payload === null
          ? null
          : vault.mac({ room: room.id, author: room.by, clientId: room.clientId }, Buffer.from(room.payload));
      await db.query(
        `INSERT INTO room (id, kind, title, description, folded, emoji, colour, access, posting, past, course, lesson, low, high, last_at, created_at, created_by, create_client_id, create_mac, rules, category, language)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, now, now, $15, $16, $17, $18, $19, $20 FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS now) t`,
        [
          room.id,
          room.kind,
          s?.title ?? '',
          s?.description ?? '',
          s ? foldedRoom(s) : '',
          s?.emoji ?? '',
          s?.colour ?? 'pen',
          s?.access ?? 'invite',
          s?.posting ?? 'members',
          s?.past ?? 'all',
          room.course,
          room.lesson,
          room.pair?.[0] ?? null,
          room.pair?.[1] ?? null,
          room.by,
          room.clientId,
          mac,
          s?.rules ?? '',
          s?.category ?? null,
          s?.language ?? null,
        ],
      );
    },
    append: async (written) => {
      const authors = [...new Set(written.events.map(({ actor }) => actor))];
      await vault.load(db, { rooms: written.rooms.map(({ id }) => id), authors });
      const sent = write(db, vault, written, newId);
      const [users] = await Promise.all([sent.users, ...sent.rest]);
      wrote({ events: written.events, users });
    },
    members: async (account, room) => {
      const { rows } = await db.query<
        ProfileRow & {
          member_role: RoomRole;
          joined_at: string;
          muted: boolean;
          muted_until: string | null;
          kind: string;
        }
      >({
        name: 'members',
        text: `SELECT ${PROFILE}, m.role AS member_role, m.joined_at, z.id IS NOT NULL AS muted, z.until AS muted_until, r.kind
               FROM member me JOIN room r ON r.id = me.room JOIN member m ON m.room = me.room JOIN account a ON a.id = m.account
               LEFT JOIN restriction z ON z.room = m.room AND z.account = m.account AND z.kind = 'mute' AND (z.until IS NULL OR z.until > clock_timestamp())
               WHERE me.room = $1 AND me.account = $2
               ORDER BY a.role IN ('teacher', 'monitor', 'moderator', 'administrator') DESC, a.name_folded, a.id`,
        values: [room, account],
      });
      const [first] = rows;
      if (!first) return null;
      return {
        isPrivate: first.kind === 'direct' || first.kind === 'group',
        members: rows.map(
          (row): Member => ({
            profile: profileOf(row),
            role: row.member_role,
            joinedAt: row.joined_at,
            ...(row.muted ? { muted: { until: row.muted_until } } : {}),
          }),
        ),
      };
    },
    bans: async (room) => {
      const { rows } = await db.query<ProfileRow & { until: string | null }>(
        `SELECT ${PROFILE}, z.until FROM restriction z JOIN account a ON a.id = z.account
         WHERE z.room = $1 AND z.kind = 'ban' AND (z.until IS NULL OR z.until > clock_timestamp()) ORDER BY a.name_folded, a.id`,
        [room],
      );
      return rows.map((row) => ({ profile: profileOf(row), until: row.until }));
    },
    // Never past the head, never back; the ordinal is that of the newest message at or before it
    markRead: (account, room, seq) =>
      move(
        account,
        room,
        `UPDATE read_marker k SET seq = greatest(k.seq, t.seq),
           ordinal = greatest(k.ordinal, coalesce((SELECT x.ordinal FROM message x WHERE x.room = $1 AND x.seq <= t.seq ORDER BY x.seq DESC LIMIT 1), 0)),
           unread_from = CASE WHEN t.seq < k.seq THEN t.seq + 1 END
         FROM (SELECT least($3::bigint, r.head) AS seq FROM room r WHERE r.id = $1) t
         WHERE k.room = $1 AND k.account = $2 AND (k.seq < t.seq OR k.unread_from <= t.seq)`,
        seq,
      ),
    // What lies above the marker is unread anyway: then the marker comes up to it, and that is all
    markUnread: (account, room, message) =>
      move(
        account,
        room,
        `UPDATE read_marker k SET seq = greatest(k.seq, x.seq - 1), ordinal = greatest(k.ordinal, x.ordinal - 1),
           unread_from = CASE WHEN x.seq <= k.seq THEN x.seq END
         FROM message x WHERE x.id = $3 AND k.room = $1 AND k.account = $2
           AND (k.seq < x.seq - 1 OR k.unread_from IS DISTINCT FROM CASE WHEN x.seq <= k.seq THEN x.seq END)`,
        message,
        `AND EXISTS (SELECT 1 FROM message x JOIN span s ON s.room = x.room AND s.account = m.account
           WHERE x.id = $3 AND x.room = m.room AND x.thread IS NULL AND x.seq BETWEEN s.from_seq AND coalesce(s.to_seq, 9223372036854775807))`,
      ),
    markersAfter: async (account, revision) => {
      const { rows } = await db.query<MarkerRow>({
        name: 'markers-after',
        text: `${MARKERS} AND k.revision > $2 ORDER BY k.revision`,
        values: [account, revision],
      });
      return rows.map((row) => ({ ...markerOf(row), revision: row.revision }));
    },
    courses: async (account, every) => {
      const { rows } = await db.query<{
        id: string;
        title: string;
        class: string;
        archived: boolean;
        staff: boolean | null;
        lessons: Course['lessons'] | null;
      }>({
        name: 'courses',
        text: `SELECT c.id, c.title, c.class, c.archived_at IS NOT NULL AS archived, e.staff,
                 (SELECT json_agg(json_build_object('id', l.id, 'course', l.course, 'title', l.title, 'number', l.number) ORDER BY l.number) FROM lesson l WHERE l.course = c.id) AS lessons
               FROM course c LEFT JOIN enrolment e ON e.course = c.id AND e.account = $1 WHERE $2::boolean OR e.account IS NOT NULL ORDER BY c.title, c.class, c.id`,
        values: [account, every],
      });
      return rows.map(
        (row): Course => ({
          id: row.id,
          title: row.title,
          group: row.class,
          staff: row.staff ?? false,
          lessons: row.lessons ?? [],
          ...(row.archived ? { archived: true as const } : {}),
        }),
      );
    },
    readers: (room, most) => readReaders(db, room, most),
    isMember: async (account, room) =>
      (
        await db.query({
          name: 'is-member',
          text: 'SELECT 1 FROM member WHERE room = $1 AND account = $2',
          values: [room, account],
        })
      ).rows.length > 0,
  };
};
