import { EventEmitter } from 'node:events';
import { CLOSE, type ServerFrame } from '@recreio/protocol';
import { describe, expect, test } from 'vitest';
import { type Ending, type GoodbyeParts, type Leaver, sayGoodbye } from './goodbye.ts';

interface Told {
  readonly connection: { -readonly [K in keyof Leaver]: Leaver[K] };
  readonly retryAfterMs: () => number;
  endedAt: number | null;
}

/** Connections, and a clock that stands still but for the pauses. `end` closes a connection, as the real one does. */
const street = (count: number, changes: Partial<GoodbyeParts> = {}) => {
  const clock = { ms: 0, onPause: (_ms: number): void => undefined };
  const people: Told[] = Array.from({ length: count }, () => {
    const frames: ServerFrame[] = [];
    const told: Told = {
      endedAt: null,
      retryAfterMs: () => {
        const [frame] = frames;
        if (frames.length !== 1 || frame?.t !== 'goaway') throw new Error('one goaway is said');
        return frame.retryAfterMs;
      },
      connection: {
        closed: false,
        unanswered: 0,
        isLeaving: false,
        send: (frame: ServerFrame) => void frames.push(frame),
        end: (code: number, _reason: string, flush: boolean) => {
          if (told.connection.closed) return;
          expect([code, flush]).toEqual([CLOSE.restart, true]);
          told.connection.closed = true;
          told.endedAt = clock.ms;
        },
      },
    };
    return told;
  });
  const leave = () =>
    sayGoodbye({
      hub: { connections: () => people.map(({ connection }) => connection) },
      sockets: { stopAccepting: () => undefined, sockets: new Set() },
      isIdle: () => true,
      monotonic: () => clock.ms,
      withinMs: 20_000,
      wave: 0.05,
      pause: async (ms) => {
        clock.ms += ms;
        clock.onPause(clock.ms);
      },
      ...changes,
    });
  return { clock, people, leave };
};

describe('the orderly end', () => {
  test('[S66] a last frame that is broken does not keep the server from ending in order', async () => {
    const ended: string[] = [];
    const socket = Object.assign(new EventEmitter(), { terminate: () => void ended.push('terminated') });
    // As the door and ws do: somebody listens, and the error comes while the close is waited for
    socket.on('error', () => void ended.push('broken'));
    socket.on('newListener', (event) => {
      if (event === 'close') setImmediate(() => socket.emit('error', new RangeError('Invalid WebSocket frame')));
    });
    const { leave } = street(0, {
      sockets: { stopAccepting: () => undefined, sockets: new Set<Ending>([socket]) },
      pause: () => new Promise((resolve) => socket.once('error', () => setImmediate(resolve))),
    });
    await leave();
    expect(ended).toEqual(['broken', 'terminated']);
  });

  test('[lifecycle] nobody is let in before anybody is told', async () => {
    const said: string[] = [];
    const { people, leave } = street(1, {
      sockets: { stopAccepting: () => void said.push('shut'), sockets: new Set() },
    });
    const [one] = people;
    if (!one) throw new Error('somebody is there');
    one.connection.send = () => void said.push('goaway');
    await leave();
    expect(said).toEqual(['shut', 'goaway']);
  });

  test('[lifecycle] a few people are let go at once, and told to come back within a second', async () => {
    const { clock, people, leave } = street(3);
    await leave();
    expect(clock.ms).toBeLessThanOrEqual(1_000 + 100);
    for (const told of people) {
      expect(told.endedAt).toBe(0);
      expect(told.retryAfterMs()).toBeLessThan(1_000);
    }
  });

  test('[lifecycle] thousands are told times spread over 15 s, and closed in waves of 5 % a second, the earliest first', async () => {
    const { clock, people, leave } = street(10_000);
    await leave();
    const times = people.map((told) => told.retryAfterMs());
    expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...times)).toBeLessThanOrEqual(15_000);
    for (const quarter of [0, 1, 2, 3]) {
      const share = times.filter((ms) => Math.floor(ms / 3_750) === quarter).length;
      expect(share).toBeGreaterThan(2_000);
    }
    const closedBy = (ms: number) => people.filter(({ endedAt }) => endedAt !== null && endedAt < ms).length;
    for (let second = 1; second <= 19; second++)
      expect(closedBy(second * 1_000)).toBeLessThanOrEqual(second * 505 + 55);
    expect(closedBy(20_000)).toBeGreaterThan(9_900);
    expect(people.every(({ endedAt }) => endedAt !== null)).toBe(true);
    expect(clock.ms).toBeLessThanOrEqual(21_200);
    const byClosing = people.toSorted((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0));
    expect(byClosing[0]?.retryAfterMs()).toBeLessThan(byClosing.at(-1)?.retryAfterMs() ?? 0);
  });

  test('[lifecycle] who leaves at the time they were told is not waited for', async () => {
    const { clock, people, leave } = street(10_000);
    clock.onPause = (ms) => {
      for (const told of people)
        if (!told.connection.closed && told.retryAfterMs() <= ms) told.connection.closed = true;
    };
    await leave();
    expect(clock.ms).toBeLessThan(17_000);
  });

  test('[lifecycle] a connection closes when its commands have been answered, and says no more meanwhile', async () => {
    const { clock, people, leave } = street(2);
    const [busy, idle] = people;
    if (!busy || !idle) throw new Error('two are there');
    busy.connection.unanswered = 1;
    clock.onPause = (ms) => {
      expect(busy.connection.isLeaving).toBe(true);
      if (ms >= 700) busy.connection.unanswered = 0;
    };
    await leave();
    expect(idle.endedAt).toBe(0);
    expect(busy.endedAt).toBe(700);
  });

  test('[lifecycle] what is never answered is waited for no longer than the time there is', async () => {
    const { clock, people, leave } = street(1, { withinMs: 5_000, isIdle: () => false });
    const [stuck] = people;
    if (!stuck) throw new Error('somebody is there');
    stuck.connection.unanswered = 1;
    await leave();
    expect(stuck.endedAt).toBe(5_000);
    expect(clock.ms).toBeLessThanOrEqual(6_000);
  });
});
