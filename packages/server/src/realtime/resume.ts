/**
 * From a cursor to the live stream (contract D14–D18): contiguous events, or a gap, hidden, purged or reset first. Reads the log
 * in pages, the next one only when the last has drained, and turns live in the very turn in which it has reached the hub.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type StreamsMemory, type Stretch, Unavailable } from '@recreio/core';
import type { Cursor, Limits, Range, RoomEvent, ServerFrame, UserEvent } from '@recreio/protocol';
import { roomStream, userStream } from '@recreio/protocol';
import type { Connection, Subscription } from './connection.ts';
import { encodeText } from './frames.ts';

/** Events of one page of the log. */
const PAGE = 100;

/** Frames of `events`, each at most `bytes` long with what is around them (contract D15); one event always fits. */
export const eventFrames = (stream: string, events: readonly (RoomEvent | UserEvent)[], bytes: number): Buffer[] => {
  const frames: Buffer[] = [];
  let parts: string[] = [];
  const around = Buffer.byteLength(`{"t":"events","stream":"${stream}","events":[]}`);
  let size = around;
  const close = () => {
    if (parts.length > 0) frames.push(encodeText(`{"t":"events","stream":"${stream}","events":[${parts.join(',')}]}`));
    parts = [];
    size = around;
  };
  for (const event of events) {
    const json = JSON.stringify(event);
    const length = Buffer.byteLength(json) + 1; // and a comma
    if (size + length > bytes) close();
    parts.push(json);
    size += length;
  }
  close();
  return frames;
};

/** A stretch of the log in order: what is left out is declared where it lies. */
const inOrder = (
  stretch: Stretch,
): (
  | { readonly kind: 'hidden' | 'purged'; readonly range: Range }
  | { readonly kind: 'events'; readonly events: RoomEvent[] }
)[] => {
  const ranges = [
    ...stretch.hidden.map((range) => ({ kind: 'hidden' as const, range })),
    ...stretch.purged.map((range) => ({ kind: 'purged' as const, range })),
  ].sort((a, b) => a.range.from - b.range.from);
  const out: ReturnType<typeof inOrder> = [];
  let at = 0;
  for (const range of ranges) {
    const events = [];
    for (; at < stretch.events.length; at++) {
      const event = stretch.events[at];
      if (!event || event.seq > range.range.from) break;
      events.push(event);
    }
    if (events.length > 0) out.push({ kind: 'events', events });
    out.push(range);
  }
  const rest = stretch.events.slice(at);
  if (rest.length > 0) out.push({ kind: 'events', events: [...rest] });
  return out;
};

/** What the hub tells of a room it serves: the seq it has applied. */
export type AppliedOf = (room: string) => number;

/** A database that is away is asked again after this long, and up to three times as long, in ms: sockets stay meanwhile (contract D30). */
const AWAY_MS = 250;

/** Reads as soon as the database can answer; null when nobody wants it any more. What is wrong in another way is thrown. */
const patiently = async <T>(read: () => Promise<T>, isWanted: () => boolean): Promise<{ readonly got: T } | null> => {
  while (isWanted()) {
    try {
      return { got: await read() };
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      await pause(AWAY_MS * (1 + 2 * Math.random()));
    }
  }
  return null;
};

/** Reads the log until the subscription has reached the hub, then makes it live. Returns false when access has ended. */
export const catchUp = async (
  subscription: Subscription,
  memory: StreamsMemory,
  limits: Limits,
  applied: AppliedOf,
): Promise<boolean> => {
  const { connection, room } = subscription;
  const stream = roomStream(room);
  while (subscription.state === 'catching' && !connection.closed) {
    await connection.outbound.drained();
    const read = await patiently(
      () => memory.read(connection.actor.account, room, subscription.sent, PAGE),
      () => subscription.state === 'catching' && !connection.closed,
    );
    if (!read) return true;
    const stretch = read.got;
    if (!stretch) return false;
    for (const part of inOrder(stretch)) {
      if (subscription.state !== 'catching' || connection.closed) return true;
      if (part.kind === 'events') {
        for (const frame of eventFrames(stream, part.events, limits.pageBytes)) {
          await connection.outbound.drained();
          if (subscription.state !== 'catching' || connection.closed) return true;
          connection.outbound.push(frame);
        }
        subscription.sent = part.events.at(-1)?.seq ?? subscription.sent;
      } else {
        connection.send({ t: part.kind, stream, ...part.range } as ServerFrame);
        subscription.sent = part.range.to;
      }
    }
    subscription.sent = Math.max(subscription.sent, stretch.to);
    // No await between this comparison and the change of state: nothing can be applied in between
    if (subscription.state === 'catching' && subscription.sent >= applied(room)) {
      subscription.state = 'live';
      return true;
    }
  }
  return true;
};

/** How a cursor is answered before anything is read. */
export type Opening =
  | { readonly kind: 'resume'; readonly from: number; readonly gap: Range | null }
  | { readonly kind: 'reset'; readonly reason: 'epoch' | 'ahead' | 'mismatch' | 'expired' };

/** Compares a cursor with where the stream stands (contract D15, D16). */
export const openingOf = (
  cursor: Cursor,
  standing: {
    readonly epoch: string;
    readonly head: number;
    readonly idAtCursor: string | null;
    readonly oldest?: number;
  },
  limits: Limits,
): Opening => {
  if (cursor.epoch !== standing.epoch) return { kind: 'reset', reason: 'epoch' };
  if (cursor.seq > standing.head) return { kind: 'reset', reason: 'ahead' };
  if (cursor.lastId !== null && standing.idAtCursor !== cursor.lastId) {
    return {
      kind: 'reset',
      reason: standing.oldest !== undefined && cursor.seq < standing.oldest ? 'expired' : 'mismatch',
    };
  }
  if (standing.oldest !== undefined && cursor.seq + 1 < standing.oldest) return { kind: 'reset', reason: 'expired' };
  const missed = standing.head - cursor.seq;
  if (missed <= limits.resumeEvents) return { kind: 'resume', from: cursor.seq, gap: null };
  const to = standing.head - limits.gapEvents;
  return { kind: 'resume', from: to, gap: { from: cursor.seq + 1, to } };
};

/** Reads a person's own stream until the connection has reached the hub. */
export const catchUpUser = async (
  connection: Connection,
  memory: StreamsMemory,
  limits: Limits,
  applied: () => number,
): Promise<void> => {
  const { account } = connection.actor;
  // Whoever has missed nothing costs no reading: after a restart that is nearly everybody
  connection.userLive = connection.userSent >= applied();
  while (!connection.userLive && !connection.closed) {
    await connection.outbound.drained();
    const read = await patiently(
      () => memory.userRead(account, connection.userSent, PAGE),
      () => !connection.closed,
    );
    if (!read || connection.closed) return;
    const { events, head } = read.got;
    for (const frame of eventFrames(userStream(account), events, limits.pageBytes)) connection.outbound.push(frame);
    connection.userSent = events.at(-1)?.seq ?? Math.max(connection.userSent, head);
    if (connection.userSent >= applied()) connection.userLive = true;
  }
};
