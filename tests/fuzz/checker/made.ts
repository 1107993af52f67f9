/** A small story by hand, right in every way, for tests that then break one promise of it. */
import type { WireEvent, WireFrame, WireOutput } from '../../raw/wire.ts';
import type {
  Attempt,
  Connection,
  Delivery,
  History,
  Intent,
  Outcome,
  Reading,
  StoryRoom,
  StreamAsk,
} from '../history.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A history that can be taken apart. */
export interface Made {
  readonly rooms: StoryRoom[];
  readonly young: string[];
  readonly attempts: Mutable<Attempt>[];
  readonly readings: Mutable<Reading>[];
  readonly asks: Mutable<StreamAsk>[];
  readonly deliveries: Mutable<Delivery>[];
  readonly connections: Mutable<Connection>[];
  readonly outages: { fromMs: number; toMs: number }[];
  readonly limits: History['limits'];
  quiet: History['quiet'];
}

export const EPOCH = 'epoch';
export const ROOM = 'room';

/** Writes a story down, step by step, as a recorder would. Each step takes one tick of 10 ms. */
export function scribe(past: StoryRoom['past'] = 'all') {
  const made: Made = {
    rooms: [{ id: ROOM, kind: 'room', owner: 'olga', past }],
    young: [],
    attempts: [],
    readings: [],
    asks: [],
    deliveries: [],
    connections: [],
    outages: [],
    limits: { resumeEvents: 500, gapEvents: 200 },
    quiet: null,
  };
  let n = 0;
  const events: WireEvent[] = [];
  const logs = new Map([[ROOM, events]]);
  const logOf = (room: string): WireEvent[] => logs.get(room) ?? [];
  const tick = () => ++n;

  /** A room gets an event. */
  const place = (type: string, actor: string, data: WireEvent['data'], room = ROOM): WireEvent => {
    const log = logOf(room);
    const seq = log.length + 1;
    const event = { seq, id: `e${seq}`, at: new Date(1_800_000_000_000 + seq * 10).toISOString(), actor, type, data };
    log.push(event);
    return event;
  };
  /** A group comes about, in one step: its opener in it, others asked. */
  const found = (id: string, opener: string, others: readonly string[]): void => {
    made.rooms.push({ id, kind: 'group', owner: opener, past: 'since-joining' });
    logs.set(id, []);
    const { at } = place('room.created', opener, { settings: null }, id);
    for (const account of [opener, ...others]) {
      const data = account === opener ? { account, role: 'member' } : { account };
      Object.assign(place(account === opener ? 'member.joined' : 'asking.began', opener, data, id), { at });
    }
  };
  /** A command is tried. */
  const attempt = (
    command: string,
    person: string,
    input: Intent,
    outcome: Outcome,
    via = `${person}/1`,
  ): Mutable<Attempt> => {
    const sentN = tick();
    const endN = outcome.kind === 'unknown' ? Number.POSITIVE_INFINITY : tick();
    const tried = {
      command,
      person,
      session: `${person}-s`,
      via,
      input: { room: ROOM, ...input },
      sentN,
      sentMs: sentN * 10,
      endN,
      endMs: endN * 10,
      outcome,
    };
    made.attempts.push(tried);
    return tried;
  };
  const done = (output: WireOutput): Outcome => ({ kind: 'done', output });
  const connect = (person: string): string => {
    const id = `${person}/1`;
    made.connections.push({
      id,
      person,
      session: `${person}-s`,
      node: 'a',
      openedN: tick(),
      closedN: Number.POSITIVE_INFINITY,
      code: null,
    });
    return id;
  };
  const receive = (connection: string, frame: WireFrame): Mutable<Delivery> => {
    const at = tick();
    const delivery = { n: at, ms: at * 10, connection, frame: { stream: `room:${ROOM}`, ...frame } };
    made.deliveries.push(delivery);
    return delivery;
  };
  const subscribe = (connection: string, seq: number | null, forged: StreamAsk['forged'] = null): void => {
    const id = made.asks.length + 1;
    made.asks.push({
      connection,
      n: tick(),
      id,
      room: ROOM,
      kind: 'subscribe',
      cursor: seq === null ? null : { epoch: EPOCH, seq, lastId: null },
      forged,
    });
    receive(connection, { t: 'subscribed', id, head: { epoch: EPOCH, seq: events.length, lastId: null } });
  };
  const send = (person: string, clientId: string, thread?: string) => {
    const body = `text ${clientId}`;
    const sent = events.flatMap(({ type, data }) =>
      type === 'message.sent' && typeof data.message === 'object' ? [data.message] : [],
    );
    const inRoom = sent.filter((message) => message.thread === undefined).length;
    const inThread = sent.filter((message) => message.thread === thread).length;
    const event = place('message.sent', person, {
      message: {
        id: `m-${clientId}`,
        clientId,
        ordinal: thread === undefined ? inRoom + 1 : inRoom,
        ...(thread === undefined ? {} : { thread, threadOrdinal: inThread + 1 }),
        editNo: 0,
        body,
      },
    });
    const message = typeof event.data.message === 'object' ? event.data.message : undefined;
    const output = {
      id: message?.id ?? '',
      seq: event.seq,
      epoch: EPOCH,
      at: event.at,
      ordinal: message?.ordinal ?? 0,
    };
    const input = { clientId, body, ...(thread === undefined ? {} : { thread }) };
    const tried = attempt('messages.send', person, input, done(output));
    return { event, tried, output };
  };
  const deliver = (connection: string, ...some: WireEvent[]) => receive(connection, { t: 'events', events: some });
  /** Something is read over HTTP. */
  const look = (
    kind: Reading['kind'],
    person: string,
    room: string,
    asked: Reading['asked'],
    output: WireOutput,
  ): Mutable<Reading> => {
    const [sentN, endN] = [tick(), tick()];
    const reading = {
      kind,
      room,
      person,
      session: `${person}-s`,
      asked,
      sentN,
      endN,
      status: 200,
      output,
      final: true,
    };
    made.readings.push(reading);
    return reading;
  };
  const read = (
    person: string,
    after: number,
    some: readonly WireEvent[] = events.slice(after),
    more: Partial<WireOutput> = {},
    room = ROOM,
  ): Mutable<Reading> => {
    const head = logOf(room).length;
    return look(
      'events',
      person,
      room,
      { after },
      {
        epoch: EPOCH,
        head,
        to: head,
        events: [...some],
        hidden: [],
        purged: [],
        ...more,
      },
    );
  };
  /** Nothing is hurt from here on; these people are expected to be there at last. */
  const calm = (...people: string[]): void => {
    const clients = people.map((person) => ({ name: person, person, session: `${person}-s`, rooms: [ROOM] }));
    made.quiet = { fromN: tick(), fromMs: n * 10, clients };
  };
  return {
    made,
    events,
    logOf,
    found,
    place,
    attempt,
    done,
    connect,
    receive,
    subscribe,
    send,
    deliver,
    look,
    read,
    calm,
  };
}

