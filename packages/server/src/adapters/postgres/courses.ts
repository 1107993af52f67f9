/** The memory of courses, their lessons and who is enrolled (migrations 0002, 0019). SQL and nothing else; no rule. */
import { type CoursesMemory, foldText } from '@recreio/core/ports.ts';
import type { CourseRecord, LessonRecord, Role } from '@recreio/protocol';
import { one } from './accounts/sessions.ts';
import { uuidArray } from './arrays.ts';
import type { Queryable } from './connect.ts';
import { likeAnywhere, PROFILE, profileOf, type ProfileRow, STAFF } from './rows.ts';

interface CourseRow {
  readonly id: string;
  readonly title: string;
  readonly class: string;
  readonly archived_at: string | null;
  readonly lessons: number;
  readonly students: number;
  readonly staff: number;
  readonly rooms: number;
}

/** SQL for `CourseRow` over a course aliased `c`. */
const COURSE = `c.id, c.title, c.class, c.archived_at,
  (SELECT count(*)::int FROM lesson l WHERE l.course = c.id) AS lessons,
  (SELECT count(*)::int FROM enrolment e WHERE e.course = c.id AND NOT e.staff) AS students,
  (SELECT count(*)::int FROM enrolment e WHERE e.course = c.id AND e.staff) AS staff,
  (SELECT count(*)::int FROM room r WHERE r.course = c.id) AS rooms`;

const recordOf = ({ class: group, archived_at, ...row }: CourseRow): CourseRecord => ({
  ...row,
  group,
  archivedAt: archived_at,
});

