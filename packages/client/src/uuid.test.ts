import { describe, expect, test } from 'vitest';
import { madeAtMs, uuidGenerator } from './uuid.ts';

describe('client ids', () => {
  test('[R41] are UUIDv7, and tell when they were made', () => {
    const id = uuidGenerator(() => 1_762_000_000_123)();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(madeAtMs(id)).toBe(1_762_000_000_123);
  });

  test('grow strictly, within a millisecond and when the clock goes back', () => {
    let now = 1_762_000_000_000;
    const make = uuidGenerator(() => now);
    const ids = Array.from({ length: 10_000 }, () => make());
    now -= 60_000;
    ids.push(make());
    now += 120_000;
    ids.push(make());
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
