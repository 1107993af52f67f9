/** What the mail of what was missed says, as plain text and as a page that fetches nothing and links to this school alone. */
import type { Letter } from '@recreio/core/ports.ts';
import type { Language } from '@recreio/protocol';

/** What was missed. */
export type Missed = Extract<Letter['matter'], { kind: 'missed' }>;

/** The words of one language. */
interface Tongue {
  readonly waiting: (messages: number) => string;
  readonly opening: (messages: number) => string;
  readonly more: (talks: number) => string;
  /** Of a mail that is about one urgent message: its subject, and how it opens. */
  readonly urgent: { readonly waiting: string; readonly opening: string };
  readonly pace: Readonly<Record<'hours' | 'day' | 'urgent', string>>;
  readonly change: string;
  readonly leave: string;
}

const TONGUES: Readonly<Record<Language, Tongue>> = {
  'pt-BR': {
    waiting: (messages) => (messages === 1 ? 'uma mensagem espera por você' : `${messages} mensagens esperam por você`),
    opening: (messages) =>
      messages === 1 ? 'Uma mensagem para você ficou sem ler:' : `${messages} mensagens para você ficaram sem ler:`,
    urgent: {
      waiting: 'uma mensagem urgente espera por você',
      opening: 'Uma mensagem urgente, que fala com você, ficou sem ler:',
    },
    more: (talks) => (talks === 1 ? 'E mais uma conversa.' : `E mais ${talks} conversas.`),
    pace: {
      hours: 'Este e-mail vem no máximo a cada quatro horas, e só quando algo que fala com você fica sem ler.',
      day: 'Este e-mail vem no máximo uma vez por dia, e só quando algo que fala com você fica sem ler.',
      urgent: 'Este e-mail vem uma só vez de uma mensagem urgente que fica sem ler, e no máximo três vezes por dia.',
    },
    change: 'Mudar quando vem',
    leave: 'Não receber mais',
  },
  en: {
    waiting: (messages) => (messages === 1 ? 'one message waits for you' : `${messages} messages wait for you`),
    opening: (messages) =>
      messages === 1 ? 'One message for you is unread:' : `${messages} messages for you are unread:`,
    urgent: {
      waiting: 'an urgent message waits for you',
      opening: 'An urgent message that speaks to you is unread:',
    },
    more: (talks) => (talks === 1 ? 'And one more conversation.' : `And ${talks} more conversations.`),
    pace: {
      hours: 'This mail comes at most every four hours, and only when something that speaks to you stays unread.',
      day: 'This mail comes at most once a day, and only when something that speaks to you stays unread.',
      urgent: 'This mail comes once for an urgent message that stays unread, and at most three times a day.',
    },
    change: 'Change when it comes',
    leave: 'No more of these',
  },
  es: {
    waiting: (messages) => (messages === 1 ? 'un mensaje te espera' : `${messages} mensajes te esperan`),
    opening: (messages) =>
      messages === 1 ? 'Un mensaje para ti quedó sin leer:' : `${messages} mensajes para ti quedaron sin leer:`,
    urgent: {
      waiting: 'un mensaje urgente te espera',
      opening: 'Un mensaje urgente que te habla quedó sin leer:',
    },
    more: (talks) => (talks === 1 ? 'Y una conversación más.' : `Y ${talks} conversaciones más.`),
    pace: {
      hours: 'Este correo llega como mucho cada cuatro horas, y solo cuando algo que te habla queda sin leer.',
      day: 'Este correo llega como mucho una vez al día, y solo cuando algo que te habla queda sin leer.',
      urgent:
        'Este correo llega una sola vez por un mensaje urgente que queda sin leer, y como mucho tres veces al día.',
    },
    change: 'Cambiar cuándo llega',
    leave: 'No recibir más',
  },
};

/** What one mail says. */
interface Said {
  readonly subject: string;
  readonly opening: string;
  readonly more: string | null;
  readonly pace: string;
  readonly change: string;
  readonly leave: string;
}

const saidIn = (tongue: Tongue, school: string, { messages, more, pace }: Missed): Said => ({
  subject: `${school}: ${pace === 'urgent' ? tongue.urgent.waiting : tongue.waiting(messages)}`,
  opening: pace === 'urgent' ? tongue.urgent.opening : tongue.opening(messages),
  more: more === 0 ? null : tongue.more(more),
  pace: tongue.pace[pace],
  change: tongue.change,
  leave: tongue.leave,
});

const escaped = (text: string): string => text.replace(/[&<>"']/gu, (sign) => `&#${sign.codePointAt(0)};`);

const link = (url: string, words: string, style: string): string =>
  `<a href="${escaped(url)}" style="${style}" dir="auto">${escaped(words)}</a>`;

/** A page of one column, readable in the dark, and without its styles. */
const pageOf = (language: Language, school: string, matter: Missed, hello: string, said: Said): string => {
  const talks = matter.talks.map(
    ({ title, body, url }) =>
      `<li style="margin:0 0 16px">${link(url, title, 'font-weight:600')}<br><span dir="auto">${escaped(body)}</span></li>`,
  );
  const paragraph = (text: string, style = 'margin:0 0 16px') => `<p style="${style}">${text}</p>`;
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">`,
    `<title>${escaped(said.subject)}</title></head>`,
    '<body style="margin:0;padding:24px;font:16px/1.5 system-ui,-apple-system,\'Segoe UI\',Roboto,sans-serif"><div style="max-width:36em">',
    paragraph(escaped(hello)),
    paragraph(escaped(said.opening)),
    `<ul style="margin:0;padding:0;list-style:none">${talks.join('')}</ul>`,
    said.more === null ? '' : paragraph(escaped(said.more)),
    paragraph(
      `${escaped(said.pace)}<br>${link(matter.settingsUrl, said.change, '')} · ${link(matter.leaveUrl, said.leave, '')}`,
      'margin:24px 0 8px;font-size:14px',
    ),
    paragraph(escaped(school), 'margin:0;font-size:14px'),
    '</div></body></html>',
  ].join('\n');
};

/** The mail: its subject, its lines as plain text, and the page. `hello` opens both. */
export const missedWords = (
  language: Language,
  school: string,
  matter: Missed,
  hello: string,
): { readonly subject: string; readonly lines: readonly string[]; readonly html: string } => {
  const said = saidIn(TONGUES[language], school, matter);
  return {
    subject: said.subject,
    lines: [
      said.opening,
      ...matter.talks.map(({ title, body, url }) => `${title}\n${body}\n${url}`),
      ...(said.more === null ? [] : [said.more]),
      said.pace,
      `${said.change}:\n${matter.settingsUrl}`,
      `${said.leave}:\n${matter.leaveUrl}`,
    ],
    html: pageOf(language, school, matter, hello, said),
  };
};
