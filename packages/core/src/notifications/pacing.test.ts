import { describe, expect, it } from 'vitest';
import { heard } from '../testing/heard.ts';
import type { Heard } from './heard-port.ts';
import { planOf, type Waiting } from './pacing.ts';
import type { DueSpan } from './push-port.ts';

const NOW = Date.parse('2026-11-23T15:00:00Z');
const MINUTE = 60_000;
const school = { quietHours: null };

/** A conversation that waits for Ana's device. */
const waiting = (room: string, more: Partial<Heard> = {}, of: Partial<DueSpan> = {}): Waiting => ({
  span: {
    device: 'd',
    service: 'push.example',
    lease: 'l',
    noted: 0,
    account: 'ana',
    room,
    thread: null,
    urgent: null,
    from: 7,
    to: 7,
    tries: 0,
    rang: [],
    sent: null,
    subscription: null,
    ...of,
  },
  calling: [heard({ room, ...more })],
});
const rooms = (some: readonly Waiting[]): string[] => some.map(({ span }) => span.room);
const plan = (...some: Waiting[]) => {
  const { ringing, along } = planOf(some, school, NOW);
  return [rooms(ringing), rooms(along)];
};

it('[R120] what is urgent comes first, whatever the device was called for, and counts', () => {
  const rang = Array.from({ length: 8 }, () => NOW - MINUTE);
  const urgent = waiting('a', { isUrgent: true, tuning: { level: 'nothing' } }, { urgent: 'e', rang });
  const { ringing, along } = planOf([waiting('b', {}, { rang }), urgent], school, NOW);
  expect(ringing.map(({ span, counts }) => [span.room, counts])).toEqual([['a', true]]);
  expect(rooms(along)).toEqual(['b']);
});

describe('[R112] of all that waits for a device', () => {
  it('three conversations ring, the others are told along', () => {
    expect(plan(waiting('a'), waiting('b'), waiting('c'), waiting('d'), waiting('e'))).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ]);
  });

  it('what has to be read comes first, and what is for many last', () => {
    expect(
      plan(
        waiting('all', { call: 'everyone' }),
        waiting('a'),
        waiting('b'),
        waiting('c'),
        waiting('n', { call: 'notice' }),
      ),
    ).toEqual([
      ['n', 'a', 'b'],
      ['c', 'all'],
    ]);
  });

  it('what has to be read rings where nothing else may', () => {
    const rang = [5, 4, 3, 2, 1].map((ago) => NOW - ago * MINUTE);
    expect(plan(waiting('a', {}, { rang }), waiting('n', { call: 'notice' }, { rang }))).toEqual([['n'], ['a']]);
  });

  it('where none may, each waits for its time', () => {
    const rang = [3, 2, 1].map((ago) => NOW - ago * MINUTE);
    const { ringing, along } = planOf(
      [waiting('a', {}, { rang }), waiting('all', { call: 'everyone' }, { rang })],
      school,
      NOW,
    );
    expect(ringing).toEqual([]);
    expect(along.map(({ until }) => (until - NOW) / MINUTE)).toEqual([59, 119]);
  });

  it('a conversation whose notification stands there unread does not ring again; one that was read does', () => {
    const sent = { seq: 7, at: NOW - 10 * MINUTE };
    expect(plan(waiting('stands', {}, { sent }), waiting('read', { seq: 8 }, { sent, to: 8 }))).toEqual([
      ['read'],
      ['stands'],
    ]);
  });

  describe('what has to be read and was pushed', () => {
    const sent = { seq: 7, at: NOW - 10 * MINUTE };
    const ago = (minutes: number): string => new Date(NOW - minutes * MINUTE).toISOString();
    /** A notice that was asked for so many minutes ago, and what was said after it. */
    const unconfirmed = (room: string, minutes: number, of: Partial<DueSpan> = {}): Waiting => ({
      ...waiting(room, {}, { sent, to: 8, ...of }),
      calling: [heard({ room, call: 'notice', at: ago(minutes) }), heard({ room, seq: 8, at: ago(0) })],
    });

    it('does not have all ring that is said after it: that waits until the hour is over', () => {
      const { ringing, along } = planOf([unconfirmed('a', 11)], school, NOW);
      expect(ringing).toEqual([]);
      expect(along.map(({ until }) => (until - NOW) / MINUTE)).toEqual([50]);
    });

    it('comes after what has to be read now, and takes none of its calls', () => {
      const rang = [5, 4, 3].map((hours) => NOW - hours * 60 * MINUTE);
      const long = { sent: { seq: 7, at: NOW - 300 * MINUTE }, rang };
      expect(plan(unconfirmed('old', 301, long), waiting('new', { call: 'notice' }, { rang }))).toEqual([
        ['new'],
        ['old'],
      ]);
    });

    it('rings where it was asked for since, of what was pushed as it was said', () => {
      expect(plan(unconfirmed('a', 9))).toEqual([['a'], []]);
    });
  });

  it('a room of which they want everything rings, and counts for nothing', () => {
    const rang = Array.from({ length: 8 }, () => NOW);
    const { ringing } = planOf([waiting('a', { tuning: { level: 'everything' } }, { rang })], school, NOW);
    expect(ringing.map(({ counts }) => counts)).toEqual([false]);
    const paced = planOf([waiting('a')], school, NOW);
    expect(paced.ringing.map(({ counts }) => counts)).toEqual([true]);
  });
});
