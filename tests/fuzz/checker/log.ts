/** The one log of a room, put together from what everybody saw of it ([D5], [D6], [D10]). */
import type { WireEvent, WireMessage, WireOutput } from '../../raw/wire.ts';
import type { History, StoryRoom, Violation } from '../history.ts';

/** Who saw an event, when at the latest (`n`), and when the look began (`fromN`). */
export interface Sighting {
  readonly event: WireEvent;
  readonly room: string;
  readonly person: string;
  readonly session: string;
  readonly connection: string | null;
  readonly fromN: number;
  readonly n: number;
}

/** The log as all sightings together tell it. */
export interface RoomLog {
  readonly room: StoryRoom;
  /** By seq; the first sighting's form. */
  readonly events: Map<number, WireEvent>;
  /** The newest seq anybody was told of. */
  head: number;
  /** message id → the seq at which it was sent. */
  readonly sentAt: Map<string, number>;
}

/** The stream's name without its kind; null for a person's own stream. */
export const roomOf = (stream: string | undefined): string | null =>
  stream?.startsWith('room:') ? stream.slice('room:'.length) : null;

/** The message of a message event. */
export const messageOf = (event: WireEvent): WireMessage | null =>
  typeof event.data.message === 'object' ? event.data.message : null;

/** Every message that an answer shows. */
export const messagesIn = ({ messages = [], thread, threads = [] }: WireOutput): WireMessage[] => [
  ...messages,
  ...(thread ? [thread.root] : []),
  ...threads.flatMap(({ root, last }) => (last ? [root, last] : [root])),
];

/** Every look anybody had at an event. */
export function* sightings(history: History): Generator<Sighting> {
  const connections = new Map(history.connections.map((connection) => [connection.id, connection]));
  for (const { n, connection: id, frame } of history.deliveries) {
    const room = roomOf(frame.stream);
    const connection = connections.get(id);
    if (frame.t !== 'events' || room === null || !connection) continue;
    const { person, session } = connection;
    for (const event of frame.events ?? []) yield { event, room, person, session, connection: id, fromN: n, n };
  }
  for (const { kind, room, person, session, sentN, endN, output } of history.readings) {
    if (kind !== 'events') continue;
    for (const event of output.events ?? [])
      yield { event, room, person, session, connection: null, fromN: sentN, n: endN };
  }
}

/** What never changes of an event, as one text. */
const identity = (event: WireEvent): string => {
  const message = messageOf(event);
  const data = message
    ? [message.id, message.clientId, message.ordinal, message.replyTo, message.thread, message.threadOrdinal]
    : sorted(event.data);
  return JSON.stringify([event.id, event.type, event.actor, event.at, data]);
};

const sorted = (data: object): unknown => Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));

/** Puts the logs together; contradictions are violations. */
export function gatherLogs(history: History): { logs: Map<string, RoomLog>; violations: Violation[] } {
  const logs = new Map<string, RoomLog>(
    history.rooms.map((room) => [room.id, { room, events: new Map(), head: 0, sentAt: new Map() }]),
  );
  const violations: Violation[] = [];
  const identities = new Map<WireEvent, string>();
  const known = (event: WireEvent) => {
    const there = identities.get(event) ?? identity(event);
    identities.set(event, there);
    return there;
  };
  for (const { event, room, person, n } of sightings(history)) {
    const log = logs.get(room);
    if (!log) continue;
    const first = log.events.get(event.seq);
    log.head = Math.max(log.head, event.seq);
    if (!first) log.events.set(event.seq, event);
    else if (known(first) !== identity(event))
      violations.push({
        breach: 'divergence',
        rule: 'D6',
        room,
        seq: event.seq,
        n,
        says: `${person} saw ${identity(event)} at ${event.seq}, and somebody else ${known(first)}`,
      });
  }
  for (const reading of history.readings) {
    const log = logs.get(reading.room);
    if (log && reading.kind === 'events' && reading.status === 200)
      log.head = Math.max(log.head, reading.output.head ?? 0);
  }
  for (const log of logs.values()) violations.push(...wellFormed(log));
  return { logs, violations };
}

/** Seqs 1…head each once, nothing twice, time never back. */
function wellFormed({ room, events, head, sentAt }: RoomLog): Violation[] {
  const violations: Violation[] = [];
  const idAt = new Map<string, number>();
  const clientIdAt = new Map<string, number>();
  let at = '';
  for (let seq = 1; seq <= head; seq++) {
    const event = events.get(seq);
    if (!event) {
      violations.push({
        breach: 'gap',
        rule: 'D5',
        room: room.id,
        seq,
        says: `nobody ever saw an event at ${seq} of 1…${head}`,
      });
      continue;
    }
    const twice = idAt.get(event.id);
    if (twice !== undefined)
      violations.push({
        breach: 'duplicate',
        rule: 'D5',
        room: room.id,
        seq,
        says: `the event ${event.id} stands at ${twice} and at ${seq}`,
      });
    idAt.set(event.id, seq);
    if (event.at < at)
      violations.push({
        breach: 'order',
        rule: 'D10',
        room: room.id,
        seq,
        says: `time goes back from ${at} to ${event.at} at ${seq}`,
      });
    at = event.at;
    const message = event.type === 'message.sent' ? messageOf(event) : null;
    if (!message) continue;
    const key = `${event.actor} ${message.clientId}`;
    const before = clientIdAt.get(key) ?? sentAt.get(message.id);
    if (before !== undefined)
      violations.push({
        breach: 'duplicate',
        rule: 'D12',
        room: room.id,
        seq,
        says: `the message of ${key} stands at ${before} and at ${seq}`,
      });
    clientIdAt.set(key, seq);
    sentAt.set(message.id, seq);
  }
  return violations;
}
