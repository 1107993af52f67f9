/** Handing pushes over to push services (RFC 8030): one request each, no redirects, no more read of an answer than its head. */
import { createHash } from 'node:crypto';
import { Agent as ClearAgent, type IncomingMessage, request as inClear } from 'node:http';
import { Agent, request } from 'node:https';
import type { Handed, PushCarrier, Subscription } from '@recreio/core/ports.ts';
import type { PushNote } from '@recreio/protocol';
import { openLookup, pushUrl } from './addresses.ts';
import { areKeys, MOST_BYTES, sealPush } from './seal.ts';
import { authorization, newIdentity } from './vapid.ts';

/** What it is made with. */
export interface CarrierParts {
  /** Whether push services may be on this machine, in clear: for tests (`RECREIO_PUSH_LOCAL`). */
  readonly isLocal: boolean;
  /** Ms since the Unix epoch. */
  readonly now: () => number;
}

/** A service is waited for this long, in ms. */
const PATIENCE_MS = 10_000;
/** A service keeps it this long for a device that is off, in seconds: the next day it is in the list, not on the lock screen. */
const TTL_S = 24 * 3_600;
/** Connections to one service at once, and such as wait for work. */
const SOCKETS = 8;

/**
 * The topic under which a service keeps the last only (RFC 8030 §5.4), 32 characters at most: of the tag and what only the
 * browser and we know, so that a service cannot tell who is in one conversation.
 */
export const topicOf = (tag: string, auth: string): string =>
  createHash('sha256').update(`${auth} ${tag}`).digest('base64url').slice(0, 32);

/** What is said, no longer than fits. */
const textOf = (note: PushNote): Buffer => {
  for (let { body } = note; ; body = body.slice(0, Math.floor(body.length / 2))) {
    const text = Buffer.from(JSON.stringify({ ...note, body }));
    if (text.length <= MOST_BYTES) return text;
    if (body === '') return Buffer.from(JSON.stringify({ ...note, body, title: '', read: [] }));
  }
};

/** `Retry-After` in seconds: a number, or a date (RFC 9110 §10.2.3). */
export const secondsOf = (header: string | undefined, now: number): number | undefined => {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/u.test(header)) return Number(header);
  const at = header.endsWith(' GMT') ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1000));
};

/** What an answer means (RFC 8030 §5, §7.3). */
const handedOf = ({ statusCode: status = 0, headers }: IncomingMessage, now: number): Handed => {
  if (status >= 200 && status < 300) return { outcome: 'sent' };
  if (status === 404 || status === 410) return { outcome: 'gone' };
  const why = `status ${status}`;
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const afterSeconds = secondsOf(headers['retry-after'], now);
    return { outcome: 'later', why, ...(afterSeconds === undefined ? {} : { afterSeconds }) };
  }
  return { outcome: 'refused', why };
};

/** Makes a carrier; `stop` ends its connections. */
export const pushCarrier = ({ isLocal, now }: CarrierParts): PushCarrier & { stop(): void } => {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS, timeout: PATIENCE_MS });
  // Only for this machine: what `pushUrl` lets through in clear
  const local = new ClearAgent({ maxSockets: SOCKETS });
  const lookup = openLookup();

  const post = (url: URL, headers: Record<string, string | number>, body: Buffer): Promise<Handed> =>
    new Promise((resolve) => {
      const options = { method: 'POST', headers, signal: AbortSignal.timeout(PATIENCE_MS) };
      const answered = (answer: IncomingMessage): void => {
        resolve(handedOf(answer, now()));
        // What else it says is not read, and cut off when the time is up
        answer.on('error', () => undefined).resume();
      };
      const sent =
        url.protocol === 'http:'
          ? inClear(url, { ...options, agent: local }, answered)
          : request(url, { ...options, agent, lookup }, answered);
      // The address is a secret of the browser's: only the kind of trouble is told
      sent.on('error', (error) =>
        resolve({ outcome: 'later', why: 'code' in error ? String(error.code) : error.name }),
      );
      sent.end(body);
    });

  return {
    newIdentity,
    serviceOf: (subscription) => {
      const url = pushUrl(subscription.endpoint, isLocal);
      return url !== null && areKeys(subscription) ? url.host : null;
    },
    hand: async (subscription: Subscription, note, identity, publicUrl) => {
      // Again, by the rules of today: what was let in under other settings is not gone to
      const url = pushUrl(subscription.endpoint, isLocal);
      if (url === null) return { outcome: 'gone' };
      const body = sealPush(textOf(note), subscription);
      const subject = publicUrl.startsWith('https:') ? publicUrl : null;
      return await post(
        url,
        {
          authorization: authorization(identity, url.origin, subject, now() / 1000),
          'content-encoding': 'aes128gcm',
          'content-type': 'application/octet-stream',
          'content-length': body.length,
          ttl: TTL_S,
          // What takes away does not take the place of what calls, and wakes nobody's phone
          topic: topicOf(note.quiet ? `quiet ${note.tag}` : note.tag, subscription.auth),
          urgency: note.quiet ? 'normal' : 'high',
        },
        body,
      );
    },
    stop: () => {
      agent.destroy();
      local.destroy();
    },
  };
};
