/**
 * A server in memory that speaks the protocol well enough to try a client on: one person's account, rooms with logs,
 * sockets that can be cut, answers that can be lost. It keeps no rules.
 */
import {
  CLOSE,
  type ClientFrame,
  COMMANDS,
  type CommandName,
  type Cursor,
  DEFAULT_LIMITS,
  type Me,
  type MyRoom,
  type Problem,
  problem,
  roomStream,
  type ServerFrame,
  streamTarget,
  type ThreadStanding,
  type UserEvent,
  userStream,
} from '@recreio/protocol';
import type { Fetch } from '../http.ts';
import type { SocketConstructor } from '../socket.ts';
import { type Happening, idOf, instantOf, type Log, messagesAt, pageAt, write } from './log.ts';

/** The person whose client is tried. */
export const ANA = idOf(0xa1);
/** Somebody else. */
export const DAVI = idOf(0xd1);
/** Somebody whom Ana shares no room with. */
export const STRANGER = idOf(0x30000);
const EPOCH = idOf(0xf1);

interface Line {
  isUp: boolean;
  isGreeted: boolean;
  readonly streams: Set<string>;
  hear(event: { type: string; data?: unknown; code?: number }): void;
}

type Input = Record<string, unknown>;

/** The server with its controls. */
export interface School {
  readonly fetch: Fetch;
  readonly WebSocket: SocketConstructor;
  /** Everything that clients have sent over sockets, and the commands of HTTP as `do` frames with id −1. */
  readonly heard: ClientFrame[];
  /** How many sockets there were. */
  readonly dials: () => number;
  readonly isUp: () => boolean;
  room(number: number, mine?: Partial<MyRoom['mine']>): Log;
  /** Something happens in a room; told to those who have it open, unless `isLost`. */
  happen(log: Log, happening: Happening, isLost?: boolean): number;
  say(
    log: Log,
    author: string,
    body: string,
    extra?: { clientId?: string; isLost?: boolean; replyTo?: string; thread?: string },
  ): number;
  /** How Ana stands to a thread: whether she follows it, and how far she has read. */
  stand(thread: string, following: boolean, seq: number): void;
  /** What the server would say of it now. */
  standing(log: Log, thread: string): ThreadStanding;
  tellUser(event: Pick<UserEvent, 'type' | 'data'>, isLost?: boolean): void;
  send(frame: ServerFrame): void;
  /** Closes every socket. */
  cut(code: number): void;
  /** Commands of this name take effect, and their answers are lost, this often. */
  loseAnswers(name: CommandName, times: number): void;
  /** Commands of this name are refused, this often. */
  refuse(name: CommandName, with_: Problem, times?: number): void;
  /** Answers of this command wait until `release`. */
  hold(name: CommandName): { release(): void };
  isSignedIn: boolean;
  /** Whether sockets and requests get through. */
  isReachable: boolean;
  /** Whether sockets do not open while requests get through. */
  areSocketsBlocked: boolean;
  /** Whether events are written and not told: the next one makes a gap. */
  areEventsLate: boolean;
  /** Whether pings are answered. */
  isAwake: boolean;
}

/** Frames of one kind that a client has sent. */
export const framesOf = <T extends ClientFrame['t']>(school: School, t: T): Extract<ClientFrame, { t: T }>[] =>
  school.heard.filter((frame): frame is Extract<ClientFrame, { t: T }> => frame.t === t);

/** The inputs of the commands of one name that clients have sent. */
export const inputsOf = (school: School, command: CommandName): Input[] =>
  framesOf(school, 'do')
    .filter((frame) => frame.command === command)
    .map((frame) => frame.input as Input);

const me: Me = {
  id: ANA,
  name: 'Ana Beatriz',
  role: 'student',
  tone: 1,
  version: 1,
  email: 'ana@escola-aurora.example',
  language: 'pt-BR',
  minor: true,
  privacy: { asksFirst: false, invisible: false, hidesReading: false },
  timeZone: null,
};

