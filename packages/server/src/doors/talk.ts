/** The frames of a signed-in socket: commands in, answers out, streams opened and closed (docs/protocol.md §4, §5). */
import { type Caller, deny, execute, Indeterminate, problemOf, type World } from '@recreio/core';
import {
  ClientFrame,
  CLOSE,
  type Command,
  type CommandName,
  COMMANDS,
  type Limits,
  type Problem,
  type ProblemCode,
  PROBLEMS,
  roomStream,
  type ServerFrame,
  streamTarget,
} from '@recreio/protocol';
import type { Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { RawData, WebSocket } from 'ws';
import type { Connection } from '../realtime/connection.ts';
import type { Hub } from '../realtime/hub.ts';
import { openingOf } from '../realtime/resume.ts';
import { problemOfError, type Report, type Watch } from './problems.ts';

/** What a conversation with a socket needs. */
export interface TalkParts {
  readonly world: World;
  readonly hub: Hub;
  readonly limits: Limits;
  readonly monotonic: () => number;
  readonly report: Report;
  readonly watch: Watch;
}

/** Frames a second that no person or honest program sends; a burst of twice that is let through. */
const FRAMES_PER_SECOND = 200;

/** A peer that has answered nothing for this many heartbeats is gone. */
const MISSED_HEARTBEATS = 1.6;

const isFrame = Compile(ClientFrame);
type Frame = Static<typeof ClientFrame>;

/** The close code of a problem that ends the connection. */
export const closeCodeOf = (code: ProblemCode): number => {
  const row = PROBLEMS[code];
  return 'close' in row ? row.close : CLOSE.malformed;
};

/** A text frame's JSON object, or null. */
export const parseFrame = (data: RawData, isBinary: boolean): object | null => {
  if (isBinary) return null;
  try {
    const bytes = Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
};

const refusal = (problem: Problem): { t: 'refused'; problem: Problem } => ({ t: 'refused', problem });

/** Answers a connection's frames until it ends; `heard` takes each message that comes in. */
export const talk = (ws: WebSocket, connection: Connection, parts: TalkParts) => {
  const { world, hub, limits, monotonic } = parts;
  const caller: Caller = { actor: connection.actor, address: '', device: '' };
  /** The subscribe of each room that is not answered yet: what concerns the same room comes after it. */
  const opening = new Map<string, Promise<void>>();
  let tokens = FRAMES_PER_SECOND * 2;
  let lastFrameAt = monotonic();
  let lastHeardAt = monotonic();

  const heartbeat = setInterval(() => {
    if (monotonic() - lastHeardAt > limits.heartbeatMs * MISSED_HEARTBEATS) ws.terminate();
    else ws.ping();
  }, limits.heartbeatMs);
  ws.on('close', () => clearInterval(heartbeat));
  ws.on('pong', () => {
    lastHeardAt = monotonic();
  });
  ws.on('ping', () => {
    if (!connection.closed && !admit()) end('flood');
  });

  /** Counts what came in; false when it comes too fast (docs/protocol.md R22). */
  const admit = (): boolean => {
    const now = monotonic();
    lastHeardAt = now;
    tokens = Math.min(FRAMES_PER_SECOND * 2, tokens + ((now - lastFrameAt) / 1000) * FRAMES_PER_SECOND) - 1;
    lastFrameAt = now;
    return tokens >= 0;
  };

  const send = (frame: ServerFrame): void => {
    if (!connection.closed) connection.send(frame);
  };

  const end = (code: ProblemCode): void => {
    send({ t: 'problem', problem: problemOf(deny(code)) });
    connection.end(closeCodeOf(code), code, true);
  };

  /** Runs a request under its number; `null` means that it has answered itself. */
  const answer = async (
    id: number,
    work: () => Promise<{ t: 'done'; output: unknown } | { t: 'refused'; problem: Problem } | null>,
  ): Promise<void> => {
    connection.unanswered += 1;
    try {
      const frame = await work();
      if (frame) send({ ...frame, id });
    } catch (error) {
      // Indeterminate: the client repeats on a new connection and learns its one true result (contract D3)
      if (error instanceof Indeterminate) return connection.end(CLOSE.internal, 'indeterminate', true);
      const problem = problemOfError(error, world.newId, parts.report);
      if (problem) send({ ...refusal(problem), id });
    } finally {
      connection.unanswered -= 1;
    }
    return undefined;
  };

  const run = async (name: string, input: unknown) => {
    const command: Command | undefined = Object.hasOwn(COMMANDS, name) ? COMMANDS[name as CommandName] : undefined;
    if (!command?.socket) return refusal(problemOf(deny('not-found', { detail: 'there is no such command here' })));
    const outcome = await execute(world, caller, name as CommandName, input);
    if (outcome.ok) return { t: 'done' as const, output: outcome.output };
    parts.watch.refused(name, outcome.problem, connection.actor.account);
    return refusal(outcome.problem);
  };

  /** Says where the stream stands, then what of it the cursor missed (docs/protocol.md R28–R31). */
  const subscribe = async ({ id, stream, cursor }: Extract<Frame, { t: 'subscribe' }>) => {
    const { kind, id: room } = streamTarget(stream);
    if (kind === 'user') return refusal(problemOf(deny('malformed', { detail: 'the user stream is always open' })));
    // It reads as much as a command that reads, and draws from the same bucket (security S59)
    const wait = world.quota('read', connection.actor.account);
    if (wait !== null) return refusal(problemOf(deny('rate-limited', { retryAfterMs: wait })));
    const [alive, standing] = await Promise.all([
      world.memory.accounts.alive(connection.actor),
      world.memory.streams.standing(connection.actor.account, room, cursor?.seq ?? 0),
    ]);
    if (!alive) return refusal(problemOf(deny('not-signed-in')));
    if (!standing) return refusal(problemOf(deny('not-found')));
    if (connection.closed) return null;
    const head = { epoch: standing.epoch, seq: standing.head, lastId: standing.headId };
    const opening = cursor
      ? openingOf(cursor, standing, limits)
      : { kind: 'resume' as const, from: standing.head, gap: null };
    send({ t: 'subscribed', id, stream: roomStream(room), head });
    if (opening.kind === 'reset') send({ t: 'reset', stream, reason: opening.reason, head });
    else if (opening.gap) send({ t: 'gap', stream, ...opening.gap });
    hub.subscribe(connection, room, opening.kind === 'reset' ? standing.head : opening.from, standing);
    return null;
  };

  /** Subscribes behind what was asked for the same stream before (docs/protocol.md R28). */
  const open = async (frame: Extract<Frame, { t: 'subscribe' }>): Promise<void> => {
    const before = opening.get(frame.stream);
    const answered = answer(frame.id, async () => {
      await before;
      return await subscribe(frame);
    });
    opening.set(frame.stream, answered);
    await answered;
    if (opening.get(frame.stream) === answered) opening.delete(frame.stream);
  };

  /** One frame that fits the protocol. Rooms' commands enter the corridor in this very turn, in order (contract D9). */
  const hear = (frame: Exclude<Frame, { t: 'hello' }>): void => {
    if (frame.t === 'ping') return send({ t: 'pong' });
    if (frame.t === 'unsubscribe') {
      const close = (): void => {
        hub.unsubscribe(connection, streamTarget(frame.stream).id);
        send({ t: 'unsubscribed', id: frame.id, stream: frame.stream });
      };
      const before = opening.get(frame.stream);
      return before ? void before.then(close) : close();
    }
    const tooMany =
      connection.unanswered >= limits.unansweredCommands ||
      (frame.t === 'subscribe' && connection.subscriptions.size >= limits.subscriptions);
    if (tooMany) return send({ ...refusal(problemOf(deny('too-many-commands'))), id: frame.id });
    if (frame.t === 'do') void answer(frame.id, () => run(frame.command, frame.input));
    else void open(frame);
    return undefined;
  };

  return {
    /** A message has come in. */
    heard: (data: RawData, isBinary: boolean): void => {
      if (connection.closed || connection.isLeaving) return undefined;
      if (!admit()) return end('flood');
      const frame = parseFrame(data, isBinary);
      if (!frame || !isFrame.Check(frame) || frame.t === 'hello') return end('malformed-frame');
      return hear(frame);
    },
  };
};
