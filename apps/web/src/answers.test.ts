import { describe, expect, test } from 'vitest';
import { createAnswers } from './answers.ts';

/** A question whose answers the test gives by hand. */
function byHand() {
  const waiting: { resolve: (data: unknown) => void; reject: (error: unknown) => void }[] = [];
  return {
    waiting,
    ask: () =>
      new Promise<unknown>((resolve, reject) => {
        waiting.push({ resolve, reject });
      }),
  };
}

const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

function at(start = 0) {
  let time = start;
  return { now: () => time, pass: (ms: number) => (time += ms) };
}

describe('answers', () => {
  test('are asked for once by two who follow the same question, and told to both', async () => {
    const { ask, waiting } = byHand();
    const answers = createAnswers();
    let told = 0;
    answers.follow('q', ask, () => told++);
    answers.follow('q', ask, () => told++);
    expect(waiting).toHaveLength(1);
    expect(answers.get('q').isFetching).toBe(true);
    told = 0;
    waiting[0]?.resolve({ a: 1 });
    await settled();
    expect(answers.get('q')).toEqual({ data: { a: 1 }, error: null, isFetching: false });
    expect(told).toBe(2);
  });

  test('are not asked for again while they are fresh, and are after five seconds', async () => {
    const clock = at();
    const answers = createAnswers(clock.now);
    let asked = 0;
    const ask = () => Promise.resolve(++asked);
    answers.follow('q', ask, () => undefined)();
    await settled();
    clock.pass(4_999);
    answers.follow('q', ask, () => undefined)();
    await settled();
    expect(asked).toBe(1);
    clock.pass(1);
    answers.follow('q', ask, () => undefined);
    expect(answers.get('q')).toMatchObject({ data: 1, isFetching: true });
    await settled();
    expect(answers.get('q').data).toBe(2);
  });

  test('stay when asking again fails, with the reason beside them', async () => {
    const { ask, waiting } = byHand();
    const answers = createAnswers();
    answers.follow('q', ask, () => undefined);
    waiting[0]?.resolve('old');
    await settled();
    const again = answers.again('q');
    const failure = new Error('no network');
    waiting[1]?.reject(failure);
    await again;
    expect(answers.get('q')).toEqual({ data: 'old', error: failure, isFetching: false });
  });

  test('of an earlier try are not taken once it was asked again', async () => {
    const { ask, waiting } = byHand();
    const answers = createAnswers();
    answers.follow('q', ask, () => undefined);
    void answers.again('q');
    expect(waiting).toHaveLength(2);
    waiting[1]?.resolve('new');
    await settled();
    waiting[0]?.resolve('old');
    await settled();
    expect(answers.get('q')).toEqual({ data: 'new', error: null, isFetching: false });
  });

  test('that nobody follows are asked for again when somebody does', async () => {
    const answers = createAnswers();
    let asked = 0;
    const ask = () => Promise.resolve(++asked);
    answers.follow('list:1', ask, () => undefined)();
    await settled();
    await answers.again('list:');
    expect(asked).toBe(1);
    answers.follow('list:1', ask, () => undefined);
    await settled();
    expect(asked).toBe(2);
  });

  test('of other questions are left alone by asking again', async () => {
    const answers = createAnswers();
    let asked = 0;
    answers.follow(
      'other',
      () => Promise.resolve(++asked),
      () => undefined,
    );
    await settled();
    await answers.again('list:');
    expect(asked).toBe(1);
  });

  test('stay the same object when the server says the same, so that nothing is drawn anew', async () => {
    const answers = createAnswers();
    answers.follow(
      'q',
      () => Promise.resolve({ people: [1, 2] }),
      () => undefined,
    );
    await settled();
    const before = answers.get('q').data;
    expect(before).toEqual({ people: [1, 2] });
    await answers.again('q');
    expect(answers.get('q').data).toBe(before);
  });

  test('build on the ones before: another page is put behind those that are there', async () => {
    const answers = createAnswers();
    answers.follow(
      'q',
      () => Promise.resolve([1]),
      () => undefined,
    );
    await settled();
    await answers.ask('q', (before) => Promise.resolve([...(before as number[]), 2]));
    expect(answers.get('q').data).toEqual([1, 2]);
  });

  test('of one person are gone for the next, also those that were still on their way', async () => {
    const { ask, waiting } = byHand();
    const answers = createAnswers();
    answers.follow(
      'known',
      () => Promise.resolve('secret'),
      () => undefined,
    );
    answers.follow('coming', ask, () => undefined);
    await settled();
    expect(answers.get('known').data).toBe('secret');
    answers.clear();
    waiting[0]?.resolve('late');
    await settled();
    expect(answers.get('known').data).toBeUndefined();
    expect(answers.get('coming').data).toBeUndefined();
  });

  test('are asked for again when somebody looks at the page once more, unless they are fresh', async () => {
    const clock = at();
    const answers = createAnswers(clock.now);
    let asked = 0;
    answers.follow(
      'q',
      () => Promise.resolve(++asked),
      () => undefined,
    );
    await settled();
    answers.refresh();
    expect(asked).toBe(1);
    clock.pass(5_000);
    answers.refresh();
    expect(asked).toBe(2);
  });

  test('that no screen shows are forgotten after five minutes', async () => {
    const clock = at();
    const answers = createAnswers(clock.now);
    answers.follow(
      'old',
      () => Promise.resolve('old'),
      () => undefined,
    )();
    await settled();
    clock.pass(300_001);
    answers.follow(
      'new',
      () => Promise.resolve('new'),
      () => undefined,
    );
    expect(answers.get('old').data).toBeUndefined();
  });

  test('put by hand are shown at once, and undone by putting the ones before', async () => {
    const answers = createAnswers();
    answers.follow(
      'q',
      () => Promise.resolve('real'),
      () => undefined,
    );
    await settled();
    answers.put('q', 'expected');
    expect(answers.get('q').data).toBe('expected');
    answers.put('q', 'real');
    expect(answers.get('q').data).toBe('real');
  });
});
