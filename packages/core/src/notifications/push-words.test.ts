import { expect, it } from 'vitest';
import { heard } from '../testing/heard.ts';
import type { Heard } from './heard-port.ts';
import { wordsOf } from './push-words.ts';

const direct = { kind: 'direct', announces: false, members: 2, role: 'member' } as const;

it.each([
  ['places', 1, {}, 'Frações', 'Mencionaram você'],
  ['places', 1, { call: 'thread', thread: 't' }, 'Frações', 'Resposta nova'],
  ['places', 1, { call: 'direct', place: direct, title: '' }, 'Conversa privada', 'Mensagem nova'],
  ['places', 1, { call: 'notice' }, 'Frações', 'Para ler e confirmar'],
  ['places', 1, { call: 'keyword' }, 'Frações', 'Disseram uma palavra sua'],
  ['places', 2, { language: 'en' }, 'Frações', '2 new messages'],
  ['places', 2, { language: 'es' }, 'Frações', '2 mensajes nuevos'],
  ['places', 1, { language: 'es', call: 'thread', thread: 't' }, 'Frações', 'Respuesta nueva'],
  ['words', 2, { language: 'es' }, 'Frações', 'Helena Prates: bom dia a todos (y 1 más)'],
  [
    'places',
    1,
    { place: { ...direct, kind: 'group' }, title: '', language: 'en' },
    'Group conversation',
    'You were mentioned',
  ],
  ['words', 1, {}, 'Frações', 'Helena Prates: bom dia a todos'],
  ['words', 3, {}, 'Frações', 'Helena Prates: bom dia a todos (e mais 2)'],
  ['words', 1, { call: 'direct', place: direct, title: '' }, 'Helena Prates', 'bom dia a todos'],
] as ['places' | 'words', number, Partial<Heard>, string, string][])(
  '[R111] %s, %i: %o',
  (push, count, more, title, body) => {
    expect(
      wordsOf(
        heard(more),
        Array.from({ length: count }, () => heard(more)),
        push,
        'bom dia\n  a todos',
      ),
    ).toEqual({ title, body });
  },
);

it('[R111] that something has to be read is said whatever was said after it; and how many conversations wait besides', () => {
  const calling = [heard({ call: 'notice' }), heard(), heard()];
  expect(wordsOf(heard(), calling, 'places', null).body).toBe('Para ler e confirmar (e mais 2)');
  expect(wordsOf(heard(), calling, 'places', null, 1).body).toBe('Para ler e confirmar (e mais 2) · mais 1 conversa');
  expect(wordsOf(heard({ language: 'en' }), [heard()], 'places', null, 3).body).toBe(
    'You were mentioned · 3 more conversations',
  );
});

it('[R111] no name and no word of what was said where the school wants only places, or where nothing can be read', () => {
  for (const [push, text] of [
    ['places', 'segredo'],
    ['words', null],
    ['words', ' \n'],
  ] as const)
    expect(JSON.stringify(wordsOf(heard({ place: direct }), [heard()], push, text))).not.toMatch(/segredo|Helena/u);
});

it('[R111] a long text is cut at a word, and never in the middle of a sign', () => {
  const { body } = wordsOf(heard(), [heard()], 'words', 'palavra '.repeat(60));
  expect(body).toMatch(/ palavra…$/u);
  expect(body.length).toBeLessThan(180);
  const emojis = wordsOf(heard(), [heard()], 'words', '👩‍🏫'.repeat(99)).body;
  expect(emojis.isWellFormed()).toBe(true);
});
