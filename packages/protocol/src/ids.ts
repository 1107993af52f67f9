/** Identifiers and cursors: how things are named on the wire. */
import Type, { type Static } from 'typebox';

/** A UUID in its canonical lower-case form (RFC 9562 §4). Ids made by the server and by clients are version 7. */
export const Id = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  description: 'A UUID in canonical lower-case form (RFC 9562 §4).',
});
export type Id = Static<typeof Id>;

/**
 * The client's own name for a command: a UUIDv7 made once and repeated unchanged with every retry (contract D11).
 * Version and variant are checked, because the time inside it decides `too-old` after retention.
 */
export const ClientId = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
  description: 'A UUIDv7 made by the client, once per intention; repeated unchanged with every retry.',
});

/** The number of an event in its stream: 1, 2, 3, … without a gap inside one epoch (contract D5). 0 means "before the first". */
export const Seq = Type.Integer({
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'Position in a stream; 0 is before the first event.',
});

/** An instant, RFC 3339 in UTC with milliseconds, from the database's clock (contract D10). */
export const Instant = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$',
  description: 'RFC 3339, UTC, milliseconds.',
});

/** The name of a stream: `room:<id>` or `user:<id>`. */
export const StreamName = Type.String({
  pattern: '^(room|user):[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  description: 'room:<id> or user:<id>.',
});
export type StreamName = Static<typeof StreamName>;

/**
 * Where a client stands in a stream (contract D14): the epoch it saw, the seq of the last event it applied
 * and that event's id. `seq: 0` with `lastId: null` asks for the stream from its beginning.
 */
export const Cursor = Type.Object(
  { epoch: Id, seq: Seq, lastId: Type.Union([Id, Type.Null()]) },
  { additionalProperties: false, description: 'Where a client stands in a stream.' },
);
export type Cursor = Static<typeof Cursor>;

/** `room:<id>` of a room's id. */
export const roomStream = (room: string): StreamName => `room:${room}`;

/** `user:<id>` of an account's id. */
export const userStream = (account: string): StreamName => `user:${account}`;

/** The id inside a stream's name, and which of the two kinds it is. */
export const streamTarget = (stream: StreamName): { kind: 'room' | 'user'; id: string } => {
  const at = stream.indexOf(':');
  return { kind: stream.slice(0, at) as 'room' | 'user', id: stream.slice(at + 1) };
};
