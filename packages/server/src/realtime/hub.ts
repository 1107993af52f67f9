/**
 * What was committed reaches the sockets of this node. The log is the truth: the hub applies each room's log in order,
 * memberships included, before it fans out (contract D21); a doorbell that is not the next seq makes it read the log.
 */
import {
  type Bell,
  instant,
  type Placed,
  type PlacedForUser,
  type RoomStanding,
  type StreamsMemory,
  toEvent,
} from '@recreio/core';
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
import { encode } from './frames.ts';
import { makeHeads } from './heads.ts';
import type { Doorbell } from './news.ts';
import { catchUp, catchUpUser, eventFrames } from './resume.ts';

/** A room with connected members on this node. */
interface Served {
  readonly room: string;
  /** Everything after this seq was applied here. */
  readonly since: number;
  applied: number;
  ordinal: number;
  at: string;
  /** Connected members. */
  readonly members: Map<string, Set<Connection>>;
  readonly subscriptions: Set<Subscription>;
  /** Memberships that ended, with the seq that ended them: what was read before it is out of date. */
  readonly ended: Map<string, number>;
  /** The newest messages taken away, for those whose counts were read before. */
  readonly taken: { readonly seq: number; readonly ordinal: number }[];
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
  /** Revisions of what is latest-wins of the people here, as the poll has read them. */
  readonly polled: (revisions: ReadonlyMap<string, number>) => void;
  /** Somebody's places have changed: for presence. */
  readonly presenceChanged: (room: string) => void;
  readonly trouble: (where: string, error: unknown) => void;
}

/** Where a room stood when it was read. */
export type RoomStood = Pick<RoomStanding, 'head' | 'ordinal' | 'lastMessageAt'>;

const PULL = 200;
/** More messages are not taken away between reading a person's rooms and placing the person there. */
const TAKEN = 100;

