import { expect, it } from 'vitest';
import { BUCKETS, quotas, REMEMBERED } from './quota.ts';

it('a bucket lets a burst through, then says how long to wait, and fills with time', () => {
  let now = 0;
  const take = quotas(() => now);
  const burst = Array.from({ length: BUCKETS.send.size }, () => take('send', 'ana'));
  expect(burst.every((wait) => wait === null)).toBe(true);
  const wait = take('send', 'ana');
  expect(wait).toBe(1000 / BUCKETS.send.perSecond);
  now += (wait ?? 0) - 1;
  expect(take('send', 'ana')).not.toBeNull();
  now += 1;
  expect(take('send', 'ana')).toBeNull();
});

it('people and kinds of requests have buckets of their own', () => {
  const take = quotas(() => 0);
  for (let i = 0; i < BUCKETS['sign-in'].size; i++) take('sign-in', '203.0.113.7');
  expect(take('sign-in', '203.0.113.7')).not.toBeNull();
  expect(take('sign-in', '203.0.113.8')).toBeNull();
  expect(take('read', '203.0.113.7')).toBeNull();
});

it('a factor makes all buckets larger', () => {
  const take = quotas(() => 0, 2);
  const taken = Array.from({ length: BUCKETS.link.size * 2 + 1 }, () => take('link', 'x'));
  expect(taken.filter((wait) => wait === null)).toHaveLength(BUCKETS.link.size * 2);
});

it('[S59] as many others as are remembered do not give an empty bucket back; those left alone for longest are forgotten', () => {
  const take = quotas(() => 0);
  const empty = (who: string) => {
    while (take('link', who) === null);
  };
  const others = (name: string) => {
    for (let i = 0; i < REMEMBERED; i++) take('read', `${name} ${i}`);
  };
  empty('ana');
  empty('bruno');
  for (const name of ['first', 'second', 'third']) {
    others(name);
    expect(take('link', 'ana')).not.toBeNull();
  }
  expect(take('link', 'bruno')).toBeNull();
});
