/** courses.list, get, create and update: what the school teaches. docs/protocol.md R106. */
import { type courses, type InputOf, type OutputOf, TEXT } from '@recreio/protocol';
import { courseNameOf } from '../accounts/course-names.ts';
import { actorOf, mayAdminister } from '../accounts/policy.ts';
import type { Call } from '../handler.ts';
import { cleanLine, foldText } from '../text.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import type { Memory, World } from '../world.ts';
import { mayTend } from './policy.ts';

/** A name as it is kept, or `bad-text`. An empty one is left empty where there may be none. */
export const cleanTitle = (text: string, most: number, isOptional = false): string | Denial<'bad-text'> => {
  if (isOptional && text.trim() === '') return '';
  const line = cleanLine(text);
  return !isDenial(line) && line.length > most ? deny('bad-text', { detail: `at most ${most}` }) : line;
};

/** Whether the caller looks after a course; one that there is not is one that is not theirs (R5). */
export const tends = async (memory: Pick<Memory, 'rooms'>, { me, account }: Call['alive'], course: string) =>
  mayTend(me.role, mayAdminister(me.role) ? null : await memory.rooms.enrolment(account, course));

/** A course that this transaction has just held or made. */
export const recordOf = async (memory: Pick<Memory, 'courses'>, course: string) => {
  const record = await memory.courses.get(course);
  if (!record) throw new Error('a course that was held is there');
  return record;
};

const whole = async (memory: Pick<Memory, 'courses'>, course: string) => ({
  course: await recordOf(memory, course),
  lessons: [...(await memory.courses.lessons(course))],
});

/** Whether another course that runs has this name: with two of one name, nobody knows which a file of people means. */
const isTaken = async (memory: Pick<Memory, 'accounts'>, title: string, group: string, but: string) =>
  (await memory.accounts.courses()).some(
    (other) => other.id !== but && courseNameOf(other) === courseNameOf({ title, group }),
  );

/** Every course, in pages. */
export const list = async (
  world: World,
  input: InputOf<typeof courses.list>,
  { alive }: Call,
): Promise<OutputOf<typeof courses.list> | Denial<'not-allowed'>> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  const page = await world.memory.courses.list({
    folded: foldText(input.text ?? ''),
    archived: input.archived ?? false,
    after: input.after ?? null,
    limit: input.limit ?? 50,
  });
  return { courses: [...page.courses], total: page.total, next: page.next };
};

/** One, with its lessons. */
export const get = async (
  world: World,
  { course }: InputOf<typeof courses.get>,
  { alive }: Call,
): Promise<OutputOf<typeof courses.get> | Denial<'not-found'>> => {
  if (!(await tends(world.memory, alive, course))) return deny('not-found');
  const record = await world.memory.courses.get(course);
  return record ? { course: record, lessons: [...(await world.memory.courses.lessons(course))] } : deny('not-found');
};

/** The course takes the client id as its id: a repeat finds what the first made, on any node (as `accounts.invite` does). */
export const create = async (
  world: World,
  { clientId: id, ...input }: InputOf<typeof courses.create>,
  { alive }: Call,
): Promise<
  OutputOf<typeof courses.create> | Denial<'not-allowed' | 'bad-text' | 'already-taken' | 'idempotency-conflict'>
> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  const title = cleanTitle(input.title, TEXT.courseTitle);
  if (isDenial(title)) return deny('bad-text', { detail: 'title' });
  const group = cleanTitle(input.group ?? '', TEXT.courseGroup, true);
  if (isDenial(group)) return deny('bad-text', { detail: 'group' });
  const titles: string[] = [];
  for (const given of input.lessons ?? []) {
    const lesson = cleanTitle(given, TEXT.lessonTitle);
    if (isDenial(lesson)) return deny('bad-text', { detail: 'lessons' });
    titles.push(lesson);
  }
  return await world.transact(async (memory) => {
    await memory.accounts.lock('courses');
    const before = await memory.courses.hold(id);
    if (before)
      return before.title === title && before.group === group ? whole(memory, id) : deny('idempotency-conflict');
    if (await isTaken(memory, title, group, id)) return deny('already-taken', { detail: 'title' });
    await memory.courses.create([{ id, title, group }]);
    await memory.courses.setLessons(
      id,
      titles.map((lesson) => ({ id: world.newId(), title: lesson })),
    );
    await memory.courses.stir({ courses: [id] });
    await memory.audit.write({ actor: actorOf(alive), act: 'courses.create', target: id, detail: { title, group } });
    return await whole(memory, id);
  });
};

/** Nothing is written, and nobody told, where it changes nothing. */
export const update = async (
  world: World,
  input: InputOf<typeof courses.update>,
  { alive }: Call,
): Promise<OutputOf<typeof courses.update> | Denial<'not-allowed' | 'not-found' | 'bad-text' | 'already-taken'>> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  const title = input.title === undefined ? undefined : cleanTitle(input.title, TEXT.courseTitle);
  if (isDenial(title)) return deny('bad-text', { detail: 'title' });
  const group = input.group === undefined ? undefined : cleanTitle(input.group, TEXT.courseGroup, true);
  if (isDenial(group)) return deny('bad-text', { detail: 'group' });
  const { course, archived } = input;
  return await world.transact(async (memory) => {
    await memory.accounts.lock('courses');
    const before = await memory.courses.hold(course);
    if (!before) return deny('not-found');
    const wasArchived = before.archivedAt !== null;
    const after = {
      title: title ?? before.title,
      group: group ?? before.group,
      archived: archived ?? wasArchived,
    };
    const detail = {
      ...(after.title === before.title ? {} : { title: { from: before.title, to: after.title } }),
      ...(after.group === before.group ? {} : { group: { from: before.group, to: after.group } }),
      ...(after.archived === wasArchived ? {} : { archived: { from: wasArchived, to: after.archived } }),
    };
    if (Object.keys(detail).length === 0) return before;
    if (!after.archived && (await isTaken(memory, after.title, after.group, course)))
      return deny('already-taken', { detail: 'title' });
    await memory.courses.change(course, after);
    await memory.courses.stir({ courses: [course] });
    await memory.audit.write({ actor: actorOf(alive), act: 'courses.update', target: course, detail });
    return await recordOf(memory, course);
  });
};
