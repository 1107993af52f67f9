/** courses.putLesson and removeLesson: the lessons of a course in their order. docs/protocol.md R107. */
import { COURSE, type courses, type InputOf, type OutputOf, TEXT } from '@recreio/protocol';
import { actorOf } from '../accounts/policy.ts';
import type { Call } from '../handler.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import type { World } from '../world.ts';
import { withLesson } from './policy.ts';
import { cleanTitle, tends } from './tend.ts';

/** Adds, renames or moves one; the same again changes nothing. */
export const putLesson = async (
  world: World,
  { course, lesson, number, ...input }: InputOf<typeof courses.putLesson>,
  { alive }: Call,
): Promise<OutputOf<typeof courses.putLesson> | Denial<'not-found' | 'bad-text' | 'too-many'>> => {
  const given = input.title === undefined ? undefined : cleanTitle(input.title, TEXT.lessonTitle);
  if (isDenial(given)) return deny('bad-text', { detail: 'title' });
  return await world.transact(async (memory) => {
    // Of two courses that put one new id at once, the second finds it taken
    await memory.accounts.lock(`lesson ${lesson}`);
    if (!(await memory.courses.hold(course)) || !(await tends(memory, alive, course))) return deny('not-found');
    const before = await memory.courses.lessons(course);
    const known = before.find(({ id }) => id === lesson);
    const title = given ?? known?.title;
    const isElsewhere = !known && (await memory.rooms.lessonCourse(lesson)) !== null;
    if (title === undefined || isElsewhere) return deny('not-found', { detail: 'lesson' });
    if (!known && before.length >= COURSE.lessons) return deny('too-many');
    const after = withLesson(before, { id: lesson, title, number });
    if (after.every(({ id }, place) => before[place]?.id === id) && known?.title === title)
      return { lessons: [...before] };
    await memory.courses.setLessons(course, after);
    const detail = {
      lesson,
      ...(known ? {} : { made: title }),
      ...(known && known.title !== title ? { title: { from: known.title, to: title } } : {}),
      ...(known && after[known.number - 1]?.id !== lesson
        ? { number: { from: known.number, to: after.findIndex(({ id }) => id === lesson) + 1 } }
        : {}),
    };
    await memory.courses.stir({ courses: [course] });
    await memory.audit.write({ actor: actorOf(alive), act: 'courses.putLesson', target: course, detail });
    return { lessons: [...(await memory.courses.lessons(course))] };
  });
};

/** A room that stands for a lesson would stand for nothing: the lesson stays. One that is gone already is as good as taken away. */
export const removeLesson = async (
  world: World,
  { course, lesson }: InputOf<typeof courses.removeLesson>,
  { alive }: Call,
): Promise<OutputOf<typeof courses.removeLesson> | Denial<'not-found' | 'not-allowed'>> =>
  await world.transact(async (memory) => {
    if (!(await memory.courses.hold(course)) || !(await tends(memory, alive, course))) return deny('not-found');
    const before = await memory.courses.lessons(course);
    const known = before.find(({ id }) => id === lesson);
    if (!known) return { lessons: [...before] };
    if (known.rooms > 0) return deny('not-allowed', { detail: 'rooms stand for this lesson' });
    await memory.courses.setLessons(
      course,
      before.filter(({ id }) => id !== lesson),
    );
    const detail = { lesson, title: known.title };
    await memory.courses.stir({ courses: [course] });
    await memory.audit.write({ actor: actorOf(alive), act: 'courses.removeLesson', target: course, detail });
    return { lessons: [...(await memory.courses.lessons(course))] };
  });
