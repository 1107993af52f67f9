/**
 * A world whose clock stands where it is put, inside one transaction that nobody else sees yet. The rules are the real ones;
 * facts are read once a room and folded from then on, because nobody else changes them, and what is decided is held back and
 * written in few statements.
 */
import {
  type Actor,
  execute,
  type Facts,
  type FlushTransaction,
  flusher,
  type Memory,
  type RoomFact,
  type World,
  type Written,
} from '@recreio/core';
import { toneOf } from '@recreio/core/accounts/policy.ts';
import { PEOPLE, type PersonKey } from '@recreio/demo-school/people.ts';
import type { CommandName, Commands, InputOf, OutputOf } from '@recreio/protocol';
import type { TransactionMemory } from '../demo.ts';

/** The past, in which people can be made to act. */
export interface Past {
  /** Has a person of the school do something at an instant. Throws, naming the step, when a rule refuses it. */
  act<N extends CommandName>(step: {
    readonly at: Date;
    readonly by: PersonKey;
    readonly name: N;
    readonly input: InputOf<Commands[N]>;
    /** Where and to what, for the error. */
    readonly about: string;
  }): Promise<OutputOf<Commands[N]>>;
  /** The id that the next room gets. */
  nextRoom(id: string): void;
  /** Writes what is held back. */
  settle(): Promise<void>;
  readonly newId: () => string;
}

/** Everybody; a room's facts are read for all of them at once. */
const people = Object.values(PEOPLE);

const nothing: Written = { events: [], rooms: [], users: [], done: [] };

/** Nobody has chosen anything of their own yet. */
const privacy = { asksFirst: false, invisible: false, hidesReading: false };

/** The corridor asks twice whether somebody is there: its commands, and the flusher. In the past everybody is. */
const aliveAt = (now: number) => (actor: Actor) => {
  const person = people.find(({ id }) => id === actor.account);
  return Promise.resolve(
    person
      ? {
          ...actor,
          me: { ...person, tone: toneOf(person.id), version: 1, privacy, timeZone: null },
          assuredAt: now,
          now,
        }
      : null,
  );
};

/** Opens the past over the memory of one transaction. */
export const openPast = (world: World, memory: TransactionMemory): Past => {
  const session = world.newId();
  let clock = 0;
  let roomId: string | null = null;
  let held = nothing;
  const read = new Map<string, Facts>();

  const settle = async (): Promise<void> => {
    const written = held;
    held = nothing;
    if (written.events.length > 0) await memory.rooms.append(written);
  };

  const factsOf = async (room: string, actor: string): Promise<Facts> => {
    const known = read.get(room) ?? (await memory.facts([{ actor, session, request: aboutAll(room) }]));
    read.set(room, known);
    return { ...known, clock, sessions: new Set([session]) };
  };

  const hold = async (written: Written): Promise<void> => {
    // What goes to people's own streams takes the time of the newest event it is written with: so only with its own
    const isPunctual = held.users.length > 0 || held.done.length > 0;
    if (isPunctual && held.events.at(-1)?.at !== written.events[0]?.at) await settle();
    const rooms = new Map([...held.rooms, ...written.rooms].map((room): [string, RoomFact] => [room.id, room]));
    held = {
      events: [...held.events, ...written.events],
      rooms: [...rooms.values()],
      users: [...held.users, ...written.users],
      done: [...held.done, ...written.done],
    };
  };

  const begin = async (): Promise<FlushTransaction> => ({
    read: async (requests) => {
      const [only, ...others] = requests;
      if (!only || others.length > 0) throw new Error('in the past one step is taken after another');
      const { room, thread } = only.request;
      const facts = await factsOf(room, only.actor);
      // Nobody else has said anything in it
      if (thread !== undefined && !facts.threads.has(thread))
        facts.threads.set(thread, { ordinal: 0, follows: new Map() });
      return { locked: new Set([room]), unknown: new Set(), facts };
    },
    commit: async (written) => {
      await hold(written);
      return [];
    },
    rollback: async () => undefined,
  });

  const inside: Memory = {
    ...world.memory,
    accounts: { ...memory.accounts, alive: (actor) => aliveAt(clock)(actor) },
    rooms: { ...memory.rooms, now: async () => clock },
    saved: memory.saved,
    school: memory.school,
    audit: memory.audit,
    joining: memory.joining,
  };
  const pastWorld: World = {
    ...world,
    memory: inside,
    transact: async (work) => {
      await settle();
      return await work(inside);
    },
    flusher: flusher({
      memory: { begin },
      bell: { ring: () => undefined },
      follows: [world.follow],
      newId: world.newId,
      monotonic: () => performance.now(),
      pause: async () => undefined,
    }),
    presence: {
      ...world.presence,
      marker: () => undefined,
      saved: () => undefined,
      school: () => undefined,
      me: () => undefined,
    },
    quota: () => null,
    // A new room asks for its id first
    newId: () => {
      const id = roomId ?? world.newId();
      roomId = null;
      return id;
    },
  };

  return {
    act: async ({ at, by, name, input, about }) => {
      clock = at.getTime();
      const actor = { account: PEOPLE[by].id, session };
      const done = await execute(pastWorld, { actor, address: 'demo', device: 'demo' }, name, input);
      if (done.ok) return done.output;
      const { code, detail = '' } = done.problem;
      throw new Error(`The demo school cannot be seeded: ${about}: ${name} by ${by} was refused as ${code} ${detail}`);
    },
    nextRoom: (id) => {
      roomId = id;
    },
    settle,
    newId: world.newId,
  };
};

const aboutAll = (room: string) => ({ room, people: people.map(({ id }) => id), enrolment: true });
