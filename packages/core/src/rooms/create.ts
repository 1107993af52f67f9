/** rooms.create and rooms.openDirect: a room comes into being, once. */
import type { InputOf, OutputOf, Role, RoomKind, RoomSettings, rooms } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { areColleagues, mayTalk } from '../accounts/policy.ts';
import { type Draft, place } from '../streams/draft.ts';
import type { Facts, RoomFact } from '../streams/facts.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import type { Memory, World } from '../world.ts';
import type { NewRoom } from './port.ts';
import { cleanSettings } from './update.ts';

const STAFF: readonly Role[] = ['teacher', 'monitor', 'moderator', 'administrator'];

/** Students open rooms for topics and projects; rooms that stand for a subject or a lesson are opened by staff. Guardians open none. */
export const mayCreate = (role: Role, kind: RoomKind): boolean =>
  STAFF.includes(role) || (role === 'student' && (kind === 'topic' || kind === 'project'));

/** Facts of a room that nobody else can know yet. */
const bareFacts = (room: RoomFact, clock: number, epoch: string): Facts => ({
  epoch,
  clock,
  rooms: new Map([[room.id, room]]),
  members: new Map(),
  restrictions: new Map(),
  accounts: new Map(),
  sessions: new Set(),
  messages: new Map(),
  threads: new Map(),
  reactions: new Set(),
  priors: new Map(),
  hearers: new Map(),
  done: new Map(),
  pairs: new Map(),
  circles: new Map(),
  enrolled: new Map(),
  tied: new Set(),
  pins: new Map(),
  notices: new Map(),
  callsToAll: new Map(),
  urgents: new Map(),
  forwards: new Map(),
  invitations: new Map(),
  categories: new Set(),
  blocks: new Set(),
});

/** Writes a new room with its first events: created, and its first members joined. A group that has no name says nothing of itself. */
export const found = async (world: World, memory: Memory, room: NewRoom, first: readonly Draft[]): Promise<void> => {
  const now = await memory.rooms.now();
  await memory.rooms.found(room);
  const fact: RoomFact = {
    id: room.id,
    kind: room.kind,
    settings: room.settings,
    archived: false,
    course: room.course,
    pair: room.pair,
    head: 0,
    ordinal: 0,
    lastAt: now,
    owners: 0,
    members: 0,
  };
  const facts = bareFacts(fact, now, '');
  const placed = place(
    facts,
    fact,
    room.by,
    now,
    [{ type: 'room.created', settings: room.settings?.title === '' ? null : room.settings }, ...first],
    world.newId,
  );
  await memory.rooms.append({
    events: placed,
    rooms: [...facts.rooms.values()],
    users: placed.flatMap((event) => world.follow(event, facts)),
    done: [],
  });
};

/** A room as one of its members has it. */
export const asMine = async (memory: Memory, account: string, room: string): Promise<OutputOf<typeof rooms.create>> => {
  const [mine] = await memory.rooms.mine(account, room);
  if (!mine) throw new Error('a room that was just made has its first member');
  return mine;
};

/** The bytes that make two creations the same one. */
const createPayload = ({ clientId: _clientId, ...input }: InputOf<typeof rooms.create>): string =>
  JSON.stringify(['rooms.create', Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1))]);

/** The creator is the owner; of two clicks, the second finds what the first made (docs/protocol.md R55). */
export const create = async (
  world: World,
  input: InputOf<typeof rooms.create>,
  { alive: { account, me } }: Call,
): Promise<
  OutputOf<typeof rooms.create> | Denial<'not-allowed' | 'not-found' | 'bad-text' | 'idempotency-conflict'>
> => {
  const clean = cleanSettings({
    title: input.title,
    description: input.description ?? '',
    emoji: input.emoji ?? '',
    rules: input.rules ?? '',
  });
  if (isDenial(clean)) return clean;
  if (!mayCreate(me.role, input.kind))
    return deny('not-allowed', { detail: 'rooms of this kind are opened by the staff' });
  const settings: RoomSettings = {
    title: clean.title ?? '',
    description: clean.description ?? '',
    emoji: clean.emoji ?? '',
    colour: input.colour ?? 'pen',
    access: input.access ?? 'open',
    posting: input.posting ?? 'members',
    past: input.past ?? 'all',
    ...(clean.rules ? { rules: clean.rules } : {}),
    ...(input.category ? { category: input.category } : {}),
    ...(input.language ? { language: input.language } : {}),
  };
  const payload = createPayload(input);
  return await world.transact(async (memory) => {
    await memory.rooms.lock(`create ${account} ${input.clientId}`);
    const before = await memory.rooms.byClientId(account, input.clientId);
    if (before)
      return before.matches(payload) ? await asMine(memory, account, before.room) : deny('idempotency-conflict');
    if (settings.category && !(await memory.rooms.categories()).some(({ id }) => id === settings.category))
      return deny('not-found', { detail: 'category' });
    const course = input.lesson === undefined ? (input.course ?? null) : await memory.rooms.lessonCourse(input.lesson);
    if (input.lesson !== undefined && (course === null || (input.course !== undefined && input.course !== course)))
      return deny('not-found', { detail: 'lesson' });
    if (course !== null) {
      const state = await memory.rooms.courseState(course);
      const enrolled = await memory.rooms.enrolment(account, course);
      if (state === null || (enrolled === null && me.role !== 'administrator'))
        return deny('not-found', { detail: 'course' });
      if (state === 'archived') return deny('not-allowed', { detail: 'the course is over' });
    }
    const id = world.newId();
    await found(
      world,
      memory,
      {
        id,
        kind: input.kind,
        settings,
        pair: null,
        course,
        lesson: input.lesson ?? null,
        by: account,
        clientId: input.clientId,
        payload,
      },
      [{ type: 'member.joined', account, role: 'owner', past: 'all' }],
    );
    return await asMine(memory, account, id);
  });
};

/** However many ask at once, there is one conversation per pair (docs/protocol.md R52). */
export const openDirect = async (
  world: World,
  input: InputOf<typeof rooms.openDirect>,
  { alive: { account } }: Call,
): Promise<OutputOf<typeof rooms.openDirect> | Denial<'not-found' | 'not-allowed' | 'protected-minor' | 'blocked'>> => {
  if (input.account === account) return deny('not-found');
  const [low, high] = input.account < account ? [input.account, account] : [account, input.account];
  return await world.transact(async (memory) => {
    await memory.rooms.lock(`pair ${low} ${high}`);
    const there = await memory.rooms.pair(account, input.account);
    if (!there) return deny('not-found');
    if (there.room) return await asMine(memory, account, there.room);
    // People one shares no room with are unknown, and stay so (R5)
    if (!there.between.shareRoom && !areColleagues(there.a, there.b)) return deny('not-found');
    const denied = mayTalk({ id: account, ...there.a }, { id: input.account, ...there.b }, there.between);
    if (denied) return denied.deny === 'read-only' ? deny('not-allowed') : deny(denied.deny);
    const id = world.newId();
    await found(
      world,
      memory,
      {
        id,
        kind: 'direct',
        settings: null,
        pair: [low, high],
        course: null,
        lesson: null,
        by: account,
        clientId: null,
        payload: null,
      },
      [
        { type: 'member.joined', account: low, role: 'member', past: 'all' },
        { type: 'member.joined', account: high, role: 'member', past: 'all' },
      ],
    );
    return await asMine(memory, account, id);
  });
};
