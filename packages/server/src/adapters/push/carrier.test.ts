import { expect, it } from 'vitest';
import { secondsOf, topicOf } from './carrier.ts';

it.each([
  [undefined, undefined],
  ['120', 120],
  ['Mon, 23 Nov 2026 12:01:00 GMT', 60],
  ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
])('[R112] Retry-After: %s is %s s', (header, seconds) => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  expect(secondsOf(header, now)).toBe(seconds);
});

it('[R112] a topic is one for a conversation and a browser, fits RFC 8030 §5.4, and tells nobody which', () => {
  const topic = topicOf('sala:1', 'AAAA');
  expect(topic).toMatch(/^[\w-]{32}$/u);
  expect(topicOf('sala:1', 'AAAA')).toBe(topic);
  expect(topicOf('sala:2', 'AAAA')).not.toBe(topic);
  expect(topicOf('sala:1', 'BBBB')).not.toBe(topic);
});
