/** The sentences of what happened in a room besides speaking. */
import type { I18n } from '@lingui/core';
import type { LineEvent } from '@recreio/client';
import type { RoomRole } from '@recreio/protocol';
import type { NoteView } from '@recreio/ui';

/** What a line needs to know: who people are, and whether the reader is told of restrictions. */
export interface LineReader {
  readonly me: string | undefined;
  nameOf(account: string): string;
  /** Those who care for the room; the class is not told that somebody was silenced. */
  readonly isModerator: boolean;
  /** A conversation of a few is no room to its people. */
  readonly isGroup?: boolean;
}

function roleSentence(i18n: I18n, name: string, role: RoomRole): string {
  switch (role) {
    case 'owner':
      return i18n._('{name} agora cuida da sala.', { name });
    case 'moderator':
      return i18n._('{name} agora modera a sala.', { name });
    case 'member':
      return i18n._('{name} agora participa como todos.', { name });
    case 'reader':
      return i18n._('{name} agora lê a sala, sem escrever.', { name });
  }
}

type Line = Pick<NoteView, 'icon' | 'words'>;

function restrictionLine(i18n: I18n, event: Extract<LineEvent, { type: `restriction.${string}` }>, name: string): Line {
  const { kind } = event.data;
  if (event.type === 'restriction.ended') {
    return kind === 'mute'
      ? { icon: 'check', words: i18n._('{name} pode escrever de novo.', { name }) }
      : { icon: 'check', words: i18n._('{name} pode voltar à sala.', { name }) };
  }
  return kind === 'mute'
    ? { icon: 'mic-off', words: i18n._('{name} ficou em silêncio.', { name }) }
    : { icon: 'ban', words: i18n._('{name} não pode voltar à sala.', { name }) };
}

/** The lines of a group that say it otherwise than a room's. */
function groupLine(i18n: I18n, event: LineEvent, nameOf: LineReader['nameOf']): Line | undefined {
  const actor = nameOf(event.actor);
  const name = 'account' in event.data ? nameOf(event.data.account) : '';
  const isOwn = 'account' in event.data && event.actor === event.data.account;
  switch (event.type) {
    case 'room.created':
      return { icon: 'plus', words: i18n._('{actor} começou o grupo.', { actor }) };
    case 'room.changed':
      return {
        icon: 'pencil',
        words: i18n._('{actor} deu ao grupo o nome “{title}”.', { actor, title: event.data.settings.title ?? '' }),
      };
    case 'member.joined':
      return {
        icon: 'user-plus',
        words: isOwn
          ? i18n._('{name} entrou no grupo.', { name })
          : i18n._('{actor} trouxe {name} para o grupo.', { actor, name }),
      };
    case 'member.left':
      return { icon: 'log-out', words: i18n._('{name} saiu do grupo.', { name }) };
    case 'asking.began':
      return { icon: 'user-plus', words: i18n._('{actor} convidou {name} para o grupo.', { actor, name }) };
    case 'asking.ended':
      return {
        icon: 'user-minus',
        words: isOwn
          ? i18n._('{name} preferiu não entrar no grupo.', { name })
          : i18n._('{actor} desfez o convite a {name}.', { actor, name }),
      };
    default:
      return undefined;
  }
}

/** The line of an event, or nothing where the reader is not told. */
export function lineOf(
  i18n: I18n,
  event: LineEvent,
  { nameOf, me, isModerator, isGroup }: LineReader,
): Line | undefined {
  if (isGroup) return groupLine(i18n, event, nameOf);
  const actor = nameOf(event.actor);
  switch (event.type) {
    case 'room.created':
      return { icon: 'plus', words: i18n._('{actor} abriu a sala.', { actor }) };
    case 'room.changed': {
      const { title } = event.data.settings;
      return {
        icon: 'sliders-horizontal',
        words:
          title === undefined
            ? i18n._('{actor} mudou os ajustes da sala.', { actor })
            : i18n._('{actor} mudou o nome da sala para “{title}”.', { actor, title }),
      };
    }
    case 'room.archived':
      return { icon: 'archive', words: i18n._('{actor} arquivou a sala.', { actor }) };
    case 'room.reopened':
      return { icon: 'archive-restore', words: i18n._('{actor} reabriu a sala.', { actor }) };
    case 'member.joined': {
      const name = nameOf(event.data.account);
      return {
        icon: 'user-plus',
        words:
          event.actor === event.data.account
            ? i18n._('{name} entrou na sala.', { name })
            : i18n._('{actor} trouxe {name} para a sala.', { actor, name }),
      };
    }
    case 'member.left':
      return { icon: 'log-out', words: i18n._('{name} saiu da sala.', { name: nameOf(event.data.account) }) };
    case 'member.removed': {
      const name = nameOf(event.data.account);
      // The class sees that somebody is not here any more, not whose doing it was
      return {
        icon: 'user-minus',
        words: isModerator
          ? i18n._('{actor} tirou {name} da sala.', { actor, name })
          : i18n._('{name} não está mais na sala.', { name }),
      };
    }
    case 'member.role-changed':
      return { icon: 'users', words: roleSentence(i18n, nameOf(event.data.account), event.data.role) };
    case 'asking.began':
    case 'asking.ended':
      // Only groups ask
      return undefined;
    case 'restriction.began':
    case 'restriction.ended':
      return isModerator || event.data.account === me
        ? restrictionLine(i18n, event, nameOf(event.data.account))
        : undefined;
  }
}
