/** `recreio admin courses`, `make-course`, `end-course`, `lessons`, `add-lesson`, `enrolled`, `enrol`, `unenrol`: what the school teaches, and to whom. */
import { courseNameOf, foldText } from '@recreio/core';
import type { CourseRecord, Enrolled } from '@recreio/protocol';
import { type Configured, type Given, type Option, Refusal, type Verb } from '../command.ts';
import type { Opened } from '../house.ts';
import { accountOf, done, email, EMBEDDED, inside, json, oneOf, operated, optional, tell, text } from './inside.ts';

const course: Option = {
  type: 'string',
  placeholder: 'COURSE',
  help: 'The id of the course, or its whole title (with the class where there are several).',
  required: true,
};

const isId = (word: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(word);

/** Every course of one kind, page after page. */
const listed = async (
  { world }: Opened,
  where: Readonly<Record<string, string | boolean>>,
): Promise<readonly CourseRecord[]> => {
  const courses: CourseRecord[] = [];
  let after: string | null = null;
  do {
    const page: { readonly courses: readonly CourseRecord[]; readonly next: string | null } = await operated(
      world,
      'courses.list',
      { limit: 200, ...where, ...(after === null ? {} : { after }) },
    );
    courses.push(...page.courses);
    after = page.next;
  } while (after !== null);
  return courses;
};

/** Suggestions in a refusal: more of them is a list, which has a command of its own. */
const MOST_SUGGESTED = 10;

/** The course that `--course` names whole, accents and case aside: one, or nothing is done. What only holds the word is suggested. */
const courseOf = async (opened: Opened, given: Given): Promise<string> => {
  const word = text(given, 'course');
  if (isId(word)) return word;
  const running = await listed(opened, {});
  const wanted = foldText(word);
  const named = running.filter((c) => [courseNameOf(c), foldText(`${c.title} · ${c.group}`)].includes(wanted));
  const called = named.length > 0 ? named : running.filter(({ title }) => foldText(title) === wanted);
  const [one, ...others] = called;
  const lines = (some: readonly CourseRecord[]) => some.map((c) => `\n${c.id}\t${c.title}\t${c.group}`).join('');
  if (one && others.length === 0) return one.id;
  if (one) throw new Refusal(`Several courses are called so: give the id.${lines(called)}`);
  const alike = running.filter((c) => courseNameOf(c).includes(wanted)).slice(0, MOST_SUGGESTED);
  throw new Refusal(
    `No course that runs is called ${word}. \`recreio admin courses\` lists them.${alike.length > 0 ? ` Alike:${lines(alike)}` : ''}`,
  );
};

const show = (around: Configured, given: Given, record: CourseRecord): void => {
  const { id, archivedAt, lessons, students, staff, title, group } = record;
  tell(around, given, record, [id, archivedAt === null ? 'running' : 'over', lessons, students, staff, title, group]);
};

const courses: Verb = {
  name: 'admin courses',
  summary: 'List the courses: id, running or over, lessons, who takes it, its staff, title, class.',
  help: [EMBEDDED],
  options: {
    text: { type: 'string', placeholder: 'TEXT', help: 'Only those with this in their title or class.' },
    state: {
      type: 'string',
      placeholder: 'running|over',
      help: 'Those that run (unless said otherwise), or are over.',
    },
    json,
  },
  run: (given, around) => {
    oneOf(given, 'state', ['running', 'over']);
    return inside(around, async (opened) => {
      const where = { ...optional(given, 'text'), archived: given['state'] === 'over' };
      for (const one of await listed(opened, where)) show(around, given, one);
    });
  },
};

const makeCourse: Verb = {
  name: 'admin make-course',
  summary: 'Make a course; its lessons, in order, may come with it.',
  help: ['Shows it as `admin courses` does. Two that run have not one title and class.', EMBEDDED],
  options: {
    title: { type: 'string', placeholder: 'TITLE', help: 'What it is called.', required: true },
    class: { type: 'string', placeholder: 'CLASS', help: 'The class it is for, as in “9º B”.' },
    lessons: { type: 'string', placeholder: 'TITLE|…', help: 'Titles of lessons, with | between them.' },
    json,
  },
  run: (given, around) =>
    inside(around, async ({ world }) => {
      const lessons = (typeof given['lessons'] === 'string' ? given['lessons'] : '').split('|');
      const made = await operated(world, 'courses.create', {
        clientId: around.newId(),
        title: text(given, 'title'),
        ...optional(given, 'class', 'group'),
        lessons: lessons.map((title) => title.trim()).filter((title) => title !== ''),
      });
      show(around, given, made.course);
    }),
};

const endCourse: Verb = {
  name: 'admin end-course',
  summary: 'End a course: its rooms stay as they are, and nobody is anybody’s teacher by it any more.',
  help: ['`--again` takes it up again. It stays on record.', EMBEDDED],
  options: { course, again: { type: 'boolean', help: 'Take up again what was over; give the id.' } },
  run: (given, around) =>
    inside(around, async (opened) => {
      const archived = given['again'] !== true;
      await operated(opened.world, 'courses.update', { course: await courseOf(opened, given), archived });
      done(around);
    }),
};

const lessons: Verb = {
  name: 'admin lessons',
  summary: 'List the lessons of a course: number, id, rooms, title.',
  help: [EMBEDDED],
  options: { course, json },
  run: (given, around) =>
    inside(around, async (opened) => {
      const whole = await operated(opened.world, 'courses.get', { course: await courseOf(opened, given) });
      for (const one of whole.lessons) tell(around, given, one, [one.number, one.id, one.rooms, one.title]);
    }),
};

const addLesson: Verb = {
  name: 'admin add-lesson',
  summary: 'Add a lesson to a course, at its end.',
  help: [EMBEDDED],
  options: { course, title: { type: 'string', placeholder: 'TITLE', help: 'What it is about.', required: true } },
  run: (given, around) =>
    inside(around, async (opened) => {
      const input = {
        course: await courseOf(opened, given),
        lesson: around.newId(),
        title: text(given, 'title'),
      };
      await operated(opened.world, 'courses.putLesson', input);
      around.terminal.out(`${input.lesson}\n`);
    }),
};

const enrolled: Verb = {
  name: 'admin enrolled',
  summary: 'List who is enrolled in a course: id, staff or student, name.',
  help: ['Who works at the school is staff of its courses. `admin people --course ID` shows addresses.', EMBEDDED],
  options: { course, json },
  run: (given, around) =>
    inside(around, async (opened) => {
      const of = await courseOf(opened, given);
      let after: string | null = null;
      do {
        const page: { readonly people: readonly Enrolled[]; readonly next: string | null } = await operated(
          opened.world,
          'courses.people',
          { course: of, limit: 200, ...(after === null ? {} : { after }) },
        );
        for (const one of page.people)
          tell(around, given, one, [one.profile.id, one.staff ? 'staff' : 'student', one.profile.name]);
        after = page.next;
      } while (after !== null);
    }),
};

const enrol: Verb = {
  name: 'admin enrol',
  summary: 'Enrol a person in a course.',
  help: ['Running servers let them find its rooms within seconds. It stays on record.', EMBEDDED],
  options: { course, email },
  run: (given, around) =>
    inside(around, async (opened) => {
      const accounts = [await accountOf(opened, given)];
      await operated(opened.world, 'courses.enrol', { course: await courseOf(opened, given), accounts });
      done(around);
    }),
};

const unenrol: Verb = {
  name: 'admin unenrol',
  summary: 'Take a person out of a course, and of its rooms.',
  help: [
    'What only they own goes to another of the staff of the course who is in the room. Where nobody is, they stay: these rooms are listed, id and title.',
    EMBEDDED,
  ],
  options: { course, email },
  run: (given, around) =>
    inside(around, async (opened) => {
      const account = await accountOf(opened, given);
      const input = { course: await courseOf(opened, given), account };
      const { left, stays } = await operated(opened.world, 'courses.unenrol', input);
      for (const { id, title } of stays) around.terminal.out(`${id}\t${title}\n`);
      around.terminal.err(`No longer in ${left} rooms.\n`);
    }),
};

/** All of them. */
export const courseVerbs: readonly Verb[] = [
  courses,
  makeCourse,
  endCourse,
  lessons,
  addLesson,
  enrolled,
  enrol,
  unenrol,
];
