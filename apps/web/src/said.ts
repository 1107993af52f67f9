/** What a message says to whoever reads it. Pure. */
import type { I18n } from '@lingui/core';
import type { Pending, PeopleSnapshot } from '@recreio/client';
import { isForwardAlone, type MessageContent } from '@recreio/protocol';
import { type MentionView, plainText } from '@recreio/ui';
import { TO_ALL } from './room/to-all.ts';

/** Whom it names, by the names they have now; who is not known (yet) is left out. Who calls everybody names the reader, too. */
export function namedIn(
  { mentions, everyone }: Pick<MessageContent, 'mentions' | 'everyone'> | Pending,
  people: PeopleSnapshot,
  me: string | undefined,
): MentionView[] {
  const named = (mentions ?? []).flatMap((id) => {
    const name = people.get(id)?.name;
    return name === undefined ? [] : [{ id, name, isYou: id === me }];
  });
  return everyone ? [...named, ...TO_ALL.map((name) => ({ id: name, name, isYou: true }))] : named;
}

/** Its words; where they cannot be read any more, that; `bare` where it only passes another message on. */
export function wordsIn(
  i18n: I18n,
  { body = '', unreadable, forward }: Pick<MessageContent, 'body' | 'unreadable' | 'forward'>,
  bare: string,
): string {
  if (unreadable !== undefined) return `*${i18n._('Esta mensagem não pode mais ser lida.')}*`;
  return forward && isForwardAlone(body, forward) ? bare : body;
}

/** Its words without signs, where one line stands for it; undefined where it has none, or nobody can read them any more. */
export const excerptOf = (
  i18n: I18n,
  message: Pick<MessageContent, 'body' | 'unreadable' | 'forward'>,
  most?: number,
): string | undefined =>
  message.unreadable !== undefined || message.body === undefined
    ? undefined
    : plainText(wordsIn(i18n, message, i18n._('Encaminhou uma mensagem.')), most);
