/** With which words a message calls somebody who is away, on a device or in a mail. Pure. */
import { type Language, LANGUAGES, type Push } from '@recreio/protocol';
import type { Heard } from './heard-port.ts';

/** Longest text that is shown of a message, in UTF-16 code units: a lock screen shows less. */
const SHOWN = 160;

/** One line, cut at a word where there is one. */
const inOneLine = (text: string): string => {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line.length <= SHOWN) return line;
  // Never half of a surrogate pair
  const cut = line.slice(0, SHOWN).replace(/[\uD800-\uDBFF]$/u, '');
  return `${cut.replace(/\s\S{0,20}$/u, '')}…`;
};

/** The words of one language. */
interface Tongue
  extends Readonly<
    Record<'direct' | 'group' | 'notice' | 'mention' | 'reply' | 'keyword' | 'message' | 'over' | 'urgent', string>
  > {
  /** Of two and more. */
  readonly many: (count: number) => string;
  /** Of one and more. */
  readonly more: (count: number) => string;
  /** Of one and more conversations. */
  readonly others: (count: number) => string;
}

/** What a notification says, in each language. */
const WORDS: Readonly<Record<Language, Tongue>> = {
  'pt-BR': {
    direct: 'Conversa privada',
    group: 'Conversa em grupo',
    notice: 'Para ler e confirmar',
    mention: 'Mencionaram você',
    reply: 'Resposta nova',
    keyword: 'Disseram uma palavra sua',
    message: 'Mensagem nova',
    over: 'Nada de novo aqui',
    urgent: 'Urgente, e ainda sem ler',
    many: (count) => `${count} mensagens novas`,
    more: (count) => ` (e mais ${count})`,
    others: (count) => (count === 1 ? 'mais 1 conversa' : `mais ${count} conversas`),
  },
  en: {
    direct: 'Private conversation',
    group: 'Group conversation',
    notice: 'To be read and confirmed',
    mention: 'You were mentioned',
    reply: 'New reply',
    keyword: 'One of your words was said',
    message: 'New message',
    over: 'Nothing new here',
    urgent: 'Urgent, and still unread',
    many: (count) => `${count} new messages`,
    more: (count) => ` (and ${count} more)`,
    others: (count) => (count === 1 ? '1 more conversation' : `${count} more conversations`),
  },
  es: {
    direct: 'Conversación privada',
    group: 'Conversación en grupo',
    notice: 'Para leer y confirmar',
    mention: 'Te mencionaron',
    reply: 'Respuesta nueva',
    keyword: 'Dijeron una palabra tuya',
    message: 'Mensaje nuevo',
    over: 'Nada nuevo aquí',
    urgent: 'Urgente, y todavía sin leer',
    many: (count) => `${count} mensajes nuevos`,
    more: (count) => ` (y ${count} más)`,
    others: (count) => (count === 1 ? '1 conversación más' : `${count} conversaciones más`),
  },
};

/** Which of the words says as what one message calls. */
const wordOf = (call: Heard['call']): 'notice' | 'mention' | 'reply' | 'keyword' | 'message' => {
  if (call === 'notice' || call === 'mention' || call === 'reply' || call === 'keyword') return call;
  return call === 'thread' ? 'reply' : 'message';
};

/** What a notification says. */
export interface PushWords {
  readonly title: string;
  readonly body: string;
}

// Beside a node of a later release, an account may speak a language that this one does not know
const tongueOf = ({ language }: Heard): Tongue => WORDS[language] ?? WORDS[LANGUAGES[0]];

/** Where it was said, for somebody who does not see the room: no name of anybody. */
const somewhereOf = (heard: Heard): string => {
  const { direct, group } = tongueOf(heard);
  if (heard.place.kind === 'direct') return direct;
  return heard.title === '' ? group : heard.title;
};

/** Of a conversation in which nothing calls any more, where its notification has to stay. */
export const overWordsOf = (heard: Heard): PushWords => ({ title: somewhereOf(heard), body: tongueOf(heard).over });

/**
 * Title and text of a notification. `places`: where, and how much; no name and no word of what was said. `words`: who said what.
 * `calling`: all of the conversation that calls, `heard` the newest of it; `text` is what that says; null where it cannot be read. `others`: conversations that are told along.
 */
export const wordsOf = (
  heard: Heard,
  calling: readonly Heard[],
  push: Exclude<Push, 'off'>,
  text: string | null,
  others = 0,
): PushWords => {
  const { title, body } = oneOf(heard, calling, push, text);
  return { title, body: others > 0 ? `${body} · ${tongueOf(heard).others(others)}` : body };
};

/** Of one urgent message that is still unread, as `wordsOf`. */
export const urgentWordsOf = (heard: Heard, push: Exclude<Push, 'off'>, text: string | null, others = 0): PushWords => {
  const { urgent } = tongueOf(heard);
  const { title, body } = wordsOf(heard, [heard], push, text, others);
  return { title, body: `${urgent} · ${body}` };
};

/** Of the one conversation. */
const oneOf = (heard: Heard, calling: readonly Heard[], push: Exclude<Push, 'off'>, text: string | null): PushWords => {
  const count = calling.length;
  const words = tongueOf(heard);
  const somewhere = somewhereOf(heard);
  if (push === 'words' && text !== null && text.trim() !== '') {
    const { place, authorName } = heard;
    const said = `${inOneLine(text)}${count > 1 ? words.more(count - 1) : ''}`;
    return place.kind === 'direct'
      ? { title: authorName, body: said }
      : { title: somewhere, body: `${authorName}: ${said}` };
  }
  // That something has to be read is said however much stands around it
  if (count > 1 && calling.some(({ call }) => call === 'notice'))
    return { title: somewhere, body: `${words.notice}${words.more(count - 1)}` };
  if (count > 1) return { title: somewhere, body: words.many(count) };
  return { title: somewhere, body: words[wordOf(heard.call)] };
};
