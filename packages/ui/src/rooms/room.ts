import type { I18n } from '@lingui/core';
import type { IconName } from '../icons/drawings.ts';

/** What a room is about; a private conversation is of no kind. */
export type RoomKindName = 'subject' | 'lesson' | 'project' | 'topic';

/** The papers a leaf may be cut from. */
export type LeafColour = 'pen' | 'tone-1' | 'tone-2' | 'tone-3' | 'tone-4' | 'tone-5' | 'tone-6';

/** All kinds, in the order in which they are offered. */
export const roomKinds: readonly RoomKindName[] = ['subject', 'lesson', 'project', 'topic'];
/** All papers, in the order in which they are offered. */
export const leafColours: readonly LeafColour[] = ['tone-1', 'tone-2', 'tone-3', 'tone-4', 'tone-5', 'tone-6', 'pen'];

/** What the leaf of a room shows: a lesson its number, the rest their own emoji or the drawing of their kind. */
export type LeafView = {
  kind: RoomKindName;
  lessonNumber?: number;
  emoji?: string;
  colour?: LeafColour;
  announcement?: boolean;
  inviteOnly?: boolean;
};

/** The drawing of a leaf without number or emoji. */
export function leafIcon(leaf: LeafView): IconName {
  if (leaf.announcement) return 'megaphone';
  if (leaf.inviteOnly) return 'lock';
  const icons: Record<RoomKindName, IconName> = {
    subject: 'messages-square',
    lesson: 'book-open',
    project: 'folder-kanban',
    topic: 'rocket',
  };
  return icons[leaf.kind];
}

/** `Sala de aula`, `Sala de matéria`, …: the kind in words, as a card and a reader say it. */
export function kindWords(i18n: I18n, kind: RoomKindName): string {
  switch (kind) {
    case 'subject':
      return i18n._('Sala de matéria');
    case 'lesson':
      return i18n._('Sala de aula');
    case 'project':
      return i18n._('Sala de projeto');
    case 'topic':
      return i18n._('Sala temática');
  }
}

/** `34 pessoas`. */
export function peopleWords(i18n: I18n, count: number): string {
  return i18n._('{count, plural, one {# pessoa} other {# pessoas}}', { count });
}

/** `9+` above `most`: a badge says how many, not how long. */
export function badgeCount(count: number, most = 99): string {
  return count > most ? `${most}+` : String(count);
}

/** What a person is in a room. */
export type RoomRoleName = 'owner' | 'moderator' | 'member' | 'reader';

/** The part a person has in a room, in words. */
export function roomRoleWords(i18n: I18n, role: RoomRoleName): string {
  switch (role) {
    case 'owner':
      return i18n._('Cuida da sala');
    case 'moderator':
      return i18n._('Modera a sala');
    case 'member':
      return i18n._('Participa');
    case 'reader':
      return i18n._('Só leitura');
  }
}

/** The kind in a word, where the word “room” is said already: a tab, a filter. */
export function kindShort(i18n: I18n, kind: RoomKindName): string {
  switch (kind) {
    case 'subject':
      return i18n._('Matéria');
    case 'lesson':
      return i18n._('Aula');
    case 'project':
      return i18n._('Projeto');
    case 'topic':
      return i18n._('Tema');
  }
}
