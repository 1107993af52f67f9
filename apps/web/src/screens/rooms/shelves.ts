/** How the directory is laid out: where people speak now, what one may enter, and last what one is in already. Pure. */
import type { I18n } from '@lingui/core';
import type { Category, Course, DirectoryEntry } from '@recreio/protocol';
import { kindWords, type Language, type RoomCardView, type ShelfView } from '@recreio/ui';
import { courseName } from './making.ts';

/** A pause of a lesson long: after it one would come to a room where nobody speaks any more. */
const TALKING_MS = 15 * 60_000;
/** Rooms on the shelf of those where people speak; the page is for finding the others. */
const MOST_TALKING = 4;

/** What the shelves are made from. */
export interface ShelfParts {
  readonly entries: readonly DirectoryEntry[];
  /** Where something was said last, the newest first; empty where one looks for something. */
  readonly recent: readonly DirectoryEntry[];
  readonly courses: readonly Course[];
  /** The school's own, in its order. */
  readonly categories: readonly Category[];
  /** Knows of rooms joined since the entries came. */
  readonly isIn: (room: string) => boolean;
  /** The server's time in ms. */
  readonly now: number;
}

/**
 * Entries as shelves; each room stands on one. A shelf for each course in the order of their names, with lessons from the newest
 * down, as a class looks for them; one for each of the school's categories; the rest keeps the order of the server, by title.
 */
export function shelvesOf(i18n: I18n, { entries, recent, courses, categories, isIn, now }: ShelfParts): ShelfView[] {
  const isMine = ({ joined, room }: DirectoryEntry) => joined || isIn(room.id);
  const spoken = ({ lastMessageAt }: DirectoryEntry) => (lastMessageAt === null ? 0 : Date.parse(lastMessageAt));
  const talking = recent.filter((entry) => now - spoken(entry) < TALKING_MS).slice(0, MOST_TALKING);
  const isTalking = new Set(talking.map(({ room }) => room.id));
  const ordered = inOrder(entries, courses).filter(({ room }) => !isTalking.has(room.id));
  const free = ordered.filter((entry) => !isMine(entry));
  const shelf = (id: string, title: string, some: readonly DirectoryEntry[], note?: string): ShelfView => ({
    id,
    title,
    ...(note ? { note } : {}),
    rooms: some.map((entry) => cardOf(i18n, entry, courses, isMine(entry))),
  });
  const ofCourse = (id: string) => free.filter(({ room }) => room.course === id);
  const known = new Set(courses.map(({ id }) => id));
  const elsewhere = free.filter(({ room }) => room.course !== null && !known.has(room.course));
  const open = free.filter(({ room }) => room.course === null);
  const isOf = (category: Category) => (entry: DirectoryEntry) => entry.room.category === category.id;
  return [
    shelf('talking', i18n._('Conversando agora'), talking, i18n._('nos últimos 15 minutos')),
    ...courses.map((course) => shelf(`course:${course.id}`, courseName(course), ofCourse(course.id))),
    shelf('courses', i18n._('De outros cursos'), elsewhere),
    ...categories.map((category) =>
      shelf(
        `category:${category.id}`,
        category.emoji === '' ? category.name : `${category.emoji} ${category.name}`,
        open.filter(isOf(category)),
      ),
    ),
    shelf(
      'open',
      i18n._('Abertas a toda a escola'),
      open.filter((entry) => !categories.some((category) => isOf(category)(entry))),
    ),
    shelf('mine', i18n._('Você já participa'), ordered.filter(isMine)),
  ];
}

/** By course, newest lesson first; then, in the order given, rooms of a course that are of no lesson, and those of none. */
function inOrder(entries: readonly DirectoryEntry[], courses: readonly Course[]): DirectoryEntry[] {
  const places = new Map(courses.map(({ id }, index) => [id, index]));
  const placeOf = ({ room }: DirectoryEntry) =>
    room.course === null ? courses.length + 1 : (places.get(room.course) ?? courses.length);
  const numberOf = (entry: DirectoryEntry) => lessonOf(entry, courses) ?? 0;
  return [...entries].sort((a, b) => placeOf(a) - placeOf(b) || numberOf(b) - numberOf(a));
}

/** The number of a room's lesson. */
const lessonOf = ({ room }: DirectoryEntry, courses: readonly Course[]): number | undefined =>
  courses.find(({ id }) => id === room.course)?.lessons.find(({ id }) => id === room.lesson)?.number;

function cardOf(i18n: I18n, entry: DirectoryEntry, courses: readonly Course[], joined: boolean): RoomCardView {
  const { room, courseTitle, lastMessageAt, recent } = entry;
  const course = courses.find(({ id }) => id === room.course);
  const number = lessonOf(entry, courses);
  const place = [
    course ? courseName(course) : courseTitle,
    number === undefined ? kindWords(i18n, room.kind) : i18n._('Aula {lesson}', { lesson: number }),
  ];
  return {
    id: room.id,
    href: `/sala/${room.id}`,
    title: room.title,
    leaf: {
      kind: room.kind,
      ...(number === undefined ? {} : { lessonNumber: number }),
      emoji: room.emoji,
      colour: room.colour,
      announcement: room.posting === 'moderators',
      inviteOnly: room.access === 'invite',
    },
    place: place.filter(Boolean).join(' · '),
    ...(room.description === '' ? {} : { description: room.description }),
    members: room.members,
    joined,
    ...(lastMessageAt === null ? {} : { spokenAt: Date.parse(lastMessageAt) }),
    ...(recent ? { today: recent } : {}),
    ...(room.language && room.language !== i18n.locale ? { language: inLanguage(i18n, room.language) } : {}),
  };
}

/** A language that differs from the page's is said: who comes knows what they will read. */
function inLanguage(i18n: I18n, language: Language): string {
  switch (language) {
    case 'pt-BR':
      return i18n._('em português');
    case 'en':
      return i18n._('em inglês');
    case 'es':
      return i18n._('em espanhol');
    default:
      return language;
  }
}
