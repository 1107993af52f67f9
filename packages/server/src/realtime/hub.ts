/**
 * What was committed reaches the sockets of this node. The log is the truth: the hub applies each room's log in order,
 * memberships included, before it fans out (contract D21); a doorbell that is not the next seq makes it read the log.
 */
import { type Bell, instant, type Placed, type PlacedForUser, type StreamsMemory, toEvent } from '@recreio/core';
import {
  CLOSE,
  type Limits,
  type MyRoom,
  type RoomEvent,
  roomStream,
  type UserEvent,
  userStream,
} from '@recreio/protocol';
import type { Connection, Subscription } from './connection.ts';
import { encode, encodeText } from './frames.ts';
import { catchUp, catchUpUser, eventFrames } from './resume.ts';

/** A doorbell to the other nodes: newest seqs only; they read the log themselves. */
export interface Doorbell {
  readonly rooms?: readonly (readonly [string, number])[];
  readonly users?: readonly (readonly [string, number])[];
  readonly revoked?: true;
}

/** A room with connected members on this node. */
interface Served {
  readonly room: string;
  applied: number;
  ordinal: number;
  at: string;
  /** Connected members. */
  readonly members: Map<string, Set<Connection>>;
  readonly subscriptions: Set<Subscription>;
  /** Ordinals taken away since the last heads. */
  removed: number[];
  pulling: boolean;
  target: number;
}

/** A person connected to this node. */
interface Person {
  readonly connections: Set<Connection>;
  readonly rooms: Set<string>;
  applied: number;
  pulling: boolean;
  target: number;
}

/** What the hub is made of. */
export interface HubParts {
  readonly memory: StreamsMemory;
  readonly limits: Limits;
  readonly monotonic: () => number;
  readonly publish: (bell: Doorbell) => void;
  /** Somebody's places have changed: for presence. */
  readonly presenceChanged: (room: string) => void;
  readonly trouble: (where: string, error: unknown) => void;
}

/** Heads are told at most this often to one connection (contract D34). */
const HEADS_MS = 1_000;
const PULL = 200;

