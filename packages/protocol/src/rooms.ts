/** Rooms: what they are, where they are found, and the private conversations of two and of a few. */
import Type, { type Static } from 'typebox';
import { Profile } from './accounts.ts';
import { RoomTuning } from './calm.ts';
import { command } from './command.ts';
import { ClientId, Id, Instant, Seq } from './ids.ts';
import { CATEGORIES_MOST, GROUP, TEXT } from './limits.ts';
import { Language } from './look.ts';
import { UnreadFrom } from './messages.ts';

const closed = { additionalProperties: false } as const;
/** What a themed room is about. */
export const RoomKind = Type.Union([
  Type.Literal('subject'),
  Type.Literal('lesson'),
  Type.Literal('project'),
  Type.Literal('topic'),
]);
export type RoomKind = Static<typeof RoomKind>;

/** Who may enter: `open` to everyone who can find it, `invite` only when a moderator of the room adds them. */
export const Access = Type.Union([Type.Literal('open'), Type.Literal('invite')]);
/** Who may post: every member, or (an announcement room) its moderators only. */
export const Posting = Type.Union([Type.Literal('members'), Type.Literal('moderators')]);
/** What a new member can read of what was said before they came: all of it, or nothing. */
export const Past = Type.Union([Type.Literal('all'), Type.Literal('since-joining')]);
/** The six papers and the pen: what a room's leaf may be coloured with. */
export const Colour = Type.Union([
  Type.Literal('pen'),
  Type.Literal('tone-1'),
  Type.Literal('tone-2'),
  Type.Literal('tone-3'),
  Type.Literal('tone-4'),
  Type.Literal('tone-5'),
  Type.Literal('tone-6'),
]);

/** What a person is in a room. A reader may read and react, and not post. */
export const RoomRole = Type.Union([
  Type.Literal('owner'),
  Type.Literal('moderator'),
  Type.Literal('member'),
  Type.Literal('reader'),
]);
export type RoomRole = Static<typeof RoomRole>;

const Title = Type.String({ minLength: 1, maxLength: TEXT.roomTitle });
const Description = Type.String({ maxLength: TEXT.roomDescription });
const Emoji = Type.String({ maxLength: TEXT.emoji });

const shown = {
  title: Title,
  description: Description,
  emoji: Emoji,
  colour: Colour,
  access: Access,
  posting: Posting,
  past: Past,
};

/** The settings of a themed room that its owner may change. */
export const RoomSettings = Type.Object({
  ...shown,
  /** What those who join are asked to agree to, in Markdown; empty: nothing. Read with `rooms.get`. */
  rules: Type.Optional(Type.String({ maxLength: TEXT.roomRules })),
  /** One of the school's own categories; null: none. */
  category: Type.Optional(Type.Union([Id, Type.Null()])),
  /** The language that is spoken here; null: whichever. */
  language: Type.Optional(Type.Union([Language, Type.Null()])),
});
export type RoomSettings = Static<typeof RoomSettings>;

/** One of the school's own kinds of rooms. */
export const Category = Type.Object(
  { id: Id, name: Type.String({ minLength: 1, maxLength: TEXT.categoryName }), emoji: Emoji },
  closed,
);
export type Category = Static<typeof Category>;

/** A themed room as anyone who can find it sees it. */
export const Room = Type.Object({
  id: Id,
  kind: RoomKind,
  ...shown,
  /** Whether there are rules to read before joining; `rooms.get` brings them. */
  hasRules: Type.Optional(Type.Literal(true)),
  category: Type.Optional(Id),
  language: Type.Optional(Language),
  /** Since when nothing is said here any more; absent while it is open to words. */
  archivedAt: Type.Optional(Instant),
  course: Type.Union([Id, Type.Null()]),
  lesson: Type.Union([Id, Type.Null()]),
  members: Type.Integer({ minimum: 0 }),
  createdAt: Instant,
});
export type Room = Static<typeof Room>;

/** A private conversation: no name of its own; it is called by the others in it. */
export const Direct = Type.Object({
  id: Id,
  kind: Type.Literal('direct'),
  /** The other person. */
  with: Profile,
  createdAt: Instant,
});
export type Direct = Static<typeof Direct>;

