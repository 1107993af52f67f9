import { expect, test } from 'vitest';
import { textOf } from './copying.ts';
import { mostPicked, pickedWith } from './picking.ts';
import type { MessageView } from './talk.ts';

const message = (nth: number, more: Partial<MessageView> = {}): MessageView => ({
  kind: 'message',
  key: `k${nth}`,
  id: `id${nth}`,
  seq: nth,
  author: { id: 'ana', name: 'Ana Lima', tone: 1 },
  at: Date.parse('2026-10-14T17:03:00.000Z') + nth * 60_000,
  body: `fala ${nth}`,
  reactions: [],
  delivery: { kind: 'sent' },
  powers: {},
  ...more,
});
const all = (count: number): MessageView[] => Array.from({ length: count }, (_, nth) => message(nth + 1));
const keysOf = (picked: ReturnType<typeof pickedWith>) => [...picked.picked.keys()];

test('a press chooses and unchooses; a range goes from the last press, either way, and takes nothing away', () => {
  const items = all(6);
  const [one, two, , four, , six] = items as [
    MessageView,
    MessageView,
    MessageView,
    MessageView,
    MessageView,
    MessageView,
  ];
  const first = pickedWith(undefined, four, false, items);
  expect(keysOf(first)).toEqual(['k4']);
  const up = pickedWith(first, two, true, items);
  expect(keysOf(up).sort()).toEqual(['k2', 'k3', 'k4']);
  expect(keysOf(pickedWith(up, six, true, items)).sort()).toEqual(['k2', 'k3', 'k4', 'k5', 'k6']);
  expect(keysOf(pickedWith(up, four, false, items)).sort()).toEqual(['k2', 'k3']);
  // The one it would begin at is not loaded any more
  expect(keysOf(pickedWith({ anchor: 'gone', picked: new Map() }, one, true, items))).toEqual(['k1']);
});

test('what is removed, or still on its way, is not chosen, nor more than the limit', () => {
  const items = all(mostPicked + 20);
  items[1] = message(2, { removed: { by: 'author', at: 0 } });
  const { id: _, ...unsent } = message(3);
  items[2] = { ...unsent, delivery: { kind: 'queued' } };
  const [first, second, third] = items as [MessageView, MessageView, MessageView];
  const from = pickedWith(undefined, first, false, items);
  const whole = pickedWith(from, items.at(-1) as MessageView, true, items);
  expect(whole.picked.size).toBe(mostPicked);
  for (const one of [second, third]) {
    expect(whole.picked.has(one.key)).toBe(false);
    expect(pickedWith(from, one, false, items).picked.size).toBe(1);
  }
});

test('what is copied reads like the conversation: each day once, who said it and when, the words as they were written', () => {
  const later = message(90, {
    at: Date.parse('2026-10-15T11:00:00.000Z'),
    body: '**feito**',
    author: { id: 'k', name: 'Kauã', tone: 2 },
  });
  expect(textOf([later, message(2), message(1)], 'pt-BR', 'America/Sao_Paulo')).toBe(
    'quarta-feira, 14 de outubro de 2026\n\nAna Lima, 14h04\nfala 1\n\nAna Lima, 14h05\nfala 2\n\nquinta-feira, 15 de outubro de 2026\n\nKauã, 8h00\n**feito**\n',
  );
});
