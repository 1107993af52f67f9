import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { watchAccidents } from './accidents.ts';

const watch = () => {
  const on = new EventEmitter();
  const told: [string, unknown][] = [];
  const state = { ms: 0 };
  const watching = watchAccidents({
    told: (where, error) => told.push([where, error]),
    monotonic: () => state.ms,
    on: on as unknown as NodeJS.Process,
  });
  const isOver = async (): Promise<boolean> =>
    await Promise.race([watching.tooMany.then(() => true), new Promise<false>((go) => setImmediate(go, false))]);
  return { on, told, state, isOver, ...watching };
};

describe('[S66] what nobody caught', () => {
  test('is told, and the process goes on', async () => {
    const { on, told, isOver } = watch();
    const [one, two] = [new TypeError('a handler'), new Error('a promise')];
    expect([on.emit('uncaughtException', one), on.emit('unhandledRejection', two)]).toEqual([true, true]);
    expect(told).toEqual([
      ['uncaught', one],
      ['unheard', two],
    ]);
    expect(await isOver()).toBe(false);
  });

  test('again and again within a minute ends it in order; as often over an hour does not', async () => {
    const slow = watch();
    for (let i = 0; i < 60; i++) {
      slow.state.ms = i * 7_000;
      slow.on.emit('uncaughtException', new Error('now and then'));
    }
    expect(await slow.isOver()).toBe(false);
    const fast = watch();
    for (let i = 0; i < 11; i++) fast.on.emit('uncaughtException', new Error('again'));
    expect(await fast.isOver()).toBe(true);
  });

  test('promises do not end it, however many', async () => {
    const { on, isOver } = watch();
    for (let i = 0; i < 1_000; i++) on.emit('unhandledRejection', new Error('a promise'));
    expect(await isOver()).toBe(false);
  });

  test('is not watched for any more after the end', () => {
    const { on, stop } = watch();
    stop();
    expect(on.eventNames()).toEqual([]);
  });
});
