/**
 * The one table of everything that can be refused, for every door.
 * HTTP speaks it as RFC 9457 (`application/problem+json`); frames carry the same object.
 */
import Type, { type Static } from 'typebox';
import { Id } from './ids.ts';

/** Whether repeating the same request can help: never, later (after `retryAfterMs` or a pause), or now (something else must be done first and then at once). */
export type Retry = 'never' | 'later' | 'now';

/** One row: HTTP status, a sentence for people, whether to retry, and the close code when the connection ends with it. */
export interface ProblemRow {
  readonly status: number;
  readonly title: string;
  readonly retry: Retry;
  /** The close code when this ends the connection; absent when the connection goes on. */
  readonly close?: number;
}

const row = (status: number, title: string, retry: Retry, close?: number): ProblemRow =>
  close === undefined ? { status, title, retry } : { status, title, retry, close };

/** Code → row. Close codes 4000–4399 mean "come back", 4400–4999 "do not, until something changes" (docs/protocol.md). */
export const PROBLEMS = {
  malformed: row(400, 'The request is not of the form the protocol asks for', 'never'),
  'malformed-frame': row(400, 'The frame is not of the form the protocol asks for', 'never', 4400),
  'unsupported-version': row(400, 'This server does not speak that version of the protocol', 'never', 4406),
  'not-signed-in': row(401, 'Sign in first', 'now', 4401),
  'wrong-credentials': row(401, 'E-mail or password is wrong', 'never'),
  'second-factor-required': row(401, 'The code of your second factor is needed, too', 'now'),
  'wrong-code': row(401, 'The code is wrong, or was used before', 'never'),
  'passkey-refused': row(401, 'The passkey was not accepted', 'never'),
  'identity-refused': row(401, 'The sign-in elsewhere was not accepted', 'never'),
  'no-account': row(403, 'Nobody here has this identity', 'never'),
  'step-up-required': row(401, 'Prove once more who you are', 'now'),
  'not-allowed': row(403, 'You may not do this', 'never'),
  'not-allowed-origin': row(403, 'This address may not call the server', 'never'),
  muted: row(403, 'You are silenced here', 'later'),
  banned: row(403, 'You may not enter this room', 'never'),
  'read-only': row(403, 'Here you may read, not write', 'never'),
  archived: row(403, 'This room is archived: it is read, not written to', 'never'),
  'not-a-member': row(403, 'Join the room first', 'now'),
  'protected-minor': row(403, 'This conversation is not open to people under age', 'never'),
  blocked: row(403, 'This person cannot be written to', 'never'),
  'last-owner': row(403, 'A room needs an owner; give the role to somebody first', 'now'),
  'not-found': row(404, 'There is no such thing here', 'never'),
  'idempotency-conflict': row(409, 'This client id was used for something else', 'never'),
  'too-old': row(409, 'This client id is older than what is kept', 'never'),
  stale: row(409, 'Somebody else has changed this meanwhile; look again', 'now'),
  'too-many': row(409, 'There are as many as there may be; take one away first', 'never'),
  'already-taken': row(409, 'This is taken already', 'never'),
  'link-used': row(410, 'This link was used or has expired; ask for a new one', 'never'),
  removed: row(410, 'The message was removed', 'never'),
  'too-large': row(413, 'This is larger than the limit', 'never'),
  'unsupported-media-type': row(415, 'Send application/json', 'never'),
  misdirected: row(421, 'This server does not answer for that host', 'never'),
  'bad-text': row(422, 'The text has characters that are not allowed, or nothing to read', 'never'),
  'bad-picture': row(422, 'This picture cannot be used', 'never'),
  'weak-password': row(422, 'The password is too easy to guess', 'never'),
  'rate-limited': row(429, 'Too many requests; wait a little', 'later'),
  'too-many-commands': row(429, 'Too many commands without an answer', 'later'),
  flood: row(429, 'Too many frames', 'later', 4029),
  internal: row(500, 'Something went wrong on the server', 'later'),
  busy: row(503, 'The server is busy; try again shortly', 'later'),
  unavailable: row(503, 'The server cannot answer now; try again shortly', 'later'),
  'storage-full': row(507, 'There is no space left for new messages', 'later'),
} as const satisfies Record<string, ProblemRow>;

/** A problem's code, in kebab case. */
export type ProblemCode = keyof typeof PROBLEMS;

const codes = Object.keys(PROBLEMS) as ProblemCode[];

/** A problem on the wire (RFC 9457): `type` is `https://recreio.dev/problems/<code>` and is a name, not an address to fetch. */
export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.Unsafe<ProblemCode>({ enum: codes }),
    detail: Type.Optional(
      Type.String({ description: 'What exactly is wrong, in words; never content, never a stack.' }),
    ),
    retry: Type.Union([Type.Literal('never'), Type.Literal('later'), Type.Literal('now')]),
    retryAfterMs: Type.Optional(
      Type.Integer({ minimum: 0, description: 'How long to wait at least, in milliseconds.' }),
    ),
    until: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: 'When a restriction ends (RFC 3339), null when it is open-ended.',
      }),
    ),
    errorId: Type.Optional(Id),
  },
  { description: 'RFC 9457 problem details.' },
);
export type Problem = Static<typeof Problem>;

/** Extra members that a refusal may carry. */
export type ProblemExtra = Partial<Pick<Problem, 'detail' | 'retryAfterMs' | 'until' | 'errorId'>>;

/** The wire form of a problem. */
export const problem = (code: ProblemCode, extra: ProblemExtra = {}): Problem => {
  const { status, title, retry } = PROBLEMS[code];
  return { type: `https://recreio.dev/problems/${code}`, title, status, code, retry, ...extra };
};

/** The other reasons for which a socket is closed; the first range means "come back", the second "do not". */
export const CLOSE = {
  goingAway: 1001,
  badData: 1007,
  tooBig: 1009,
  internal: 1011,
  restart: 1012,
  heartbeatLost: 4000,
  slowConsumer: 4008,
  flood: 4029,
  malformed: 4400,
  signedOut: 4401,
  unsupportedVersion: 4406,
} as const;

/** Whether a client should connect again after this close code by itself. */
export const mayComeBack = (code: number): boolean =>
  code < 4000 ? code !== CLOSE.tooBig && code !== CLOSE.badData && code !== 1002 && code !== 1003 : code < 4400;
