/**
 * One connection for all tabs of a browser, in the tab that leads: to each tab it is the server, to the server it is one client.
 * It keeps no promise of its own. Whatever ends here ends the tabs' connections, and each resumes by its cursors ([R32]).
 */
import {
  CLOSE,
  type ClientFrame,
  type Cursor,
  DEFAULT_LIMITS,
  type RoomEvent,
  roomStream,
  type ServerFrame,
  streamTarget,
  type UserEvent,
  type WelcomeFrame,
} from '@recreio/protocol';
import type { Call } from './call.ts';
import type { Clock } from './clock.ts';
import { createRooms, type RoomList } from './rooms.ts';
import type { SocketLike } from './socket.ts';

/** What the hub says to a tab. */
export type FromHub =
  | { readonly t: 'open' }
  | { readonly t: 'frame'; readonly text: string }
  | { readonly t: 'close'; readonly code: number };

/** A tab's connection, seen from the tab. */
export interface Line {
  send(text: string): void;
  close(code: number): void;
}

/** The connection and the tabs on it. */
export interface Hub {
  /** A tab connects. */
  attach(tell: (message: FromHub) => void): Line;
  /** Ends the connection, and every tab's with it: this tab leads no more, or somebody else has signed in. */
  end(): void;
}

/** What a hub needs. */
export interface HubOptions {
  /** Opens the real socket. */
  dial(): SocketLike;
  readonly call: Call;
  readonly clock: Clock;
}

type Hello = Extract<ClientFrame, { t: 'hello' }>;
type Request = Extract<ClientFrame, { id: number }>;

interface Tab {
  readonly tell: (message: FromHub) => void;
  readonly streams: Set<string>;
  isGreeted: boolean;
  /** Said before the server's welcome was there. */
  hello?: Hello;
}

/** What the server has said so far that is latest-wins, folded as a client folds it: the welcome of a tab that comes later. */
interface Standing {
  welcome: WelcomeFrame;
  readonly at: number;
  readonly rooms: RoomList;
  /** The newest seq of each room whose events were told. */
  readonly heads: Map<string, number>;
}

/** What was asked of the server, and for whom. */
interface Question {
  readonly tab: Tab | undefined;
  readonly id: number;
  readonly stream?: string;
  /** Asked without a cursor: the stream begins where the server stands. */
  readonly isFromHead?: boolean;
}

/** A tab that calls the connection dead is believed when nobody has heard anything for this long. */
const DEAD_MS = 4_000;
/** Pages of `streams.readMine`. */
const PAGE = 500;

/** What an event changes of the room itself, as a `room` frame says it. */
const changeIn = (event: RoomEvent): Omit<Extract<ServerFrame, { t: 'room' }>, 't' | 'room'> | undefined => {
  if (event.type === 'room.changed') return { settings: event.data.settings };
  if (event.type === 'room.archived') return { settings: {}, archivedAt: event.at };
  return event.type === 'room.reopened' ? { settings: {}, archivedAt: null } : undefined;
};

