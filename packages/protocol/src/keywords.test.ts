/** Where a word stands in a text, as the server that calls and the client that says why both find it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callForSame, distinctKeywords, faultOfKeyword, listening, wordsIn } from './keywords.ts';

const isIn = (word: string, text: string): boolean => wordsIn([word])(text).length === 1;

describe('[R119] a word that calls', () => {
  it.each([
    ['prova', 'A prova é amanhã', true],
    ['prova', 'Quem foi aprovado?', false],
    ['prova', 'as provas e a comprova', false],
    ['prova', 'PROVA!', true],
    ['prova', '**prova**, _prova_', true],
    ['prova', 'minha_prova e pré-prova', true],
    ['prova', 'prova2', false],
    ['física', 'aula de FISICA', true],
    ['fisica', 'aula de Física', true],
    ['Física', 'aula de Fi\u0301sica', true],
    ['prova final', 'a prova\n  final de química', true],
    ['prova final', 'prova finalmente', false],
    ['prova final', 'a prova, final', false],
    ['prova final', 'prova prova final', true],
    ['C++', 'programar em c++?', true],
    ['C++', 'a vitamina C', false],
    ['d’água', "caixa d'água", true],
    ['9º B', 'turma do 9º b', true],
    ['ção', 'coração', false],
    ['Ação', 'AÇÃO', true],
    ['ИВАН', 'это иван.', true],
    ['宿題', '宿題', true],
    ['IA', 'a ia, a via', true],
    ['ia', 'via', false],
  ])('%j in %j: %s', (word, text, expected) => expect(isIn(word, text)).toBe(expected));

  it.each([
    ['a', 'short'],
    ['é', 'short'],
    ['IA', null],
    ['#prova', 'begins'],
    ['.*', 'begins'],
    ['  ', 'begins'],
    ['🎉', 'begins'],
    ['9º', null],
  ])('%j may be one, or why not: %s', (word, fault) => expect(faultOfKeyword(word)).toBe(fault));

  it('is one, however it is written, and stands where it was first', () => {
    expect(distinctKeywords(['Prova', 'física', 'PROVA', 'prová', 'C++'])).toEqual(['Prova', 'física', 'C++']);
  });

  it('is the same, in whatever order and however it is written', () => {
    expect(callForSame(['Prova', 'física'], ['FISICA', 'prova'])).toBe(true);
    expect(callForSame(['prova'], ['prova', 'física'])).toBe(false);
    expect(callForSame(['prova', 'física'], ['prova', 'química'])).toBe(false);
    expect(callForSame([], [])).toBe(true);
  });

  it('is found in the order of the list', () => {
    expect(wordsIn(['física', 'final', 'prova'])('a prova final')).toEqual(['final', 'prova']);
  });

  it('is found for everybody who listens for it, as they listen now', () => {
    const known = listening<string>();
    const heard = (text: string) => known.heardIn(text).map((whose) => [...whose]);
    known.set('ana', ['química', 'prova']);
    known.set('bruno', ['Prova', 'prova final']);
    expect(heard('A prova final de física')).toEqual([['ana', 'bruno'], ['bruno']]);
    expect(heard('química')).toEqual([['ana']]);
    // In the place of the others: one goes, one stays, one comes
    known.set('bruno', ['prova final', 'física']);
    expect(heard('a prova final de física')).toEqual([['ana'], ['bruno'], ['bruno']]);
    known.set('ana', []);
    known.set('bruno', ['prova']);
    expect([heard('química, física'), heard('a prova final')]).toEqual([[], [['bruno']]]);
    known.set('bruno', []);
    expect(heard('a prova final de física e química')).toEqual([]);
  });

  it('is what stands there now, whatever was listened for before', () => {
    const words = fc.array(fc.constantFrom('a b', 'a b c', 'ab', 'á B', 'c++', 'bc', 'a-b'), { maxLength: 4 });
    const text = 'a b c, ab; c++ e a-b (bc)';
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('ana', 'bruno', 'caio'), words)), (changes) => {
        const [changed, fresh] = [listening<string>(), listening<string>()];
        for (const [whose, now] of changes) changed.set(whose, now);
        for (const [whose, now] of new Map(changes)) fresh.set(whose, now);
        const heard = (known: typeof fresh) => known.heardIn(text).map((whose) => [...whose].sort());
        expect(heard(changed).sort()).toEqual(heard(fresh).sort());
      }),
    );
  });

  it('is no regular expression: what people write is looked for as it stands, beside any text', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        const word = `x${one}`.trim();
        expect(isIn(word, `${other} ${word} ${other}`)).toBe(true);
      }),
    );
  });

  it('costs what the text is long, not what is listened for: thousands of phrases that begin alike, in a text of that word alone', () => {
    const known = listening<number>();
    for (let nth = 0; nth < 10_000; nth += 1) known.set(nth, [`a ${nth} b`]);
    const began = performance.now();
    expect(known.heardIn(`${'a '.repeat(8_000)}a 9999 b`)).toEqual([new Set([9_999])]);
    // One look for each would be eighty million
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
