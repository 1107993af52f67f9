import type { MyRoom } from '@recreio/protocol';
import { describe, expect, it } from 'vitest';
import { anew, back, pass, queueOf, type Round, settled } from './round.ts';

const NOW = Date.UTC(2026, 10, 23, 12);

/** A room of a class in which so much is unread, so much of it for the reader; read up to 10. */
const room = (id: string, unread: number, mentions = 0, mine: Partial<MyRoom['mine']> = {}): MyRoom => ({
  room: {
    id,
    kind: 'topic',
    title: id,
    description: '',
    emoji: '',
    colour: 'pen',
    access: 'open',
    posting: 'members',
    past: 'all',
    course: null,
    lesson: null,
    members: 12,
    createdAt: '2026-11-01T12:00:00.000Z',
  },
  mine: {
    role: 'member',
    joinedAt: '2026-11-01T12:00:00.000Z',
    head: 10 + unread,
    ordinal: 10 + unread,
    readSeq: 10,
    readOrdinal: 10,
    unread,
    mentions,
    lastMessageAt: null,
    ...mine,
  },
});

const fresh: Round = { passed: [] };
const ids = (list: readonly MyRoom[], round = fresh): string[] => queueOf(list, round, NOW).map((my) => my.room.id);

describe('what waits', () => {
  it('what speaks to the reader comes first, and what is read is not among it', () =>
    expect(ids([room('a', 3), room('b', 0), room('c', 2, 1), room('d', 1)])).toEqual(['c', 'a', 'd']));
  it('what is hushed, and what calls for nothing, is left in peace', () =>
    expect(
      ids([
        room('a', 3, 1, { hushed: { until: null } }),
        room('b', 3, 1, { hushed: { until: '2026-11-23T13:00:00.000Z' } }),
        room('c', 3, 1, { level: 'nothing' }),
        room('d', 3, 1, { hushed: { until: '2026-11-23T11:00:00.000Z' } }),
      ]),
    ).toEqual(['d']));
});

describe('a round', () => {
  const list = [room('a', 3), room('b', 2), room('c', 1, 1)];
  const first = settled(fresh, list, NOW);

  it('begins with the first, and stays there whatever calls meanwhile', () => {
    expect(first.at).toEqual({ room: 'c', after: 10 });
    expect(settled(first, [room('a', 3, 2), ...list.slice(1)], NOW)).toBe(first);
  });
  it('goes on past what was read, also before the marker is told, and past what is left for later', () => {
    const second = settled(pass(first, { readTo: 11 }), list, NOW);
    expect(second.at?.room).toBe('a');
    const third = settled(pass(second, { readTo: 'later' }), list, NOW);
    expect(third.at?.room).toBe('b');
    expect(settled(pass(third, { readTo: 12 }), list, NOW).at).toBeUndefined();
  });
  it('comes back to a room in which more was said since it was read, never to one that was left', () => {
    const done = pass(first, { readTo: 11 });
    const after = [room('c', 1, 0, { readSeq: 11 })];
    expect(ids(after, done)).toEqual(['c']);
    expect(ids(after, pass(first, { readTo: 'later' }))).toEqual([]);
    expect(ids(after, anew(pass(first, { readTo: 'later' })))).toEqual(['c']);
  });
  it('is undone a step at a time', () => {
    const second = settled(pass(first, { readTo: 11, first: 'm' }), list, NOW);
    const third = pass(second, { readTo: 'later' });
    expect(back(third, list)).toEqual({ passed: second.passed, at: { room: 'a', after: 10 } });
    expect(back(second, list, 8)).toEqual({ passed: [], at: { room: 'c', after: 8 } });
    expect(back(fresh, list)).toEqual(fresh);
  });
  it('goes on where the room at hand is one’s own no more', () =>
    expect(settled(first, list.slice(0, 2), NOW).at?.room).toBe('a'));
  it('begins where something was marked as unread', () =>
    expect(settled(fresh, [room('a', 4, 0, { unreadFrom: { seq: 7, ordinal: 7 } })], NOW).at?.after).toBe(6));
});
