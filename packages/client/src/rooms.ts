/** My rooms: what the welcome says of them, and what has happened since ([R19], [R36], [R37]). */
import type {
  Group,
  Mine,
  MyRoom,
  Room,
  RoomEvent,
  RoomRole,
  RoomSettings,
  RoomTuning,
  ServerFrame,
  UnreadFrom,
  UserEvent,
} from '@recreio/protocol';
import type { Call } from './call.ts';
import { createView, type Readable } from './store.ts';
import {
  countInto,
  onCalled,
  onHeads,
  onMarker,
  onMessage,
  onRemoved,
  onSpoken,
  type Tally,
  tallyOf,
} from './unread.ts';

/** My rooms at one moment. */
export interface RoomsSnapshot {
  /** Whether the server has said which there are; until then the list is empty because it is unknown. */
  readonly isKnown: boolean;
  /** The newest message first. */
  readonly list: readonly MyRoom[];
  readonly byId: ReadonlyMap<string, MyRoom>;
  /** Over all rooms. */
  readonly unread: number;
  readonly mentions: number;
}

interface Known {
  readonly room: MyRoom['room'];
  readonly mine: Mine;
  readonly tally: Tally;
  /** The seq at which the room was told whole: what happened up to it is in `room`, and in the server's counts. */
  readonly at: number;
  /** What is shown; the same object as long as nothing of the room changes. */
  readonly shown: MyRoom;
}

/** The list with the side that feeds it. */
export interface RoomList extends Readable<RoomsSnapshot> {
  get(room: string): MyRoom | undefined;
  /** Told of everything at once: what was known is superseded. */
  welcome(rooms: readonly MyRoom[]): void;
  /** One room as the server tells it now. */
  put(room: MyRoom): void;
  drop(room: string): void;
  heads(frame: Extract<ServerFrame, { t: 'heads' }>): void;
  marker(marker: {
    room: string;
    seq: number;
    ordinal: number;
    unread: number;
    mentions: number;
    newest: number;
    unreadFrom?: UnreadFrom;
  }): void;
  /** How loud a room is for me has changed: what is said is all that holds. */
  tuning(frame: Extract<ServerFrame, { t: 'tuning' }>): void;
  /** Changed settings of a room that is not open here. */
  changed(frame: Extract<ServerFrame, { t: 'room' }>): void;
  /** A message calls everybody in a room. */
  called(frame: Extract<ServerFrame, { t: 'called' }>): void;
  userEvent(event: UserEvent): void;
  /** Events of a room that is open here. */
  roomEvents(room: string, events: readonly RoomEvent[]): void;
  forget(): void;
}

/** Where everything that is said speaks to everybody. */
/** Within this time all who were called by what was taken away ask for their counts. */
const SPREAD_MS = 3_000;

const isPrivate = ({ kind }: MyRoom['room']): boolean => kind === 'direct' || kind === 'group';

const show = (room: MyRoom['room'], mine: Mine, tally: Tally): MyRoom => ({
  room,
  mine: countInto(mine, tally, isPrivate(room)),
});

const told = ({ room, mine }: MyRoom): Known => {
  const tally = tallyOf(mine);
  return { room, mine, tally, at: mine.head, shown: show(room, mine, tally) };
};

const withRole = (mine: Mine, role: RoomRole): Mine => ({ ...mine, role });

const withTuning = (mine: Mine, { level, hushed }: RoomTuning): Mine => {
  const { level: _, hushed: __, ...rest } = mine;
  return { ...rest, ...(level === undefined ? {} : { level }), ...(hushed === undefined ? {} : { hushed }) };
};

const withMuted = (mine: Mine, muted: Mine['muted']): Mine => {
  const { muted: _, ...rest } = mine;
  return muted === undefined ? rest : { ...rest, muted };
};

