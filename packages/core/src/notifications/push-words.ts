/** Who a message calls on a device without a page, and with which words. Pure. */
import {
  attentionTo,
  type Attention,
  type Call,
  type Push,
  quietHoursOf,
  type SchoolPolicies,
} from '@recreio/protocol';
import type { Heard } from './push-port.ts';

/** Where somebody lives of whom no time zone is known. */
const HOME = 'America/Sao_Paulo';

/** How something may call that stands in a person's own stream; a new one does not compile before it is here. */
const CALLS: Readonly<Record<Exclude<Call, 'announcement' | 'said'>, true>> = {
  notice: true,
  direct: true,
  mention: true,
  reply: true,
  everyone: true,
  thread: true,
};
const isCall = (call: string): call is keyof typeof CALLS => Object.hasOwn(CALLS, call);

/** As what it concerns them; null: it is a thread's reply that is not for them. */
const callOf = ({ call, thread, place }: Heard): Call | null => {
  if (call !== null && isCall(call)) return call;
  if (thread !== null) return null;
  return place.announces ? 'announcement' : 'said';
};

/** What the one function of attention says of it, for a device without a page (docs/protocol.md R95). `now` in ms. */
export const pushOf = (heard: Heard, policies: Pick<SchoolPolicies, 'quietHours'>, now: number): Attention['push'] => {
  const call = callOf(heard);
  if (call === null) return 'none';
  const { quietHours } = heard;
  const calm = { doNotDisturb: heard.resting, ...(quietHours === undefined ? {} : { quietHours }) };
  return attentionTo(
    {
      call,
      isOwn: heard.author === heard.account,
      isEdit: false,
      isRemoved: false,
      isBlocked: heard.isBlocked,
      isInThread: heard.thread !== null,
      isRead: heard.isRead,
    },
    {
      isMember: true,
      place: heard.place,
      tuning: heard.tuning,
      calm,
      quietHours: quietHoursOf(calm, heard.minor, policies),
      timeZone: heard.timeZone ?? HOME,
      where: 'away',
      now,
    },
  ).push;
};

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

/**
 * Title and text of a notification. `places`: where, and how much; no name and no word of what was said. `words`: who said what.
 * `text` is what the newest says; null where it cannot be read.
 */
export const wordsOf = (
  { place, title, language, authorName, call }: Heard,
  count: number,
  push: Exclude<Push, 'off'>,
  text: string | null,
): { readonly title: string; readonly body: string } => {
  const isEnglish = language === 'en';
  const isDirect = place.kind === 'direct';
  const somewhere = isDirect
    ? isEnglish
      ? 'Private conversation'
      : 'Conversa privada'
    : title !== ''
      ? title
      : isEnglish
        ? 'Group conversation'
        : 'Conversa em grupo';
  if (push === 'words' && text !== null && text.trim() !== '') {
    const said = inOneLine(text);
    const more = count > 1 ? (isEnglish ? ` (and ${count - 1} more)` : ` (e mais ${count - 1})`) : '';
    return isDirect
      ? { title: authorName, body: `${said}${more}` }
      : { title: somewhere, body: `${authorName}: ${said}${more}` };
  }
  if (count > 1) return { title: somewhere, body: isEnglish ? `${count} new messages` : `${count} mensagens novas` };
  const body =
    call === 'mention'
      ? isEnglish
        ? 'You were mentioned'
        : 'Mencionaram você'
      : call === 'reply' || call === 'thread'
        ? isEnglish
          ? 'New reply'
          : 'Resposta nova'
        : isEnglish
          ? 'New message'
          : 'Mensagem nova';
  return { title: somewhere, body };
};
