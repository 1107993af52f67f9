import { type RoomEvent, roomStream } from '@recreio/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caughtUp, follow, type StreamFrame, type StreamState, type StreamStep, take } from './streams.ts';
import { idOf, type Log, write } from './testing/log.ts';

const ROOM = idOf(0x10001);
const EPOCH = idOf(1);
const stream = roomStream(ROOM);
const log: Log = { room: ROOM, epoch: EPOCH, events: [] };
for (let number = 1; number <= 60; number += 1) {
  write(log, { type: 'member.joined', actor: idOf(2), data: { account: idOf(2), role: 'member' } });
}
const cursorAt = (seq: number) => ({ epoch: EPOCH, seq, lastId: log.events[seq - 1]?.id ?? null });
const events = (from: number, to: number): StreamFrame => ({
  t: 'events',
  stream,
  events: log.events.slice(from - 1, to),
});

const run = (start: StreamState, frames: readonly StreamFrame[]) => {
  let state = start;
  const steps: StreamStep<RoomEvent>[] = [];
  for (const frame of frames) {
    const [next, more] = take<RoomEvent>(state, frame);
    state = next;
    steps.push(...more);
  }
  const seqs = steps.flatMap((step) => (step.type === 'apply' ? step.events.map(({ seq }) => seq) : []));
  return { state, steps, seqs, kinds: steps.map(({ type }) => type) };
};

describe('a stream', () => {
  test('[D13] events seen before are ignored, however frames overlap', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(12), fc.nat(5)), { maxLength: 40 }), (moves) => {
        let state = follow(cursorAt(0));
        const seqs: number[] = [];
        for (const [length, back] of moves) {
          const at = state.cursor?.seq ?? 0;
          const {
            state: next,
            seqs: more,
            kinds,
          } = run(state, [events(Math.max(1, at + 1 - back), Math.min(60, at + length))]);
          state = next;
          seqs.push(...more);
          expect(kinds).not.toContain('ask');
        }
        expect(seqs).toEqual(Array.from({ length: state.cursor?.seq ?? 0 }, (_, index) => index + 1));
      }),
    );
  });

  test('[R28] a gap makes the client ask again, once', () => {
    const { state, kinds, seqs } = run(follow(cursorAt(3)), [
      events(4, 5),
      events(8, 9),
      events(10, 10),
      events(11, 12),
    ]);
    expect(kinds.filter((kind) => kind === 'ask')).toHaveLength(1);
    expect(seqs).toEqual([4, 5]);
    expect(state.cursor).toEqual(cursorAt(5));
    const repaired = run(state, [
      { t: 'subscribed', id: 1, stream, head: cursorAt(12) },
      events(6, 12),
      events(13, 13),
    ]);
    expect(repaired.seqs).toEqual([6, 7, 8, 9, 10, 11, 12, 13]);
    expect(repaired.kinds).not.toContain('ask');
  });

  test('[R28] where asking has not helped, what is missing is declared instead of asked for in a circle', () => {
    const frames: StreamFrame[] = [events(6, 7), { t: 'subscribed', id: 1, stream, head: cursorAt(7) }, events(6, 7)];
    const { steps, seqs } = run(follow(cursorAt(3)), frames);
    expect(steps.map(({ type }) => type)).toEqual(['ask', 'hole', 'apply']);
    expect(steps[1]).toEqual({ type: 'hole', from: 4, to: 5 });
    expect(seqs).toEqual([6, 7]);
  });

  test('[R30] [R33] what is declared is passed over, and the id at its end is not claimed', () => {
    for (const t of ['gap', 'hidden', 'purged'] as const) {
      const { state, steps, seqs } = run(follow(cursorAt(3)), [{ t, stream, from: 4, to: 20 }, events(21, 22)]);
      expect(steps[0]).toEqual({ type: t === 'gap' ? 'hole' : t, from: 4, to: 20 });
      expect(seqs).toEqual([21, 22]);
      expect(state.cursor).toEqual(cursorAt(22));
      expect(run(follow(cursorAt(3)), [{ t, stream, from: 4, to: 20 }]).state.cursor).toEqual({
        epoch: EPOCH,
        seq: 20,
        lastId: null,
      });
    }
  });

  test('[R31] a reset is answered by starting afresh from its head', () => {
    const head = { epoch: idOf(99), seq: 40, lastId: idOf(40) };
    const { state, steps } = run(follow(cursorAt(3)), [{ t: 'reset', stream, reason: 'epoch', head }]);
    expect(steps).toEqual([{ type: 'reset', reason: 'epoch' }]);
    expect(state.cursor).toEqual(head);
  });

  test('[R29] without a cursor the stream starts live', () => {
    const { seqs } = run(follow(null), [
      events(5, 6),
      { t: 'subscribed', id: 1, stream, head: cursorAt(9) },
      events(9, 11),
    ]);
    expect(seqs).toEqual([10, 11]);
  });

  test('[R35] reading on moves the cursor, and the next that fits is applied', () => {
    const asked = run(follow(cursorAt(3)), [events(6, 6)]);
    expect(asked.kinds).toEqual(['ask']);
    expect(run(caughtUp(asked.state, 6), [events(7, 7)]).seqs).toEqual([7]);
  });
});
