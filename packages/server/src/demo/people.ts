/** The school itself: its name, courses and lessons, and the people with their enrolments. */
import { type AccountsMemory, foldText, type NewAccount } from '@recreio/core';
import { foldEmail } from '@recreio/core/accounts/email.ts';
import { isStaff, toneOf } from '@recreio/core/accounts/policy.ts';
import { COURSES } from '@recreio/demo-school/courses.ts';
import { ENTRANCES, PEOPLE, PERSON_KEYS, type PersonKey, SCHOOL_NAME } from '@recreio/demo-school/people.ts';
import type pg from 'pg';

const courses = Object.values(COURSES);

/** The courses somebody is in. Who is staff of the school is staff of its courses, and nobody else is. */
const coursesOf = (person: PersonKey): string[] => {
  const staff = isStaff(PEOPLE[person].role);
  return courses.flatMap((course) => {
    if (course[staff ? 'students' : 'staff'].includes(person))
      throw new Error(`The demo school cannot be seeded: ${person} has the wrong place in ${course.title}`);
    return course[staff ? 'staff' : 'students'].includes(person) ? course.id : [];
  });
};

const accountOf = (key: PersonKey): NewAccount => {
  const { id, name, email, role, minor, language } = PEOPLE[key];
  return {
    id,
    name,
    nameFolded: foldText(name),
    email,
    emailFolded: foldEmail(email),
    role,
    minor,
    language,
    tone: toneOf(id),
    courses: coursesOf(key),
    staff: isStaff(role),
  };
};

/** Writes courses, lessons, people and who takes what; the school gets its name. */
export const enrol = async (client: pg.PoolClient, accounts: AccountsMemory): Promise<void> => {
  await accounts.nameSchool(SCHOOL_NAME);
  const lessons = courses.flatMap(({ id: course, lessons }) => lessons.map((lesson) => ({ ...lesson, course })));
  await client.query(
    'INSERT INTO course (id, title, class, folded) SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[])',
    [
      courses.map(({ id }) => id),
      courses.map(({ title }) => title),
      courses.map(({ group }) => group),
      courses.map(({ title, group }) => foldText(`${title} ${group}`)),
    ],
  );
  await client.query(
    'INSERT INTO lesson (id, course, number, title) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[])',
    [
      lessons.map(({ id }) => id),
      lessons.map(({ course }) => course),
      lessons.map(({ number }) => number),
      lessons.map(({ title }) => title),
    ],
  );
  const isNew = await accounts.create(PERSON_KEYS.map(accountOf));
  if (!isNew) throw new Error('The demo school cannot be seeded: two people have one address');
};

/** Opens the one-click entrances. */
export const nameEntrances = async (client: pg.PoolClient): Promise<void> => {
  await client.query('UPDATE account SET demo = true WHERE id = ANY ($1::uuid[])', [
    ENTRANCES.map((key) => PEOPLE[key].id),
  ]);
};
