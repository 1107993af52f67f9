/** Letters by SMTP (RFC 5321, RFC 6409), apart from whatever asked for them, some at once and tried again. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Letter, Mail } from '@recreio/core/ports.ts';
import { createTransport } from 'nodemailer';
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
}

/** A letter that cannot be handed over in about five minutes is let go of: its person asks again. */
const PAUSES_MS = [2_000, 20_000, 120_000, 180_000];
/** So many letters wait at most; a flood of them is not the school's to send. */
const WAITING = 200;
const TIMEOUT_MS = 20_000;

/** Makes a carrier; `stop` lets what is on the wire finish, and drops what waits for another try. */
export const smtpMail = ({ url, from, trouble, pausesMs = PAUSES_MS }: SmtpParts): Mail & { stop(): Promise<void> } => {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // Nothing of a letter comes from a file or an address
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const underWay = new Set<Promise<void>>();
  const over = new AbortController();

  const send = async (letter: Letter): Promise<void> => {
    const { subject, text } = wordsOf(letter);
    const message = { from, to: { name: letter.name, address: letter.to }, subject, text };
    for (let tries = 0; ; tries++) {
      try {
        await transport.sendMail(message);
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
    stop: async () => {
      over.abort();
      await Promise.allSettled(underWay);
      transport.close();
    },
  };
};
