import { NoAnswerError, ProblemError } from '@recreio/client';
import { problem, PROBLEMS, type ProblemCode } from '@recreio/protocol';
import { languages, speak } from '@recreio/ui';
import { describe, expect, it } from 'vitest';
import { problemWords, troubleWords } from './problems.ts';

const now = Date.parse('2026-10-14T17:00:00.000Z');
const codes = Object.keys(PROBLEMS) as ProblemCode[];

describe.each(languages)('[R3] refusals in %s', (language) => {
  it('every code of the protocol has a sentence of its own language', async () => {
    const i18n = await speak(language);
    const other = await speak(language === 'en' ? 'pt-BR' : 'en');
    expect(codes.length).toBeGreaterThan(25);
    for (const code of codes) {
      const words = problemWords(i18n, problem(code), now);
      expect(words, code).toMatch(/^\p{Lu}.{10,}\.$/u);
      expect(words, code).not.toBe(problemWords(other, problem(code), now));
    }
  });

  it('a restriction says until when, where it has an end', async () => {
    const i18n = await speak(language);
    for (const code of ['muted', 'banned'] as const) {
      const ends = problemWords(i18n, problem(code, { until: '2026-12-24T12:00:00.000Z' }), now);
      expect(ends, code).toContain('24');
      expect(problemWords(i18n, problem(code, { until: null }), now)).not.toBe(ends);
    }
  });

  it('what passes says after how long', async () => {
    const i18n = await speak(language);
    expect(problemWords(i18n, problem('rate-limited', { retryAfterMs: 6_100 }), now)).toContain('7');
  });

  it('a bug gives the number to tell the administrator', async () => {
    const i18n = await speak(language);
    const errorId = '0198c1b0-7a3c-7000-8000-00000000000a';
    expect(problemWords(i18n, problem('internal', { errorId }), now)).toContain(errorId);
  });
});

describe('whatever can go wrong has words', () => {
  it('a place may say it better', async () => {
    const i18n = await speak('pt-BR');
    const error = new ProblemError(problem('wrong-credentials'));
    expect(troubleWords(i18n, error, now, { 'wrong-credentials': 'A senha de agora não confere.' })).toBe(
      'A senha de agora não confere.',
    );
  });

  it('the network, a bug of the page, and a code from the future differ', async () => {
    const i18n = await speak('pt-BR');
    const future = { ...problem('internal'), code: 'not-yet-invented' as ProblemCode };
    const said = [new NoAnswerError('cut'), new TypeError('bug'), new ProblemError(future)].map((error) =>
      troubleWords(i18n, error, now),
    );
    expect(new Set(said).size).toBe(3);
  });
});
