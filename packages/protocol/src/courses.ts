/** Courses as they are looked after: made, changed and peopled by administrators, their lessons put in order by their staff as well. */
import Type, { type Static } from 'typebox';
import { Profile } from './accounts.ts';
import { command } from './command.ts';
import { ClientId, Id, Instant } from './ids.ts';
import { LeftRoom } from './left-room.ts';
import { Lesson } from './lessons.ts';
import { COURSE, TEXT } from './limits.ts';

const closed = { additionalProperties: false } as const;

const Title = Type.String({ minLength: 1, maxLength: TEXT.courseTitle });
const Group = Type.String({ maxLength: TEXT.courseGroup });
const LessonTitle = Type.String({ minLength: 1, maxLength: TEXT.lessonTitle });
const Count = Type.Integer({ minimum: 0 });

/** A course as those see it who look after it. */
export const CourseRecord = Type.Object({
  id: Id,
  title: Type.String(),
  /** The class it is for, as in "9º B"; empty when there is none. */
  group: Type.String(),
  lessons: Count,
  /** Those enrolled who take it, and those who are its staff. */
  students: Count,
  staff: Count,
  /** Rooms of the course, archived ones included. */
  rooms: Count,
  /** Since when it is over; null while it runs. */
  archivedAt: Type.Union([Instant, Type.Null()]),
});
export type CourseRecord = Static<typeof CourseRecord>;

/** A lesson with the number of rooms that stand for it. */
export const LessonRecord = Type.Object({ ...Lesson.properties, rooms: Count });
export type LessonRecord = Static<typeof LessonRecord>;

/** Somebody enrolled: who works at the school is staff of the course, everybody else takes it. */
export const Enrolled = Type.Object({ profile: Profile, staff: Type.Boolean() });
export type Enrolled = Static<typeof Enrolled>;

/** Somebody who is in rooms of a course and not in the course. */
export const Outside = Type.Object({ profile: Profile, rooms: Type.Integer({ minimum: 1 }) });
export type Outside = Static<typeof Outside>;

const WithLessons = Type.Object({ course: CourseRecord, lessons: Type.Array(LessonRecord) });
const Lessons = Type.Object({ lessons: Type.Array(LessonRecord) });

/** Every course of the school by title, in pages; those that are over only where they are asked for. */
export const list = command('courses.list', {
  summary: 'List every course of the school (administrators).',
  kind: 'read',
  quota: 'search',
  input: Type.Object(
    {
      text: Type.Optional(Type.String({ maxLength: TEXT.searchText })),
      archived: Type.Optional(Type.Boolean()),
      after: Type.Optional(Id),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    },
    closed,
  ),
  output: Type.Object({
    courses: Type.Array(CourseRecord),
    total: Type.Integer(),
    next: Type.Union([Id, Type.Null()]),
  }),
  problems: ['not-allowed'],
  http: { method: 'GET', path: '/api/admin/courses' },
});

/** One course with its lessons in order, for administrators and its staff. */
export const get = command('courses.get', {
  summary: 'Read a course with its lessons (administrators and its staff).',
  kind: 'read',
  quota: 'read',
  input: Type.Object({ course: Id }, closed),
  output: WithLessons,
  problems: ['not-found'],
  http: { method: 'GET', path: '/api/courses/:course' },
});

/** Makes a course, with its first lessons in order. Repeating it with the same client id, which becomes its id, gives the same course. */
export const create = command('courses.create', {
  summary: 'Make a course (administrators).',
  kind: 'act',
  quota: 'create',
  input: Type.Object(
    {
      clientId: ClientId,
      title: Title,
      group: Type.Optional(Group),
      lessons: Type.Optional(Type.Array(LessonTitle, { maxItems: COURSE.lessons })),
    },
    closed,
  ),
  output: WithLessons,
  problems: ['not-allowed', 'bad-text', 'already-taken', 'idempotency-conflict'],
  http: { method: 'POST', path: '/api/admin/courses' },
});

