/**
 * What was committed reaches the sockets of this node. The log is the truth: rooms and people apply theirs in order before
 * anything is sent (contract D21), and a doorbell is a hint to read (contract D20).
 */
import { type Bell, type Placed, type PlacedForUser, type StreamsMemory, toEvent } from '@recreio/core';
import { CLOSE, type Limits, type MyRoom } from '@recreio/protocol';
import type { Connection } from './connection.ts';
import type { Doorbell } from './news.ts';
import { makePeople, type People } from './people.ts';
import { makeRooms } from './rooms.ts';

/** What the hub is made of. */
export interface HubParts {
  readonly memory: StreamsMemory;
  readonly limits: Limits;
  readonly monotonic: () => number;
  readonly publish: (bell: Doorbell) => void;
  /** Revisions of what is latest-wins of the people here, as the poll has read them. */
  readonly polled: (revisions: ReadonlyMap<string, number>) => void;
  /** Somebody's places have changed: for presence. */
  readonly presenceChanged: (room: string) => void;
  readonly trouble: (where: string, error: unknown) => void;
}

/** Makes the hub of a node. */
export const makeHub = (parts: HubParts) => {
  const { memory, limits, monotonic, trouble } = parts;
  const rooms = makeRooms({
    memory,
    limits,
    monotonic,
    people: (): People => people,
    presenceChanged: parts.presenceChanged,
    trouble,
  });
  const people = makePeople({ memory, limits, began: (account, room) => void rooms.enterNew(account, room), trouble });

  const bell: Bell = {
    ring: (events: readonly Placed[], users: readonly PlacedForUser[]) => {
      // Who rings has committed: trouble here must not look like a failure there. The poll finds what was left out
      try {
        const byRoom = Map.groupBy(events, ({ room }) => room);
        const byAccount = Map.groupBy(users, ({ account }) => account);
        for (const [room, placed] of byRoom) if (rooms.isServed(room)) rooms.offer(room, placed.map(toEvent));
        for (const [account, placed] of byAccount) {
          people.offer(
            account,
            placed.map(({ event }) => event),
          );
        }
        parts.publish({
          rooms: [...byRoom].map(([room, placed]) => [room, placed.at(-1)?.seq ?? 0]),
          users: [...byAccount].map(([account, placed]) => [account, placed.at(-1)?.event.seq ?? 0]),
        });
      } catch (error) {
        parts.trouble('ring', error);
      }
    },
  };

  return {
    bell,
    /** A doorbell from another node: a hint to read. */
    heard: (doorbell: Doorbell): void => {
      for (const [room, head] of doorbell.rooms ?? []) rooms.reach(room, head);
      for (const [account, head] of doorbell.users ?? []) people.reach(account, head);
    },
    /** Asks the database for the heads of everything served here (contract D20); called every second. */
    poll: async (): Promise<void> => {
      const found = await memory.heads([...rooms.ids()], [...people.accounts()]);
      for (const [room, head] of found.rooms) rooms.reach(room, head);
      for (const [account, head] of found.users) people.reach(account, head);
      parts.polled(found.revisions);
    },
    /** Every second: heads that are due, and readers that are too slow (contract D22). */
    tick: (): void => {
      rooms.tellHeads();
      const now = monotonic();
      for (const connection of people.connections()) {
        const { fullSince } = connection.outbound;
        if (fullSince !== null && now - fullSince >= limits.slowConsumerMs)
          connection.end(CLOSE.slowConsumer, 'too slow', false);
      }
    },
    /** A signed-in connection: its user stream from `userHead` on. Its rooms follow with `place`, in the turn they were read. */
    add: people.add,
    /** Puts the person into the rooms that `welcome` named; what was applied since they were read is told as heads. */
    place: (connection: Connection, mine: readonly MyRoom[]): void => rooms.place(connection, mine),
    /** Reads the user stream on from where the connection stands. */
    followUser: people.follow,
    /** Opens a room's stream at a seq; the caller has checked the cursor and told the client. */
    subscribe: rooms.subscribe,
    /** Closes a room's stream. */
    unsubscribe: rooms.unsubscribe,
    /** The connection is gone. */
    remove: (connection: Connection): void => rooms.remove(connection, people.remove(connection)),
    /** Everyone connected here, for revocations and goodbyes. */
    connections: people.connections,
    /** The connections of a person. */
    connectionsOf: people.connectionsOf,
    /** Accounts of this node that are in a room now, and the connections that have it open. */
    inRoom: rooms.inRoom,
    /** The rooms of a connected person. */
    roomsOf: (account: string): Iterable<string> => people.get(account)?.rooms ?? [],
  };
};

/** The hub's face. */
export type Hub = ReturnType<typeof makeHub>;
