import type { I18n } from '@lingui/core';
import { clockTime, type Zone } from '../i18n/dates.ts';
import { plainText } from '../markdown/parse.ts';
import { roleWord, shortName } from '../people/person.ts';
import { listWords } from '../i18n/fold.ts';
import type { Delivery, MessageView, ReactionView, TalkItem } from './talk.ts';

/** Where a message of one's own stands, in words. Nothing claims “Enviada” before the ack. */
export function deliveryWords(i18n: I18n, delivery: Delivery): string {
  switch (delivery.kind) {
    case 'sent':
      return i18n._('Enviada');
    case 'sending':
      return i18n._('Enviando');
    case 'queued':
      return i18n._('Na fila');
    case 'failed':
      return i18n._('Não enviada');
  }
}

/** The tombstone's sentence: who took it away (author or moderation), and when. */
export function removedWords(i18n: I18n, message: MessageView, zone?: Zone): string {
  const time = clockTime(message.removed?.at ?? message.at, i18n.locale, zone);
  if (message.removed?.by === 'moderator') return i18n._('Mensagem removida pela moderação às {time}.', { time });
  return message.author.isYou
    ? i18n._('Você apagou esta mensagem às {time}.', { time })
    : i18n._('{name} apagou esta mensagem às {time}.', { name: shortName(message.author.name), time });
}

/** The name of a message for a reader: `Ana Lima, professora, 14h03: …, em resposta a Kauã, editada, enviada`. */
export function messageName(i18n: I18n, message: MessageView, zone?: Zone): string {
  const who = message.author.isYou ? i18n._('Você') : message.author.name;
  const role = roleWord(i18n, message.author);
  const head = [
    who,
    role?.toLocaleLowerCase(i18n.locale),
    clockTime(message.at, i18n.locale, zone),
    message.isUrgent && i18n._('urgente'),
  ]
    .filter(Boolean)
    .join(', ');
  if (message.removed) return `${head}: ${removedWords(i18n, message, zone)}`;
  const tail = [
    message.forwarded && i18n._('com uma mensagem encaminhada'),
    message.replyTo && i18n._('em resposta a {name}', { name: message.replyTo.author }),
    message.editedAt !== undefined && i18n._('editada'),
    message.isPinned && i18n._('fixada'),
    message.isSaved && i18n._('guardada'),
    message.author.isYou && deliveryWords(i18n, message.delivery).toLocaleLowerCase(i18n.locale),
  ].filter(Boolean);
  const words = plainText(message.body, 280);
  return [words === '' ? head : `${head}: ${words}`, ...tail].join(', ');
}

/** The name of a reaction's button: `polegar para cima, 3 pessoas: Ana, Kauã e você`. `emoji` is what it is called. */
export function reactionName(i18n: I18n, reaction: ReactionView, emoji: string): string {
  const people = i18n._('{count, plural, one {# pessoa} other {# pessoas}}', { count: reaction.count });
  const named = [...reaction.names.slice(0, 8), ...(reaction.mine ? [i18n._('você')] : [])];
  const rest = reaction.count - named.length;
  if (named.length > 0 && rest > 0)
    named.push(i18n._('{rest, plural, one {mais # pessoa} other {mais # pessoas}}', { rest }));
  return `${emoji}, ${people}${named.length > 0 ? `: ${listWords(named, i18n.locale)}` : ''}`;
}

/**
 * What was said after the place `seq` in the room's log. What comes in above it is not, nor an edit, nor what waits to be sent,
 * below which others may go on talking.
 */
export function saidAfter(items: readonly TalkItem[], seq: number): MessageView[] {
  const said: MessageView[] = [];
  for (const item of items.toReversed()) {
    if (item.kind !== 'message' || item.seq === undefined) continue;
    if (item.seq <= seq) break;
    said.unshift(item);
  }
  return said;
}

/** How the announcer speaks: everything, only what speaks to me, or not at all. */
export type AnnounceMode = 'all' | 'mentions' | 'off';

/** Whether a message called the reader by a word of theirs, which it does as by their name: by the message's id. */
export type CallsByWord = (message: string) => boolean;

/** What to announce of messages that came at once: each up to three, beyond that how many. Empty when there is nothing to say. */
export function announcementFor(
  i18n: I18n,
  incoming: readonly MessageView[],
  mode: AnnounceMode = 'all',
  callsByWord: CallsByWord = () => false,
): string {
  if (mode === 'off') return '';
  const heard = incoming.filter(
    (message) =>
      !message.author.isYou &&
      !message.removed &&
      (mode === 'all' ||
        message.mentions?.some((mention) => mention.isYou) ||
        (message.id !== undefined && callsByWord(message.id))),
  );
  if (heard.length > 3)
    return i18n._('{count, plural, one {# nova mensagem} other {# novas mensagens}}', { count: heard.length });
  // Without words of its own a message only passes another on
  return heard
    .map(({ author, body, isUrgent }) => {
      const said = `${author.name}: ${plainText(body) || i18n._('Encaminhou uma mensagem.')}`;
      return isUrgent ? `${i18n._('Urgente')}. ${said}` : said;
    })
    .join('. ');
}
