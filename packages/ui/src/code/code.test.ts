import { describe, expect, it } from 'vitest';
import { makeReader, type Thread } from './reader.ts';
import { type Run, runsOf } from './runs.ts';

const text = (runs: readonly Run[] | null): string => (runs ?? []).map(([words]) => words).join('');
const kindOf = (runs: readonly Run[] | null, words: string) => runs?.find(([one]) => one.includes(words))?.[1];

describe('what is what in code', () => {
  it.each([
    ['python', 'def area(lado):\n    # quadrado\n    return lado ** 2\n', 'def', 'key'],
    ['py', 'nome = "Ana"', '"Ana"', 'str'],
    ['js', 'const a = 42 // resposta', '42', 'num'],
    ['ts', 'type A = string', 'type', 'key'],
    ['html', '<p class="a">oi</p>', 'p', 'key'],
    ['CSS', '.dica { color: red }', '.dica', 'name'],
    ['sql', 'SELECT nome FROM aluno', 'SELECT', 'key'],
    ['c++', 'int main() { return 0; }', 'int', 'key'],
    ['java', 'public class A {}', 'class', 'key'],
    ['bash', 'echo oi # nota', '# nota', 'note'],
    ['json', '{"a": true}', 'true', 'key'],
  ])('%s: %j', (language, code, words, kind) => {
    const runs = runsOf(code, language);
    expect(text(runs)).toBe(code);
    expect(kindOf(runs, words)).toBe(kind);
  });
  it('another language has none', () => expect(runsOf('escreva("oi")', 'portugol')).toBeNull());
  it('too many runs are none', () => expect(runsOf('1+'.repeat(8_000), 'js')).toBeNull());
  it.each([
    ['/'.repeat(16_000), 'js'],
    ['<'.repeat(16_000), 'html'],
    ['"\\'.repeat(8_000), 'python'],
    ['/*'.repeat(8_000), 'css'],
    ['{['.repeat(8_000), 'json'],
    ['${`'.repeat(5_000), 'ts'],
  ])('no letter is lost of what was made to be hard: %#', { timeout: 60_000 }, (code, language) => {
    const runs = runsOf(code, language);
    expect(runs === null ? code : text(runs)).toBe(code);
  });
});

describe('the other thread', () => {
  /** A thread that answers when it is told to, and a clock that is moved by hand. */
  function stage() {
    const threads: (Thread & {
      asked: string[];
      isEnded: boolean;
      begin: () => void;
      answer: (runs: Run[]) => void;
      break: () => void;
    })[] = [];
    const timers = new Map<() => void, number>();
    const read = makeReader(
      () => {
        const thread: (typeof threads)[number] = {
          asked: [],
          isEnded: false,
          begin: () => undefined,
          answer: () => undefined,
          break: () => undefined,
          ask({ code }, { begun, answered, broken }) {
            thread.asked.push(code);
            thread.begin = begun;
            thread.answer = answered;
            thread.break = broken;
          },
          end: () => (thread.isEnded = true),
        };
        threads.push(thread);
        return thread;
      },
      (ms, call) => {
        timers.set(call, ms);
        return () => timers.delete(call);
      },
    );
    /** So long passes at once. */
    const wait = (passed: number): void => {
      for (const [call, ms] of timers) if (ms <= passed) call();
    };
    return { threads, timers, wait, read };
  }
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

  it('is asked once for a piece, and for one piece at a time', async () => {
    const { threads, read, timers } = stage();
    const first = read('a', 'js');
    expect(read('a', 'js')).toBe(first);
    const second = read('b', 'js');
    await turn();
    expect(threads.map(({ asked }) => asked)).toEqual([['a']]);
    threads[0]?.answer([['a', null]]);
    expect(await first).toEqual([['a', null]]);
    await turn();
    expect(threads.map(({ asked }) => asked)).toEqual([['a', 'b']]);
    threads[0]?.answer([['b', 'key']]);
    expect(await second).toEqual([['b', 'key']]);
    expect(timers.size).toBe(0);
  });
  it('is ended when it takes too long, and the next piece has another', async () => {
    const { threads, read, wait } = stage();
    const bomb = read('bomb', 'js');
    const next = read('a', 'js');
    await turn();
    threads[0]?.begin();
    wait(2_000);
    expect(await bomb).toBeNull();
    await turn();
    expect(threads.map(({ isEnded }) => isEnded)).toEqual([true, false]);
    threads[1]?.answer([['a', null]]);
    expect(await next).toEqual([['a', null]]);
  });
  it('that breaks leaves the code without colours', async () => {
    const { threads, read } = stage();
    const broken = read('a', 'js');
    await turn();
    threads[0]?.begin();
    threads[0]?.break();
    expect(await broken).toBeNull();
    expect(threads[0]?.isEnded).toBe(true);
    expect(read('a', 'js')).toBe(broken);
  });
  it('has time to come by a slow network; a piece that nobody came to read is read another time', async () => {
    const { threads, wait, read } = stage();
    const first = read('a', 'js');
    await turn();
    wait(10_000);
    expect(threads[0]?.isEnded).toBe(false);
    wait(60_000);
    expect(await first).toBeNull();
    const again = read('a', 'js');
    await turn();
    threads[1]?.begin();
    threads[1]?.answer([['a', null]]);
    expect(await again).toEqual([['a', null]]);
  });
});
