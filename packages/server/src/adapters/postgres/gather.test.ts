import { Unavailable } from '@recreio/core/ports.ts';
import { expect, test } from 'vitest';
import { gather, inOrderOf } from './gather.ts';

/** A read whose answers a test lets go, one batch after the other. */
const held = () => {
  const batches: string[][] = [];
  const release: ((error?: Error) => void)[] = [];
  const read = (questions: readonly string[]): Promise<string[]> => {
    batches.push([...questions]);
    return new Promise((resolve, reject) => {
      release.push((error) => (error ? reject(error) : resolve(questions.map((question) => `${question}!`))));
    });
  };
  return { batches, read, release: (error?: Error) => release.shift()?.(error) };
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what is asked in one turn is read together; what is asked later goes with the next read', async () => {
  const { batches, read, release } = held();
  const ask = gather(read, 10);
  const first = Promise.all([ask('a'), ask('b')]);
  await turn();
  expect(batches).toEqual([['a', 'b']]);
  const second = Promise.all([ask('a'), ask('c')]);
  await turn();
  expect(batches).toHaveLength(1); // never answered by a read that began before the question
  release();
  expect(await first).toEqual(['a!', 'b!']);
  await turn();
  expect(batches).toEqual([
    ['a', 'b'],
    ['a', 'c'],
  ]);
  release();
  expect(await second).toEqual(['a!', 'c!']);
});

test('a read takes no more than it may, in the order asked', async () => {
  const { batches, read, release } = held();
  const ask = gather(read, 2);
  const all = Promise.all(['a', 'b', 'c'].map(ask));
  await turn();
  release();
  await turn();
  release();
  expect(await all).toEqual(['a!', 'b!', 'c!']);
  expect(batches).toEqual([['a', 'b'], ['c']]);
});

test('one question that cannot be answered spoils nobody else’s answer', async () => {
  const ask = gather(async (questions: readonly string[]) => {
    if (questions.includes('poison')) throw new RangeError('no such thing');
    return questions.map((question) => question.length);
  }, 10);
  const all = await Promise.allSettled(['a', 'poison', 'bcd'].map(ask));
  expect(all.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))).toEqual([
    1,
    'RangeError: no such thing',
    3,
  ]);
});

test('[D30] an outage is told to all at once, and the next are asked afresh', async () => {
  const { batches, read, release } = held();
  const ask = gather(read, 10);
  const both = Promise.allSettled([ask('a'), ask('b')]);
  await turn();
  release(new Unavailable('away'));
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const later = ask('c');
  await turn();
  release();
  expect(await later).toBe('c!');
  expect(batches).toEqual([['a', 'b'], ['c']]);
});

test('[D32] more than ten thousand do not wait', async () => {
  const { read, release } = held();
  const ask = gather(read, 20_000);
  const asked = Array.from({ length: 10_000 }, (_, i) => ask(String(i)));
  await expect(ask('one more')).rejects.toBeInstanceOf(Unavailable);
  await turn();
  release();
  expect(await Promise.all(asked)).toHaveLength(10_000);
});

test('answers stand where their questions stood; null for those without', () => {
  expect(
    inOrderOf(
      3,
      [
        { nth: 3, of: 'c' },
        { nth: 1, of: 'a' },
      ],
      ({ of }) => of,
    ),
  ).toEqual(['a', null, 'c']);
});