/** Renames a course, ends it, or takes it up again; only what is given changes. What is over has no new rooms, and ties nobody to anybody. */
export const update = command('courses.update', {
  summary: 'Change a course, end it or take it up again (administrators).',
  kind: 'act',
  quota: 'act',
  input: Type.Object(
    {
      course: Id,
      title: Type.Optional(Title),
      group: Type.Optional(Group),
      archived: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
  output: CourseRecord,
  assured: true,
  problems: ['step-up-required', 'not-allowed', 'not-found', 'bad-text', 'already-taken'],
  http: { method: 'PATCH', path: '/api/admin/courses/:course' },
});

/** Puts a lesson: a new id is a new one, which needs a title; without `number` it stands last. Of one that is there what is given changes; the others move up or down. */
export const putLesson = command('courses.putLesson', {
  summary: 'Add, rename or move a lesson (administrators and the staff of the course).',
  kind: 'act',
  quota: 'act',
  input: Type.Object(
    {
      course: Id,
      lesson: Id,
      title: Type.Optional(LessonTitle),
      /** Its place in the course; beyond the end it stands last. */
      number: Type.Optional(Type.Integer({ minimum: 1, maximum: COURSE.lessons })),
    },
    closed,
  ),
  output: Lessons,
  problems: ['not-found', 'bad-text', 'too-many'],
  http: { method: 'PUT', path: '/api/courses/:course/lessons/:lesson' },
});

/** Takes a lesson away; the ones behind it move up. One that rooms stand for stays (`not-allowed`). */
export const removeLesson = command('courses.removeLesson', {
  summary: 'Take a lesson away (administrators and the staff of the course).',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ course: Id, lesson: Id }, closed),
  output: Lessons,
  problems: ['not-found', 'not-allowed'],
  http: { method: 'DELETE', path: '/api/courses/:course/lessons/:lesson' },
});

/** Who is enrolled, the staff first, in pages. */
export const people = command('courses.people', {
  summary: 'List who is enrolled in a course (administrators and its staff).',
  kind: 'read',
  quota: 'search',
  input: Type.Object(
    {
      course: Id,
      text: Type.Optional(Type.String({ maxLength: TEXT.searchText })),
      after: Type.Optional(Id),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    },
    closed,
  ),
  output: Type.Object({
    people: Type.Array(Enrolled),
    total: Type.Integer(),
    next: Type.Union([Id, Type.Null()]),
    /** Who is not in the course and still in rooms of it, administrators excepted, at most 200; empty behind the first page. */
    outside: Type.Optional(Type.Array(Outside)),
  }),
  problems: ['not-found'],
  http: { method: 'GET', path: '/api/courses/:course/people' },
});

/** Enrols people, all or none. Who is in the course already stays as they are. */
export const enrol = command('courses.enrol', {
  summary: 'Enrol people in a course (administrators).',
  kind: 'act',
  quota: 'act',
  input: Type.Object(
    { course: Id, accounts: Type.Array(Id, { minItems: 1, maxItems: COURSE.enrolAtOnce, uniqueItems: true }) },
    closed,
  ),
  output: CourseRecord,
  assured: true,
  problems: ['step-up-required', 'not-allowed', 'not-found'],
  http: { method: 'POST', path: '/api/admin/courses/:course/people' },
});

/** Takes a person out of a course, and of its rooms. */
export const unenrol = command('courses.unenrol', {
  summary: 'Take a person out of a course and its rooms (administrators).',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ course: Id, account: Id }, closed),
  output: Type.Object({
    course: CourseRecord,
    /** How many rooms they are no longer in. */
    left: Count,
    /** Rooms that would be nobody's: the person stays in them until somebody else owns them. */
    stays: Type.Array(LeftRoom),
  }),
  assured: true,
  problems: ['step-up-required', 'not-allowed', 'not-found'],
  http: { method: 'DELETE', path: '/api/admin/courses/:course/people/:account' },
});