/** The port over a pool or inside one transaction. */
export const coursesMemory = (db: Queryable): CoursesMemory => {
  const get = async (course: string): Promise<CourseRecord | null> => {
    const { rows } = await db.query<CourseRow>({
      name: 'course',
      text: `SELECT ${COURSE} FROM course c WHERE c.id = $1`,
      values: [course],
    });
    return rows[0] ? recordOf(rows[0]) : null;
  };

  return {
    list: async ({ folded, archived, after, limit }) => {
      const matching = `c.folded LIKE $1 AND (c.archived_at IS NOT NULL) = $2`;
      const values = [likeAnywhere(folded), archived];
      const { rows } = await db.query<CourseRow>({
        name: 'courses-list',
        text: `SELECT ${COURSE} FROM course c WHERE ${matching}
                 AND ($3::uuid IS NULL OR (c.folded, c.id) > (SELECT z.folded, z.id FROM course z WHERE z.id = $3))
               ORDER BY c.folded, c.id LIMIT $4`,
        values: [...values, after, limit + 1],
      });
      const counted = await db.query<{ total: number }>({
        name: 'courses-count',
        text: `SELECT count(*) AS total FROM course c WHERE ${matching}`,
        values,
      });
      const page = rows.slice(0, limit);
      return {
        courses: page.map(recordOf),
        total: one(counted.rows).total,
        next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
      };
    },

    get,

    hold: async (course) => {
      // The lessons first, as whoever makes a room for one does (rooms.ts): nobody waits in a circle
      await db.query({
        name: 'lessons-hold',
        text: 'SELECT 1 FROM lesson WHERE course = $1 ORDER BY id FOR UPDATE',
        values: [course],
      });
      await db.query({
        name: 'course-hold',
        text: 'SELECT 1 FROM course WHERE id = $1 FOR NO KEY UPDATE',
        values: [course],
      });
      return await get(course);
    },

    create: async (courses) => {
      await db.query({
        name: 'courses-create',
        text: `INSERT INTO course (id, title, class, folded)
               SELECT * FROM jsonb_to_recordset($1::jsonb) AS g (id uuid, title text, class text, folded text)`,
        values: [
          JSON.stringify(
            courses.map(({ id, title, group }) => ({
              id,
              title,
              class: group,
              folded: foldText(`${title} ${group}`),
            })),
          ),
        ],
      });
    },

    change: async (course, { title, group, archived }) => {
      await db.query({
        name: 'course-change',
        text: `UPDATE course SET title = $2, class = $3, folded = $4,
                 archived_at = CASE WHEN $5 THEN coalesce(archived_at, clock_timestamp()) END WHERE id = $1`,
        values: [course, title, group, foldText(`${title} ${group}`), archived],
      });
    },

    lessons: async (course) => {
      const { rows } = await db.query<LessonRecord>({
        name: 'lessons',
        text: `SELECT l.id, l.course, l.title, l.number, (SELECT count(*)::int FROM room r WHERE r.lesson = l.id) AS rooms
               FROM lesson l WHERE l.course = $1 ORDER BY l.number`,
        values: [course],
      });
      return rows;
    },

    setLessons: async (course, lessons) => {
      const given = JSON.stringify(lessons.map(({ id, title }, place) => ({ id, title, number: place + 1 })));
      const list = '(SELECT * FROM jsonb_to_recordset($2::jsonb) AS g (id uuid, title text, number int)) g';
      await db.query({
        name: 'lessons-leave',
        text: `DELETE FROM lesson l WHERE l.course = $1 AND NOT EXISTS (SELECT FROM ${list} WHERE g.id = l.id)`,
        values: [course, given],
      });
      // Out of each other's way first: no two lessons have one number at any moment
      await db.query({
        name: 'lessons-aside',
        text: `UPDATE lesson l SET number = -l.number FROM ${list} WHERE l.course = $1 AND g.id = l.id AND g.number <> l.number`,
        values: [course, given],
      });
      await db.query({
        name: 'lessons-put',
        text: `INSERT INTO lesson AS l (id, course, number, title) SELECT g.id, $1::uuid, g.number, g.title FROM ${list}
               ON CONFLICT (id) DO UPDATE SET number = excluded.number, title = excluded.title
                 WHERE l.course = excluded.course AND (l.number, l.title) IS DISTINCT FROM (excluded.number, excluded.title)`,
        values: [course, given],
      });
    },

    people: async (course, { folded, after, limit }) => {
      const like = likeAnywhere(folded);
      const { rows } = await db.query<ProfileRow & { staff: boolean }>({
        name: 'course-people',
        text: `SELECT ${PROFILE}, e.staff FROM enrolment e JOIN account a ON a.id = e.account
               WHERE e.course = $1 AND a.name_folded LIKE $2 AND ($3::uuid IS NULL OR (NOT e.staff, a.name_folded, a.id) >
                 (SELECT NOT coalesce(y.staff, z.role IN ${STAFF}), z.name_folded, z.id
                  FROM account z LEFT JOIN enrolment y ON y.account = z.id AND y.course = $1 WHERE z.id = $3))
               ORDER BY NOT e.staff, a.name_folded, a.id LIMIT $4`,
        values: [course, like, after, limit + 1],
      });
      const counted = await db.query<{ total: number }>({
        name: 'course-people-count',
        text: 'SELECT count(*) AS total FROM enrolment e JOIN account a ON a.id = e.account WHERE e.course = $1 AND a.name_folded LIKE $2',
        values: [course, like],
      });
      const page = rows.slice(0, limit);
      return {
        people: page.map((row) => ({ profile: profileOf(row), staff: row.staff })),
        total: one(counted.rows).total,
        next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
      };
    },

    outside: async (course) => {
      const { rows } = await db.query<ProfileRow & { rooms: number }>({
        name: 'course-outside',
        text: `SELECT ${PROFILE}, g.rooms FROM (SELECT m.account, count(*)::int AS rooms FROM room r JOIN member m ON m.room = r.id
                 WHERE r.course = $1 AND NOT EXISTS (SELECT FROM enrolment e WHERE e.course = $1 AND e.account = m.account) GROUP BY m.account) g
               JOIN account a ON a.id = g.account ORDER BY a.name_folded, a.id LIMIT 200`,
        values: [course],
      });
      return rows.map((row) => ({ profile: profileOf(row), rooms: row.rooms }));
    },

    roles: async (accounts) => {
      const { rows } = await db.query<{ id: string; role: Role }>({
        name: 'roles-hold',
        text: 'SELECT id, role FROM account WHERE id = ANY ($1::uuid[]) ORDER BY id FOR SHARE',
        values: [uuidArray(accounts)],
      });
      return new Map(rows.map(({ id, role }) => [id, role]));
    },

    enrol: async (course, people) => {
      const { rows } = await db.query<{ account: string }>({
        name: 'enrol',
        text: `INSERT INTO enrolment (course, account, staff)
               SELECT $1::uuid, g.account, g.staff FROM jsonb_to_recordset($2::jsonb) AS g (account uuid, staff boolean)
               ON CONFLICT (course, account) DO NOTHING RETURNING account`,
        values: [course, JSON.stringify(people)],
      });
      return rows.map(({ account }) => account);
    },

    unenrol: async (course, account) => {
      const { rowCount } = await db.query({
        name: 'unenrol',
        text: 'DELETE FROM enrolment WHERE course = $1 AND account = $2',
        values: [course, account],
      });
      return rowCount === 1;
    },

    stir: async (whom) => {
      const [text, value] =
        'courses' in whom
          ? [
              `SELECT account FROM enrolment WHERE course = ANY ($1::uuid[]) UNION SELECT id FROM account WHERE role = 'administrator'`,
              uuidArray(whom.courses),
            ]
          : ['SELECT unnest($1::uuid[])', uuidArray(whom.accounts)];
      await db.query({
        name: 'courses' in whom ? 'stir-courses' : 'stir-accounts',
        text: `WITH held AS MATERIALIZED (SELECT account FROM user_stream WHERE account IN (${text}) ORDER BY account FOR NO KEY UPDATE)
               UPDATE user_stream s SET revision = s.revision + 1 FROM held WHERE s.account = held.account`,
        values: [value],
      });
    },
  };
};