/** A private conversation of a few; without a name of its own it is called by the others in it. */
export const Group = Type.Object({
  id: Id,
  kind: Type.Literal('group'),
  /** Empty where it was given none. */
  title: Type.String({ maxLength: TEXT.roomTitle }),
  /** The others who are in it, by name. */
  with: Type.Array(Profile, { maxItems: GROUP.people }),
  /** Those who have been asked to come in and have not answered, by name. */
  asked: Type.Array(Profile, { maxItems: GROUP.people }),
  createdAt: Instant,
});
export type Group = Static<typeof Group>;

/** A room of any kind, as one who is in it sees it. */
export const AnyRoom = Type.Union([Room, Direct, Group]);
export type AnyRoom = Static<typeof AnyRoom>;

/** A group that somebody would like the caller to be in; until they say yes they are not, and receive nothing of it. */
export const Asking = Type.Object({
  room: Id,
  title: Type.String({ maxLength: TEXT.roomTitle }),
  by: Profile,
  /** Who is in it now, by name. */
  members: Type.Array(Profile, { maxItems: GROUP.people }),
  /** Who else has been asked. */
  asked: Type.Array(Profile, { maxItems: GROUP.people }),
  at: Instant,
});
export type Asking = Static<typeof Asking>;

/** What the caller has in a room: their part in it and how far they have read. */
export const Mine = Type.Object({
  role: RoomRole,
  joinedAt: Instant,
  /** Newest seq of the log. */
  head: Seq,
  /** How many messages were ever sent here: the number the newest one carries (contract D33). */
  ordinal: Type.Integer({ minimum: 0 }),
  /** The read marker: the seq up to which the caller has read, and the ordinal of the newest message at or before it. */
  readSeq: Seq,
  readOrdinal: Type.Integer({ minimum: 0 }),
  /** What was said from here on is shown as unread, though it lies before the marker; absent where nothing is. */
  unreadFrom: Type.Optional(UnreadFrom),
  /** Messages after the marker (or from `unreadFrom` on), not mine, not removed, visible to me; counted up to 999. */
  unread: Type.Integer({ minimum: 0, maximum: 999 }),
  /** Of these, how many speak to me (mention, reply to me); in a private conversation all do. */
  mentions: Type.Integer({ minimum: 0, maximum: 999 }),
  /** Until when I may not post; null is open-ended; absent when I may. */
  muted: Type.Optional(Type.Object({ until: Type.Union([Instant, Type.Null()]) })),
  /** When the last message was sent, for sorting; null when there is none. */
  lastMessageAt: Type.Union([Instant, Type.Null()]),
  /** How loud it is for the caller, as far as they have said. */
  ...RoomTuning.properties,
});
export type Mine = Static<typeof Mine>;

/** One of the caller's rooms. */
export const MyRoom = Type.Object({ room: AnyRoom, mine: Mine });
export type MyRoom = Static<typeof MyRoom>;

/** A room in the directory. */
export const DirectoryEntry = Type.Object({
  room: Room,
  joined: Type.Boolean(),
  courseTitle: Type.Union([Type.String(), Type.Null()]),
  lastMessageAt: Type.Union([Instant, Type.Null()]),
  /** Messages since the `since` that was asked for, counted up to 99. */
  recent: Type.Optional(Type.Integer({ minimum: 0, maximum: 99 })),
});
export type DirectoryEntry = Static<typeof DirectoryEntry>;

/** Creates a themed room; the creator is its owner. Repeating it with the same client id gives the same room (two clicks never create two). */
export const create = command('rooms.create', {
  summary: 'Create a themed room.',
  kind: 'act',
  quota: 'create',
  input: Type.Object(
    {
      clientId: ClientId,
      kind: RoomKind,
      title: Title,
      description: Type.Optional(Description),
      emoji: Type.Optional(Emoji),
      colour: Type.Optional(Colour),
      access: Type.Optional(Access),
      posting: Type.Optional(Posting),
      past: Type.Optional(Past),
      rules: RoomSettings.properties.rules,
      category: RoomSettings.properties.category,
      language: RoomSettings.properties.language,
      course: Type.Optional(Id),
      lesson: Type.Optional(Id),
    },
    closed,
  ),
  output: MyRoom,
  problems: ['not-allowed', 'not-found', 'bad-text', 'idempotency-conflict'],
  http: { method: 'POST', path: '/api/rooms' },
});

