/** Letters by SMTP (RFC 5321, RFC 6409), apart from whatever asked for them, some at once and tried again. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Letter, Mail, Posted } from '@recreio/core/ports.ts';
import { createTransport, type NodemailerError } from 'nodemailer';
import { wordsOf } from './words.ts';

/** What it is made with. */
export interface SmtpParts {
  /** `smtp://…` or `smtps://…`, with user and password where the server asks for them. */
  readonly url: string;
  /** Who the letters are from, as in `Escola Aurora <recreio@escola.example>`. */
  readonly from: string;
  readonly trouble: (error: unknown) => void;
  /** Pauses between the tries of one letter, in ms. */
  readonly pausesMs?: readonly number[];
  /** How long the server's word is waited for where a letter is handed over, in ms. */
  readonly handedMs?: number;
}

/** A letter that cannot be handed over in about five minutes is let go of: its person asks again. */
const PAUSES_MS = [2_000, 20_000, 120_000, 180_000];
/** So many letters wait at most; a flood of them is not the school's to send. */
const WAITING = 200;
const TIMEOUT_MS = 20_000;
/** Silence has its own end; a server that says a word now and then could keep a letter longer than it is lent (postgres/digest.ts, LEASE_S). */
const HANDED_MS = 120_000;
/** Connections for what is asked for by somebody who waits, and for what is handed over: few servers take more from one sender. */
const POSTING = 2;
const HANDING = 4;

/** What a letter carries besides its words: of what comes again and again, its name, and how to have no more of it (RFC 8058, RFC 3834). */
const headersOf = ({ matter }: Letter) => {
  if (matter.kind !== 'missed') return {};
  const { letter, oneClickUrl } = matter;
  const { protocol, hostname } = new URL(oneClickUrl);
  return {
    messageId: `<${letter}@${hostname}>`,
    list: { unsubscribe: oneClickUrl },
    headers: {
      'Auto-Submitted': 'auto-generated',
      // One press is for https alone (RFC 8058 §3.1); elsewhere the address leads to the page that asks
      ...(protocol === 'https:' ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
    },
  };
};

/** What a failure means for a letter; never with the address it was for, which is in what the other server says. */
const failureOf = ({ code, responseCode, permanent = responseCode === undefined }: NodemailerError): Posted => {
  const why = [code, responseCode].filter(Boolean).join(' ');
  // Of the letter, not of the connection; without a number it is no address at all
  const isOfTheLetter = code === 'EENVELOPE' || code === 'EMESSAGE';
  return isOfTheLetter && permanent ? { outcome: 'refused', why } : { outcome: 'later', why };
};

/** Whether the network or the other server is at fault, and not what was written: nodemailer names each such error, and so does Node. */
const isOfTheNetwork = (error: unknown): error is NodemailerError =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && !error.code.startsWith('ERR_');

/** Makes a carrier; `stop` lets what is on the wire finish, and drops what waits for another try. */
export const smtpMail = ({
  url,
  from,
  trouble,
  pausesMs = PAUSES_MS,
  handedMs = HANDED_MS,
}: SmtpParts): Mail & { stop(): Promise<void> } => {
  const line = (maxConnections: number) =>
    createTransport({
      url,
      pool: true,
      maxConnections,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      // Nothing of a letter comes from a file or an address
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  // A letter with a new password does not stand behind a hundred of what was missed
  const [posting, handing] = [line(POSTING), line(HANDING)];
  const underWay = new Set<Promise<void>>();
  const over = new AbortController();

  const messageOf = (letter: Letter) => ({
    from,
    to: { name: letter.name, address: letter.to },
    ...wordsOf(letter),
    ...headersOf(letter),
  });

  const send = async (letter: Letter): Promise<void> => {
    const message = messageOf(letter);
    for (let tries = 0; ; tries++) {
      try {
        await posting.sendMail(message);
        return;
      } catch (error) {
        const ms = pausesMs[tries];
        if (ms === undefined || over.signal.aborted) throw error;
        await pause(ms, undefined, { signal: over.signal });
      }
    }
  };

  const work = async (write: () => Promise<Letter | null>): Promise<void> => {
    try {
      const letter = await write();
      if (letter !== null) await send(letter);
    } catch (error) {
      trouble(error);
    }
  };

  return {
    post: (write) => {
      if (over.signal.aborted || underWay.size >= WAITING) {
        trouble(new Error('a letter was not taken: too many wait'));
        return;
      }
      const job = work(write).finally(() => underWay.delete(job));
      underWay.add(job);
    },
    atOnce: HANDING,
    hand: async (letter) => {
      const message = messageOf(letter);
      const answered = new AbortController();
      const late = pause<Posted>(
        handedMs,
        { outcome: 'later', why: 'ETIMEDOUT' },
        { signal: answered.signal, ref: false },
      );
      try {
        return await Promise.race([handing.sendMail(message).then((): Posted => ({ outcome: 'sent' })), late]);
      } catch (error) {
        if (isOfTheNetwork(error)) return failureOf(error);
        throw error;
      } finally {
        late.catch(() => undefined);
        answered.abort();
      }
    },
    stop: async () => {
      over.abort();
      await Promise.allSettled(underWay);
      for (const each of [posting, handing]) each.close();
    },
  };
};
