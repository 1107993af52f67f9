import { describe, expect, it } from 'vitest';
import { furthest } from './new-below.ts';
import {
  arrangeTalk,
  countAfter,
  dayAt,
  followsOn,
  newsOfSending,
  readUpTo,
  type MessageView,
  type NoteView,
  type TalkItem,
} from './talk.ts';
import { rangeWith, rowMoves } from './roving.ts';

const zone = 'America/Sao_Paulo';
const noon = Date.UTC(2025, 9, 14, 15, 0);
const minutes = (count: number) => noon + count * 60_000;
const ana = { id: 'ana', name: 'Ana Lima', isYou: true };
const kaua = { id: 'kaua', name: 'Kauã Ferreira' };

function message(
  key: string,
  at: number,
  author: MessageView['author'] = kaua,
  more: Partial<MessageView> = {},
): MessageView {
  return {
    kind: 'message',
    key,
    id: key,
    at,
    author,
    body: key,
    reactions: [],
    delivery: { kind: 'sent' },
    powers: {},
    ...more,
  };
}
const note = (key: string, at: number): NoteView => ({ kind: 'note', key, at, icon: 'plus', words: key });

describe('grouping', () => {
  const first = message('1', minutes(0));
  const cases: [string, TalkItem, boolean][] = [
    ['4 min 59 s later stands under the same head', message('2', minutes(5) - 1000), true],
    ['5 min later has its own', message('2', minutes(5)), false],
    ['another author has their own', message('2', minutes(1), ana), false],
    [
      'a reply has its own',
      message('2', minutes(1), kaua, { replyTo: { messageId: 'x', author: 'A', excerpt: 'b' } }),
      false,
    ],
    ['a tombstone has its own', message('2', minutes(1), kaua, { removed: { by: 'author', at: minutes(2) } }), false],
    ['a note is not a message', note('2', minutes(1)), false],
  ];
  it.each(cases)('%s', (_name, next, expected) => expect(followsOn(first, next, zone)).toBe(expected));
  it('never crosses midnight of the reader’s zone, though UTC has not turned', () => {
    const late = message('1', Date.UTC(2025, 9, 15, 2, 59));
    const early = message('2', Date.UTC(2025, 9, 15, 3, 0));
    expect(followsOn(late, early, zone)).toBe(false);
    expect(followsOn(late, early, 'UTC')).toBe(true);
  });
  it('nothing follows on what was taken away', () =>
    expect(followsOn({ ...first, removed: { by: 'author', at: noon } }, message('2', minutes(1)), zone)).toBe(false));
});

describe('arranging', () => {
  it('a heading for each day, groups joined on both sides', () => {
    const rows = arrangeTalk([message('1', minutes(-24 * 60)), message('2', minutes(0)), message('3', minutes(1))], {
      zone,
    });
    expect(rows.map((row) => row.type)).toEqual(['day', 'message', 'day', 'message', 'message']);
    expect(rows[3]).toMatchObject({ isNext: false, hasNext: true });
    expect(rows[4]).toMatchObject({ isNext: true, hasNext: false });
  });
  it('what was written yesterday and waits below today’s words opens no day a second time', () => {
    const late = message('3', minutes(-24 * 60 + 1), ana, { delivery: { kind: 'queued' } });
    const rows = arrangeTalk([message('1', minutes(-24 * 60)), message('2', minutes(0)), late], { zone });
    expect(rows.map((row) => row.type)).toEqual(['day', 'message', 'day', 'message', 'message']);
    expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
  });
  it('the divider counts what others said, parts the group, and is not there when nothing is new', () => {
    const items = [
      message('1', minutes(0)),
      message('2', minutes(1)),
      message('3', minutes(2), ana),
      message('4', minutes(3), kaua, { removed: { by: 'author', at: noon } }),
    ];
    const rows = arrangeTalk(items, { zone, freshFrom: '2' });
    expect(rows.find((row) => row.type === 'fresh')).toMatchObject({ count: 1, at: minutes(1) });
    expect(rows.find((row) => row.key === '2')).toMatchObject({ isNext: false });
    expect(arrangeTalk(items, { zone, freshFrom: '3' }).some((row) => row.type === 'fresh')).toBe(false);
  });
  it('only the newest of one’s own says that it was sent, and only while that is news', () => {
    const items = [message('1', minutes(0), ana), message('2', minutes(9), ana), message('3', minutes(10))];
    expect(newsOfSending(items, minutes(10))).toBe('2');
    expect(newsOfSending(items, minutes(14))).toBeUndefined();
    const rows = arrangeTalk(items, { zone, sentKey: newsOfSending(items, minutes(10)) });
    expect(rows.filter((row) => row.type === 'message' && row.showSent).map((row) => row.key)).toEqual(['2']);
  });
  it('the pill tells the day of the topmost row, also over a hole without a time', () => {
    const rows = arrangeTalk([message('1', minutes(0)), { kind: 'hole', key: 'gap', hole: 'gap' }], { zone });
    expect(dayAt(rows, 2)).toBe(minutes(0));
    expect(dayAt([], 0)).toBeUndefined();
  });
  it('what came after counts others’ words only', () =>
    expect(countAfter([message('1', noon), note('n', noon), message('2', noon), message('3', noon, ana)], '1')).toBe(
      1,
    ));
});