/** Which command an address is for, with its input. */
const route = (method: string, address: string, body: string | undefined): { name: CommandName; input: Input } => {
  const url = new URL(address);
  for (const [name, command] of Object.entries(COMMANDS)) {
    const names = [...command.http.path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1] ?? '');
    const match = new RegExp(`^${command.http.path.replace(/:[A-Za-z]+/g, '([^/]+)')}$`).exec(url.pathname);
    if (command.http.method !== method || match === null) continue;
    const input: Input = body === undefined ? {} : (JSON.parse(body) as Input);
    for (const [key, value] of url.searchParams) input[key] = /^\d+$/.test(value) ? Number(value) : value;
    for (const [index, key] of names.entries()) input[key] = decodeURIComponent(match[index + 1] ?? '');
    return { name: name as CommandName, input };
  }
  throw new Error(`no command at ${method} ${url.pathname}`);
};

/** Opens a school with nobody in it but Ana. `now` is what its clock says, in milliseconds. */
export const openSchool = (now: () => number = () => Date.parse(instantOf(0))): School => {
  const logs = new Map<string, Log>();
  const mine = new Map<string, MyRoom['mine']>();
  const userLog: UserEvent[] = [];
  const lines = new Set<Line>();
  const heard: ClientFrame[] = [];
  const losing = new Map<CommandName, number>();
  const refusing = new Map<CommandName, { readonly problem: Problem; times: number }>();
  const holds = new Map<CommandName, Promise<void>>();
  const standings = new Map<string, { readonly following: boolean; readonly seq: number }>();
  let dials = 0;
  let ordinals = 0;

  const cursorOf = (log: Log): Cursor => ({
    epoch: EPOCH,
    seq: log.events.length,
    lastId: log.events.at(-1)?.id ?? null,
  });
  const tell = (line: Line, frame: ServerFrame): void => {
    if (line.isUp) line.hear({ type: 'message', data: JSON.stringify(frame) });
  };
  const logOf = (room: unknown): Log => {
    const log = logs.get(String(room));
    if (log === undefined) throw problem('not-found');
    return log;
  };

  const happen: School['happen'] = (log, happening, isLost = false) => {
    const event = write(log, happening);
    const stream = roomStream(log.room);
    for (const line of lines)
      if (!isLost && !school.areEventsLate && line.streams.has(stream))
        tell(line, { t: 'events', stream, events: [event] });
    return event.seq;
  };

  const say: School['say'] = (log, author, body, { clientId, isLost, replyTo, thread } = {}) => {
    ordinals += 1;
    const before = messagesAt(log, log.events.length);
    const conversation = before.filter((message) => message.thread === undefined).length;
    const answered = before.filter((message) => message.thread === thread).length;
    const inThread = thread === undefined ? {} : { thread, threadOrdinal: answered + 1 };
    const ordinal = thread === undefined ? conversation + 1 : conversation;
    const message = {
      id: idOf(0xb0000 + ordinals),
      clientId: clientId ?? idOf(0xc0000 + ordinals),
      ordinal,
      body,
      editNo: 0,
      ...inThread,
    };
    const data = { message: replyTo === undefined ? message : { ...message, replyTo } };
    return happen(log, { type: 'message.sent', actor: author, data }, isLost);
  };

  const standing: School['standing'] = (log, thread) => {
    const { following, seq } = standings.get(thread) ?? { following: false, seq: 0 };
    const replies = messagesAt(log, log.events.length).filter((message) => message.thread === thread);
    const unread = replies.filter((one) => one.seq > seq && one.author !== ANA && one.removed === undefined).length;
    return { following, seq, unread, newest: replies.at(-1)?.seq ?? 0 };
  };
  /** Changes how Ana stands to a thread, and answers with it. */
  const follow = (following: boolean) => (input: Input) => {
    const [log, thread] = [logOf(input['room']), String(input['thread'])];
    standings.set(thread, { following, seq: standing(log, thread).seq });
    return standing(log, thread);
  };

  const sent = (log: Log, { clientId, body, replyTo, thread }: Input): unknown => {
    const repeat = messagesAt(log, log.events.length).find((one) => one.author === ANA && one.clientId === clientId);
    const seq =
      repeat?.seq ??
      say(log, ANA, String(body), {
        clientId: String(clientId),
        ...(replyTo === undefined ? {} : { replyTo: String(replyTo) }),
        ...(thread === undefined ? {} : { thread: String(thread) }),
      });
    const message = messagesAt(log, log.events.length).find((one) => one.seq === seq);
    const { id, ordinal, at } = message ?? { id: '', ordinal: 0, at: '' };
    return { id, seq, epoch: EPOCH, at, ordinal, ...(repeat === undefined ? {} : { duplicate: true }) };
  };

  const myRoom = (log: Log): MyRoom => {
    const messages = messagesAt(log, log.events.length);
    const last = messages.at(-1);
    const part = mine.get(log.room);
    const readSeq = part?.readSeq ?? log.events.length;
    const unread = messages.filter(({ seq, author }) => seq > readSeq && author !== ANA).length;
    const readOrdinal = messages.findLast(({ seq }) => seq <= readSeq)?.ordinal ?? 0;
    return {
      room: {
        id: log.room,
        kind: 'topic',
        title: 'Vértice da parábola',
        description: '',
        emoji: '',
        colour: 'pen',
        access: 'open',
        posting: 'members',
        past: 'all',
        course: null,
        lesson: null,
        members: 34,
        createdAt: instantOf(0),
      },
      mine: {
        role: 'member',
        joinedAt: instantOf(0),
        head: log.events.length,
        ordinal: last?.ordinal ?? 0,
        readSeq,
        readOrdinal,
        unread,
        mentions: 0,
        lastMessageAt: last?.at ?? null,
        ...part,
      },
    };
  };

  const answers: Partial<Record<CommandName, (input: Input) => unknown>> = {
    'accounts.ticket': () => ({ ticket: 'a-ticket-of-this-very-moment', expiresAt: instantOf(0) }),
    'accounts.me': () => me,
    'accounts.signIn': () => ({ me, session: idOf(1), token: 'a-token' }),
    'accounts.signOut': () => ({}),
    'accounts.profiles': ({ ids }) => ({
      profiles: (ids as string[])
        .filter((id) => id !== STRANGER)
        .map((id) => ({ id, name: `Pessoa ${id.slice(-2)}`, role: 'student', tone: 2, version: 1 })),
    }),
    'rooms.get': ({ room }) => myRoom(logOf(room)),
    'messages.send': (input) => sent(logOf(input['room']), input),
    'messages.react': ({ room, message, emoji }) => ({
      seq: happen(logOf(room), {
        type: 'reaction.added',
        actor: ANA,
        data: { message: String(message), emoji: String(emoji) },
      }),
    }),
    'messages.page': ({ room, ...where }) => {
      const log = logOf(room);
      const page = pageAt(log, log.events.length, where);
      const thread = where['thread'];
      if (thread === undefined) return page;
      const root = pageAt(log, log.events.length, { limit: 1_000 }).messages.find(({ id }) => id === thread);
      if (root === undefined) throw problem('not-found');
      return { ...page, thread: { root, mine: standing(log, root.id) } };
    },
    'threads.follow': follow(true),
    'threads.unfollow': follow(false),
    'threads.markRead': (input) => {
      const [log, thread] = [logOf(input['room']), String(input['thread'])];
      const { following, seq, newest } = standing(log, thread);
      standings.set(thread, { following, seq: Math.max(seq, Math.min(Number(input['seq']), newest)) });
      return standing(log, thread);
    },
    'threads.mine': () => {
      const threads = [...logs.values()].flatMap((log) =>
        pageAt(log, log.events.length, { limit: 1_000 }).messages.flatMap((root) => {
          const mine = standing(log, root.id);
          const last = messagesAt(log, log.events.length).findLast(({ thread }) => thread === root.id) ?? null;
          return mine.following ? [{ room: log.room, root, last, mine }] : [];
        }),
      );
      return { threads, unread: threads.filter(({ mine }) => mine.unread > 0).length, more: false };
    },
    'messages.get': ({ room, ids }) => ({
      at: logOf(room).events.length,
      messages: messagesAt(logOf(room), logOf(room).events.length).filter(({ id }) => (ids as string[]).includes(id)),
    }),
    'messages.markRead': ({ room, seq }) => {
      const log = logOf(room);
      mine.set(log.room, { ...mine.get(log.room), readSeq: Number(seq) } as MyRoom['mine']);
      const { readOrdinal, unread, mentions, ordinal: newest } = myRoom(log).mine;
      return { seq, ordinal: readOrdinal, unread, mentions, newest };
    },
    'messages.markUnread': ({ room, message }) => {
      const log = logOf(room);
      const { readSeq } = myRoom(log).mine;
      const all = messagesAt(log, log.events.length);
      const from = all.find(({ id }) => id === message);
      if (from === undefined) throw problem('not-found');
      const unread = all.filter(({ seq, author }) => seq >= from.seq && author !== ANA).length;
      return {
        seq: readSeq,
        ordinal: all.findLast(({ seq }) => seq <= readSeq)?.ordinal ?? 0,
        unread,
        mentions: 0,
        newest: all.length,
        unreadFrom: { seq: from.seq, ordinal: from.ordinal },
      };
    },
    'presence.typing': () => ({}),
    'presence.reading': () => ({ isShown: false, read: [] }),
    'streams.readMine': ({ after }) => ({
      epoch: EPOCH,
      head: userLog.length,
      to: userLog.length,
      events: userLog.slice(Number(after)),
      purged: [],
    }),
  };

  /** The answer of a command; undefined when it is lost on the way. */
  const execute = async (
    name: CommandName,
    input: Input,
  ): Promise<{ output: unknown } | { problem: Problem } | undefined> => {
    await holds.get(name);
    const refusal = refusing.get(name);
    if (refusal !== undefined && refusal.times > 0) {
      refusal.times -= 1;
      return { problem: refusal.problem };
    }
    if (!school.isSignedIn && COMMANDS[name].who === 'signed-in') return { problem: problem('not-signed-in') };
    try {
      const output = answers[name]?.(input);
      const left = losing.get(name) ?? 0;
      losing.set(name, Math.max(0, left - 1));
      return left > 0 ? undefined : { output };
    } catch (refused) {
      return { problem: refused as Problem };
    }
  };

  const subscribe = (line: Line, { id, stream, cursor }: Extract<ClientFrame, { t: 'subscribe' }>): void => {
    const log = logs.get(streamTarget(stream).id);
    if (log === undefined) {
      tell(line, { t: 'refused', id, problem: problem('not-found') });
      return;
    }
    line.streams.add(stream);
    const head = cursorOf(log);
    tell(line, { t: 'subscribed', id, stream, head });
    if (cursor === undefined) return;
    const known = cursor.seq === 0 || cursor.lastId === null || log.events[cursor.seq - 1]?.id === cursor.lastId;
    if (cursor.epoch !== EPOCH || !known) {
      tell(line, { t: 'reset', stream, reason: known ? 'epoch' : 'mismatch', head });
      return;
    }
    const missed = log.events.slice(cursor.seq);
    const whole = missed.length <= DEFAULT_LIMITS.resumeEvents ? missed : missed.slice(-DEFAULT_LIMITS.gapEvents);
    if (whole.length < missed.length) {
      tell(line, { t: 'gap', stream, from: cursor.seq + 1, to: (whole[0]?.seq ?? 0) - 1 });
    }
    if (whole.length > 0) tell(line, { t: 'events', stream, events: whole });
  };

  const greet = (line: Line, { cursor }: Extract<ClientFrame, { t: 'hello' }>): void => {
    if (!school.isSignedIn) {
      shut(line, CLOSE.signedOut);
      return;
    }
    line.isGreeted = true;
    const user: Cursor = { epoch: EPOCH, seq: userLog.length, lastId: userLog.at(-1)?.id ?? null };
    tell(line, {
      t: 'welcome',
      protocol: 1,
      epoch: EPOCH,
      me,
      session: idOf(1),
      now: new Date(now()).toISOString(),
      limits: DEFAULT_LIMITS,
      user,
      rooms: [...logs.values()].map(myRoom),
    });
    const missed = cursor === undefined ? [] : userLog.slice(cursor.seq);
    if (missed.length > 0) tell(line, { t: 'events', stream: userStream(ANA), events: missed });
  };

  const take = async (line: Line, frame: ClientFrame): Promise<void> => {
    heard.push(frame);
    if (frame.t === 'hello') greet(line, frame);
    else if (frame.t === 'subscribe') subscribe(line, frame);
    else if (frame.t === 'unsubscribe') {
      line.streams.delete(frame.stream);
      tell(line, { t: 'unsubscribed', id: frame.id, stream: frame.stream });
    } else if (frame.t === 'ping') {
      if (school.isAwake) tell(line, { t: 'pong' });
    } else {
      const answer = await execute(frame.command as CommandName, frame.input as Input);
      if (answer === undefined) return;
      if ('output' in answer) tell(line, { t: 'done', id: frame.id, output: answer.output });
      else tell(line, { t: 'refused', id: frame.id, problem: answer.problem });
    }
  };

  const shut = (line: Line, code: number): void => {
    if (!line.isUp) return;
    line.isUp = false;
    lines.delete(line);
    line.hear({ type: 'close', code });
  };

  class FakeSocket {
    readonly #listeners = new Map<string, ((event: { type: string; data?: unknown; code?: number }) => void)[]>();
    readonly #line: Line = {
      isUp: true,
      isGreeted: false,
      streams: new Set(),
      hear: (event) => {
        for (const listener of this.#listeners.get(event.type) ?? []) listener(event);
      },
    };
    constructor() {
      dials += 1;
      lines.add(this.#line);
      queueMicrotask(() => {
        if (school.isReachable && !school.areSocketsBlocked) this.#line.hear({ type: 'open' });
        else shut(this.#line, 1006);
      });
    }
    addEventListener(type: string, listener: (event: { type: string; data?: unknown; code?: number }) => void): void {
      this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
    }
    send(text: string): void {
      if (this.#line.isUp) void take(this.#line, JSON.parse(text) as ClientFrame);
    }
    close(code = 1000): void {
      // As browsers do (the WebSocket standard, `close(code, reason)`)
      if (code !== 1000 && (code < 3000 || code > 4999)) throw new DOMException('not a code', 'InvalidAccessError');
      this.#line.isUp = false;
      lines.delete(this.#line);
    }
  }

  const school: School = {
    isSignedIn: true,
    isReachable: true,
    areSocketsBlocked: false,
    areEventsLate: false,
    isAwake: true,
    heard,
    WebSocket: FakeSocket,
    dials: () => dials,
    isUp: () => [...lines].some(({ isGreeted }) => isGreeted),
    async fetch(address, init) {
      const { name, input } = route(init.method ?? 'GET', address, init.body as string | undefined);
      heard.push({ t: 'do', id: -1, command: name, input });
      const answer = school.isReachable ? await execute(name, input) : undefined;
      if (answer === undefined) throw new TypeError('fetch failed');
      if ('output' in answer) return Response.json(answer.output);
      return new Response(JSON.stringify(answer.problem), {
        status: answer.problem.status,
        headers: { 'content-type': 'application/problem+json' },
      });
    },
    room(number, part) {
      const log: Log = { room: idOf(0x10000 + number), epoch: EPOCH, events: [] };
      logs.set(log.room, log);
      if (part !== undefined) mine.set(log.room, part as MyRoom['mine']);
      return log;
    },
    happen,
    say,
    stand: (thread, following, seq) => void standings.set(thread, { following, seq }),
    standing,
    tellUser(event, isLost = false) {
      const seq = userLog.length + 1;
      const full = { ...event, seq, id: idOf(0x90000 + seq), at: instantOf(seq) } as UserEvent;
      userLog.push(full);
      for (const line of lines) if (!isLost) tell(line, { t: 'events', stream: userStream(ANA), events: [full] });
    },
    send(frame) {
      for (const line of lines) tell(line, frame);
    },
    cut(code) {
      for (const line of Array.from(lines)) shut(line, code);
    },
    loseAnswers: (name, times) => losing.set(name, times),
    refuse: (name, with_, times = 1) => refusing.set(name, { problem: with_, times }),
    hold(name) {
      let release = (): void => undefined;
      holds.set(name, new Promise<void>((resolve) => (release = resolve)));
      return {
        release() {
          holds.delete(name);
          release();
        },
      };
    },
  };
  return school;
};
