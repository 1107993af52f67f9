import type { I18n } from '@lingui/core';
import { createContext } from 'react';
import type { IconName } from '../icons/drawings.ts';
import type { MessageView } from './talk.ts';

/** What a message's row asks of the list and of the app. Stable for the life of the list. */
export type TalkHandlers = {
  react: (message: MessageView, emoji: string, on: boolean) => void;
  reply: (message: MessageView) => void;
  /** Opens the thread that hangs from it. */
  openThread: (message: MessageView) => void;
  edit: (message: MessageView) => void;
  copy: (message: MessageView) => void;
  copyLink: (message: MessageView) => void;
  /** Passes it on to another room. */
  forward: (message: MessageView) => void;
  /** Puts it on the room's board, or takes it off. */
  pin: (message: MessageView) => void;
  /** Asks everybody in the room to read it, and to say so. */
  require: (message: MessageView) => void;
  /** Puts it on the reader's own list, or takes it off. */
  save: (message: MessageView) => void;
  /** From it on everything is unread again. */
  markUnread: (message: MessageView) => void;
  /** Chooses it, or no more, among several; with `isRange` all from the last one up to it. */
  pick: (message: MessageView, isRange: boolean) => void;
  /** Begins to choose several, with this one. */
  select: (message: MessageView) => void;
  /** What it said before it was edited. */
  past: (message: MessageView) => void;
  remove: (message: MessageView) => void;
  retry: (message: MessageView) => void;
  discard: (message: MessageView) => void;
  /** Goes to the message that a reply answers. */
  jump: (from: MessageView, messageId: string) => void;
  fillGap: (key: string) => void;
  openSheet: (message: MessageView) => void;
};

/** The list's handlers, for the rows in it. */
export const Handlers = createContext<TalkHandlers | undefined>(undefined);

/** One thing to do with a message. `react` opens the emojis first. */
export type MessageAction = {
  id:
    | 'react'
    | 'reply'
    | 'openThread'
    | 'edit'
    | 'copy'
    | 'copyLink'
    | 'forward'
    | 'save'
    | 'markUnread'
    | 'select'
    | 'pin'
    | 'require'
    | 'past'
    | 'remove';
  label: string;
  icon: IconName;
  danger?: boolean;
  /** Done now and then: behind “more” in the toolbar. */
  isRare?: boolean;
  /** The keys that do it from the message, as they are pressed. */
  keys?: string;
};

/** What can be done with a message, in the one order that toolbar, keyboard and sheet share. */
export function messageActions(i18n: I18n, message: MessageView): MessageAction[] {
  if (message.removed || message.delivery.kind !== 'sent') return [];
  const { react, reply, thread, edit, remove, pin, require, readPast, save, markUnread, forward } = message.powers;
  return [
    ...(react ? [{ id: 'react' as const, label: i18n._('Reagir'), icon: 'smile-plus' as const }] : []),
    ...(reply ? [{ id: 'reply' as const, label: i18n._('Responder'), icon: 'corner-up-left' as const }] : []),
    ...(thread
      ? [{ id: 'openThread' as const, label: i18n._('Responder no fio'), icon: 'message-square-reply' as const }]
      : []),
    ...(edit ? [{ id: 'edit' as const, label: i18n._('Editar'), icon: 'pencil' as const }] : []),
    ...(message.body === '' ? [] : [{ id: 'copy' as const, label: i18n._('Copiar texto'), icon: 'copy' as const }]),
    { id: 'copyLink' as const, label: i18n._('Copiar link'), icon: 'link' as const, isRare: true },
    ...(forward
      ? [{ id: 'forward' as const, label: i18n._('Encaminhar…'), icon: 'forward' as const, isRare: true }]
      : []),
    ...(save
      ? [
          {
            id: 'save' as const,
            label: message.isSaved ? i18n._('Tirar das guardadas') : i18n._('Guardar para depois'),
            icon: 'bookmark' as const,
            isRare: true,
          },
        ]
      : []),
    ...(markUnread
      ? [
          {
            id: 'markUnread' as const,
            label: i18n._('Não lida a partir daqui'),
            icon: 'message-square-dot' as const,
            isRare: true,
            keys: 'Alt+U',
          },
        ]
      : []),
    { id: 'select' as const, label: i18n._('Selecionar'), icon: 'square-check' as const, isRare: true },
    ...(pin
      ? [
          {
            id: 'pin' as const,
            label: message.isPinned ? i18n._('Tirar dos fixados') : i18n._('Fixar na sala'),
            icon: 'pin' as const,
            isRare: true,
          },
        ]
      : []),
    ...(require
      ? [{ id: 'require' as const, label: i18n._('Pedir leitura'), icon: 'megaphone' as const, isRare: true }]
      : []),
    ...(readPast && message.editedAt !== undefined
      ? [{ id: 'past' as const, label: i18n._('Ver o que dizia antes'), icon: 'history' as const, isRare: true }]
      : []),
    ...(remove
      ? [
          {
            id: 'remove' as const,
            label: message.author.isYou ? i18n._('Apagar') : i18n._('Remover'),
            icon: 'trash-2' as const,
            danger: true,
          },
        ]
      : []),
  ];
}
