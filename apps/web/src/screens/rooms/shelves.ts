/** How the directory is laid out: the rooms of one's courses, those open to the school, those one was invited to. */
import type { I18n } from '@lingui/core';
import type { Course, DirectoryEntry } from '@recreio/protocol';
import type { RoomCardView, ShelfView } from '@recreio/ui';

/** Entries as shelves, each in the order given (the server's, by title). `isIn` knows of rooms joined since. */
export function shelvesOf(
  i18n: I18n,
  entries: readonly DirectoryEntry[],
  courses: readonly Course[],
  isIn: (room: string) => boolean,
): ShelfView[] {
  const numbers = new Map(courses.flatMap(({ lessons }) => lessons).map(({ id, number }) => [id, number]));
  const groups = new Map(courses.map(({ id, group }) => [id, group]));
  const card = (entry: DirectoryEntry): RoomCardView => cardOf(entry, numbers, groups, isIn);
  const ofCourses = entries.filter(({ room }) => room.course !== null);
  const rest = entries.filter(({ room }) => room.course === null);
  const classes = new Set(ofCourses.flatMap(({ room }) => groups.get(room.course ?? '') || []));
  return [
    {
      id: 'courses',
      title: i18n._('Das suas turmas'),
      ...(classes.size > 0 ? { note: [...classes].sort().join(', ') } : {}),
      rooms: ofCourses.map(card),
    },
    {
      id: 'open',
      title: i18n._('Abertas a toda a escola'),
      rooms: rest.filter(({ room }) => room.access === 'open').map(card),
    },
    {
      id: 'invited',
      title: i18n._('Só por convite'),
      note: i18n._('em que você está'),
      rooms: rest.filter(({ room }) => room.access === 'invite').map(card),
    },
  ];
}

function cardOf(
  { room, joined, courseTitle }: DirectoryEntry,
  numbers: ReadonlyMap<string, number>,
  groups: ReadonlyMap<string, string>,
  isIn: (room: string) => boolean,
): RoomCardView {
  const number = room.lesson === null ? undefined : numbers.get(room.lesson);
  const course = [courseTitle, groups.get(room.course ?? '')].filter(Boolean).join(' ');
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
    ...(course === '' ? {} : { course }),
    ...(room.description === '' ? {} : { description: room.description }),
    members: room.members,
    joined: joined || isIn(room.id),
  };
}
