/** Who is here and who is writing: ephemeral, at most once, never stored (contract D24). Rides the bus between nodes. */
import { maySeePresent, type Presence, type Visibility } from '@recreio/core';
import type { Limits } from '@recreio/protocol';
import type { Connection } from './connection.ts';
import { encode } from './frames.ts';
import type { Hub } from './hub.ts';

/** What nodes tell each other of people; small, often, and forgotten soon. */
export type Whisper =
  | { readonly w: 'typing'; readonly room: string; readonly account: string }
  | { readonly w: 'here'; readonly account: string; readonly rooms: readonly string[]; readonly who: Visibility }
  | { readonly w: 'gone'; readonly account: string }
  | { readonly w: 'marker'; readonly account: string; readonly marker: Parameters<Presence['marker']>[1] }
  | { readonly w: 'me'; readonly account: string };

/** What presence is made of. */
export interface PresenceParts {
  readonly hub: Pick<Hub, 'connections' | 'connectionsOf' | 'inRoom' | 'roomsOf'>;
  readonly limits: Limits;
  readonly monotonic: () => number;
  readonly whisper: (whisper: Whisper) => void;
  /** Reads a person's own account and tells their sockets. */
  readonly tellMe: (account: string) => void;
}

/** A person on another node is taken to be gone when nothing was heard of them for this long. */
const REMOTE_MS = 45_000;
/** People on this node are told to the others this often. */
const REPEAT_MS = 20_000;
/** Most people a frame names; the count says how many there are. */
const NAMED = 60;
/** In rooms that more have open, typing is not told (ux.md). */
const TYPING_ROOM = 100;
/** A bus message holds some rooms' ids (NOTIFY carries less than 8 kB). */
const ROOMS_PER_WHISPER = 100;

/** Of whom nothing is known here, as little is shown as of any minor outside one's courses (privacy, "safe by default"). */
const UNKNOWN: Visibility = { minor: true, courses: [], staffOf: [] };

interface Remote {
  /** When each room was last named: one that is named no more was left. */
  readonly rooms: Map<string, number>;
  readonly who: Visibility;
  heardAt: number;
}

/** Makes the presence of a node. */
export const makePresence = ({ hub, limits, monotonic, whisper, tellMe }: PresenceParts) => {
  const remote = new Map<string, Remote>();
  const changed = new Set<string>();
  const lastTyping = new Map<string, number>();
  let repeatedAt = monotonic();

  const visibilityOf = (account: string): Visibility | null => {
    for (const connection of hub.connectionsOf(account)) return connection.visibility;
    return remote.get(account)?.who ?? null;
  };

  const inRoom = (room: string): Map<string, Visibility> => {
    const present = new Map<string, Visibility>();
    for (const account of hub.inRoom(room).accounts) {
      const who = visibilityOf(account);
      if (who) present.set(account, who);
    }
    for (const [account, { rooms, who }] of remote) if (rooms.has(room)) present.set(account, who);
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

  const tellMarker = (account: string, marker: Parameters<Presence['marker']>[1]): void => {
    const frame = encode({ t: 'marker', ...marker });
    for (const connection of hub.connectionsOf(account)) connection.outbound.push(frame);
  };

  const whisperHere = (account: string, who: Visibility): void => {
    const rooms = [...hub.roomsOf(account)];
    for (let at = 0; at === 0 || at < rooms.length; at += ROOMS_PER_WHISPER)
      whisper({ w: 'here', account, rooms: rooms.slice(at, at + ROOMS_PER_WHISPER), who });
  };

  const presence: Presence = {
    typing: (room, account) => {
      const name = `${room} ${account}`;
      const now = monotonic();
      if (now - (lastTyping.get(name) ?? Number.NEGATIVE_INFINITY) < 1_000) return;
      lastTyping.set(name, now);
      tellTyping(room, account);
      whisper({ w: 'typing', room, account });
    },
    here: (viewer, room) => seenBy(visibilityOf(viewer) ?? { minor: false, courses: [], staffOf: [] }, inRoom(room)),
    marker: (account, marker) => {
      tellMarker(account, marker);
      whisper({ w: 'marker', account, marker });
    },
    me: (account) => {
      tellMe(account);
      whisper({ w: 'me', account });
    },
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
    /** From another node. */
    heard: (message: Whisper): void => {
      switch (message.w) {
        case 'typing':
          return tellTyping(message.room, message.account);
        case 'marker':
          return tellMarker(message.account, message.marker);
        case 'me':
          return tellMe(message.account);
        case 'gone':
          for (const room of remote.get(message.account)?.rooms.keys() ?? []) changed.add(room);
          remote.delete(message.account);
          return;
        case 'here': {
          const { rooms } = remote.get(message.account) ?? { rooms: new Map<string, number>() };
          const heardAt = monotonic();
          for (const room of message.rooms) {
            if (!rooms.has(room)) changed.add(room);
            rooms.set(room, heardAt);
          }
          remote.set(message.account, { rooms, who: message.who, heardAt });
        }
      }
    },
    /** Every second: what has changed is told; people elsewhere who fell silent are gone. */
    tick: (): void => {
      const now = monotonic();
      for (const [account, { rooms, heardAt }] of remote) {
        for (const [room, namedAt] of rooms) {
          if (now - namedAt < REMOTE_MS) continue;
          rooms.delete(room);
          changed.add(room);
        }
        if (now - heardAt >= REMOTE_MS) remote.delete(account);
      }
      for (const room of changed) tellRoom(room);
      changed.clear();
      for (const [name, at] of lastTyping) if (now - at > limits.typingMs) lastTyping.delete(name);
      if (now - repeatedAt < REPEAT_MS) return;
      repeatedAt = now;
      const told = new Set<string>();
      for (const connection of hub.connections()) {
        if (told.has(connection.actor.account)) continue;
        told.add(connection.actor.account);
        whisperHere(connection.actor.account, connection.visibility);
      }
    },
  };
};

/** The presence of a node. */
export type Here = ReturnType<typeof makePresence>;
