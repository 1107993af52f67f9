/** Who is here and who is writing: ephemeral, at most once, never stored (contract D24). Rides the bus between nodes. */
import { maySeePresent, type Presence, type Visibility } from '@recreio/core';
import type { Limits } from '@recreio/protocol';
import type { Connection } from './connection.ts';
import { encode } from './frames.ts';
import type { Hub } from './hub.ts';
import type { Whisper } from './news.ts';

/** What presence is made of. */
export interface PresenceParts {
  readonly hub: Pick<Hub, 'connections' | 'connectionsOf' | 'inRoom' | 'roomsOf'>;
  readonly limits: Limits;
  readonly monotonic: () => number;
  readonly whisper: (whisper: Whisper) => void;
}

/** A person on another node is taken to be gone when nothing was heard of them for this long. */
const REMOTE_MS = 45_000;
/** People on this node are told to the others this often, in as many slices: a carrier takes only so much at once. */
const REPEAT_MS = 20_000;
const SLICES = 20;
/** The slice of a person. */
const sliceOf = (account: string): number => {
  let sum = 0;
  for (let i = 0; i < account.length; i++) sum += account.charCodeAt(i);
  return sum % SLICES;
};
/** Most people a frame names; the count says how many there are. */
const NAMED = 60;
/** In rooms that more have open, typing is not told (ux.md). */
const TYPING_ROOM = 100;
/** A bus message holds some rooms' ids (NOTIFY carries less than 8 kB). */
const ROOMS_PER_WHISPER = 100;

/** Of whom nothing is known here, as little is shown as of any minor outside one's courses (privacy, "safe by default"). */
const UNKNOWN: Visibility = { minor: true, courses: [], staffOf: [] };

/** A person on another node. */
interface Remote {
  /** When each room was last named: one that is named no more was left. */
  readonly rooms: Map<string, number>;
  readonly who: Visibility;
  heardAt: number;
}

