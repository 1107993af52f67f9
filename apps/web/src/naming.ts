/** What a room is called by who is in it. Pure. */
import type { I18n } from '@lingui/core';
import type { AnyRoom, Profile } from '@recreio/protocol';
import { listWords, shortName } from '@recreio/ui';

/** How many are named before the others are counted. */
const NAMED = 3;

/** `Ana e Bruno`, `Ana, Bruno e mais 3`: by their short names, in the order given. */
export function peopleNames(i18n: I18n, people: readonly Pick<Profile, 'name'>[]): string {
  const names = people.map(({ name }) => shortName(name));
  if (names.length <= NAMED) return listWords(names, i18n.locale);
  const named = names.slice(0, NAMED - 1);
  return i18n._('{names} e mais {rest}', { names: named.join(', '), rest: names.length - named.length });
}

/** A themed room by its title, two by the other's name, a few by the name they gave it or by the others in it. */
export function roomName(i18n: I18n, room: AnyRoom): string {
  if (room.kind === 'direct') return room.with.name;
  if (room.kind !== 'group' || room.title !== '') return room.title;
  const others = room.with.length > 0 ? room.with : room.asked;
  return others.length > 0 ? peopleNames(i18n, others) : i18n._('Grupo só com você');
}

/** How many are in a room. */
export function countOf(room: AnyRoom): number {
  if (room.kind === 'direct') return 2;
  return room.kind === 'group' ? room.with.length + 1 : room.members;
}

/** The language that is spoken in a room, where it has one of its own. */
export const spokenIn = (room: AnyRoom): string | undefined => ('language' in room ? room.language : undefined);
