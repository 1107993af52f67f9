/** Web Push (RFC 8030, 8291, 8292): what reaches a device on which no page is open. Off until the school switches it on. */
import Type, { type Static } from 'typebox';
import { command } from './command.ts';
import { Id, Instant } from './ids.ts';
import { Language } from './look.ts';

const closed = { additionalProperties: false } as const;

/** Base64url without padding (RFC 4648 §5) of so many bytes. */
const base64url = (bytes: number) => {
  const length = Math.ceil((bytes * 4) / 3);
  return Type.String({
    pattern: `^[A-Za-z0-9_-]{${length}}$`,
    description: `${bytes} bytes in base64url, no padding.`,
  });
};

/** Most devices of one person that are called; the one that was added first goes when there is another. */
export const PUSH_DEVICES = 10;

/** A device that is called. */
export const PushDevice = Type.Object({
  id: Id,
  /** What the person's list of sessions calls it. */
  device: Type.String(),
  /** The host of its push service: whose machines carry what is sent, sealed. */
  service: Type.String(),
  createdAt: Instant,
  /** When it was last reached; null: not yet. */
  reachedAt: Type.Union([Instant, Type.Null()]),
  /** The one that asks. */
  current: Type.Boolean(),
});
export type PushDevice = Static<typeof PushDevice>;

/** The key by which push services know the school (RFC 8292 §4): the browser's `applicationServerKey`. */
export const key = command('push.key', {
  summary: 'The key by which push services know the school.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({}, closed),
  output: Type.Object({ key: base64url(65) }),
  problems: ['not-allowed'],
  http: { method: 'GET', path: '/api/push/key' },
});

/**
 * Has this device called. What the browser's PushSubscription says goes in; it ends with the session. Asked again it takes the
 * place of what was said before, also where somebody else used this browser until now.
 */
export const subscribe = command('push.subscribe', {
  summary: 'Have this device called.',
  kind: 'act',
  quota: 'act',
  input: Type.Object(
    {
      /** An https address in the open network. Whoever knows it could use it up: it is told to nobody. */
      endpoint: Type.String({ minLength: 12, maxLength: 1000, pattern: '^https?://' }),
      /** The browser's public key, an uncompressed point of P-256. */
      p256dh: base64url(65),
      /** The secret that it shares with us (RFC 8291 §3.2). */
      auth: base64url(16),
    },
    closed,
  ),
  output: PushDevice,
  problems: ['not-allowed', 'malformed'],
  http: { method: 'PUT', path: '/api/me/push' },
});

/** Has a device of mine called no more. One that is not called is not called already. */
export const unsubscribe = command('push.unsubscribe', {
  summary: 'Have a device of mine called no more.',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ device: Id }, closed),
  output: Type.Object({}),
  problems: [],
  http: { method: 'DELETE', path: '/api/me/push/:device' },
});

/** Which of my devices are called. */
export const devices = command('push.devices', {
  summary: 'List my devices that are called.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({}, closed),
  output: Type.Object({ devices: Type.Array(PushDevice, { maxItems: PUSH_DEVICES }) }),
  problems: [],
  http: { method: 'GET', path: '/api/me/push' },
});

/**
 * What a push says, in JSON, sealed for the one browser (RFC 8291). One conversation has one `tag`: what comes later takes the
 * place of what came before. `read`: tags of conversations that were read meanwhile, whose notifications go.
 */
export const PushNote = Type.Object(
  {
    v: Type.Literal(1),
    tag: Type.String({ minLength: 1, maxLength: 60 }),
    title: Type.String(),
    body: Type.String(),
    language: Language,
    room: Id,
    /** The root, where it was said in a thread. */
    thread: Type.Optional(Id),
    /** The newest message that calls. */
    seq: Type.Integer({ minimum: 1 }),
    at: Instant,
    /** When it was decided. What was decided later is known better: a push that comes late takes none of that away. Older servers leave it out. */
    asOf: Type.Optional(Instant),
    read: Type.Array(Type.String(), { maxItems: 50 }),
    /** How much calls: the number on the app. */
    calls: Type.Integer({ minimum: 0 }),
    /**
     * Nothing was said: it is about `read`, and shown without a sound in the place of what is there with this tag, since browsers want
     * something shown for each push.
     */
    quiet: Type.Optional(Type.Literal(true)),
    /** It is of one urgent message that stays unread ([R120]): shown also where a page is open, which may not be at it. */
    urgent: Type.Optional(Type.Literal(true)),
  },
  { description: 'What a push says; members that are not known are ignored.' },
);
export type PushNote = Static<typeof PushNote>;
