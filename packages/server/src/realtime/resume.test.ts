import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { DEFAULT_LIMITS, type RoomEvent } from '@recreio/protocol';
import { decode } from '../testing/socket.ts';
import { eventFrames, openingOf } from './resume.ts';

const limits = { ...DEFAULT_LIMITS, resumeEvents: 10, gapEvents: 4 };
const standing = { epoch: 'now', head: 100, idAtCursor: 'event' };
const cursor = (seq: number, lastId: string | null = 'event', epoch = 'now') => ({ epoch, seq, lastId });

describe('a cursor', () => {
  it.each([
    ['at the head', cursor(100), standing, { kind: 'resume', from: 100, gap: null }],
    ['as far behind as is replayed whole', cursor(90), standing, { kind: 'resume', from: 90, gap: null }],
    ['one further', cursor(89), standing, { kind: 'resume', from: 96, gap: { from: 90, to: 96 } }],
    [
      'at the beginning',
      cursor(0, null),
      { ...standing, idAtCursor: null },
      { kind: 'resume', from: 96, gap: { from: 1, to: 96 } },
    ],
    ['behind something that was declared', cursor(95, null), standing, { kind: 'resume', from: 95, gap: null }],
    ['of another epoch', cursor(100, 'event', 'before'), standing, { kind: 'reset', reason: 'epoch' }],
    ['past the head', cursor(101, null), standing, { kind: 'reset', reason: 'ahead' }],
    ['with another event at its seq', cursor(95, 'another'), standing, { kind: 'reset', reason: 'mismatch' }],
    [
      'with an event where there is none',
      cursor(0),
      { ...standing, idAtCursor: null },
      { kind: 'reset', reason: 'mismatch' },
    ],
    ['older than what is kept', cursor(49, null), { ...standing, oldest: 51 }, { kind: 'reset', reason: 'expired' }],
    [
      'just before what is kept',
      cursor(95, null),
      { ...standing, oldest: 96 },
      { kind: 'resume', from: 95, gap: null },
    ],
    [
      'whose event is no longer kept',
      cursor(40),
      { ...standing, idAtCursor: null, oldest: 51 },
      { kind: 'reset', reason: 'expired' },
    ],
  ])('[D15] [D16] %s', (_, at, where, opening) => expect(openingOf(at, where, limits)).toEqual(opening));
});

const events = fc.array(fc.string({ unit: 'grapheme', maxLength: 200 }), { maxLength: 40 }).map((bodies) =>
  bodies.map(
    (body, at): RoomEvent => ({
      type: 'message.sent',
      seq: at + 1,
      id: 'e',
      at: 'a',
      actor: 'x',
      data: { message: { id: 'm', clientId: 'c', ordinal: at + 1, editNo: 0, body } },
    }),
  ),
);

test('[D15] frames of events hold them all in order, each frame within the limit in bytes', () => {
  const most = 2_000;
  fc.assert(
    fc.property(events, (list) => {
      const frames = eventFrames('room:x', list, most);
      const told = frames.flatMap((frame) => {
        expect(frame.length).toBeLessThanOrEqual(most + 10); // the header of RFC 6455
        return decode(frame).flatMap((one) => (one.t === 'events' ? one.events : []));
      });
      expect(told).toEqual(list);
    }),
  );
});

test('[D15] a frame is measured in bytes: letters of two and four bytes count as such', () => {
  const most = 2_000;
  const list = Array.from(
    { length: 12 },
    (_, at): RoomEvent => ({
      type: 'message.sent',
      seq: at + 1,
      id: 'e',
      at: 'a',
      actor: 'x',
      data: { message: { id: 'm', clientId: 'c', ordinal: at + 1, editNo: 0, body: 'é😀'.repeat(60) } },
    }),
  );
  const frames = eventFrames('room:x', list, most);
  expect(frames.length).toBeGreaterThan(1);
  expect(Math.max(...frames.map((frame) => frame.length))).toBeLessThanOrEqual(most + 10);
});
