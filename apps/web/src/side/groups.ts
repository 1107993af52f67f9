/** The list of rooms as it is read: courses with their lessons, other rooms, private conversations. Pure. */
import type { I18n } from '@lingui/core';
import type { RoomsSnapshot } from '@recreio/client';
import type { Course, Direct, Group, MyRoom, Room } from '@recreio/protocol';
import type { LeafView, PersonView, Presence, SidebarGroup, SidebarRoom } from '@recreio/ui';
import { badgeOfRoom } from '../calling/waiting.ts';
import { countOf, roomName } from '../naming.ts';
import { personView } from '../people.ts';
import { callOf, type Calls } from './calls.ts';

/** Where a room is: its address in the app. */
export const roomHref = (id: string): string => `/sala/${id}`;

/** Where the thread of a message is. */
export const threadHref = (room: string, root: string): string => `${roomHref(room)}/fio/${root}`;
/** Where a lesson is spoken of. */
export const lessonHref = (lesson: string): string => `/aula/${lesson}`;
/** The address of a message: for sharing by its id, which says nothing of the room; for coming back by its number, which is nearest where it is gone. */
export const messageHref = (room: string, message: string | number): string => `${roomHref(room)}?m=${message}`;

/** The leaf of a themed room; `number` is that of its lesson, if it has one. */
export function leafOf(room: Room, number: number | undefined): LeafView {
  return {
    kind: room.kind,
    ...(number === undefined ? {} : { lessonNumber: number }),
    ...(room.emoji === '' ? {} : { emoji: room.emoji }),
    colour: room.colour,
    announcement: room.posting === 'moderators',
    inviteOnly: room.access === 'invite',
  };
}

/** `Matemática · 9º B`. */
export const courseName = ({ title, group }: Pick<Course, 'title' | 'group'>): string =>
  group === '' ? title : `${title} · ${group}`;

/** What the list is made of. */
export interface ListParts {
  readonly rooms: RoomsSnapshot;
  readonly courses: readonly Course[];
  readonly drafts: ReadonlySet<string>;
  readonly me: string | undefined;
  /** Of those I talk to in private, where they are; absent where it is not known. */
  readonly presence: ReadonlyMap<string, Presence>;
  /** How loudly each room calls, by which the list is ordered. */
  readonly calls: Calls;
  /** The server's time in ms: a silence that has ended is not shown. */
  readonly now: number;
}

const isPrivate = (my: MyRoom): my is MyRoom & { room: Direct | Group } =>
  my.room.kind === 'direct' || my.room.kind === 'group';
const isTheme = (my: MyRoom): my is MyRoom & { room: Room } => !isPrivate(my);

/** What speaks to me first, then what is unread, then the newest, as they come (ux.md). */
const byCall =
  ({ calls }: ListParts) =>
  (a: MyRoom, b: MyRoom): number =>
    callOf(calls, b.room.id) - callOf(calls, a.room.id);

/** Whether the reader is silenced in a room at `now`. */
export const isSilenced = ({ mine }: MyRoom, now: number): boolean =>
  mine.muted !== undefined && (mine.muted.until === null || Date.parse(mine.muted.until) > now);

function row(my: MyRoom, { drafts, now }: ListParts): Omit<SidebarRoom, 'name' | 'face'> {
  const { isNew, count, calls, isHushed } = badgeOfRoom(my, now);
  return {
    id: my.room.id,
    href: roomHref(my.room.id),
    unread: count,
    mentions: calls,
    isNew,
    hushed: isHushed,
    hasDraft: drafts.has(my.room.id),
    silenced: isSilenced(my, now),
  };
}

function themeRow(my: MyRoom & { room: Room }, parts: ListParts, number?: number): SidebarRoom {
  return { ...row(my, parts), name: my.room.title, face: { leaf: leafOf(my.room, number) } };
}

/** A course: its lessons from the newest down, as a class looks for them, then its other rooms. */
function courseGroup(course: Course, parts: ListParts): SidebarGroup {
  const rooms = parts.rooms.list.filter(isTheme).filter(({ room }) => room.course === course.id);
  const numbers = new Map(course.lessons.map(({ id, number }) => [id, number]));
  const numberOf = ({ room }: MyRoom & { room: Room }) => (room.lesson === null ? undefined : numbers.get(room.lesson));
  const lessons = rooms
    .filter((my) => numberOf(my) !== undefined)
    .sort((a, b) => (numberOf(b) ?? 0) - (numberOf(a) ?? 0));
  const others = rooms.filter((my) => numberOf(my) === undefined).sort(byCall(parts));
  return {
    id: course.id,
    title: courseName(course),
    rooms: [...lessons, ...others].map((my) => themeRow(my, parts, numberOf(my))),
  };
}

function privateRow(i18n: I18n, my: MyRoom & { room: Direct | Group }, parts: ListParts): SidebarRoom {
  if (my.room.kind === 'group')
    return { ...row(my, parts), name: roomName(i18n, my.room), face: { groupCount: countOf(my.room) } };
  const person: PersonView = personView(my.room.with, parts.me, parts.presence.get(my.room.with.id));
  return { ...row(my, parts), name: person.name, face: { person } };
}

/** The loudest of a group. */
const loudest = (group: SidebarGroup, calls: Calls): number =>
  Math.max(0, ...group.rooms.map(({ id }) => callOf(calls, id)));

/**
 * The groups of the list, those that call first, so that what calls is in sight without scrolling; among those that call alike, the
 * private conversations, then courses by name. Where nothing calls: courses, other rooms, private conversations.
 * A course without a room of mine is left out: finding rooms is the directory's.
 */
export function groupsOf(i18n: I18n, parts: ListParts): SidebarGroup[] {
  const { rooms, courses, calls } = parts;
  const known = new Set(courses.map(({ id }) => id));
  const others = rooms.list.filter(isTheme).filter(({ room }) => room.course === null || !known.has(room.course));
  const of = courses.map((course) => courseGroup(course, parts)).filter((group) => group.rooms.length > 0);
  const otherRooms: SidebarGroup = {
    id: 'others',
    title: of.length === 0 ? i18n._('Salas') : i18n._('Outras salas'),
    rooms: [...others].sort(byCall(parts)).map((my) => themeRow(my, parts)),
    empty: rooms.isKnown
      ? i18n._('Você ainda não está em nenhuma sala. As que há estão em “Encontrar salas”.')
      : undefined,
  };
  const directs: SidebarGroup = {
    id: 'directs',
    title: i18n._('Conversas privadas'),
    rooms: rooms.list
      .filter(isPrivate)
      .sort(byCall(parts))
      .map((my) => privateRow(i18n, my, parts)),
    empty: rooms.isKnown ? i18n._('Nenhuma ainda. Converse com um colega ou com alguém da equipe.') : undefined,
  };
  const themed = [...of, ...(others.length > 0 || of.length === 0 ? [otherRooms] : [])];
  const all = loudest(directs, calls) > 0 ? [directs, ...themed] : [...themed, directs];
  return all.sort((a, b) => loudest(b, calls) - loudest(a, calls));
}
