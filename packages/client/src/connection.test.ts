import { CLOSE } from '@recreio/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BACKOFF_MAX_MS, BACKOFF_MIN_MS, backoffMs } from './backoff.ts';
import { type ConnectionEvent, type ConnectionState, PROBE_MS, transition } from './connection.ts';

const HEARTBEAT_MS = 25_000;

/** Walks through events, each `[event, now]`; random is a half. */
const walk = (...events: readonly (readonly [ConnectionEvent, number])[]) => {
  let state: ConnectionState = { name: 'idle' };
  let effects: readonly { do: string }[] = [];
  for (const [event, now] of events) [state, effects] = transition(state, event, { now, random: 0.5 });
  return { state, effects };
};

const greeted = (now: number): (readonly [ConnectionEvent, number])[] => [
  [{ type: 'start' }, now],
  [{ type: 'opened' }, now],
  [{ type: 'welcomed', heartbeatMs: HEARTBEAT_MS }, now],
];

describe('the connection', () => {
  test('[R24] the backoff lies between 0.5 and 30 s, and its ceiling doubles', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, random) => {
        const ms = backoffMs(attempt, random);
        expect(ms).toBeGreaterThanOrEqual(BACKOFF_MIN_MS);
        expect(ms).toBeLessThanOrEqual(BACKOFF_MAX_MS);
      }),
    );
    const nearlyOne = 1 - Number.EPSILON;
    expect([0, 1, 2, 3].map((attempt) => backoffMs(attempt, nearlyOne))).toEqual([999, 1999, 3999, 7999]);
    expect([0, 5, 50].map((attempt) => backoffMs(attempt, 0))).toEqual([500, 500, 500]);
  });

  test.each([
    [CLOSE.signedOut, 'signed-out'],
    [CLOSE.unsupportedVersion, 'unsupported-version'],
    [CLOSE.malformed, 'refused'],
    [CLOSE.tooBig, 'refused'],
  ])('[R24] close code %i does not come back: %s', (code, reason) => {
    const { state } = walk(...greeted(0), [{ type: 'lost', code }, 1]);
    expect(state).toEqual({ name: 'closed', reason });
  });

  test.each([1001, 1006, 1012, CLOSE.slowConsumer, CLOSE.flood])(
    '[R24] close code %i comes back after a pause',
    (code) => {
      const { state, effects } = walk(...greeted(0), [{ type: 'lost', code }, 20_000]);
      expect(state).toMatchObject({ name: 'waiting', attempt: 1, until: 20_750 });
      expect(effects).toEqual([{ do: 'alarm', ms: 750 }]);
    },
  );

  test('[R24] a connection that is lost soon after its welcome goes on with the backoff it had', () => {
    const failedTwice = [
      [{ type: 'start' }, 0],
      [{ type: 'lost', code: 1006 }, 0],
      [{ type: 'alarm', silentMs: 0 }, 750],
      [{ type: 'opened' }, 750],
      [{ type: 'welcomed', heartbeatMs: HEARTBEAT_MS }, 750],
    ] as const;
    expect(walk(...failedTwice, [{ type: 'lost', code: 1006 }, 1_000]).state).toMatchObject({
      name: 'waiting',
      attempt: 2,
    });
    expect(walk(...failedTwice, [{ type: 'lost', code: 1006 }, 60_000]).state).toMatchObject({
      name: 'waiting',
      attempt: 1,
    });
  });

  test('[R23] silence is asked about after one heartbeat and given up after two', () => {
    const asked = walk(...greeted(0), [{ type: 'alarm', silentMs: HEARTBEAT_MS }, HEARTBEAT_MS]);
    expect(asked.effects).toEqual([{ do: 'ping' }, { do: 'alarm', ms: HEARTBEAT_MS }]);
    const dead = walk(...greeted(0), [{ type: 'alarm', silentMs: 2 * HEARTBEAT_MS }, 2 * HEARTBEAT_MS]);
    expect(dead.state.name).toBe('waiting');
    expect(dead.effects[0]).toEqual({ do: 'hang-up', code: CLOSE.heartbeatLost });
  });

  test('[R25] goaway: stays until the time named, then dials anew, also when the server closes before', () => {
    const told = [...greeted(0), [{ type: 'goaway', retryAfterMs: 8_000 }, 1_000]] as const;
    expect(walk(...told).state.name).toBe('ready');
    expect(walk(...told, [{ type: 'lost', code: 1012 }, 3_000]).state).toMatchObject({ name: 'waiting', until: 9_000 });
    const left = walk(...told, [{ type: 'alarm', silentMs: 0 }, 9_000]);
    expect(left.state.name).toBe('connecting');
    expect(left.effects.map((effect) => effect.do)).toEqual(['hang-up', 'dial', 'alarm']);
  });

  test('coming online or being seen dials at once while waiting, and doubts an open connection', () => {
    for (const type of ['online', 'visible'] as const) {
      expect(walk(...greeted(0), [{ type: 'lost', code: 1006 }, 1], [{ type }, 2]).state.name).toBe('connecting');
      const doubted = walk(...greeted(0), [{ type }, 1]);
      expect(doubted.effects).toEqual([{ do: 'ping' }, { do: 'alarm', ms: PROBE_MS }]);
      const silent = transition(doubted.state, { type: 'alarm', silentMs: PROBE_MS }, { now: PROBE_MS, random: 0 });
      expect(silent[0].name).toBe('waiting');
      const alive = transition(doubted.state, { type: 'alarm', silentMs: 20 }, { now: PROBE_MS, random: 0 });
      expect(alive[0]).toMatchObject({ name: 'ready', isProbing: false });
    }
  });

  test('no sequence of events leaves a state that waits for nothing', () => {
    const event = fc.oneof(
      fc.constantFrom<ConnectionEvent>(
        { type: 'start' },
        { type: 'stop' },
        { type: 'opened' },
        { type: 'welcomed', heartbeatMs: HEARTBEAT_MS },
        { type: 'signed-out' },
        { type: 'goaway', retryAfterMs: 3_000 },
        { type: 'online' },
        { type: 'offline' },
        { type: 'visible' },
        { type: 'retry' },
      ),
      fc.record({ type: fc.constant('lost' as const), code: fc.constantFrom(1006, 1012, 4000, 4401, 4406) }),
      fc.record({ type: fc.constant('alarm' as const), silentMs: fc.nat(100_000) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let state: ConnectionState = { name: 'idle' };
        let hasAlarm = false;
        for (const [index, one] of events.entries()) {
          if (one.type === 'alarm' && !hasAlarm) continue;
          if (one.type === 'alarm') hasAlarm = false;
          const [next, effects] = transition(state, one, { now: index * 1_000, random: 0.5 });
          state = next;
          for (const effect of effects) {
            if (effect.do === 'alarm') hasAlarm = true;
            if (effect.do === 'no-alarm') hasAlarm = false;
          }
          expect(effects.filter((effect) => effect.do === 'alarm' && effect.ms < 0)).toEqual([]);
          // Only who has not begun, or has ended, waits for nobody
          expect(hasAlarm).toBe(state.name !== 'idle' && state.name !== 'closed');
        }
      }),
      { numRuns: 300 },
    );
  });
});
