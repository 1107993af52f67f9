/** The people of groups: who they are, and, for the rules that ask it, who teaches whom, has blocked whom, shares a room. */
import { type AskingFact, type CircleFact, key, type Ties } from '@recreio/core/ports.ts';
import type { PrivateTalk, Profile } from '@recreio/protocol';
import { uuidArray } from './arrays.ts';
import type { Queryable } from './connect.ts';
import { ALLOWED, PROFILE, profileOf, type ProfileRow } from './rows.ts';

interface TiesRow {
  readonly teaches: [string, string][] | null;
  readonly blocks: [string, string][] | null;
  readonly acquainted: [string, string][] | null;
  readonly allowed: PrivateTalk;
}

/** SQL for the pairs among the people of a relation `who (room, account)` in one room `r.id`; `near` are those who may be new to each other. */
const TIES = (near: string): string => `
  (SELECT json_agg(DISTINCT jsonb_build_array(e.account, f.account)) FROM who a JOIN running_enrolment e ON e.account = a.account AND e.staff
     JOIN who b ON b.room = a.room AND b.account <> a.account JOIN enrolment f ON f.course = e.course AND f.account = b.account WHERE a.room = r.id) AS teaches,
  (SELECT json_agg(jsonb_build_array(z.blocker, z.blocked)) FROM who a JOIN block z ON z.blocker = a.account
     JOIN who b ON b.room = a.room AND b.account = z.blocked WHERE a.room = r.id) AS blocks,
  (SELECT json_agg(jsonb_build_array(n.account, b.account)) FROM ${near} n JOIN who b ON b.room = n.room AND b.account <> n.account WHERE n.room = r.id AND EXISTS (
     SELECT FROM member x JOIN member y ON y.room = x.room JOIN room q ON q.id = x.room AND q.kind NOT IN ('direct', 'group')
     WHERE x.account = n.account AND y.account = b.account)) AS acquainted,
  ${ALLOWED}`;

const pairsOf = (rows: readonly [string, string][] | null): Set<string> =>
  new Set((rows ?? []).map((pair) => key(...pair)));

const tiesOf = (row: TiesRow): Ties => ({
  teaches: pairsOf(row.teaches),
  blocks: pairsOf(row.blocks),
  allowed: row.allowed,
  acquainted: new Set((row.acquainted ?? []).flatMap(([a, b]) => [key(a, b), key(b, a)])),
});

interface CircleRow extends TiesRow {
  readonly id: string;
  readonly members: string[];
  readonly askings: [string, string, boolean][] | null;
}

/** The groups among these rooms; `newcomers`, as [room, account], are looked at with those who are there. */
export const readCircles = async (
  db: Queryable,
  rooms: readonly string[],
  newcomers: readonly (readonly [string, string])[],
): Promise<Map<string, CircleFact>> => {
  if (rooms.length === 0) return new Map();
  const { rows } = await db.query<CircleRow>({
    name: 'facts-circles',
    text: `WITH circle AS (SELECT id FROM room WHERE id = ANY ($1::uuid[]) AND kind = 'group'),
             new AS (SELECT DISTINCT t.room, t.account FROM unnest($2::uuid[], $3::uuid[]) AS t (room, account) JOIN circle c ON c.id = t.room),
             who AS (SELECT m.room, m.account FROM member m JOIN circle c ON c.id = m.room
               UNION SELECT k.room, k.account FROM asking k JOIN circle c ON c.id = k.room WHERE k.declined_at IS NULL
               UNION SELECT room, account FROM new)
           SELECT r.id, ARRAY(SELECT m.account FROM member m WHERE m.room = r.id) AS members,
             (SELECT json_agg(json_build_array(k.account, k.by, k.declined_at IS NOT NULL)) FROM asking k WHERE k.room = r.id) AS askings,
             ${TIES('new')} FROM circle r`,
    values: [
      uuidArray(rooms),
      uuidArray(newcomers.map(([room]) => room)),
      uuidArray(newcomers.map(([, account]) => account)),
    ],
  });
  return new Map(
    rows.map((row): [string, CircleFact] => [
      row.id,
      {
        ...tiesOf(row),
        members: row.members,
        askings: new Map(
          (row.askings ?? []).map(([account, by, declined]): [string, AskingFact] => [account, { by, declined }]),
        ),
      },
    ]),
  );
};

/** What is between people of whom no group is made yet. */
export const readTies = async (db: Queryable, people: readonly string[]): Promise<Ties> => {
  const {
    rows: [row],
  } = await db.query<TiesRow>({
    name: 'ties',
    text: `WITH who AS (SELECT 0 AS room, account FROM unnest($1::uuid[]) AS t (account))
           SELECT ${TIES('who')} FROM (SELECT 0 AS id) r`,
    values: [uuidArray(people)],
  });
  if (!row) throw new Error('one row is asked for');
  return tiesOf(row);
};

/** The people of a group: those in it, and those asked. */
export interface Circle {
  readonly members: readonly Profile[];
  readonly asked: readonly Profile[];
}

/** Of a group that nobody is in any more. */
export const NOBODY: Circle = { members: [], asked: [] };

/** The people of groups, by name; one statement, and none where there is no group. */
export const circlesOf = async (db: Queryable, rooms: readonly string[]): Promise<Map<string, Circle>> => {
  if (rooms.length === 0) return new Map();
  const { rows } = await db.query<ProfileRow & { room: string; is_asked: boolean }>({
    name: 'circles',
    text: `SELECT w.room, w.is_asked, ${PROFILE} FROM (
             SELECT room, account, false AS is_asked FROM member WHERE room = ANY ($1::uuid[])
             UNION ALL SELECT room, account, true FROM asking WHERE room = ANY ($1::uuid[]) AND declined_at IS NULL) w
           JOIN account a ON a.id = w.account ORDER BY a.name_folded, a.id`,
    values: [uuidArray(rooms)],
  });
  return new Map(
    [...Map.groupBy(rows, ({ room }) => room)].map(([room, people]): [string, Circle] => [
      room,
      {
        members: people.filter(({ is_asked }) => !is_asked).map(profileOf),
        asked: people.filter(({ is_asked }) => is_asked).map(profileOf),
      },
    ]),
  );
};
