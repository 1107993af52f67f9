import type { Mine } from '@recreio/protocol';
import { describe, expect, test } from 'vitest';
import {
  countInto,
  onCalled,
  onHeads,
  onMarker,
  onMessage,
  onRemoved,
  onSpoken,
  readTo,
  type Tally,
  tallyOf,
} from './unread.ts';

const at = '2026-11-02T12:00:00.000Z';
const mine: Mine = {
  role: 'member',
  joinedAt: at,
  head: 50,
  ordinal: 40,
  readSeq: 44,
  readOrdinal: 36,
  unread: 3,
  mentions: 1,
  lastMessageAt: at,
};
const counts = (tally: Tally, isDirect = false) => {
  const { unread, mentions } = countInto(mine, tally, isDirect);
  return { unread, mentions };
};

describe('unread', () => {
  test('[R36] the welcome, plus one for each ordinal above, less one for each removed ordinal above the marker', () => {
    const heads = { head: 60, ordinal: 45, at };
    const cases: [string, Tally, number][] = [
      ['as welcomed', tallyOf(mine), 3],
      ['five more', onHeads(tallyOf(mine), heads), 8],
      ['the same again', onHeads(onHeads(tallyOf(mine), heads), heads), 8],
      ['older news', onHeads(onHeads(tallyOf(mine), heads), { head: 55, ordinal: 42, at }), 8],
      ['one above the marker removed', onHeads(tallyOf(mine), { ...heads, removed: [44] }), 7],
      ['one below the marker removed', onHeads(tallyOf(mine), { ...heads, removed: [12] }), 8],
      [
        'the same one removed twice',
        onHeads(onHeads(tallyOf(mine), { ...heads, removed: [44] }), { ...heads, removed: [44] }),
        7,
      ],
    ];
    for (const [what, tally, expected] of cases) expect([what, counts(tally).unread]).toEqual([what, expected]);
  });

  test('[R37] a marker brings its counts, and never goes back', () => {
    const moved = onMarker(onHeads(tallyOf(mine), { head: 60, ordinal: 45, at }), {
      seq: 58,
      ordinal: 43,
      unread: 2,
      mentions: 0,
      newest: 45,
    });
    expect(counts(moved)).toEqual({ unread: 2, mentions: 0 });
    expect(onMarker(moved, { seq: 50, ordinal: 40, unread: 9, mentions: 9, newest: 45 })).toBe(moved);
    expect(counts(onHeads(moved, { head: 61, ordinal: 46, at })).unread).toBe(3);
  });

  test('[R37] a marker that counts messages not heard of yet is not counted on when they are', () => {
    const early = onMarker(tallyOf(mine), { seq: 50, ordinal: 40, unread: 2, mentions: 0, newest: 42 });
    expect(counts(onHeads(early, { head: 62, ordinal: 42, at })).unread).toBe(2);
  });

  test('[R113] who is called with everybody counts it once: not again where it is in the counts, was read, or names them too', () => {
    const call = { message: 'todos', messageSeq: 52, ordinal: 41, at };
    const called = onCalled(tallyOf(mine), call);
    expect(counts(called)).toEqual({ unread: 4, mentions: 2 });
    expect(counts(onSpoken(onCalled(called, call), { id: 'todos', seq: 52 }))).toEqual({ unread: 4, mentions: 2 });
    expect(counts(onCalled(tallyOf(mine), { ...call, messageSeq: 50, ordinal: 40 }))).toEqual(counts(tallyOf(mine)));
    const read = onMarker(tallyOf(mine), { seq: 52, ordinal: 41, unread: 0, mentions: 0, newest: 41 });
    expect(counts(onCalled(read, call))).toEqual({ unread: 0, mentions: 0 });
  });

  test('[R86] what is shown as unread before the marker is counted from there on, until a marker comes without it', () => {
    const unreadFrom = { seq: 30, ordinal: 25 };
    const marker = { seq: 44, ordinal: 36, unread: 14, mentions: 2, newest: 40 };
    const again = onMarker(tallyOf(mine), { ...marker, unreadFrom });
    expect(countInto(mine, again, false)).toMatchObject({ unread: 14, mentions: 2, unreadFrom, readSeq: 44 });
    expect(readTo({ readSeq: 44, unreadFrom })).toBe(29);
    const removed = onHeads(again, { head: 60, ordinal: 41, at, removed: [24, 25, 30] });
    expect(counts(removed).unread).toBe(13);
    const read = countInto({ ...mine, unreadFrom }, onMarker(removed, { ...marker, unread: 0, mentions: 0 }), false);
    expect([read.unread, read.unreadFrom, readTo(read)]).toEqual([1, undefined, 44]);
    const own = onMessage(again, { seq: 62, ordinal: 42, at, isMine: true });
    expect(countInto(mine, own, false).unreadFrom).toBeUndefined();
  });

  test('[R37] sending moves my own marker', () => {
    const others = onMessage(tallyOf(mine), { seq: 51, ordinal: 41, at, isMine: false });
    expect(counts(others).unread).toBe(4);
    expect(counts(onMessage(others, { seq: 52, ordinal: 42, at, isMine: true }))).toEqual({ unread: 0, mentions: 0 });
  });

  test('[R36] [R46] who speaks to me is counted once, until I have read or it is gone', () => {
    const more = onMessage(tallyOf(mine), { seq: 51, ordinal: 41, at, isMine: false });
    const spoken = onSpoken(onSpoken(more, { id: 'm', seq: 51 }), { id: 'm', seq: 51 });
    expect(counts(spoken)).toEqual({ unread: 4, mentions: 2 });
    expect(counts(onRemoved(spoken, { id: 'm', seq: 52, ordinal: 41 }))).toEqual({ unread: 3, mentions: 1 });
    expect(onSpoken(spoken, { id: 'old', seq: 20 })).toBe(spoken);
  });

  test('in a private conversation everything speaks to me, and no count passes 999 or falls below 0', () => {
    expect(counts(onHeads(tallyOf(mine), { head: 60, ordinal: 45, at }), true)).toEqual({ unread: 8, mentions: 8 });
    expect(counts(onHeads(tallyOf(mine), { head: 9_000, ordinal: 8_000, at })).unread).toBe(999);
    expect(
      counts(onHeads(tallyOf({ ...mine, unread: 0 }), { head: 51, ordinal: 40, at, removed: [37, 38] })).unread,
    ).toBe(0);
  });
});