/** Changes a room's settings; only what is given changes. In a group whoever is in it gives it a name, and nothing else changes. */
export const update = command('rooms.update', {
  summary: "Change a room's settings.",
  kind: 'room',
  quota: 'act',
  input: Type.Object({ room: Id, clientId: ClientId, ...Type.Partial(RoomSettings).properties }, closed),
  output: Type.Object({ seq: Seq, duplicate: Type.Optional(Type.Literal(true)) }),
  problems: ['not-found', 'not-allowed', 'bad-text', 'archived', 'idempotency-conflict', 'too-old'],
  http: { method: 'PATCH', path: '/api/rooms/:room' },
});

/** Puts a room away: it is read, and nothing is said or changed in it; or takes it out again. */
export const archive = command('rooms.archive', {
  summary: 'Archive a room, or open it again.',
  kind: 'room',
  quota: 'act',
  input: Type.Object({ room: Id, archived: Type.Boolean(), clientId: ClientId }, closed),
  output: Type.Object({ seq: Seq, duplicate: Type.Optional(Type.Literal(true)) }),
  problems: ['not-found', 'not-allowed', 'idempotency-conflict', 'too-old'],
  http: { method: 'PUT', path: '/api/rooms/:room/archive' },
});

/** One room, if the caller can find it or is in it. */
export const get = command('rooms.get', {
  summary: 'Read one room.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({ room: Id }, closed),
  output: Type.Object({
    room: AnyRoom,
    mine: Type.Union([Mine, Type.Null()]),
    /** What those who join are asked to agree to, in Markdown; absent when there is nothing. */
    rules: Type.Optional(Type.String({ maxLength: TEXT.roomRules })),
  }),
  problems: ['not-found'],
  http: { method: 'GET', path: '/api/rooms/:room' },
});

/** Every room the caller is in, complete. */
export const mine = command('rooms.mine', {
  summary: 'List my rooms and private conversations.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({}, closed),
  output: Type.Object({ epoch: Id, rooms: Type.Array(MyRoom) }),
  problems: [],
  http: { method: 'GET', path: '/api/me/rooms' },
});

/**
 * Rooms that the caller can find: open ones (of their courses, or of no course) and those they are in. Accent-blind by title and
 * description. Archived rooms are left out unless asked for. `order: 'recent'` is one page of those spoken in last, the newest first.
 */
