/** Every limit that a client can meet, in one place; the server may lower or raise them and says so in `welcome`. */
import Type, { type Static } from 'typebox';

/** The limits with their units. Sizes are UTF-8 bytes, times milliseconds. */
export const Limits = Type.Object(
  {
    frameBytes: Type.Integer({ description: 'Largest frame a client may send (contract D23).' }),
    messageBytes: Type.Integer({ description: 'Largest message body in UTF-8 bytes (contract D23).' }),
    unansweredCommands: Type.Integer({
      description: 'Commands a connection may have without an answer (contract D23).',
    }),
    resumeEvents: Type.Integer({ description: 'Up to this many missed events are replayed whole (contract D15).' }),
    gapEvents: Type.Integer({ description: 'Beyond that, a gap and this many of the newest (contract D15).' }),
    pageBytes: Type.Integer({ description: 'Largest page of replayed events (contract D15).' }),
    outboundBytes: Type.Integer({ description: 'Bytes that may wait for a slow reader (contract D22).' }),
    outboundFrames: Type.Integer({ description: 'Frames that may wait for a slow reader (contract D22).' }),
    slowConsumerMs: Type.Integer({
      description: 'A reader this long over its buffer is closed with 4008 (contract D22).',
    }),
    helloMs: Type.Integer({ description: 'Time to say hello and be signed in (security S4).' }),
    heartbeatMs: Type.Integer({
      description: 'The server pings this often; a client that hears nothing for twice as long reconnects.',
    }),
    pageMessages: Type.Integer({ description: 'Most messages in one page of history.' }),
    subscriptions: Type.Integer({ description: 'Rooms one connection may have open at once.' }),
    typingMs: Type.Integer({ description: 'A typing notice lives this long (contract D24).' }),
  },
  { additionalProperties: false },
);
export type Limits = Static<typeof Limits>;

/** The defaults that the contract names. */
export const DEFAULT_LIMITS: Limits = {
  frameBytes: 64 * 1024,
  messageBytes: 16 * 1024,
  unansweredCommands: 32,
  resumeEvents: 500,
  gapEvents: 200,
  pageBytes: 256 * 1024,
  outboundBytes: 1024 * 1024,
  outboundFrames: 512,
  slowConsumerMs: 5_000,
  helloMs: 5_000,
  heartbeatMs: 25_000,
  pageMessages: 100,
  subscriptions: 64,
  typingMs: 5_000,
};

/** Most messages pinned in a room: a board that one reads, not an archive. */
export const PINS = 50;

/** Most messages that have to be read at one time in a room: what everything is, nothing is. */
export const NOTICES = 20;
/** So many of what a person has still to confirm are told at once. */
export const NOTICES_SHOWN = 100;

/** How often one person calls everybody in one room within an hour: a fire drill and its end, not a habit ([R113]). */
export const CALLS_TO_ALL = 3;

/**
 * Urgent messages ([R120]): whom one of them may name, so that "urgent" is said to somebody and not to a room; how many one person
 * sends within an hour; and how many a person is told of once more within a day.
 */
export const URGENT = { named: 10, anHour: 5, toldADay: 3 } as const;

/** Words that call one person: how many, how long in UTF-16 code units, how short in letters ([R119]); and whom of a room one message calls by them. */
export const KEYWORD = { most: 20, length: 40, shortest: 2, called: 200 } as const;

/** Most messages that one person saves for later: a pile that can still be worked through. */
export const SAVED = 1_000;

/** Most drafts of one person that are kept on all their devices; further ones stay where they are written. */
export const DRAFTS = 50;

/** How many people a group is for, whoever opens it included: with two it is a conversation of two, with more than this a room. */
export const GROUP = { least: 3, people: 12 } as const;

/** Lengths of texts that are not messages, in UTF-16 code units as JSON Schema counts them. */
export const TEXT = {
  name: 80,
  pronouns: 30,
  email: 254, // RFC 5321 §4.5.3.1.3 less the angle brackets
  passwordMin: 10,
  passwordMax: 200,
  roomTitle: 80,
  roomDescription: 500,
  /** Markdown; every joining reads it, so it should fit on a screen or two. */
  roomRules: 2000,
  categoryName: 40,
  courseTitle: 80,
  courseGroup: 40,
  lessonTitle: 120,
  reason: 500,
  searchText: 100,
  emoji: 32, // the longest RGI emoji sequence has 15 code units; skin tones and future ones fit
} as const;

/** Bounds of links that let people into a room (security S34), and of what the school sorts its rooms by. */
export const INVITATION = { days: 7, daysMost: 30, usesMost: 1000, liveMost: 50 } as const;
export const CATEGORIES_MOST = 40;

/** Most lessons of a course, as many as a school year has days; and how many people are enrolled in one step, as many as a screen shows. */
export const COURSE = { lessons: 200, enrolAtOnce: 200 } as const;

/** How many people may wait for an answer whether they may come in, and how many domains are the school's. */
export const JOINING = { openMost: 200, domainsMost: 20 } as const;
