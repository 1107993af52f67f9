import { CLOSE, DEFAULT_LIMITS } from '@recreio/protocol';
import { expect, test } from 'vitest';
import { FakeSocket } from '../testing/socket.ts';
import { Connection } from './connection.ts';

/** A connection whose reader has stopped, with something in the socket already. */
const stuck = () => {
  const socket = new FakeSocket();
  const ends: string[] = [];
  const closer = { close: (code: number) => void ends.push(String(code)), cut: () => void ends.push('cut') };
  const who = { minor: false, courses: [], staffOf: [] };
  const connection = new Connection({ account: 'ana', session: 'a' }, who, socket, closer, DEFAULT_LIMITS, () => 0);
  return { socket, connection, ends };
};

test('[D27] a slow reader who is signed out is cut off: what the socket holds would go out before the close frame', () => {
  const { socket, connection, ends } = stuck();
  socket.isStuck = true;
  connection.send({ t: 'pong' });
  connection.outbound.flush();
  expect(socket.writableLength).toBeGreaterThan(0);
  connection.end(CLOSE.signedOut, 'signed out', false);
  expect(ends).toEqual(['cut']);
});

test('[D27] who reads is told 4401, and what was queued is not sent', () => {
  const { socket, connection, ends } = stuck();
  connection.send({ t: 'pong' });
  connection.end(CLOSE.signedOut, 'signed out', false);
  connection.outbound.flush();
  expect([ends, socket.frames]).toEqual([[String(CLOSE.signedOut)], []]);
});

test('[D22] a slow reader who may come back is told so with a code', () => {
  const { socket, connection, ends } = stuck();
  socket.isStuck = true;
  connection.send({ t: 'pong' });
  connection.outbound.flush();
  connection.end(CLOSE.slowConsumer, 'too slow', false);
  expect(ends).toEqual([String(CLOSE.slowConsumer)]);
});
