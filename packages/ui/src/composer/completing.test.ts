import { describe, expect, it, vi } from 'vitest';
import type { PersonView } from '../people/person.ts';
import { answered, askingAt, emojisLike, peopleLike, placesLike } from './asking.ts';
import { sendingKey } from './enter.ts';
import { mentionedIn } from './names.ts';
import { type PlaceView, withLinks, withoutLinks } from './references.ts';

const people: PersonView[] = [
  { id: '1', name: 'Ana Lima' },
  { id: '2', name: 'Ana' },
  { id: '3', name: 'Zé da Conceição' },
  { id: '4', name: 'Eu Mesma', isYou: true },
];

const at = (id: string): string => `https://escola.example/sala/${id}`;
const place = (id: string, name: string, more: Partial<PlaceView> = {}): PlaceView => ({
  id,
  name,
  note: 'Matemática · 9º B',
  also: '',
  leaf: { kind: 'topic' },
  href: at(id),
  isReserved: false,
  ...more,
});
const places = [
  place('p1', 'Feira de Ciências'),
  place('p2', 'Derivadas', { also: 'Aula 12: Taxa de variação' }),
  place('p3', 'Derivadas e limites'),
  place('p4', 'Conselho', { isReserved: true }),
];

describe('what is asked for at the caret', () => {
  it.each([
    ['oi @ka', '@ka'],
    ['@', '@'],
    ['a (@Ana L', '@Ana L'],
    ['a@b.c', undefined],
    ['@Ana  dois', undefined],
    ['veja #deri', '#deri'],
    ['#', '#'],
    ['cor#fff', undefined],
    [':cora', ':cora'],
    ['oi :+1', undefined],
    [':coração:', ':coração:'],
    ['às 10:30', undefined],
    [':)', undefined],
    ['oi :D', undefined],
    ['nota:boa', undefined],
  ])('%j opens %s', (text, expected) => {
    const found = askingAt(text, text.length);
    expect(found && text.slice(found.start)).toBe(expected);
  });
  it('what was chosen takes its place, with one space after', () => {
    const asking = askingAt('oi @an e tchau', 6);
    expect(asking && answered('oi @an e tchau', asking, 6, '@Ana Lima')).toEqual({
      text: 'oi @Ana Lima e tchau',
      caret: 13,
    });
  });
});

describe('what answers', () => {
  it('people by any word, accent-blind, never oneself', () => {
    expect(peopleLike(people, 'conceicao').map(({ id }) => id)).toEqual(['3']);
    expect(peopleLike(people, 'mesma')).toEqual([]);
  });
  it('rooms and lessons: whose name begins so first, then by a word of it, then by what else is said of them', () => {
    const ids = (query: string) => placesLike(places, query).map(({ id }) => id);
    expect(ids('derivadas')).toEqual(['p2', 'p3']);
    expect(ids('ciencias')).toEqual(['p1']);
    expect(ids('variacao')).toEqual(['p2']);
    expect(ids('nada')).toEqual([]);
    expect(ids('')).toHaveLength(places.length);
  });
  it('emojis by their names in both languages, accent-blind', () => {
    expect(emojisLike('coracao')[0]?.char).toBe('❤️');
    expect(emojisLike('heart')[0]?.char).toBe('❤️');
    expect(emojisLike('polegar_para_cima:')[0]?.char).toBe('👍');
    expect(emojisLike('joinha')[0]?.char).toBe('👍');
  });
});

describe('names in what is sent', () => {
  it('people: the longest name wins; of two alike, the one chosen', () => {
    expect(mentionedIn('@Ana Lima e @Ana', people)).toEqual(['1', '2']);
    expect(mentionedIn('@Ana', [...people, { id: '9', name: 'Ana' }], new Map([['@Ana', '9']]))).toEqual(['9']);
    expect(mentionedIn('@Anabela e @Eu Mesma', people)).toEqual([]);
  });

  const linked = (text: string, picked = new Map<string, string>()) =>
    withLinks(text, places, picked, 'sala reservada');
  it.each([
    ['veja #Derivadas!', `veja [#Derivadas](${at('p2')})!`],
    ['(#Derivadas e limites)', `([#Derivadas e limites](${at('p3')}))`],
    ['#Derivadasx e a#Derivadas', '#Derivadasx e a#Derivadas'],
    ['`#Derivadas` e ```\n#Derivadas\n```', '`#Derivadas` e ```\n#Derivadas\n```'],
    ['[x](#Derivadas)', '[x](#Derivadas)'],
    ['sem nada', 'sem nada'],
  ])('rooms become links: %j', (text, expected) => expect(linked(text)).toBe(expected));
  it('the name of a room by invitation is not in what is sent', () =>
    expect(linked('no #Conselho')).toBe(`no [#sala reservada](${at('p4')})`));
  it('nor where there is no room for links; other names stay as they were written', () =>
    expect(withLinks('no #Conselho e #Derivadas', places, new Map(), 'sala reservada', false)).toBe(
      'no #sala reservada e #Derivadas',
    ));
  it('of two rooms alike the one that was chosen is meant', () => {
    const twins = [...places, place('p5', 'Derivadas')];
    expect(withLinks('#Derivadas', twins, new Map([['#Derivadas', 'p5']]), '')).toBe(`[#Derivadas](${at('p5')})`);
  });
  it('signs of Markdown in a name stay signs', () =>
    expect(withLinks('#a*b]', [place('q', 'a*b]')], new Map(), '')).toBe(`[#a\\*b\\]](${at('q')})`));

  it.each(['veja #Derivadas e #Conselho', 'nada', '`[#Derivadas](x)`'])(
    'and names again when they are changed: %j',
    (text) => expect(withoutLinks(linked(text), places, new Map())).toBe(text),
  );
  it('links to elsewhere stay links', () => {
    const body = '[#fora](https://example.org/sala/p2)';
    expect(withoutLinks(body, places, new Map())).toBe(body);
  });
});

describe('what sends', () => {
  const glass = (is: boolean) =>
    vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes('coarse') === is }));
  const key = (keys: Partial<Parameters<typeof sendingKey>[0]> = {}) => ({
    key: 'Enter',
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    ...keys,
  });
  it.each([
    ['Enter, where it is wished', key(), true, false, true],
    ['Enter, where it is not', key(), false, false, false],
    ['Enter on glass', key(), true, true, false],
    ['Ctrl Enter, whatever is wished', key({ ctrlKey: true }), false, false, true],
    ['⌘ Enter on glass', key({ metaKey: true }), true, true, true],
    ['Shift Enter', key({ shiftKey: true }), true, false, false],
    ['Ctrl Shift Enter', key({ shiftKey: true, ctrlKey: true }), true, false, false],
    ['another key', key({ key: 'a', ctrlKey: true }), true, false, false],
  ])('%s', (_name, event, enterSends, isGlass, sends) => {
    glass(isGlass);
    expect(sendingKey(event, enterSends)).toBe(sends);
    vi.unstubAllGlobals();
  });
});