/** Makes the hub of a node. */
export const makeHub = (parts: HubParts) => {
  const { memory, limits, monotonic } = parts;
  const rooms = new Map<string, Served>();
  const people = new Map<string, Person>();
  const heads = makeHeads(monotonic, (room) => rooms.get(room));

  // ---- serving rooms ----

  const serve = (room: string, { head, ordinal, lastMessageAt }: RoomStood): Served => {
    const there = rooms.get(room);
    if (there) return there;
    const served: Served = {
      room,
      since: head,
      applied: head,
      target: head,
      pulling: false,
      ordinal,
      at: lastMessageAt ?? instant(0),
      members: new Map(),
      subscriptions: new Set(),
      ended: new Map(),
      taken: [],
    };
    rooms.set(room, served);
    // Nobody listened to the bells that rang since it was read
    unheard.add(room);
    if (unheard.size === 1) queueMicrotask(() => void listenAgain());
    return served;
  };

  const unheard = new Set<string>();
  const listenAgain = async (): Promise<void> => {
    const fresh = [...unheard];
    unheard.clear();
    try {
      const found = await memory.heads(fresh, []);
      for (const [room, head] of found.rooms) reach(room, head);
    } catch (error) {
      // The poll comes by within a second
      parts.trouble('heads', error);
    }
  };

  /** A room stands at least there: what is missing is read. */
  const reach = (room: string, head: number): void => {
    const served = rooms.get(room);
    if (!served || head <= served.applied) return;
    served.target = Math.max(served.target, head);
    void pull(served);
  };

  const dropIfIdle = (served: Served): void => {
    const { room, members, subscriptions } = served;
    if (members.size === 0 && subscriptions.size === 0 && rooms.get(room) === served) rooms.delete(room);
  };

  const leaveRoom = (served: Served, account: string): void => {
    served.members.delete(account);
    people.get(account)?.rooms.delete(served.room);
    dropIfIdle(served);
  };

  /** A connected person is a member, as was read when the room stood at `stood`: an end applied since then counts for more. */
  const enterRoom = (served: Served, account: string, stood: number): void => {
    const person = people.get(account);
    if (!person || (served.ended.get(account) ?? 0) > stood) return;
    if (stood < served.since) {
      // What happened before this room was served here is not known: read again
      void enterNew(account, served.room);
      return;
    }
    served.members.set(account, person.connections);
    person.rooms.add(served.room);
  };

  const takenAfter = (served: Served, seq: number): number[] =>
    served.taken.flatMap((taken) => (taken.seq > seq ? [taken.ordinal] : []));

  const endSubscription = (served: Served, subscription: Subscription, tell: boolean): void => {
    subscription.state = 'ended';
    served.subscriptions.delete(subscription);
    dropIfIdle(served);
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
      if (outbound.isFull || subscription.sent < first.seq - 1) {
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

  const markHeads = (served: Served, removed: readonly number[]): void => {
    for (const connections of served.members.values()) {
      for (const connection of connections) {
        if (!connection.subscriptions.has(served.room)) heads.mark(connection, served.room, removed);
      }
    }
  };

  // ---- applying the log ----

  /** Applies events that follow on what was applied. */
  const apply = (served: Served, events: readonly RoomEvent[]): void => {
    let batch: RoomEvent[] = [];
    const removed: number[] = [];
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
          removed.push(event.data.message.ordinal);
          served.taken.push({ seq: event.seq, ordinal: event.data.message.ordinal });
          if (served.taken.length > TAKEN) served.taken.shift();
          break;
        case 'member.joined':
          served.ended.delete(event.data.account);
          enterRoom(served, event.data.account, event.seq);
          parts.presenceChanged(served.room);
          break;
        case 'member.left':
        case 'member.removed':
          // The event itself is the last that reaches them (contract D26)
          flush();
          served.ended.set(event.data.account, event.seq);
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
    markHeads(served, removed);
  };

  /** Reads the log from what was applied on, until there is no more; one reader a room. */
  const pull = async (served: Served): Promise<void> => {
    if (served.pulling) return;
    served.pulling = true;
    try {
      for (;;) {
        const { target } = served;
        const events = await memory.tail(served.room, served.applied, PULL);
        if (rooms.get(served.room) !== served) return;
        apply(
          served,
          events.filter(({ seq }) => seq > served.applied),
        );
        // A bell that rang meanwhile may be for what this reading was too early for
        if (events.length < PULL && (served.applied >= served.target || served.target === target)) return;
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
      enterRoom(serve(room, standing), account, standing.head);
      reach(room, standing.head);
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
        const { target } = person;
        const { events } = await memory.userRead(account, person.applied, PULL);
        applyUser(
          account,
          person,
          events.filter(({ seq }) => seq > person.applied),
        );
        if (events.length < PULL && (person.applied >= person.target || person.target === target)) return;
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
    person.target = Math.max(person.target, last.seq);
    if (!person.pulling && events[0]?.seq === person.applied + 1) applyUser(account, person, events);
    else if (last.seq > person.applied) void pullUser(account, person);
  };

  /** A person's stream stands at least there: what is missing is read. */
  const reachUser = (account: string, head: number): void => {
    const person = people.get(account);
    if (!person || head <= person.applied) return;
    person.target = Math.max(person.target, head);
    void pullUser(account, person);
  };

  // ---- the bell ----

  const bell: Bell = {
    ring: (events: readonly Placed[], users: readonly PlacedForUser[]) => {
      // Who rings has committed: trouble here must not look like a failure there. The poll finds what was left out
      try {
        const byRoom = Map.groupBy(events, ({ room }) => room);
        const byAccount = Map.groupBy(users, ({ account }) => account);
        for (const [room, placed] of byRoom) if (rooms.has(room)) offer(room, placed.map(toEvent));
        for (const [account, placed] of byAccount) {
          offerUser(
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
      for (const [room, head] of doorbell.rooms ?? []) reach(room, head);
      for (const [account, head] of doorbell.users ?? []) reachUser(account, head);
    },
    /** Asks the database for the heads of everything served here (contract D20); called every second. */
    poll: async (): Promise<void> => {
      const found = await memory.heads([...rooms.keys()], [...people.keys()]);
      for (const [room, head] of found.rooms) reach(room, head);
      for (const [account, head] of found.users) reachUser(account, head);
      parts.polled(found.revisions);
    },
    /** Every second: heads that are due, and readers that are too slow (contract D22). */
    tick: (): void => {
      heads.send();
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
      reachUser(account, userHead);
    },
    /** Puts the person into the rooms that `welcome` named; what was applied since they were read is told as heads. */
    place: (connection: Connection, mine: readonly MyRoom[]): void => {
      const { account } = connection.actor;
      for (const { room, mine: stood } of mine) {
        const served = serve(room.id, stood);
        const arrived = !served.members.has(account);
        enterRoom(served, account, stood.head);
        if (served.applied > stood.head) heads.mark(connection, room.id, takenAfter(served, stood.head));
        else reach(room.id, stood.head);
        if (arrived) parts.presenceChanged(room.id);
      }
    },
    /** Reads the user stream on from where the connection stands. */
    followUser,
    /** Opens a room's stream at a seq; the caller has checked the cursor and told the client. */
    subscribe: (connection: Connection, room: string, sent: number, stood: RoomStood): void => {
      const served = serve(room, stood);
      enterRoom(served, connection.actor.account, stood.head);
      const before = connection.subscriptions.get(room);
      const subscription: Subscription = { connection, room, state: 'catching', sent };
      connection.subscriptions.set(room, subscription);
      served.subscriptions.add(subscription);
      if (before) endSubscription(served, before, false);
      void follow(served, subscription);
      parts.presenceChanged(room);
    },
    /** Closes a room's stream. */
    unsubscribe: (connection: Connection, room: string): void => {
      const served = rooms.get(room);
      const subscription = connection.subscriptions.get(room);
      if (!served || !subscription) return;
      // What was not sent any more is told as a head
      if (subscription.sent < served.applied) heads.mark(connection, room, takenAfter(served, subscription.sent));
      endSubscription(served, subscription, false);
    },
    /** The connection is gone. */
    remove: (connection: Connection): void => {
      const { account } = connection.actor;
      for (const subscription of connection.subscriptions.values()) {
        const served = rooms.get(subscription.room);
        if (served) endSubscription(served, subscription, false);
      }
      heads.forget(connection);
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
