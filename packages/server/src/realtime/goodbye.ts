/** The orderly end (contract, "Lifecycle"): nobody new, what was sent is finished and answered, everybody is told to come back. */
import { setTimeout as pause } from 'node:timers/promises';
import { CLOSE } from '@recreio/protocol';
import type { WebSocket } from 'ws';
import type { Connection } from './connection.ts';

/** What is said goodbye to. */
export interface GoodbyeParts {
  readonly hub: { connections(): Iterable<Connection> };
  readonly sockets: { stopAccepting(): void; readonly sockets: ReadonlySet<WebSocket> };
  /** Whether every command that was sent has its answer. */
  readonly isIdle: () => boolean;
  readonly monotonic: () => number;
  readonly withinMs: number;
}

/** Clients come back spread over this time, so that the next server is not overrun. */
const SPREAD_MS = 3_000;
/** How long a peer has to answer the close frame. */
const CLOSE_MS = 1_000;

/** Not `events.once`: that rejects at an error, and a last bad frame would keep everything behind from being put away. */
const closed = (socket: WebSocket): Promise<unknown> => new Promise((resolve) => socket.once('close', resolve));

/** Says it; resolves when every socket is closed, at the latest after the time given and a second. */
export const sayGoodbye = async ({ hub, sockets, isIdle, monotonic, withinMs }: GoodbyeParts): Promise<void> => {
  sockets.stopAccepting();
  for (const connection of hub.connections())
    connection.send({ t: 'goaway', retryAfterMs: Math.round(Math.random() * SPREAD_MS), reason: 'restart' });
  const deadline = monotonic() + withinMs;
  while (!isIdle() && monotonic() < deadline) await pause(10);
  await pause(20); // the last answers are queued in this turn and the next
  for (const connection of hub.connections()) connection.end(CLOSE.restart, 'restart', true);
  await Promise.race([Promise.all([...sockets.sockets].map(closed)), pause(CLOSE_MS)]);
  for (const socket of sockets.sockets) socket.terminate();
};