/** A room with changed settings; of its rules it is known here only whether there are any. */
const withSettings = (room: Room, { rules, category, language, ...settings }: Partial<RoomSettings>): Room => {
  const { hasRules, category: wasCategory, language: wasLanguage, ...rest } = room;
  const inLanguage = language === undefined ? wasLanguage : language;
  const ofCategory = category === undefined ? wasCategory : category;
  return {
    ...rest,
    ...settings,
    ...((rules === undefined ? hasRules : rules !== '') ? { hasRules: true } : {}),
    ...(ofCategory ? { category: ofCategory } : {}),
    ...(inLanguage ? { language: inLanguage } : {}),
  };
};

const withArchive = (room: Room, at: string | null): Room => {
  const { archivedAt: _, ...open } = room;
  return at === null ? open : { ...open, archivedAt: at };
};

/** A group has a name, and no other settings that are seen. */
const named = (group: Group, { title }: Partial<RoomSettings>): Group =>
  title === undefined ? group : { ...group, title };

/** Whether an event of a room is about who is in it. */
const movesPeople = ({ type }: RoomEvent): boolean => type.startsWith('member.') || type.startsWith('asking.');

/** The room's own description with an event in it: settings, and how many are in. */
const describe = (room: MyRoom['room'], event: RoomEvent): MyRoom['room'] => {
  if (room.kind === 'direct') return room;
  // Who is in a group has a name and a face, which no event tells: it is read anew
  if (room.kind === 'group') return named(room, event.type === 'room.changed' ? event.data.settings : {});
  switch (event.type) {
    case 'room.changed':
      return withSettings(room, event.data.settings);
    case 'room.archived':
      return withArchive(room, event.at);
    case 'room.reopened':
      return withArchive(room, null);
    case 'member.joined':
      return { ...room, members: room.members + 1 };
    case 'member.left':
    case 'member.removed':
      return { ...room, members: Math.max(0, room.members - 1) };
    default:
      return room;
  }
};

const count = (tally: Tally, event: RoomEvent, me: string): Tally => {
  const { seq, at } = event;
  const isInThread =
    (event.type === 'message.sent' || event.type === 'message.removed') && event.data.message.thread !== undefined;
  // Threads count by themselves ([R80])
  if (isInThread) return { ...tally, head: Math.max(tally.head, seq) };
  if (event.type === 'message.sent') {
    return onMessage(tally, { seq, at, ordinal: event.data.message.ordinal, isMine: event.actor === me });
  }
  if (event.type === 'message.removed') {
    const { id, ordinal } = event.data.message;
    return onRemoved(tally, { id, seq, ordinal });
  }
  return { ...tally, head: Math.max(tally.head, seq) };
};

const byNewest = (a: MyRoom, b: MyRoom): number =>
  (b.mine.lastMessageAt ?? '').localeCompare(a.mine.lastMessageAt ?? '') || a.room.id.localeCompare(b.room.id);

