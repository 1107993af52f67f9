/** The people connected to this node, and their own streams: applied in order, as a room's log is (contract D21, D35). */
import type { StreamsMemory } from '@recreio/core';
import { CLOSE, type Limits, type UserEvent, userStream } from '@recreio/protocol';
import type { Connection } from './connection.ts';
import { catchUpUser, eventFrames } from './resume.ts';

/** A person connected to this node. */
export interface Person {
  readonly connections: Set<Connection>;
  /** The rooms that the person is a member of, as this node has applied them. */
  readonly rooms: Set<string>;
  applied: number;
  pulling: boolean;
  target: number;
}

/** What they are made of. */
export interface PeopleParts {
  readonly memory: StreamsMemory;
  readonly limits: Limits;
  /** A membership began: the room may be new to this node. */
  readonly began: (account: string, room: string) => void;
  readonly trouble: (where: string, error: unknown) => void;
}

const PULL = 200;

/** Makes the people of a node. */
export const makePeople = ({ memory, limits, began, trouble }: PeopleParts) => {
  const people = new Map<string, Person>();

  const apply = (account: string, person: Person, events: readonly UserEvent[]): void => {
    const [first] = events;
    const last = events.at(-1);
    if (!first || !last) return;
    person.applied = last.seq;
    const frames = eventFrames(userStream(account), events, limits.pageBytes);
    for (const connection of person.connections) {
      if (!connection.userLive || connection.userSent >= last.seq) continue;
      if (connection.userSent !== first.seq - 1 || connection.outbound.isFull) {
        connection.userLive = false;
        void follow(connection);
        continue;
      }
      for (const frame of frames) connection.outbound.push(frame);
      connection.userSent = last.seq;
    }
    for (const event of events) if (event.type === 'membership.began') began(account, event.data.room);
  };

  /** Reads the user stream on from where the connection stands. */
  const follow = async (connection: Connection): Promise<void> => {
    const { account } = connection.actor;
    try {
      await catchUpUser(connection, memory, limits, () => people.get(account)?.applied ?? 0);
    } catch (error) {
      trouble('user catch-up', error);
      connection.end(CLOSE.internal, 'resume', false);
    }
  };

  const pull = async (account: string, person: Person): Promise<void> => {
    if (person.pulling) return;
    person.pulling = true;
    try {
      for (;;) {
        const { target } = person;
        const { events } = await memory.userRead(account, person.applied, PULL);
        apply(
          account,
          person,
          events.filter(({ seq }) => seq > person.applied),
        );
        if (events.length < PULL && (person.applied >= person.target || person.target === target)) return;
      }
    } catch (error) {
      trouble('user pull', error);
    } finally {
      person.pulling = false;
    }
  };

  const offer = (account: string, events: readonly UserEvent[]): void => {
    const person = people.get(account);
    const last = events.at(-1);
    if (!person || !last) return;
    person.target = Math.max(person.target, last.seq);
    if (!person.pulling && events[0]?.seq === person.applied + 1) apply(account, person, events);
    else if (last.seq > person.applied) void pull(account, person);
  };

  /** A person's stream stands at least there: what is missing is read. */
  const reach = (account: string, head: number): void => {
    const person = people.get(account);
    if (!person || head <= person.applied) return;
    person.target = Math.max(person.target, head);
    void pull(account, person);
  };

  return {
    follow,
    offer,
    reach,
    /** The person, while connected here. */
    get: (account: string): Person | undefined => people.get(account),
    /** Everybody here. */
    accounts: (): Iterable<string> => people.keys(),
    /** A signed-in connection: its user stream from `head` on. */
    add: (connection: Connection, head: number): void => {
      const { account } = connection.actor;
      const person = people.get(account) ?? {
        connections: new Set(),
        rooms: new Set(),
        applied: head,
        pulling: false,
        target: head,
      };
      people.set(account, person);
      person.connections.add(connection);
      reach(account, head);
    },
    /** The connection is gone; answers with the person whose last one here it was. */
    remove: (connection: Connection): Person | null => {
      const { account } = connection.actor;
      const person = people.get(account);
      if (!person?.connections.delete(connection) || person.connections.size > 0) return null;
      people.delete(account);
      return person;
    },
    /** Everyone connected here, for revocations and goodbyes. */
    connections: function* (): Generator<Connection> {
      for (const { connections } of people.values()) yield* connections;
    },
    /** The connections of a person. */
    connectionsOf: (account: string): Iterable<Connection> => people.get(account)?.connections ?? [],
  };
};

/** The people of a node. */
export type People = ReturnType<typeof makePeople>;
