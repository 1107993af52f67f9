/** Courses and lessons: the host platform's content, as far as rooms are tied to it. */
import Type, { type Static } from 'typebox';
import { command } from './command.ts';
import { Id } from './ids.ts';

/** A lesson of a course. */
export const Lesson = Type.Object({
  id: Id,
  course: Id,
  title: Type.String(),
  /** Its place in the course, from 1. */
  number: Type.Integer({ minimum: 1 }),
});
export type Lesson = Static<typeof Lesson>;

/** A course that the caller takes or teaches. */
export const Course = Type.Object({
  id: Id,
  title: Type.String(),
  /** The class it is for, as in "9º B"; empty when there is none. */
  group: Type.String(),
  lessons: Type.Array(Lesson),
  /** Whether the caller is staff of the course. */
  staff: Type.Boolean(),
  /** The course is over: its rooms stay, new ones are not made. */
  archived: Type.Optional(Type.Literal(true)),
});
export type Course = Static<typeof Course>;

/** The caller's courses with their lessons; administrators see all. */
export const courses = command('lessons.courses', {
  summary: 'List my courses with their lessons.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({}, { additionalProperties: false }),
  output: Type.Object({ courses: Type.Array(Course) }),
  problems: [],
  http: { method: 'GET', path: '/api/courses' },
});