export const directory = command('rooms.directory', {
  summary: 'Find rooms by text and kind.',
  kind: 'read',
  quota: 'search',
  input: Type.Object(
    {
      text: Type.Optional(Type.String({ maxLength: TEXT.searchText })),
      kind: Type.Optional(RoomKind),
      course: Type.Optional(Id),
      category: Type.Optional(Id),
      archived: Type.Optional(Type.Boolean()),
      order: Type.Optional(Type.Union([Type.Literal('name'), Type.Literal('recent')])),
      /** From when on messages are counted as recent: the caller's midnight; at most two days back. */
      since: Type.Optional(Instant),
      after: Type.Optional(Id),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    closed,
  ),
  output: Type.Object({ rooms: Type.Array(DirectoryEntry), next: Type.Union([Id, Type.Null()]) }),
  problems: [],
  http: { method: 'GET', path: '/api/rooms' },
});

/** The school's own categories, in its order. */
export const categories = command('rooms.categories', {
  summary: "List the school's categories of rooms.",
  kind: 'read',
  quota: 'read',
  input: Type.Object({}, closed),
  output: Type.Object({ categories: Type.Array(Category) }),
  problems: [],
  http: { method: 'GET', path: '/api/categories' },
});

/** Puts these categories, in this order, in the place of all there are. Rooms of one that is left out have none. */
export const setCategories = command('rooms.setCategories', {
  summary: "Set the school's categories of rooms (administrators).",
  kind: 'act',
  quota: 'act',
  input: Type.Object({ categories: Type.Array(Category, { maxItems: CATEGORIES_MOST }) }, closed),
  output: Type.Object({ categories: Type.Array(Category) }),
  problems: ['not-allowed', 'bad-text', 'already-taken'],
  http: { method: 'PUT', path: '/api/admin/categories' },
});

/** Opens the private conversation with a person: the one there is, or a new one. However many ask at once, there is one per pair. */
export const openDirect = command('rooms.openDirect', {
  summary: 'Open my private conversation with a person.',
  kind: 'act',
  quota: 'create',
  input: Type.Object({ account: Id }, closed),
  output: MyRoom,
  problems: ['not-found', 'not-allowed', 'protected-minor', 'blocked'],
  http: { method: 'POST', path: '/api/directs' },
});

/**
 * Opens the private conversation of the caller with these people: the one there is of exactly them, or a new one. However many
 * of them ask at once, there is one. Who has to be asked first is not in it until they say yes; who has been asked and asks for
 * it themselves has said yes.
 */
export const openGroup = command('rooms.openGroup', {
  summary: 'Open my private conversation with a few people.',
  kind: 'act',
  quota: 'create',
  input: Type.Object(
    {
      /** The others. */
      accounts: Type.Array(Id, { minItems: GROUP.least - 1, maxItems: GROUP.people - 1, uniqueItems: true }),
      /** A name for a group that is new; one that is there keeps its own. */
      title: Type.Optional(Title),
    },
    closed,
  ),
  output: MyRoom,
  problems: ['not-found', 'not-allowed', 'protected-minor', 'blocked', 'bad-text'],
  http: { method: 'POST', path: '/api/groups' },
});

/** Groups into which the caller has been asked and has not answered, oldest first. `members.join` says yes, `members.leave` no. */
export const askings = command('rooms.askings', {
  summary: 'List the groups into which I have been asked.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({}, closed),
  output: Type.Object({ askings: Type.Array(Asking) }),
  problems: [],
  http: { method: 'GET', path: '/api/me/askings' },
});

/** A themed room as administrators see it: that it is there, and who looks after it. */
export const RoomRecord = Type.Object({
  id: Id,
  kind: RoomKind,
  title: Type.String(),
  access: Type.Union([Type.Literal('open'), Type.Literal('invite')]),
  course: Type.Union([Id, Type.Null()]),
  members: Type.Integer({ minimum: 0 }),
  owners: Type.Array(Profile),
  /** Nobody who is active, and in the course that the room is of, owns it (R115). */
  ownerless: Type.Optional(Type.Literal(true)),
  createdAt: Instant,
  lastMessageAt: Type.Union([Instant, Type.Null()]),
  archivedAt: Type.Union([Instant, Type.Null()]),
});
export type RoomRecord = Static<typeof RoomRecord>;

/** Every themed room of the school, by title, in pages; what is said in them is for their members alone (R53). */
export const all = command('rooms.all', {
  summary: 'List every room of the school (administrators).',
  kind: 'read',
  quota: 'search',
  input: Type.Object(
    {
      text: Type.Optional(Type.String({ maxLength: TEXT.searchText })),
      archived: Type.Optional(Type.Boolean()),
      /** Only those that nobody owns who could (R115). */
      ownerless: Type.Optional(Type.Literal(true)),
      after: Type.Optional(Id),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    },
    closed,
  ),
  output: Type.Object({
    rooms: Type.Array(RoomRecord),
    total: Type.Integer(),
    /** With the first page: how many rooms in use nobody owns who could, whatever was asked for. */
    ownerless: Type.Optional(Type.Integer({ minimum: 0 })),
    next: Type.Union([Id, Type.Null()]),
  }),
  problems: ['not-allowed'],
  http: { method: 'GET', path: '/api/admin/rooms' },
});

/** Gives a room that nobody owns who could to somebody: of its members, or of the staff, who then are in it (R115). */
export const entrust = command('rooms.entrust', {
  summary: 'Give a room without an owner to somebody (administrators).',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ room: Id, account: Id }, closed),
  output: Type.Object({ seq: Seq }),
  assured: true,
  problems: ['step-up-required', 'not-allowed', 'not-found', 'banned'],
  http: { method: 'PUT', path: '/api/admin/rooms/:room/owner' },
});