describe('how far one has read', () => {
  const waiting = message('mine', minutes(0), ana, { delivery: { kind: 'failed', mayRetry: true } });
  const read = (items: readonly TalkItem[], end = 100) => readUpTo(arrangeTalk(items, { zone }), end);
  it('is the last that was said or done, and none that one could not send', () => {
    expect(read([message('1', minutes(0)), waiting])).toBe('1');
    expect(read([message('1', minutes(0)), message('2', minutes(1)), waiting])).toBe('2');
    expect(read([message('1', minutes(0)), note('n', minutes(1)), waiting])).toBe('n');
    expect(read([message('1', minutes(0)), message('2', minutes(1), ana)])).toBe('2');
  });
  it('ends where the screen ends', () =>
    expect(read([message('1', minutes(0)), message('2', minutes(1))], 2)).toBe('1'));
  it('is nowhere where nothing was sent', () => expect(read([waiting])).toBeUndefined());
});

describe('how far one has been', () => {
  const items = ['1', '2', '3', '4'].map((key) => message(key, noon));
  const been = { seen: undefined, inSight: undefined, freshFrom: undefined };
  it.each([
    ['nowhere yet', been, -1],
    ['what is in sight', { ...been, inSight: '2' }, 1],
    ['what was in sight before one scrolled up', { ...been, seen: '4', inSight: '1' }, 3],
    ['what was read before this visit', { ...been, inSight: '1', freshFrom: '3' }, 1],
    ['all was new', { ...been, freshFrom: '1' }, -1],
    ['an item that is not loaded any more does not count', { ...been, seen: 'x', inSight: '2' }, 1],
  ])('%s', (_name, where, index) => expect(furthest(items, where)).toBe(index));
});

describe('moving by keys', () => {
  const keys = ['a', 'b', 'c'];
  it.each([
    ['ArrowUp', 'b', 'a'],
    ['ArrowDown', 'b', 'c'],
    ['ArrowUp', 'a', undefined],
    ['ArrowDown', 'c', undefined],
    ['Home', 'c', 'a'],
    ['End', 'a', 'c'],
    ['x', 'a', undefined],
    ['ArrowUp', undefined, 'c'],
  ])('%s from %s goes to %s', (key, from, to) => expect(rowMoves(key, keys, from)).toBe(to));
  it('the row with the focus stays drawn, before or after what is on screen', () => {
    const range = { startIndex: 10, endIndex: 12, overscan: 0, count: 100, lanes: 1 };
    expect(rangeWith(range, 3)).toEqual([3, 10, 11, 12]);
    expect(rangeWith(range, 50)).toEqual([10, 11, 12, 50]);
    expect(rangeWith(range, 11)).toEqual([10, 11, 12]);
    expect(rangeWith(range, -1)).toEqual([10, 11, 12]);
  });
});
