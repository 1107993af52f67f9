/** The words that nodes tell each other, as they are checked when they arrive: the bus may carry anything (contract D20, security S66). */
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';

const Id = Type.String({ minLength: 1, maxLength: 64 });
const Seq = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Heads = Type.Array(Type.Tuple([Id, Seq]), { maxItems: 50_000 });

/** Newest seqs only, whose logs each node reads itself; and advice to look at once. */
const Doorbell = Type.Object({
  rooms: Type.Optional(Heads),
  users: Type.Optional(Heads),
  /** Sessions have ended (contract D27). */
  revoked: Type.Optional(Type.Literal(true)),
  poll: Type.Optional(Type.Literal(true)),
});

const Who = Type.Object({
  minor: Type.Boolean(),
  courses: Type.Array(Id, { maxItems: 1_000 }),
  staffOf: Type.Array(Id, { maxItems: 1_000 }),
});

const Marker = Type.Object({
  room: Id,
  seq: Seq,
  ordinal: Seq,
  unread: Seq,
  mentions: Seq,
  newest: Seq,
  unreadFrom: Type.Optional(Type.Object({ seq: Seq, ordinal: Seq })),
});

const Standing = Type.Object({
  room: Id,
  thread: Id,
  following: Type.Boolean(),
  seq: Seq,
  unread: Seq,
  newest: Seq,
});

const Tuning = Type.Object({
  room: Id,
  level: Type.Optional(Type.Union([Type.Literal('everything'), Type.Literal('mentions'), Type.Literal('nothing')])),
  hushed: Type.Optional(Type.Object({ until: Type.Union([Type.String({ maxLength: 40 }), Type.Null()]) })),
});

/** What is told of people; by its word. */
const WHISPERS = {
  typing: Type.Object({ w: Type.Literal('typing'), room: Id, account: Id }),
  /** A person is on the node that says so, in these rooms. */
  here: Type.Object({
    w: Type.Literal('here'),
    account: Id,
    rooms: Type.Array(Id, { maxItems: 1_000 }),
    who: Who,
  }),
  /** The person's last connection on the node that says so is gone. */
  gone: Type.Object({ w: Type.Literal('gone'), account: Id }),
  /** A node has come to hear: who is where? */
  who: Type.Object({ w: Type.Literal('who') }),
  marker: Type.Object({ w: Type.Literal('marker'), account: Id, marker: Marker, revision: Type.Optional(Seq) }),
  /** How the person stands to a thread. */
  thread: Type.Object({ w: Type.Literal('thread'), account: Id, standing: Standing, revision: Seq }),
  /** Something of the person that is latest-wins stands at this revision: what it is, is read. */
  moved: Type.Object({ w: Type.Literal('moved'), account: Id, revision: Seq }),
  /** How loud a room is for the person. */
  tuning: Type.Object({ w: Type.Literal('tuning'), account: Id, tuning: Tuning, revision: Seq }),
  /** The person's own account has changed. */
  me: Type.Object({ w: Type.Literal('me'), account: Id }),
  /** The school's settings stand at this version. */
  school: Type.Object({ w: Type.Literal('school'), version: Seq }),
} as const;

const isDoorbell = Compile(Doorbell);
const whispers = new Map(Object.entries(WHISPERS).map(([word, schema]) => [word, Compile(schema)]));

/** What was said is not changed by who hears it. */
type Still<T> = { readonly [K in keyof T]: Still<T[K]> };

/** A doorbell to the other nodes: newest seqs only; they read the log themselves. */
export type Doorbell = Still<Static<typeof Doorbell>>;

/** What nodes tell each other of people; small, often, and forgotten soon. */
export type Whisper = Still<{ [W in keyof typeof WHISPERS]: Static<(typeof WHISPERS)[W]> }[keyof typeof WHISPERS]>;

/** What was heard; null for the word of a newer release. Throws TypeError for what no release says. */
export const newsOf = (message: Record<string, unknown>): Doorbell | Whisper | null => {
  if (!('w' in message)) {
    if (isDoorbell.Check(message)) return message;
    throw new TypeError('a doorbell that is none');
  }
  const whisper = whispers.get(String(message['w']));
  if (!whisper) return null;
  if (!whisper.Check(message)) throw new TypeError(`a word on the bus that is malformed: ${String(message['w'])}`);
  return message as unknown as Whisper;
};
