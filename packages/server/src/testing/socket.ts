/** A socket that is not there: what was written to it is read back as frames, and it can be slow. */
import { type ServerFrame, type Limits, DEFAULT_LIMITS, type UserEvent, type RoomEvent } from '@recreio/protocol';
import type { Person } from '@recreio/core/testing/world.ts';
import { Connection } from '../realtime/connection.ts';
import type { Writable } from '../realtime/outbound.ts';

/** The frames of some bytes as a server writes them (RFC 6455 §5.2). */
export const decode = (bytes: Buffer): ServerFrame[] => {
  const frames: ServerFrame[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (bytes[at] !== 0x81) throw new Error('not a whole text frame');
    const short = bytes.readUInt8(at + 1);
    const [header, length] =
      short < 126
        ? [2, short]
        : short === 126
          ? [4, bytes.readUInt16BE(at + 2)]
          : [10, Number(bytes.readBigUInt64BE(at + 2))];
    frames.push(JSON.parse(bytes.toString('utf8', at + header, at + header + length)) as ServerFrame);
    at += header + length;
  }
  return frames;
};

/** A socket for `Outbound`. While `isStuck` it takes nothing; `drain` lets everything through. */
export class FakeSocket implements Writable {
  isStuck = false;
  readonly written: Buffer[] = [];
  private waiting: Buffer[] = [];
  private listeners: (() => void)[] = [];

  get writableLength(): number {
    return this.waiting.reduce((sum, bytes) => sum + bytes.length, 0);
  }

  write(bytes: Buffer): boolean {
    (this.isStuck ? this.waiting : this.written).push(bytes);
    return !this.isStuck;
  }

  once(_event: 'drain', listener: () => void): void {
    this.listeners.push(listener);
  }

  /** The other side reads again. */
  drain(): void {
    this.isStuck = false;
    this.written.push(...this.waiting);
    this.waiting = [];
    const listeners = this.listeners;
    this.listeners = [];
    for (const listener of listeners) listener();
  }

  /** Everything that arrived. */
  get frames(): ServerFrame[] {
    return this.written.flatMap(decode);
  }
}

/** In the place of a close code where the socket was cut without one. */
export const CUT = 0;

type FrameOf<T extends ServerFrame['t']> = Extract<ServerFrame, { t: T }>;

/** A connected device: its socket, and what arrived there. */
export interface Device {
  readonly connection: Connection;
  readonly socket: FakeSocket;
  /** Close codes it was ended with; `CUT` for none. */
  readonly closed: number[];
  /** Frames of one type. */
  of<T extends ServerFrame['t']>(type: T): FrameOf<T>[];
  /** The seqs of a stream's events, as they arrived. */
  seqs(stream: string): number[];
  /** A stream's frames, as they arrived. */
  stream(stream: string): ServerFrame[];
}

/** A connection of a person's on a fake socket. */
export const device = (person: Person, monotonic: () => number, limits: Limits = DEFAULT_LIMITS): Device => {
  const socket = new FakeSocket();
  const closed: number[] = [];
  const { actor } = person.caller;
  if (!actor) throw new Error(`${person.name} is not signed in`);
  const closer = { close: (code: number) => void closed.push(code), cut: () => void closed.push(CUT) };
  const connection = new Connection(
    actor,
    { minor: false, courses: [], staffOf: [] },
    socket,
    closer,
    limits,
    monotonic,
  );
  const of = <T extends ServerFrame['t']>(type: T) =>
    socket.frames.filter((frame): frame is FrameOf<T> => frame.t === type);
  return {
    connection,
    socket,
    closed,
    of,
    seqs: (stream) =>
      of('events').flatMap((frame) =>
        frame.stream === stream ? frame.events.map((event: RoomEvent | UserEvent) => event.seq) : [],
      ),
    stream: (stream) => socket.frames.filter((frame) => 'stream' in frame && frame.stream === stream),
  };
};