/** A story in which nothing is wrong: three people talk, one is muted and lets go, one is removed. */
export function goodStory() {
  const story = scribe();
  const { place, attempt, done, connect, subscribe, send, deliver, read, receive, calm } = story;
  place('room.created', 'olga', { settings: null });
  place('member.joined', 'olga', { account: 'olga', role: 'owner' });
  for (const person of ['pedro', 'quim']) {
    const { seq } = place('member.joined', 'olga', { account: person, role: 'member' });
    attempt('members.add', 'olga', { account: person, clientId: `add-${person}` }, done({ seq }));
  }
  const [olga, pedro, quim] = ['olga', 'pedro', 'quim'].map(connect) as [string, string, string];
  for (const connection of [olga, pedro, quim]) subscribe(connection, null);
  const first = send('pedro', 'c1');
  for (const connection of [olga, pedro, quim]) deliver(connection, first.event);
  const second = send('quim', 'c2');
  for (const connection of [olga, pedro, quim]) deliver(connection, second.event);
  const mute = place('restriction.began', 'olga', { account: 'pedro', kind: 'mute' });
  attempt('members.mute', 'olga', { account: 'pedro', reason: 'r', clientId: 'mute-1' }, done({ seq: mute.seq }));
  attempt('messages.send', 'pedro', { clientId: 'c3', body: 'text c3' }, { kind: 'refused', code: 'muted' });
  const unmute = place('restriction.ended', 'olga', { account: 'pedro', kind: 'mute' });
  attempt('members.unmute', 'olga', { account: 'pedro', clientId: 'unmute-1' }, done({ seq: unmute.seq }));
  for (const connection of [olga, pedro, quim]) deliver(connection, mute, unmute);
  const removal = place('member.removed', 'olga', { account: 'quim' });
  attempt('members.remove', 'olga', { account: 'quim', clientId: 'remove-1' }, done({ seq: removal.seq }));
  for (const connection of [olga, pedro, quim]) deliver(connection, removal);
  receive(quim, { t: 'unsubscribed' });
  calm('olga', 'pedro');
  const last = send('pedro', 'c4');
  for (const connection of [olga, pedro]) deliver(connection, last.event);
  for (const person of ['olga', 'pedro']) read(person, 0);
  return { ...story, first, second, mute, unmute, removal, last, connections: { olga, pedro, quim } };
}
