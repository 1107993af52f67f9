/** Facts for tables of policies: a room with people in it, without memory. */
import type { Role, RoomRole, RoomSettings } from '@recreio/protocol';
import { type Facts, key, type PairFact, type RoomFact } from '../streams/facts.ts';

/** Someone of the table: what they are in school, and in the room (null: not in it). */
export interface Cast {
  readonly id: string;
  readonly school?: Role;
  readonly minor?: boolean;
  readonly role: RoomRole | null;
}

/** Settings of an ordinary room. */
export const SETTINGS: RoomSettings = {
  title: 'Clube de leitura',
  description: '',
  emoji: '',
  colour: 'pen',
  access: 'open',
  posting: 'members',
  past: 'all',
};

/** The room of the table. */
export const ROOM = 'room';

/** A room's facts with these people; `settings: null` and a pair make it a private conversation. */
export const factsOf = (
  people: readonly Cast[],
  room: Partial<RoomFact> = {},
  between: PairFact = { shareRoom: true, staff: [], blocked: false, allowed: 'everyone' },
): { facts: Facts; room: RoomFact } => {
  const members = people.filter(({ role }) => role !== null);
  const fact: RoomFact = {
    id: ROOM,
    kind: 'topic',
    settings: SETTINGS,
    archived: false,
    course: null,
    pair: null,
    head: 9,
    ordinal: 3,
    lastAt: 1_000,
    owners: members.filter(({ role }) => role === 'owner').length,
    members: members.length,
    ...room,
  };
  const facts: Facts = {
    epoch: 'epoch',
    clock: 2_000,
    rooms: new Map([[ROOM, fact]]),
    members: new Map(
      members.map(({ id, role }) => [key(ROOM, id), { role: role ?? 'member', spans: [[1, Infinity] as const] }]),
    ),
    restrictions: new Map(),
    accounts: new Map(
      people.map(({ id, school = 'student', minor = false }) => [id, { role: school, minor, disabled: false }]),
    ),
    sessions: new Set(),
    messages: new Map(),
    threads: new Map(),
    reactions: new Set(),
    pins: new Map(),
    notices: new Map(),
    callsToAll: new Map(),
    urgents: new Map(),
    forwards: new Map(),
    priors: new Map(),
    hearers: new Map(),
    done: new Map(),
    pairs: fact.pair ? new Map([[ROOM, between]]) : new Map(),
    circles: new Map(),
    enrolled: new Map(),
    tied: new Set(),
    invitations: new Map(),
    categories: new Set(),
    blocks: new Set(),
  };
  return { facts, room: fact };
};
