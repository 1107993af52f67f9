/**
 * The rooms of the people on this node. Each room's log is applied in order, memberships included, before anything of it is
 * sent (contract D21); what is not the next seq makes the log be read.
 */
import { instant, type RoomStanding, type StreamsMemory } from '@recreio/core';
import { CLOSE, type Limits, type MyRoom, type RoomEvent, roomStream } from '@recreio/protocol';
import { type Call, makeCalled } from './called.ts';
import type { Connection, Subscription } from './connection.ts';
import { encode } from './frames.ts';
import { makeHeads } from './heads.ts';
import type { People, Person } from './people.ts';
import { makeMissed } from './missed.ts';
import { catchUp, eventFrames } from './resume.ts';

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
  /** Connections of members that look elsewhere and have been told all there is of this room's heads (contract D34). */
  readonly elsewhere: Set<Connection>;
  /** Memberships that ended, with the seq that ended them: what was read before it is out of date. */
  readonly ended: Map<string, number>;
  /** The newest messages taken away, for those whose counts were read before. */
  readonly taken: { readonly seq: number; readonly ordinal: number }[];
  /** The newest messages that call everybody, likewise. */
  readonly calls: Call[];
  pulling: boolean;
  target: number;
}

/** What they are made of. */
export interface RoomsParts {
  readonly memory: StreamsMemory;
  readonly limits: Limits;
  readonly monotonic: () => number;
  readonly people: () => People;
  /** Somebody's places have changed: for presence. */
  readonly presenceChanged: (room: string) => void;
  readonly trouble: (where: string, error: unknown) => void;
}

/** Where a room stood when it was read. */
export type RoomStood = Pick<RoomStanding, 'head' | 'ordinal' | 'lastMessageAt'>;

const PULL = 200;
/** More messages are not taken away between reading a person's rooms and placing the person there. */
const TAKEN = 100;
/** To this many at once it is sent behind what concerns fewer (performance.md, "Pace big rooms"). */
const MANY = 200;

