/** The memory of rooms in PostgreSQL, with that of their people and markers. Who may find what comes as parameters from the rules. */
import type { RoomsMemory } from '@recreio/core/ports.ts';
import type { Asking, Course, Role, Room } from '@recreio/protocol';
import type { Vault } from '../vault/vault.ts';
import { allRooms, countOwnerless } from './all-rooms.ts';
import { uuidArray } from './arrays.ts';
import { BETWEEN, type BetweenRow, betweenOf } from './between.ts';
import { circlesOf, NOBODY, readTies } from './circles.ts';
import type { Queryable } from './connect.ts';
import { directory, findRoom } from './directory.ts';
import { holdRooms } from './hold.ts';
import { markers } from './markers.ts';
import { ownRooms } from './own-rooms.ts';
import { roomPeople } from './room-people.ts';
import { foldedRoom, PROFILE, profileOf, type ProfileRow } from './rows.ts';
import { write } from './write.ts';

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
  const mine = ownRooms(db, lookups);
  return {
    ...roomPeople(db),
    ...markers(db),
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
    hold: holdRooms(db, vault),
    ownerless: countOwnerless(db),
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
  };
};
