/** Who is here and who is writing: ephemeral, at most once, never stored (contract D24). Rides the bus between nodes. */
import { maySeePresent, type Presence, type Visibility } from '@recreio/core';
import type { Limits } from '@recreio/protocol';
import type { Connection } from './connection.ts';
import { makeElsewhere } from './elsewhere.ts';
import { encode } from './frames.ts';
import type { Hub } from './hub.ts';
import type { Whisper } from './news.ts';

/** What presence is made of. */
export interface PresenceParts {
  /** Whether who is here is kept to oneself for now: it is hard to keep up (contract D32). It is told afterwards. */
  readonly isSilent?: () => boolean;
  readonly hub: Pick<Hub, 'connections' | 'connectionsOf' | 'inRoom' | 'roomsOf'>;
  readonly limits: Limits;
  readonly monotonic: () => number;
  readonly whisper: (whisper: Whisper) => void;
}

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

/** Makes the presence of a node. */
export const makePresence = ({ hub, limits, monotonic, whisper, isSilent = () => false }: PresenceParts) => {
  const changed = new Set<string>();
  const elsewhere = makeElsewhere(monotonic, (room) => changed.add(room));
  const lastTyping = new Map<string, number>();
  let repeatedAt = monotonic();
  let slice = 0;
  let isAsked = false;

  const visibilityOf = (account: string): Visibility | null => {
    for (const connection of hub.connectionsOf(account)) return connection.visibility;
    return elsewhere.whoOf(account);
  };

  const inRoom = (room: string): Map<string, Visibility> => {
    const present = new Map<string, Visibility>();
    const put = (account: string): void => {
      const who = visibilityOf(account);
      if (who) present.set(account, who);
    };
    for (const account of hub.inRoom(room).accounts) put(account);
    for (const account of elsewhere.inRoom(room)) put(account);
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
    // Nor do the other nodes know of who wants to be invisible, also those of an older release
    if (who.invisible) return whisper({ w: 'gone', account });
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
    /** Whether a person is known to be on another node; who wants to be invisible is not. */
    isElsewhere: (account: string): boolean => elsewhere.whoOf(account) !== null,
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
          return elsewhere.gone(message.account, from);
        case 'here':
          return elsewhere.here(message.account, from, message.rooms, message.who);
      }
    },
    /** Every second: what has changed is told; people elsewhere who fell silent are gone. */
    tick: (): void => {
      const now = monotonic();
      elsewhere.tick();
      if (!isSilent()) {
        for (const room of changed) tellRoom(room);
        changed.clear();
      }
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
