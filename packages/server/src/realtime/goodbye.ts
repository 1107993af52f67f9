/**
 * The orderly end (contract, "Lifecycle"): nobody new, everybody is told when to come back, sockets close in waves, each when
 * its commands have been answered. A few sockets are closed at once; thousands are spread, so that the next server is not overrun.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { CLOSE } from '@recreio/protocol';
import type { Connection } from './connection.ts';

/** What is said goodbye to. */
export interface GoodbyeParts {
  readonly hub: { connections(): Iterable<Leaver> };
  readonly sockets: { stopAccepting(): void; readonly sockets: ReadonlySet<Ending> };
  /** Whether every command that was sent has its answer. */
  readonly isIdle: () => boolean;
  readonly monotonic: () => number;
  /** Everybody is gone by then, in ms. */
  readonly withinMs: number;
  /** Of all sockets, the share closed a second, 0–1. */
  readonly wave: number;
  readonly pause?: (ms: number) => Promise<unknown>;
  /** 0 ≤ x < 1. */
  readonly random?: () => number;
}

/** A socket, as the end needs it. */
export interface Ending {
  once(event: 'close', closed: () => void): unknown;
  terminate(): void;
}

/** What a goodbye needs of a connection. */
export type Leaver = Pick<Connection, 'send' | 'end' | 'closed' | 'unanswered' | 'isLeaving'>;

/** So many a second overrun nobody: a server of a few sockets ends at once. */
const FEW = 50;
/** The longest that clients stay away (contract, "Lifecycle"). */
const SPREAD_MS = 15_000;
/** A next server needs a moment to be there. */
const LEAST_SPREAD_MS = 1_000;
const WAVE_MS = 100;
/** How long a peer has to answer the close frame. */
const CLOSE_MS = 1_000;

/** Not `events.once`: that rejects at an error, and a last bad frame would keep everything behind from being put away. */
const closed = (socket: Ending): Promise<unknown> =>
  new Promise((resolve) => socket.once('close', () => resolve(undefined)));

/** Says it; resolves when every socket is closed, at the latest after the time given and a second. */
export const sayGoodbye = async (parts: GoodbyeParts): Promise<void> => {
  const { hub, sockets, isIdle, monotonic, withinMs, wave, pause = wait, random = Math.random } = parts;
  sockets.stopAccepting();
  const begun = monotonic();
  const deadline = begun + withinMs;
  const all = [...hub.connections()];
  const spreadMs = Math.min(SPREAD_MS, Math.max(LEAST_SPREAD_MS, (all.length / FEW) * 1000));
  const told = all.map((connection) => ({ connection, retryAfterMs: Math.floor(random() * spreadMs) }));
  for (const { connection, retryAfterMs } of told) connection.send({ t: 'goaway', retryAfterMs, reason: 'restart' });

  // Those who come back first are let go first
  const staying = told.sort((a, b) => a.retryAfterMs - b.retryAfterMs).map(({ connection }) => connection);
  const perSecond = Math.max(
    FEW,
    wave * staying.length,
    (staying.length * 1000) / Math.max(WAVE_MS, withinMs - WAVE_MS),
  );
  let leaving: Leaver[] = [];
  const endAnswered = (isLate: boolean): void => {
    leaving = leaving.filter((connection) => {
      if (connection.closed) return false;
      if (connection.unanswered > 0 && !isLate) return true;
      connection.end(CLOSE.restart, 'restart', true);
      return false;
    });
  };
  let gone = 0;
  while (monotonic() < deadline) {
    const due = Math.ceil((perSecond * (monotonic() - begun + WAVE_MS)) / 1000);
    for (const connection of staying.slice(gone, due)) {
      // What it still says is left to the next server: the answer could not be waited for
      connection.isLeaving = true;
      leaving.push(connection);
    }
    gone = Math.max(gone, due);
    endAnswered(false);
    // Whose own time has come have left by themselves and are not waited for
    const isEmpty = leaving.length === 0 && staying.slice(gone).every((connection) => connection.closed);
    if (isEmpty && isIdle()) break;
    await pause(isEmpty ? 10 : WAVE_MS);
  }
  // And those who were let in while this began
  leaving.push(...staying.slice(gone), ...hub.connections());
  endAnswered(true);
  await Promise.race([Promise.all([...sockets.sockets].map(closed)), pause(CLOSE_MS)]);
  for (const socket of sockets.sockets) socket.terminate();
};