/** Lays the list. `onFailure` is told when a new room's description could not be read. */
export const createRooms = (call: Call, me: () => string, onFailure: (error: unknown) => void): RoomList => {
  const known = new Map<string, Known>();
  let isKnown = false;

  const view = createView<RoomsSnapshot>(() => {
    const list = [...known.values()].map(({ shown }) => shown).sort(byNewest);
    return {
      isKnown,
      list,
      byId: new Map(list.map((one) => [one.room.id, one])),
      unread: list.reduce((sum, { mine }) => sum + mine.unread, 0),
      mentions: list.reduce((sum, { mine }) => sum + mine.mentions, 0),
    };
  });

  const change = (room: string, changed: (there: Known) => Partial<Known>): void => {
    const there = known.get(room);
    if (there === undefined) return;
    const next = { ...there, ...changed(there) };
    known.set(room, { ...next, shown: show(next.room, next.mine, next.tally) });
    view.invalidate();
  };

  const put = (room: MyRoom): void => {
    known.set(room.room.id, told(room));
    view.invalidate();
  };

  const drop = (room: string): void => {
    if (known.delete(room)) view.invalidate();
  };

  const read = async (room: string): Promise<void> => {
    try {
      const answer = await call('rooms.get', { room });
      if (answer.mine !== null) put({ room: answer.room, mine: answer.mine });
    } catch (error) {
      onFailure(error);
    }
  };

  const recounting = new Set<string>();
  /**
   * What was taken away may have spoken to me, which its number does not say: the server counts. All who were called ask, each when it
   * likes; an answer from before something that is known here is asked for again.
   */
  const recount = (room: string): void => {
    if (recounting.has(room)) return;
    recounting.add(room);
    setTimeout(async () => {
      recounting.delete(room);
      if (!known.has(room)) return;
      try {
        const { mine } = await call('rooms.get', { room });
        if (mine === null) return;
        change(room, ({ tally }) => (mine.head < tally.head ? {} : { tally: tallyOf(mine) }));
        if (mine.head < (known.get(room)?.tally.head ?? 0)) recount(room);
      } catch (error) {
        onFailure(error);
      }
    }, Math.random() * SPREAD_MS);
  };

  const userEvent = (event: UserEvent): void => {
    switch (event.type) {
      case 'notification.made':
        if (event.data.thread !== undefined) break;
        change(event.data.room, ({ tally }) => ({
          tally: onSpoken(tally, { id: event.data.message, seq: event.data.messageSeq }),
        }));
        break;
      case 'membership.began':
        void read(event.data.room);
        break;
      case 'membership.ended':
        drop(event.data.room);
        break;
      case 'membership.changed':
        change(event.data.room, ({ mine }) => ({ mine: withRole(mine, event.data.role) }));
        break;
      case 'sanction.began':
      case 'sanction.ended': {
        const { room, kind } = event.data;
        if (kind !== 'mute') break;
        const muted = event.type === 'sanction.began' ? { until: event.data.until } : undefined;
        for (const id of room === null ? [...known.keys()] : [room]) {
          change(id, ({ mine }) => ({ mine: withMuted(mine, muted) }));
        }
      }
    }
  };

  return {
    getSnapshot: view.getSnapshot,
    subscribe: view.subscribe,
    get: (room) => known.get(room)?.shown,
    welcome(rooms) {
      known.clear();
      for (const room of rooms) known.set(room.room.id, told(room));
      isKnown = true;
      view.invalidate();
    },
    put,
    drop,
    heads(frame) {
      for (const row of frame.heads) {
        const there = known.get(row.room);
        change(row.room, ({ tally }) => ({ tally: onHeads(tally, row) }));
        // More happened in a group than was said there: it may be called by other people now
        // In a private conversation all that is unread speaks to me, and its number is enough
        if (row.removed !== undefined && there && !isPrivate(there.room) && there.shown.mine.mentions > 0)
          recount(row.room);
        const said = Math.max(0, row.ordinal - (there?.tally.ordinal ?? 0));
        if (there?.room.kind === 'group' && row.head - there.tally.head > said) void read(row.room);
      }
    },
    called: (frame) => change(frame.room, ({ tally }) => ({ tally: onCalled(tally, frame) })),
    tuning: (frame) => change(frame.room, ({ mine }) => ({ mine: withTuning(mine, frame) })),
    marker: (marker) => change(marker.room, ({ tally }) => ({ tally: onMarker(tally, marker) })),
    changed: (frame) =>
      change(frame.room, ({ room }) => {
        if (room.kind === 'direct') return {};
        if (room.kind === 'group') return { room: named(room, frame.settings) };
        const next = withSettings(room, frame.settings);
        return { room: frame.archivedAt === undefined ? next : withArchive(next, frame.archivedAt) };
      }),
    userEvent,
    roomEvents(room, events) {
      change(room, (there) => {
        const news = events.filter(({ seq }) => seq > there.at);
        return {
          tally: news.reduce((tally, event) => count(tally, event, me()), there.tally),
          room: news.reduce(describe, there.room),
          at: news.at(-1)?.seq ?? there.at,
        };
      });
      if (known.get(room)?.room.kind === 'group' && events.some(movesPeople)) void read(room);
    },
    forget() {
      known.clear();
      isKnown = false;
      view.invalidate();
    },
  };
};
