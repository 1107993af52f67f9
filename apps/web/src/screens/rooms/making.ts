/** Between the form of a room and the commands that make and change it. Pure. */
import type { CallInput } from '@recreio/client';
import type { accounts, lessons, rooms } from '@recreio/protocol';
import type { CourseOption, RoomDraft, RoomKindName } from '@recreio/ui';

const staffKinds: readonly RoomKindName[] = ['subject', 'lesson', 'project', 'topic'];
const studentKinds: readonly RoomKindName[] = ['project', 'topic'];

/** The kinds of rooms that a role may make: staff all, students topics and projects, guardians none. The server decides the same. */
export function kindsFor(role: accounts.Role): readonly RoomKindName[] {
  if (role === 'guardian') return [];
  return role === 'student' ? studentKinds : staffKinds;
}

/** `Matemática · 9º B`; the title alone where there is no class. */
export const courseName = ({ title, group }: Pick<lessons.Course, 'title' | 'group'>): string =>
  [title, group].filter((part) => part !== '').join(' · ');

/** Where a course is looked after. */
export const courseHref = (course: string): string => `/curso/${course}`;

/** The courses that one is staff of and that run, each with the way to the page on which its lessons are put in order. */
export const taughtBy = (courses: readonly lessons.Course[]): { href: string; name: string }[] =>
  courses
    .filter(({ staff, archived }) => staff && !archived)
    .map((course) => ({ href: courseHref(course.id), name: courseName(course) }));

/** Courses to choose from, by name. */
export const courseOptions = (courses: readonly lessons.Course[]): CourseOption[] =>
  courses.map((course) => ({
    id: course.id,
    title: courseName(course),
    lessons: course.lessons.map(({ id, number, title }) => ({ id, number, title })),
  }));

const settingsOf = (draft: RoomDraft): rooms.RoomSettings => {
  const { title, description, emoji, colour, access, posting, past, rules, category, language } = draft;
  return { title, description, emoji, colour, access, posting, past, rules, category, language };
};

/** What `rooms.create` takes, without its client id. A topic is of no course. */
export const creationOf = (draft: RoomDraft): Omit<CallInput<'rooms.create'>, 'clientId'> => ({
  ...settingsOf(draft),
  kind: draft.kind,
  ...(draft.course === null || draft.kind === 'topic' ? {} : { course: draft.course }),
  ...(draft.lesson === null || draft.kind !== 'lesson' ? {} : { lesson: draft.lesson }),
});

/** A room as the form shows it, with its rules, which are read apart. */
export const draftOf = (room: rooms.Room, rules = ''): RoomDraft => ({
  rules,
  category: room.category ?? null,
  language: room.language ?? null,
  kind: room.kind,
  title: room.title,
  description: room.description,
  emoji: room.emoji,
  colour: room.colour,
  access: room.access,
  posting: room.posting,
  past: room.past,
  course: room.course,
  lesson: room.lesson,
});

/** Only what differs between the form as it was opened and as it is: what another owner changes at the same time stays. */
export const changesOf = (before: RoomDraft, after: RoomDraft): Partial<rooms.RoomSettings> => {
  const was: rooms.RoomSettings = settingsOf(before);
  return Object.fromEntries(
    Object.entries(settingsOf(after)).filter(([key, value]) => was[key as keyof rooms.RoomSettings] !== value),
  );
};