/** Makes the hub of a node. */
export const makeHub = (parts: HubParts) => {
  const { memory, limits, monotonic } = parts;
  const rooms = new Map<string, Served>();
  const people = new Map<string, Person>();
  const headsDue = new Set<Connection>();

  // ---- serving rooms ----

  const serve = (room: string, head: number, ordinal: number, at: string): Served => {
    const there = rooms.get(room);
    if (there) return there;
    const served: Served = {
      room,
      applied: head,
      ordinal,
      at,
      members: new Map(),
      subscriptions: new Set(),
      removed: [],
      pulling: false,
      target: head,
    };
    rooms.set(room, served);
    return served;
  };

  const leaveRoom = (served: Served, account: string): void => {
    served.members.delete(account);
    people.get(account)?.rooms.delete(served.room);
    if (served.members.size === 0) rooms.delete(served.room);
  };

  const enterRoom = (served: Served, account: string): void => {
    const person = people.get(account);
    if (!person) return;
    served.members.set(account, person.connections);
    person.rooms.add(served.room);
  };

  const endSubscription = (served: Served, subscription: Subscription, tell: boolean): void => {
    subscription.state = 'ended';
    served.subscriptions.delete(subscription);
    if (subscription.connection.subscriptions.get(served.room) === subscription)
      subscription.connection.subscriptions.delete(served.room);
    if (tell) subscription.connection.send({ t: 'unsubscribed', stream: roomStream(served.room) });
  };

  // ---- fanning out ----

  /** Sends contiguous events to the live subscriptions, one encoding for all of them. */
  const fanOut = (served: Served, events: readonly RoomEvent[]): void => {
    const [first] = events;
    const last = events.at(-1);
    if (!first || !last) return;
    let shared: Buffer[] | null = null;
    for (const subscription of served.subscriptions) {
      if (subscription.state !== 'live') continue;
      const { outbound } = subscription.connection;
      if (outbound.isFull) {
        // It waits in the log, not in memory: read again once the socket has drained (contract D22)
        subscription.state = 'catching';
        void follow(served, subscription);
        continue;
      }
      if (subscription.sent >= last.seq) continue;
      const frames =
        subscription.sent < first.seq
          ? (shared ??= eventFrames(roomStream(served.room), events, limits.pageBytes))
          : eventFrames(
              roomStream(served.room),
              events.filter(({ seq }) => seq > subscription.sent),
              limits.pageBytes,
            );
      for (const frame of frames) outbound.push(frame);
      subscription.sent = last.seq;
    }
  };

  /** Reads the log until the subscription is live. Who is no member any more loses it, and hears no more of the room. */
  const follow = async (served: Served, subscription: Subscription): Promise<void> => {
    const { connection } = subscription;
    try {
      const isMember = await catchUp(subscription, memory, limits, (room) => rooms.get(room)?.applied ?? 0);
      if (isMember) return;
      if (subscription.state !== 'ended') endSubscription(served, subscription, true);
      leaveRoom(served, connection.actor.account);
    } catch (error) {
      parts.trouble('catch-up', error);
      // The log could not be read: the client resumes by its cursor on a new connection
      connection.end(CLOSE.internal, 'resume', false);
    }
  };

  const markHeads = (served: Served): void => {
    for (const connections of served.members.values()) {
      for (const connection of connections) {
        if (connection.subscriptions.has(served.room)) continue;
        connection.dirtyHeads.add(served.room);
        headsDue.add(connection);
      }
    }
  };

  /** Tells heads to connections whose last ones are a second old; the others wait for the next tick. */
  const sendHeads = (): void => {
    const now = monotonic();
    const pieces = new Map<string, string>();
    for (const connection of headsDue) {
      if (connection.closed) {
        headsDue.delete(connection);
        continue;
      }
      if (now - connection.lastHeadsAt < HEADS_MS || connection.outbound.isFull) continue;
      const parts: string[] = [];
      for (const room of connection.dirtyHeads) {
        const served = rooms.get(room);
        if (!served) continue;
        let piece = pieces.get(room);
        if (piece === undefined)
          pieces.set(
            room,
            (piece = JSON.stringify({
              room,
              head: served.applied,
              ordinal: served.ordinal,
              at: served.at,
              ...(served.removed.length > 0 ? { removed: served.removed } : {}),
            })),
          );
        parts.push(piece);
      }
      connection.dirtyHeads.clear();
      headsDue.delete(connection);
      if (parts.length === 0) continue;
      connection.lastHeadsAt = now;
      connection.outbound.push(encodeText(`{"t":"heads","heads":[${parts.join(',')}]}`));
    }
    // Removals stay listed while somebody still has to be told of them
    if (headsDue.size === 0) for (const served of rooms.values()) if (served.removed.length > 0) served.removed = [];
  };

  let headsSoon = false;
  const headsAtEndOfTurn = (): void => {
    if (headsSoon) return;
    headsSoon = true;
    setImmediate(() => {
      headsSoon = false;
      sendHeads();
    });
  };

  // ---- applying the log ----

  /** Applies events that follow on what was applied. */
  const apply = (served: Served, events: readonly RoomEvent[]): void => {
    let batch: RoomEvent[] = [];
    const flush = () => {
      fanOut(served, batch);
      batch = [];
    };
    for (const event of events) {
      served.applied = event.seq;
      batch.push(event);
      switch (event.type) {
        case 'message.sent': {
          served.ordinal = event.data.message.ordinal;
          served.at = event.at;
          const author = people.get(event.actor);
          if (author) {
            // Sending moves the author's own marker, on all devices (docs/protocol.md R37)
            const frame = encode({
              t: 'marker',
              room: served.room,
              seq: event.seq,
              ordinal: served.ordinal,
              unread: 0,
              mentions: 0,
              newest: served.ordinal,
            });
            for (const connection of author.connections) connection.outbound.push(frame);
          }
          break;
        }
        case 'room.changed': {
          const frame = encode({ t: 'room', room: served.room, settings: event.data.settings });
          for (const connections of served.members.values()) {
            for (const connection of connections)
              if (!connection.subscriptions.has(served.room)) connection.outbound.push(frame);
          }
          break;
        }
        case 'message.removed':
          served.removed.push(event.data.message.ordinal);
          break;
        case 'member.joined':
          enterRoom(served, event.data.account);
          parts.presenceChanged(served.room);
          break;
        case 'member.left':
        case 'member.removed':
          // The event itself is the last that reaches them (contract D26)
          flush();
          for (const subscription of served.subscriptions) {
            if (subscription.connection.actor.account === event.data.account)
              endSubscription(served, subscription, true);
          }
          leaveRoom(served, event.data.account);
          parts.presenceChanged(served.room);
          break;
        default:
      }
    }
    flush();
    markHeads(served);
    headsAtEndOfTurn();
  };

  /** Reads the log from what was applied on, until there is no more; one reader a room. */
  const pull = async (served: Served): Promise<void> => {
    if (served.pulling) return;
    served.pulling = true;
    try {
      for (;;) {
        const events = await memory.tail(served.room, served.applied, PULL);
        if (rooms.get(served.room) !== served) return;
        apply(
          served,
          events.filter(({ seq }) => seq > served.applied),
        );
        if (events.length < PULL && served.applied >= served.target) return;
        if (events.length === 0) return;
      }
    } catch (error) {
      // The poll comes by within a second and tries again
      parts.trouble('pull', error);
    } finally {
      served.pulling = false;
    }
  };

  const offer = (room: string, events: readonly RoomEvent[]): void => {
    const served = rooms.get(room);
    const last = events.at(-1);
    if (!served || !last) return;
    served.target = Math.max(served.target, last.seq);
    if (!served.pulling && events[0]?.seq === served.applied + 1) apply(served, events);
    else if (last.seq > served.applied) void pull(served);
  };

  // ---- people's own streams ----

  const applyUser = (account: string, person: Person, events: readonly UserEvent[]): void => {
    const [first] = events;
    const last = events.at(-1);
    if (!first || !last) return;
    person.applied = last.seq;
    const frames = eventFrames(userStream(account), events, limits.pageBytes);
    for (const connection of person.connections) {
      if (!connection.userLive || connection.userSent >= last.seq) continue;
      if (connection.userSent !== first.seq - 1 || connection.outbound.isFull) {
        connection.userLive = false;
        void followUser(connection);
        continue;
      }
      for (const frame of frames) connection.outbound.push(frame);
      connection.userSent = last.seq;
    }
    for (const event of events) if (event.type === 'membership.began') void enterNew(account, event.data.room);
  };

  const followUser = async (connection: Connection): Promise<void> => {
    const { account } = connection.actor;
    try {
      await catchUpUser(connection, memory, limits, () => people.get(account)?.applied ?? 0);
    } catch (error) {
      parts.trouble('user catch-up', error);
      connection.end(CLOSE.internal, 'resume', false);
    }
  };

  /** A room that this node did not serve yet has a member here now. */
  const enterNew = async (account: string, room: string): Promise<void> => {
    if (rooms.get(room)?.members.has(account)) return;
    try {
      const standing = await memory.standing(account, room, 0);
      if (!standing || !people.has(account)) return;
      const served = serve(room, standing.head, standing.ordinal, standing.lastMessageAt ?? instant(0));
      enterRoom(served, account);
      if (served.applied < standing.head) void pull(served);
      parts.presenceChanged(room);
    } catch (error) {
      parts.trouble('enter', error);
    }
  };

  const pullUser = async (account: string, person: Person): Promise<void> => {
    if (person.pulling) return;
    person.pulling = true;
    try {
      for (;;) {
        const { events } = await memory.userRead(account, person.applied, PULL);
        applyUser(
          account,
          person,
          events.filter(({ seq }) => seq > person.applied),
        );
        if (events.length < PULL) return;
      }
    } catch (error) {
      parts.trouble('user pull', error);
    } finally {
      person.pulling = false;
    }
  };

  const offerUser = (account: string, events: readonly UserEvent[]): void => {
    const person = people.get(account);
    const last = events.at(-1);
    if (!person || !last) return;
    if (!person.pulling && events[0]?.seq === person.applied + 1) applyUser(account, person, events);
    else if (last.seq > person.applied) void pullUser(account, person);
  };

  // ---- the bell ----

  const bell: Bell = {
    ring: (events: readonly Placed[], users: readonly PlacedForUser[]) => {
      const byRoom = Map.groupBy(events, ({ room }) => room);
      const byAccount = Map.groupBy(users, ({ account }) => account);
      for (const [room, placed] of byRoom) if (rooms.has(room)) offer(room, placed.map(toEvent));
      for (const [account, placed] of byAccount)
        offerUser(
          account,
          placed.map(({ event }) => event),
        );
      parts.publish({
        rooms: [...byRoom].map(([room, placed]) => [room, placed.at(-1)?.seq ?? 0] as const),
        users: [...byAccount].map(([account, placed]) => [account, placed.at(-1)?.event.seq ?? 0] as const),
      });
    },
  };

  return {
    bell,
    /** A doorbell from another node: a hint to read. */
    heard: (doorbell: Doorbell): void => {
      for (const [room, head] of doorbell.rooms ?? []) {
        const served = rooms.get(room);
        if (served && head > served.applied) {
          served.target = Math.max(served.target, head);
          void pull(served);
        }
      }
      for (const [account, head] of doorbell.users ?? []) {
        const person = people.get(account);
        if (person && head > person.applied) void pullUser(account, person);
      }
    },
    /** Asks the database for the heads of everything served here (contract D20); called every second. */
    poll: async (): Promise<void> => {
      const heads = await memory.heads([...rooms.keys()], [...people.keys()]);
      for (const [room, head] of heads.rooms) {
        const served = rooms.get(room);
        if (served && head > served.applied) void pull(served);
      }
      for (const [account, head] of heads.users) {
        const person = people.get(account);
        if (person && head > person.applied) void pullUser(account, person);
      }
    },
    /** Every second: heads that are due, and readers that are too slow (contract D22). */
    tick: (): void => {
      sendHeads();
      const now = monotonic();
      for (const { connections } of people.values()) {
        for (const connection of connections) {
          const { fullSince } = connection.outbound;
          if (fullSince !== null && now - fullSince >= limits.slowConsumerMs)
            connection.end(CLOSE.slowConsumer, 'too slow', false);
        }
      }
    },
    /** A signed-in connection: its user stream from `userHead` on. Its rooms follow with `place`, in the turn they were read. */
    add: (connection: Connection, userHead: number): void => {
      const { account } = connection.actor;
      const person = people.get(account) ?? {
        connections: new Set(),
        rooms: new Set(),
        applied: userHead,
        pulling: false,
        target: userHead,
      };
      people.set(account, person);
      person.connections.add(connection);
      if (userHead > person.applied) void pullUser(account, person);
    },
    /** Puts the person into the rooms that `welcome` named; what was applied since they were read is told as heads. */
    place: (connection: Connection, mine: readonly MyRoom[]): void => {
      for (const {
        room: { id },
        mine: { head, ordinal, lastMessageAt },
      } of mine) {
        const served = serve(id, head, ordinal, lastMessageAt ?? instant(0));
        const arrived = !served.members.has(connection.actor.account);
        enterRoom(served, connection.actor.account);
        if (served.applied < head) {
          served.target = Math.max(served.target, head);
          void pull(served);
        } else if (served.applied > head) {
          connection.dirtyHeads.add(id);
          headsDue.add(connection);
          headsAtEndOfTurn();
        }
        if (arrived) parts.presenceChanged(id);
      }
    },
    /** Reads the user stream on from where the connection stands. */
    followUser,
    /** Opens a room's stream at a seq; the caller has checked the cursor and told the client. */
    subscribe: (connection: Connection, room: string, sent: number, standing: RoomStanding): void => {
      const served = serve(room, standing.head, standing.ordinal, standing.lastMessageAt ?? instant(0));
      enterRoom(served, connection.actor.account);
      const before = connection.subscriptions.get(room);
      if (before) endSubscription(served, before, false);
      const subscription: Subscription = { connection, room, state: 'catching', sent };
      connection.subscriptions.set(room, subscription);
      served.subscriptions.add(subscription);
      void follow(served, subscription);
      parts.presenceChanged(room);
    },
    /** Closes a room's stream. */
    unsubscribe: (connection: Connection, room: string): void => {
      const served = rooms.get(room);
      const subscription = connection.subscriptions.get(room);
      if (served && subscription) endSubscription(served, subscription, false);
    },
    /** The connection is gone. */
    remove: (connection: Connection): void => {
      const { account } = connection.actor;
      for (const subscription of connection.subscriptions.values()) {
        const served = rooms.get(subscription.room);
        if (served) endSubscription(served, subscription, false);
      }
      headsDue.delete(connection);
      const person = people.get(account);
      if (!person) return;
      person.connections.delete(connection);
      if (person.connections.size > 0) return;
      people.delete(account);
      for (const room of person.rooms) {
        const served = rooms.get(room);
        if (served) leaveRoom(served, account);
        parts.presenceChanged(room);
      }
    },
    /** Everyone connected here, for revocations and goodbyes. */
    connections: function* (): Generator<Connection> {
      for (const { connections } of people.values()) yield* connections;
    },
    /** The connections of a person. */
    connectionsOf: (account: string): Iterable<Connection> => people.get(account)?.connections ?? [],
    /** Accounts of this node that are in a room now, and the connections that have it open. */
    inRoom: (room: string): { readonly accounts: Iterable<string>; readonly subscriptions: Iterable<Subscription> } => {
      const served = rooms.get(room);
      return { accounts: served?.members.keys() ?? [], subscriptions: served?.subscriptions ?? [] };
    },
    /** The rooms of a connected person. */
    roomsOf: (account: string): Iterable<string> => people.get(account)?.rooms ?? [],
  };
};

/** The hub's face. */
export type Hub = ReturnType<typeof makeHub>;