/** Makes the rooms of a node. */
export const makeRooms = (parts: RoomsParts) => {
  const { memory, limits, monotonic } = parts;
  const missed = makeMissed(memory, limits, monotonic);
  const called = makeCalled(memory, parts.trouble);
  const rooms = new Map<string, Served>();
  const personOf = (account: string): Person | undefined => parts.people().get(account);

  /** From now on the connection is told when the room moves on; not while it has it open, or will be told anyway. */
  const listen = (served: Served, connection: Connection): void => {
    const { room } = served;
    if (connection.closed || connection.subscriptions.has(room) || connection.dirtyHeads.has(room)) return;
    if (served.members.get(connection.actor.account)?.has(connection) === true) served.elsewhere.add(connection);
  };
  const heads = makeHeads(
    monotonic,
    (room) => rooms.get(room),
    (connection, room) => {
      const served = rooms.get(room);
      if (served) listen(served, connection);
    },
  );

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
      elsewhere: new Set(),
      ended: new Map(),
      taken: [],
      calls: [],
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
    for (const connection of served.members.get(account) ?? []) {
      served.elsewhere.delete(connection);
      // Who left is not told how the room goes on (contract D26)
      connection.dirtyHeads.delete(served.room);
    }
    served.members.delete(account);
    personOf(account)?.rooms.delete(served.room);
    dropIfIdle(served);
  };

  /** A connected person is a member, as was read when the room stood at `stood`: an end applied since then counts for more. */
  const enterRoom = (served: Served, account: string, stood: number): void => {
    const person = personOf(account);
    if (!person || (served.ended.get(account) ?? 0) > stood) return;
    if (stood < served.since) {
      // What happened before this room was served here is not known: read again
      void enterNew(account, served.room);
      return;
    }
    served.members.set(account, person.connections);
    person.rooms.add(served.room);
    for (const connection of person.connections) listen(served, connection);
  };

  const takenAfter = (served: Served, seq: number): number[] =>
    served.taken.flatMap((taken) => (taken.seq > seq ? [taken.ordinal] : []));

  const endSubscription = (served: Served, subscription: Subscription, tell: boolean): void => {
    subscription.state = 'ended';
    served.subscriptions.delete(subscription);
    dropIfIdle(served);
    if (subscription.connection.subscriptions.get(served.room) === subscription)
      subscription.connection.subscriptions.delete(served.room);
    listen(served, subscription.connection);
    if (tell) subscription.connection.send({ t: 'unsubscribed', stream: roomStream(served.room) });
  };

  // ---- fanning out ----

  /** Sends contiguous events to the live subscriptions, one encoding for all of them. */
  const fanOut = (served: Served, events: readonly RoomEvent[]): void => {
    const [first] = events;
    const last = events.at(-1);
    if (!first || !last) return;
    missed.forget(served.room);
    let shared: Buffer[] | null = null;
    const isWide = served.subscriptions.size > MANY;
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
      for (const frame of frames) outbound.push(frame, isWide);
      subscription.sent = last.seq;
    }
  };

  /** Reads the log until the subscription is live. Who is no member any more loses it. */
  const follow = async (served: Served, subscription: Subscription): Promise<void> => {
    const { connection } = subscription;
    try {
      const isMember = await catchUp(subscription, memory, limits, (room) => rooms.get(room)?.applied ?? 0);
      // Who is a member here follows from the log alone: who was none when it was read may have come back since
      if (!isMember && subscription.state !== 'ended') endSubscription(served, subscription, true);
    } catch (error) {
      parts.trouble('catch-up', error);
      // The log could not be read: the client resumes by its cursor on a new connection
      connection.end(CLOSE.internal, 'resume', false);
    }
  };

  /** Sends what everybody missed who comes back now, read once for all; where the room has moved on meanwhile, reads for itself. */
  const catchUpTogether = async (served: Served, subscription: Subscription): Promise<void> => {
    const { room, applied } = served;
    const { connection } = subscription;
    // An outage is met again below, and waited for there
    const frames = await missed.frames(room, subscription.sent, applied).catch(() => null);
    if (subscription.state !== 'catching' || connection.closed) return undefined;
    const stands = rooms.get(room) === served && served.applied === applied;
    if (!frames || !stands || !served.members.has(connection.actor.account) || connection.outbound.isFull)
      return await follow(served, subscription);
    for (const frame of frames) connection.outbound.push(frame);
    subscription.sent = applied;
    subscription.state = 'live';
    return undefined;
  };

  /** Those who look elsewhere are told how far it is; once marked, a connection is looked at again when it has been told. */
  const markHeads = (served: Served, removed: readonly number[]): void => {
    if (removed.length > 0) {
      for (const connections of served.members.values()) {
        for (const connection of connections) {
          if (!connection.subscriptions.has(served.room)) heads.mark(connection, served.room, removed);
        }
      }
    } else {
      for (const connection of served.elsewhere) heads.mark(connection, served.room);
    }
    served.elsewhere.clear();
  };

  /** To the members that have not opened the room. */
  const tellAside = (served: Served, frame: Buffer): void => {
    for (const connections of served.members.values()) {
      for (const connection of connections)
        if (!connection.subscriptions.has(served.room)) connection.outbound.push(frame);
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
          // Of a thread's reply those hear who follow it, by their own streams
          if (event.data.message.thread !== undefined) break;
          served.ordinal = event.data.message.ordinal;
          served.at = event.at;
          const author = personOf(event.actor);
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
          if (event.data.message.everyone) called.take(served, event);
          break;
        }
        case 'room.changed': {
          tellAside(served, encode({ t: 'room', room: served.room, settings: event.data.settings }));
          break;
        }
        case 'room.archived':
        case 'room.reopened': {
          const archivedAt = event.type === 'room.archived' ? event.at : null;
          tellAside(served, encode({ t: 'room', room: served.room, settings: {}, archivedAt }));
          break;
        }
        case 'message.removed':
          if (event.data.message.thread !== undefined) {
            const { id, thread } = event.data.message;
            tellAside(served, encode({ t: 'reply-removed', room: served.room, thread, message: id }));
            break;
          }
          removed.push(event.data.message.ordinal);
          served.taken.push({ seq: event.seq, ordinal: event.data.message.ordinal });
          if (served.taken.length > TAKEN) served.taken.shift();
          break;
        case 'message.required':
        case 'message.released': {
          // Each asks what they have to read; with the room open they have the event as well
          const frame = encode({ t: 'notices' });
          for (const connections of served.members.values())
            for (const connection of connections) connection.outbound.push(frame);
          break;
        }
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

  /** A room that this node did not serve yet has a member here now. */
  const enterNew = async (account: string, room: string): Promise<void> => {
    if (rooms.get(room)?.members.has(account)) return;
    try {
      const standing = await memory.standing(account, room, 0);
      if (!standing || !personOf(account)) return;
      enterRoom(serve(room, standing), account, standing.head);
      reach(room, standing.head);
      parts.presenceChanged(room);
    } catch (error) {
      parts.trouble('enter', error);
    }
  };

  return {
    enterNew,
    reach,
    /** Events that were just committed here. */
    offer,
    isServed: (room: string): boolean => rooms.has(room),
    /** All that are served here. */
    ids: (): Iterable<string> => rooms.keys(),
    /** Every second: heads that are due; what was kept for those who come back is forgotten. */
    tellHeads: (): void => {
      heads.send();
      missed.tick();
      called.tick();
    },
    /** Puts the person into the rooms that `welcome` named; what was applied since they were read is told as heads. */
    place: (connection: Connection, mine: readonly MyRoom[]): void => {
      const { account } = connection.actor;
      for (const { room, mine: stood } of mine) {
        const served = serve(room.id, stood);
        const arrived = !served.members.has(account);
        enterRoom(served, account, stood.head);
        if (served.applied > stood.head) {
          heads.mark(connection, room.id, takenAfter(served, stood.head));
          called.missed(served, connection, stood.head);
        } else reach(room.id, stood.head);
        if (arrived) parts.presenceChanged(room.id);
      }
    },
    /** Opens a room's stream at a seq; the caller has checked the cursor and told the client. */
    subscribe: (connection: Connection, room: string, sent: number, stood: RoomStanding): void => {
      const served = serve(room, stood);
      enterRoom(served, connection.actor.account, stood.head);
      const before = connection.subscriptions.get(room);
      const subscription: Subscription = { connection, room, state: 'catching', sent };
      connection.subscriptions.set(room, subscription);
      served.elsewhere.delete(connection);
      served.subscriptions.add(subscription);
      if (before) endSubscription(served, before, false);
      // Nothing missed, and a member as the log stands here: it is live without reading
      const isMember = served.members.has(connection.actor.account);
      if (isMember && sent === served.applied) subscription.state = 'live';
      else if (isMember && sent < served.applied && served.applied <= stood.head && stood.visibleFrom <= sent + 1)
        void catchUpTogether(served, subscription);
      else void follow(served, subscription);
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
    /** A connection is gone, and with `person` all that the person had here. */
    remove: (connection: Connection, person: Person | null): void => {
      const { account } = connection.actor;
      for (const subscription of connection.subscriptions.values()) {
        const served = rooms.get(subscription.room);
        if (served) endSubscription(served, subscription, false);
      }
      heads.forget(connection);
      for (const room of (person ?? personOf(account))?.rooms ?? []) {
        const served = rooms.get(room);
        served?.elsewhere.delete(connection);
        if (!person) continue;
        if (served) leaveRoom(served, account);
        parts.presenceChanged(room);
      }
    },
    /** Accounts of this node that are in a room now, and the connections that have it open. */
    inRoom: (room: string): { readonly accounts: Iterable<string>; readonly subscriptions: Iterable<Subscription> } => {
      const served = rooms.get(room);
      return { accounts: served?.members.keys() ?? [], subscriptions: served?.subscriptions ?? [] };
    },
  };
};

/** The rooms of a node. */
export type Rooms = ReturnType<typeof makeRooms>;