const isSame = (one: Visibility, other: Visibility): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Makes the presence of a node. */
export const makePresence = ({ hub, limits, monotonic, whisper }: PresenceParts) => {
  /** People elsewhere, by node: one who leaves one node may still be on another. */
  const remote = new Map<string, Map<string, Remote>>();
  const changed = new Set<string>();
  const lastTyping = new Map<string, number>();
  let repeatedAt = monotonic();
  let slice = 0;
  let isAsked = false;

  /** Of somebody on several nodes what was heard last. */
  const visibilityOf = (account: string): Visibility | null => {
    for (const connection of hub.connectionsOf(account)) return connection.visibility;
    let last: Remote | null = null;
    for (const there of remote.get(account)?.values() ?? []) if (!last || there.heardAt >= last.heardAt) last = there;
    return last?.who ?? null;
  };

  /** Forgets a person on one node. */
  const forget = (account: string, node: string): void => {
    const nodes = remote.get(account);
    for (const room of nodes?.get(node)?.rooms.keys() ?? []) changed.add(room);
    nodes?.delete(node);
    if (nodes?.size === 0) remote.delete(account);
  };

  const inRoom = (room: string): Map<string, Visibility> => {
    const present = new Map<string, Visibility>();
    const put = (account: string): void => {
      const who = visibilityOf(account);
      if (who) present.set(account, who);
    };
    for (const account of hub.inRoom(room).accounts) put(account);
    for (const [account, nodes] of remote) if (nodes.values().some(({ rooms }) => rooms.has(room))) put(account);
    return present;
  };

  const seenBy = (viewer: Visibility, present: ReadonlyMap<string, Visibility>): { here: string[]; count: number } => {
    const seen = [...present].filter(([, who]) => maySeePresent(viewer, who));
    // Staff first: they are what a pupil looks for
    seen.sort(([, a], [, b]) => Number(b.staffOf.length > 0) - Number(a.staffOf.length > 0));
    return { here: seen.slice(0, NAMED).map(([account]) => account), count: seen.length };
  };

  const tellRoom = (room: string): void => {
    const present = inRoom(room);
    const frames = new Map<string, Buffer>();
    for (const { connection } of hub.inRoom(room).subscriptions) {
      const { visibility } = connection;
      const kind = visibility.minor ? 'minor' : visibility.staffOf.join(' ');
      let frame = frames.get(kind);
      if (!frame) frames.set(kind, (frame = encode({ t: 'presence', room, ...seenBy(visibility, present) })));
      connection.outbound.offer(frame);
    }
  };

  const tellTyping = (room: string, account: string): void => {
    const subscriptions = [...hub.inRoom(room).subscriptions];
    if (subscriptions.length > TYPING_ROOM) return;
    const who = visibilityOf(account) ?? UNKNOWN;
    const frame = encode({ t: 'typing', room, account });
    for (const { connection } of subscriptions) {
      if (connection.actor.account !== account && maySeePresent(connection.visibility, who))
        connection.outbound.offer(frame);
    }
  };

  const whisperHere = (account: string, who: Visibility): void => {
    const rooms = [...hub.roomsOf(account)];
    for (let at = 0; at === 0 || at < rooms.length; at += ROOMS_PER_WHISPER)
      whisper({
        w: 'here',
        account,
        rooms: rooms.slice(at, at + ROOMS_PER_WHISPER),
        who,
      });
  };

  const presence: Pick<Presence, 'typing' | 'here'> = {
    typing: (room, account) => {
      const name = `${room} ${account}`;
      const now = monotonic();
      if (now - (lastTyping.get(name) ?? Number.NEGATIVE_INFINITY) < 1_000) return;
      lastTyping.set(name, now);
      tellTyping(room, account);
      whisper({ w: 'typing', room, account });
    },
    here: (viewer, room) => seenBy(visibilityOf(viewer) ?? { minor: false, courses: [], staffOf: [] }, inRoom(room)),
  };

  return {
    presence,
    /** Somebody came to or left a room here: told at the next tick. */
    changed: (room: string): void => {
      changed.add(room);
    },
    /** A person has come: told to the other nodes. */
    came: (connection: Connection): void => whisperHere(connection.actor.account, connection.visibility),
    /** A person's last connection here is gone. */
    left: (account: string): void => whisper({ w: 'gone', account }),
    /** Who may see a person here has changed. */
    shown: (account: string): void => {
      for (const room of hub.roomsOf(account)) changed.add(room);
      for (const { visibility } of hub.connectionsOf(account)) return whisperHere(account, visibility);
    },
    /** The other nodes can be heard from now on: they are asked, and told. */
    up: (): void => {
      isAsked = true;
      whisper({ w: 'who' });
    },
    /** From another node. */
    heard: (message: Extract<Whisper, { w: 'typing' | 'here' | 'gone' | 'who' }>, from: string): void => {
      switch (message.w) {
        case 'typing':
          return tellTyping(message.room, message.account);
        case 'who':
          isAsked = true;
          return;
        case 'gone':
          return forget(message.account, from);
        case 'here': {
          const nodes = remote.get(message.account) ?? new Map<string, Remote>();
          const there = nodes.get(from);
          const rooms = there?.rooms ?? new Map<string, number>();
          const heardAt = monotonic();
          const isShownAnew = there !== undefined && !isSame(there.who, message.who);
          for (const room of message.rooms) {
            if (isShownAnew || !rooms.has(room)) changed.add(room);
            rooms.set(room, heardAt);
          }
          nodes.set(from, { rooms, who: message.who, heardAt });
          remote.set(message.account, nodes);
        }
      }
    },
    /** Every second: what has changed is told; people elsewhere who fell silent are gone. */
    tick: (): void => {
      const now = monotonic();
      for (const [account, nodes] of remote) {
        for (const [node, { rooms, heardAt }] of nodes) {
          for (const [room, namedAt] of rooms) {
            if (now - namedAt < REMOTE_MS) continue;
            rooms.delete(room);
            changed.add(room);
          }
          if (now - heardAt >= REMOTE_MS) forget(account, node);
        }
      }
      for (const room of changed) tellRoom(room);
      changed.clear();
      for (const [name, at] of lastTyping) if (now - at > limits.typingMs) lastTyping.delete(name);
      const isDue = now - repeatedAt >= REPEAT_MS / SLICES;
      if (!isDue && !isAsked) return;
      if (isDue) {
        repeatedAt = now;
        slice = (slice + 1) % SLICES;
      }
      const told = new Set<string>();
      for (const { actor, visibility } of hub.connections()) {
        if (told.has(actor.account) || (!isAsked && sliceOf(actor.account) !== slice)) continue;
        told.add(actor.account);
        whisperHere(actor.account, visibility);
      }
      isAsked = false;
    },
  };
};

/** The presence of a node. */
export type Here = ReturnType<typeof makePresence>;
