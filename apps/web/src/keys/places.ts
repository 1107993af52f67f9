/** Where one can go by a few letters: rooms, lessons, doors, in the order in which they are likely meant. Pure. */
import { matchesText, type SidebarGroup, type SidebarRoom, type SwitchPlace, foldText } from '@recreio/ui';

/** A room with what else it is known by. */
export interface Destination {
  readonly room: SidebarRoom;
  /** Its course, or what kind of talk it is. */
  readonly note: string;
  /** Other words that find it: the title of its lesson. */
  readonly also: string;
}

/** As many as fit where nothing was typed. */
const MOST_RECENT = 5;
const MOST_NEW = 6;
/** Beyond this many another letter is quicker than reading. */
const MOST_FOUND = 12;

/** Every room of the list. `lessonOf` names the lesson of a room. */
export const destinationsOf = (
  groups: readonly SidebarGroup[],
  lessonOf: (room: string) => string | undefined,
): Destination[] =>
  groups.flatMap(({ title, rooms }) => rooms.map((room) => ({ room, note: title, also: lessonOf(room.id) ?? '' })));

/** A room as a place to go to. */
export const placeOfRoom = ({ room, note }: Destination): SwitchPlace => ({
  id: room.id,
  name: room.name,
  face: room.face,
  note,
  unread: room.unread,
  mentions: room.mentions,
});

/** Before anything is typed: where one was last, without the room that is open, then what has something new. */
export function beforeTyping(
  all: readonly Destination[],
  recent: readonly string[],
  open: string | undefined,
): { recent: Destination[]; fresh: Destination[] } {
  const byId = new Map(all.map((one) => [one.room.id, one]));
  const last = recent.flatMap((id) => (id === open ? [] : (byId.get(id) ?? []))).slice(0, MOST_RECENT);
  const shown = new Set([open, ...last.map(({ room }) => room.id)]);
  const fresh = all.filter(({ room }) => room.isNew && !room.hushed && !shown.has(room.id)).slice(0, MOST_NEW);
  return { recent: last, fresh };
}

/** Shorter words stand in every sentence. */
const LETTERS_OF_A_WORD = 4;

/**
 * How well a room answers to letters: 4 its name begins with them, 3 a word of it does, 2 something else about it, 1 some word of a
 * whole sentence. 0: not at all.
 */
const rank = ({ room, note, also }: Destination, text: string): number => {
  if (foldText(room.name).startsWith(foldText(text))) return 4;
  if (matchesText(room.name, text)) return 3;
  const known = `${room.name} ${also} ${note}`;
  if (matchesText(known, text)) return 2;
  const words = text.split(/\s+/).filter((word) => word.length >= LETTERS_OF_A_WORD);
  return words.some((word) => matchesText(known, word)) ? 1 : 0;
};

/**
 * Rooms that answer to letters, the best first; of those alike the one visited last, then in the order of the list. Those that
 * answer to one word of many only where none answers to all.
 */
export function roomsLike(all: readonly Destination[], text: string, recent: readonly string[]): Destination[] {
  const visited = (id: string): number => {
    const at = recent.indexOf(id);
    return at === -1 ? recent.length : at;
  };
  const ranked = all.map((one) => ({ one, rank: rank(one, text) }));
  const least = Math.min(2, Math.max(1, ...ranked.map(({ rank: found }) => found)));
  return ranked
    .filter(({ rank: found }) => found >= least)
    .sort((a, b) => b.rank - a.rank || visited(a.one.room.id) - visited(b.one.room.id))
    .slice(0, MOST_FOUND)
    .map(({ one }) => one);
}

/** The room above or below the open one in the list as it is shown, round its ends; with `isFresh` only those with something new. */
export function neighbour(
  rooms: readonly { readonly id: string; readonly isFresh: boolean }[],
  open: string | undefined,
  step: 1 | -1,
  isFresh: boolean,
): string | undefined {
  const at = rooms.findIndex(({ id }) => id === open);
  const ahead =
    step === 1
      ? [...rooms.slice(at + 1), ...rooms.slice(0, Math.max(0, at))]
      : [...rooms.slice(0, Math.max(0, at)).toReversed(), ...rooms.slice(at + 1).toReversed()];
  return ahead.find((room) => room.id !== open && (!isFresh || room.isFresh))?.id;
}
