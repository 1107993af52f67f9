import { expect, test, vi } from 'vitest';
import { FakeSocket } from '../testing/socket.ts';
import { encode } from './frames.ts';
import { Outbound } from './outbound.ts';

const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));
const typing = encode({ t: 'typing', room: 'sala', account: 'ana' });
const pong = encode({ t: 'pong' });

const make = (limits = { outboundBytes: 1_000, outboundFrames: 10 }) => {
  const socket = new FakeSocket();
  const clock = { ms: 0 };
  return { socket, clock, outbound: new Outbound(socket, limits, () => clock.ms) };
};

test('what is queued in one turn goes out in one write, in order', async () => {
  const { socket, outbound } = make();
  outbound.push(pong);
  outbound.push(typing);
  expect(socket.written).toEqual([]);
  await turn();
  expect(socket.written).toHaveLength(1);
  expect(socket.frames.map(({ t }) => t)).toEqual(['pong', 'typing']);
});

test('[D24] above half, ephemeral frames are dropped and durable ones are kept', async () => {
  const { socket, outbound } = make();
  socket.isStuck = true;
  for (let i = 0; i < 4; i++) outbound.push(pong);
  outbound.offer(typing);
  outbound.offer(typing);
  outbound.push(pong);
  socket.drain();
  await turn();
  expect(socket.frames.map(({ t }) => t)).toEqual(['pong', 'pong', 'pong', 'pong', 'typing', 'pong']);
});

test('[D22] is full by frames or by bytes, those in the socket included, until less than half waits', async () => {
  const { socket, clock, outbound } = make({ outboundBytes: 1_000, outboundFrames: 100 });
  socket.isStuck = true;
  clock.ms = 7;
  const big = encode({ t: 'typing', room: 'x'.repeat(500), account: 'ana' });
  outbound.push(big);
  expect([outbound.isFull, outbound.fullSince]).toEqual([false, null]);
  await turn();
  expect(outbound.bytes).toBe(big.length);
  outbound.push(big);
  expect([outbound.isFull, outbound.fullSince]).toEqual([true, 7]);
  let drained = false;
  const wait = async () => {
    await outbound.drained();
    drained = true;
  };
  const waiting = wait();
  await turn();
  expect(drained).toBe(false);
  socket.drain();
  await waiting;
  expect([outbound.isFull, outbound.fullSince, socket.frames.length]).toEqual([false, null, 2]);
});

test('[R19] what comes before the welcome goes out behind it', async () => {
  const { socket, outbound } = make();
  outbound.hold();
  outbound.push(pong);
  outbound.offer(typing);
  await turn();
  expect(socket.written).toEqual([]);
  outbound.open(encode({ t: 'goaway', retryAfterMs: 0, reason: 'stands for welcome' }));
  await turn();
  expect(socket.frames.map(({ t }) => t)).toEqual(['goaway', 'pong', 'typing']);
});

test('[D27] once closed it writes nothing more', async () => {
  const { socket, outbound } = make();
  outbound.push(pong);
  outbound.close();
  outbound.push(pong);
  outbound.flush();
  await turn();
  expect(socket.written).toEqual([]);
});

/** A socket that keeps what it was given, piece by piece, and says so. */
const keeper = (wrote: () => void = () => undefined) => {
  const pieces: Buffer[] = [];
  const write = (bytes: Buffer): boolean => {
    pieces.push(bytes);
    wrote();
    return true;
  };
  return { pieces, write, writableLength: 0, once: () => undefined };
};
const roomy = { outboundBytes: 100_000, outboundFrames: 100 };

test('frames that wait for many are joined once, and only for those who have the same', async () => {
  const [a, b, c] = [keeper(), keeper(), keeper()];
  const [first, second, third] = [a, b, c].map((socket) => new Outbound(socket, roomy, () => 0));
  const [begin, mine, end] = ['x', 'y', 'z'].map((room) => encode({ t: 'typing', room, account: 'ana' }));
  if (!begin || !mine || !end) throw new Error('three frames');
  for (const outbound of [first, second]) for (const frame of [begin, pong, end]) outbound?.push(frame, true);
  for (const frame of [begin, mine, end]) third?.push(frame, true);
  await turn();
  expect(a.pieces).toEqual([Buffer.concat([begin, pong, end])]);
  expect(b.pieces[0]).toBe(a.pieces[0]);
  expect(c.pieces).toEqual([Buffer.concat([begin, mine, end])]);
});

test('a walk over very many visits each once: what is queued behind it goes with the next', async () => {
  const early = keeper();
  const first = new Outbound(early, roomy, () => 0);
  // Whoever comes later makes the first have something again, as an answer to what was heard early would
  const crowd = Array.from(
    { length: 40 },
    () =>
      new Outbound(
        keeper(() => first.push(pong, true)),
        roomy,
        () => 0,
      ),
  );
  for (const outbound of [first, ...crowd]) outbound.push(typing, true);
  await vi.waitFor(() => expect(early.pieces.length).toBeGreaterThan(1));
  expect(early.pieces[0]).toEqual(typing);
  expect(early.pieces[1]).toEqual(Buffer.concat(Array.from({ length: 40 }, () => pong)));
});

test('what goes to very many lets what concerns few pass, and keeps its place on each socket', async () => {
  const written: string[] = [];
  const socketOf = (name: string) => ({
    write: (bytes: Buffer) => {
      written.push(...Array.from({ length: bytes.length / pong.length }, () => name));
      return true;
    },
    writableLength: 0,
    once: () => undefined,
  });
  const limits = { outboundBytes: 1_000, outboundFrames: 10 };
  const [crowd, both, one] = ['crowd', 'both', 'one'].map((name) => new Outbound(socketOf(name), limits, () => 0));
  crowd?.push(pong, true);
  both?.push(pong, true);
  one?.push(pong);
  both?.push(pong);
  await turn();
  expect(written).toEqual(['one', 'both', 'both', 'crowd']);
  // And it is not forgotten while a walk rests
  crowd?.push(pong, true);
  await vi.waitFor(() => expect(written).toHaveLength(5));
});