/** Lays a hub; the server is called when the first tab connects. */
export const createHub = ({ dial, call, clock }: HubOptions): Hub => {
  const tabs = new Set<Tab>();
  const asked = new Map<number, Question>();
  /** How far each open stream was told without a hole: where the tab that is furthest behind may stand. */
  const told = new Map<string, Cursor>();
  let real: SocketLike | undefined;
  let isOpen = false;
  let greeter: Tab | undefined;
  let standing: Standing | undefined;
  let waiting: { readonly id: number; readonly text: string }[] = [];
  let unanswered = new Set<number>();
  let limits = DEFAULT_LIMITS;
  let nextId = 1;
  let heardAt = 0;
  /** The server ends: who connects from now on connects elsewhere ([R25]). */
  let isLeaving = false;

  const say = (tab: Tab, frame: ServerFrame): void => tab.tell({ t: 'frame', text: JSON.stringify(frame) });

  /** Ends everything: the tabs resume, each by itself. */
  const drop = (code: number): void => {
    const [socket, all] = [real, [...tabs]];
    real = undefined;
    isOpen = false;
    isLeaving = false;
    greeter = undefined;
    standing = undefined;
    waiting = [];
    unanswered = new Set();
    asked.clear();
    told.clear();
    tabs.clear();
    socket?.close(1000); // what a page may say of itself; the code is what the tabs are told
    for (const tab of all) tab.tell({ t: 'close', code });
  };

  const connect = (): void => {
    const socket = dial();
    real = socket;
    heardAt = clock.now();
    socket.addEventListener('open', () => {
      if (real !== socket) return;
      isOpen = true;
      for (const tab of tabs) tab.tell({ t: 'open' });
    });
    socket.addEventListener('message', ({ data }) => {
      if (real === socket && typeof data === 'string') hear(data);
    });
    socket.addEventListener('close', ({ code }) => {
      if (real !== socket) return;
      real = undefined;
      drop(code ?? 1006);
    });
    socket.addEventListener('error', () => undefined); // a close follows
  };

  const flush = (): void => {
    while (waiting.length > 0 && unanswered.size < limits.unansweredCommands) {
      const next = waiting.shift();
      if (next === undefined) return;
      unanswered.add(next.id);
      real?.send(next.text);
    }
  };

  const ask = (
    tab: Tab | undefined,
    frame: Request | (Omit<Extract<Request, { t: 'unsubscribe' }>, 'id'> & { id: 0 }),
  ): void => {
    const id = nextId;
    nextId += 1;
    const opens = frame.t === 'subscribe' ? { stream: frame.stream, isFromHead: frame.cursor === undefined } : {};
    asked.set(id, { tab, id: frame.id, ...opens });
    waiting.push({ id, text: JSON.stringify({ ...frame, id }) });
    flush();
  };

  /** Opens a stream for a tab, where another has it open from wherever that one may still be: what a tab has already, it passes over ([R28]). */
  const subscribe = (tab: Tab, frame: Extract<Request, { t: 'subscribe' }>): void => {
    const behind = hasOther(frame.stream, tab) ? told.get(frame.stream) : undefined;
    tab.streams.add(frame.stream);
    if (behind !== undefined && (frame.cursor === undefined || behind.seq < frame.cursor.seq))
      return ask(tab, { ...frame, cursor: behind });
    if (frame.cursor === undefined) told.delete(frame.stream);
    else told.set(frame.stream, frame.cursor);
    return ask(tab, frame);
  };

  /** The server has opened a stream at its head, and one of the tabs may not be there yet. */
  const opened = ({ stream, head }: Extract<ServerFrame, { t: 'subscribed' }>, { tab, isFromHead }: Question): void => {
    if (isFromHead !== true) return;
    const at = told.get(stream);
    const lowest = at === undefined || head.seq < at.seq ? head : at;
    told.set(stream, lowest);
    if (at !== undefined && at.seq !== head.seq && tab !== undefined && hasOther(stream, tab))
      ask(undefined, { t: 'subscribe', stream, cursor: lowest, id: 0 });
  };

  /** How far a stream was told. */
  const advance = (frame: ServerFrame): void => {
    if (frame.t === 'unsubscribed') told.delete(frame.stream);
    else if (frame.t === 'reset') told.set(frame.stream, frame.head);
    if (frame.t !== 'events' && frame.t !== 'gap' && frame.t !== 'hidden' && frame.t !== 'purged') return;
    const at = told.get(frame.stream);
    if (at === undefined) return;
    const last = frame.t === 'events' ? frame.events.at(-1) : undefined;
    const [from, to] = frame.t === 'events' ? [frame.events[0]?.seq ?? 0, last?.seq ?? 0] : [frame.from, frame.to];
    // Behind a hole nobody may pass over it
    if (from > at.seq + 1 || to <= at.seq) return;
    told.set(frame.stream, { epoch: at.epoch, seq: to, lastId: last?.id ?? null });
  };

  const hasOther = (stream: string, but: Tab): boolean =>
    [...tabs].some((tab) => tab !== but && tab.streams.has(stream));

  /** A welcome as the server would say it now. */
  const greet = (tab: Tab, { cursor }: Hello, { welcome, at, rooms }: Standing): void => {
    tab.isGreeted = true;
    const now = new Date(Date.parse(welcome.now) + clock.now() - at).toISOString();
    say(tab, { ...welcome, now, rooms: [...rooms.getSnapshot().list] });
    if (cursor !== undefined && cursor.epoch === welcome.epoch && cursor.seq < welcome.user.seq)
      void readOn(tab, cursor.seq);
  };

  /** What a tab has missed of the person's own stream; live events above it wait in the tab, or make it ask. */
  const readOn = async (tab: Tab, from: number): Promise<void> => {
    try {
      for (let after = from; ; ) {
        const { events, to, head } = await call('streams.readMine', { after, limit: PAGE });
        if (!tabs.has(tab)) return;
        if (events.length > 0)
          say(tab, { t: 'events', stream: `user:${standing?.welcome.me.id ?? ''}`, events: [...events] });
        if (to >= head || events.length === 0) return;
        after = to;
      }
    } catch {
      // Without it the tab would not know that something is missing: it comes again
      if (tabs.delete(tab)) tab.tell({ t: 'close', code: CLOSE.restart });
    }
  };

  /** Folds a frame into what a later tab is welcomed with. Answers the events of a room that are new. */
  const fold = (frame: ServerFrame): readonly RoomEvent[] => {
    if (standing === undefined) return [];
    const { rooms, heads } = standing;
    if (frame.t === 'heads') rooms.heads(frame);
    else if (frame.t === 'marker') rooms.marker(frame);
    else if (frame.t === 'tuning') rooms.tuning(frame);
    else if (frame.t === 'called') rooms.called(frame);
    else if (frame.t === 'room') rooms.changed(frame);
    else if (frame.t === 'school') standing.welcome = { ...standing.welcome, school: frame.school };
    else if (frame.t === 'me') standing.welcome = { ...standing.welcome, me: frame.me };
    else if (frame.t === 'events') {
      const { kind, id } = streamTarget(frame.stream);
      if (kind === 'user') {
        foldOwn(standing, frame.events as UserEvent[]);
        return [];
      }
      const news = (frame.events as RoomEvent[]).filter(({ seq }) => seq > (heads.get(id) ?? 0));
      heads.set(id, news.at(-1)?.seq ?? heads.get(id) ?? 0);
      rooms.roomEvents(id, news);
      return news;
    }
    return [];
  };

  const foldOwn = (into: Standing, events: readonly UserEvent[]): void => {
    for (const event of events) {
      if (event.seq <= into.welcome.user.seq) continue;
      const user: Cursor = { epoch: into.welcome.epoch, seq: event.seq, lastId: event.id };
      into.welcome = { ...into.welcome, user };
      into.rooms.userEvent(event);
    }
  };

  /** What tabs that do not have the room open are told of it: the server tells only of rooms that are open nowhere ([R36]). */
  const tellAside = (room: string, news: readonly RoomEvent[]): void => {
    const stream = roomStream(room);
    const others = [...tabs].filter((tab) => tab.isGreeted && !tab.streams.has(stream));
    if (others.length === 0) return;
    const last = news.at(-1);
    if (last === undefined) return;
    const sent = news.findLast((event) => event.type === 'message.sent' && event.data.message.thread === undefined);
    const gone = news.flatMap((event) => (event.type === 'message.removed' ? [event.data.message] : []));
    const removed = gone.flatMap(({ thread, ordinal }) => (thread === undefined ? [ordinal] : []));
    const row = {
      room,
      head: last.seq,
      ordinal: sent?.type === 'message.sent' ? sent.data.message.ordinal : 0,
      at: (sent ?? last).at,
      ...(removed.length === 0 ? {} : { removed }),
    };
    for (const tab of others) say(tab, { t: 'heads', heads: [row] });
    for (const { id: message, thread } of gone)
      if (thread !== undefined) for (const tab of others) say(tab, { t: 'reply-removed', room, thread, message });
    for (const event of news) {
      const change = changeIn(event);
      if (change !== undefined) for (const tab of others) say(tab, { t: 'room', room, ...change });
    }
  };

  const welcomed = (frame: WelcomeFrame, text: string): void => {
    // A room that could not be read would be missing in later welcomes
    const rooms = createRooms(
      call,
      () => frame.me.id,
      () => drop(CLOSE.restart),
    );
    rooms.welcome(frame.rooms);
    const heads = new Map(frame.rooms.map(({ room, mine }) => [room.id, mine.head]));
    limits = frame.limits;
    standing = { welcome: frame, at: clock.now(), rooms, heads };
    if (greeter !== undefined && tabs.has(greeter)) {
      greeter.isGreeted = true;
      greeter.tell({ t: 'frame', text });
    }
    for (const tab of tabs) if (!tab.isGreeted && tab.hello !== undefined) greet(tab, tab.hello, standing);
  };

  const answered = (frame: Extract<ServerFrame, { id: number }>): void => {
    const question = asked.get(frame.id);
    asked.delete(frame.id);
    unanswered.delete(frame.id);
    if (question?.tab !== undefined && tabs.has(question.tab)) {
      if (frame.t === 'refused' && question.stream !== undefined) question.tab.streams.delete(question.stream);
      if (frame.t === 'subscribed') opened(frame, question);
      say(question.tab, { ...frame, id: question.id });
    }
    flush();
  };

  /** Whom a frame is for that answers nobody. */
  const isFor = (frame: ServerFrame): ((tab: Tab) => boolean) => {
    if (frame.t === 'typing' || frame.t === 'presence' || frame.t === 'reading')
      return (tab) => tab.streams.has(roomStream(frame.room));
    if ('stream' in frame && streamTarget(frame.stream).kind === 'room') return (tab) => tab.streams.has(frame.stream);
    return () => true;
  };

  const hear = (text: string): void => {
    heardAt = clock.now();
    const frame = JSON.parse(text) as ServerFrame;
    if (frame.t === 'welcome') return welcomed(frame, text);
    if ('id' in frame && frame.id !== undefined) return answered(frame as Extract<ServerFrame, { id: number }>);
    if (frame.t === 'goaway') isLeaving = true;
    advance(frame);
    const news = fold(frame);
    const isTheirs = isFor(frame);
    for (const tab of tabs) if (tab.isGreeted && isTheirs(tab)) tab.tell({ t: 'frame', text });
    if (frame.t === 'events') tellAside(streamTarget(frame.stream).id, news);
    if (frame.t === 'unsubscribed') for (const tab of tabs) tab.streams.delete(frame.stream);
  };

  const heard = (tab: Tab, text: string): void => {
    const frame = JSON.parse(text) as ClientFrame;
    switch (frame.t) {
      case 'hello':
        if (standing !== undefined) greet(tab, frame, standing);
        else {
          tab.hello = frame;
          if (greeter !== undefined && tabs.has(greeter)) return;
          greeter = tab;
          real?.send(text);
        }
        return;
      case 'ping':
        real?.send(text);
        return;
      case 'unsubscribe':
        tab.streams.delete(frame.stream);
        if (hasOther(frame.stream, tab)) say(tab, { t: 'unsubscribed', id: frame.id, stream: frame.stream });
        else ask(tab, frame);
        return;
      case 'subscribe':
        subscribe(tab, frame);
        return;
      case 'do':
        ask(tab, frame);
    }
  };

  const leave = (tab: Tab, code: number): void => {
    if (!tabs.delete(tab)) return;
    const isDead = code === CLOSE.heartbeatLost && clock.now() - heardAt >= DEAD_MS;
    if (isDead || tabs.size === 0 || (tab === greeter && standing === undefined)) {
      drop(tabs.size === 0 ? 1000 : CLOSE.restart);
      return;
    }
    for (const stream of tab.streams) if (!hasOther(stream, tab)) ask(undefined, { t: 'unsubscribe', stream, id: 0 });
  };

  return {
    attach(tell) {
      if (isLeaving) drop(CLOSE.restart);
      const tab: Tab = { tell, streams: new Set(), isGreeted: false };
      tabs.add(tab);
      if (real === undefined) connect();
      else if (isOpen) tell({ t: 'open' });
      return { send: (text) => tabs.has(tab) && heard(tab, text), close: (code) => leave(tab, code) };
    },
    end: () => drop(CLOSE.restart),
  };
};
