import { setupI18n } from '@lingui/core';
import { describe, expect, it } from 'vitest';
import { messages as english } from '../i18n/locales/en.ts';
import { messages as portuguese } from '../i18n/locales/pt-BR.ts';
import { agoTime, clockTime, dayName, nearTime } from '../i18n/dates.ts';
import { chooseLanguage } from '../i18n/languages.ts';
import { emojiName, emojis, findEmojis } from '../emoji/emoji.ts';
import { initials, isStaff, roleWord, shortName, toneOf, typingWords, type PersonView } from './person.ts';
import { seatOrder, wallKind } from './Wall.tsx';
import { announcementFor, messageName, reactionName, saidAfter } from '../messages/words.ts';
import type { MessageView } from '../messages/talk.ts';

const pt = setupI18n({ locale: 'pt-BR', messages: { 'pt-BR': portuguese } });
const en = setupI18n({ locale: 'en', messages: { en: english } });
const zone = 'America/Sao_Paulo';
const at = Date.UTC(2025, 9, 14, 17, 3);
const lima: PersonView = { id: '1', name: 'Ana Lima' };
const people: PersonView[] = [
  lima,
  { id: '2', name: 'Ana' },
  { id: '3', name: 'Kauã Conceição' },
  { id: '4', name: 'Eu Mesma', isYou: true },
];

describe('people', () => {
  it.each([
    ['Ana Beatriz Sant’Anna', 'AS'],
    ['kauã', 'K'],
    ['  Íris  de Souza ', 'ÍS'],
    ['', '?'],
    ['👻', '?'],
    ['J. P. Wójcik', 'JW'],
  ])('the initials of %j are %s', (name, expected) => expect(initials(name)).toBe(expected));
  it('the paper is dealt by id, the same each time, and all six are dealt', () => {
    expect(toneOf('abc')).toBe(toneOf('abc'));
    expect(new Set(Array.from({ length: 200 }, (_, index) => toneOf(`id-${index}`)))).toEqual(
      new Set([1, 2, 3, 4, 5, 6]),
    );
  });
  it('the paper is the one that the server deals to the id', () =>
    expect(toneOf('01936b4c-7a10-7000-8000-0000000000a4')).toBe((0xa4 % 6) + 1));
  it('a title keeps its name', () =>
    expect([shortName('Profa. Helena Prates'), shortName('Kauã Ferreira')]).toEqual(['Profa. Helena', 'Kauã']));
  it('students carry no word, staff do', () => {
    expect(roleWord(pt, { role: 'student' })).toBeUndefined();
    expect([
      roleWord(pt, { role: 'teacher', gender: 'f' }),
      roleWord(pt, { role: 'teacher' }),
      roleWord(en, { role: 'teacher', gender: 'f' }),
    ]).toEqual(['Professora', 'Docente', 'Teacher']);
    expect([isStaff({ role: 'monitor' }), isStaff({ role: 'guardian' })]).toEqual([true, false]);
  });
  it.each([
    [0, ''],
    [1, 'Ana está escrevendo'],
    [2, 'Ana e Ana estão escrevendo'],
    [3, 'Várias pessoas estão escrevendo'],
  ])('%i who write', (count, words) => expect(typingWords(pt, people.slice(0, count))).toBe(words));
  it('the wall is solid with an adult, dashed with the class, dotted with nobody; staff sit first', () => {
    const teacher: PersonView = { id: 't', name: 'T', role: 'teacher' };
    expect(wallKind({ here: [lima, teacher], hereCount: 2, memberCount: 3 })).toBe('staff');
    expect(wallKind({ here: people, hereCount: 4, memberCount: 4 })).toBe('class');
    expect(wallKind({ here: [], hereCount: 0, memberCount: 4 })).toBe('empty');
    expect(seatOrder([lima, teacher]).map(({ id }) => id)).toEqual(['t', '1']);
  });
});

describe('times', () => {
  it('clock time is Brazilian in Portuguese', () =>
    expect([clockTime(at, 'pt-BR', zone), clockTime(Date.UTC(2025, 9, 14, 12, 5), 'pt-BR', zone)]).toEqual([
      '14h03',
      '9h05',
    ]));
  it('days by name, with the year when it is another', () => {
    expect(dayName(at, at + 3 * 86_400_000, 'pt-BR', zone)).toBe('terça-feira, 14 de outubro');
    expect(dayName(at, at, 'pt-BR', zone)).toBe('hoje, 14 de outubro');
    expect(dayName(at, at + 86_400_000, 'pt-BR', zone)).toBe('ontem, 14 de outubro');
    expect(dayName(at, at, 'en', zone)).toBe('Today, October 14');
    expect(dayName(at, Date.UTC(2026, 1, 1), 'pt-BR', zone)).toBe('terça-feira, 14 de outubro de 2025');
  });
  it('Spanish writes 14:03, and days small', () => {
    expect([clockTime(at, 'es', zone), clockTime(Date.UTC(2025, 9, 14, 12, 5), 'es', zone)]).toEqual(['14:03', '9:05']);
    expect(dayName(at, at, 'es', zone)).toBe('hoy, 14 de octubre');
    expect(dayName(at, at + 3 * 86_400_000, 'es', zone)).toBe('martes, 14 de octubre');
    expect(nearTime(at - 86_400_000, at, 'es', zone)).toBe('ayer, 14:03');
    expect([agoTime(at - 20_000, at, 'es'), agoTime(at - 180_000, at, 'es')]).toEqual(['ahora', 'hace 3 min']);
  });
  it('near days by their word', () =>
    expect([
      nearTime(at + 18 * 3_600_000 - 180_000, at, 'pt-BR', zone),
      nearTime(at - 86_400_000, at, 'pt-BR', zone),
    ]).toEqual(['amanhã, 8h', 'ontem, 14h03']));
  it('ago, coarsely', () =>
    expect([
      agoTime(at - 20_000, at, 'pt-BR'),
      agoTime(at - 180_000, at, 'pt-BR'),
      agoTime(at - 7_300_000, at, 'pt-BR'),
    ]).toEqual(['agora', 'há 3 min', 'há 2 h']));
  it('ago is never ahead: what came after the page last looked at the clock is now', () =>
    expect([agoTime(at + 60_000, at, 'pt-BR'), agoTime(at + 7_300_000, at, 'en')]).toEqual(['agora', 'now']));
  it.each([
    [['fr', 'en-GB'], 'en'],
    [['pt-PT'], 'pt-BR'],
    [['es-MX', 'en'], 'es'],
    [['de'], 'pt-BR'],
    [[], 'pt-BR'],
  ] as const)('%j chooses %s', (wanted, expected) => expect(chooseLanguage(wanted)).toBe(expected));
});

describe('what is read aloud', () => {
  const message: MessageView = {
    kind: 'message',
    key: 'k',
    author: { id: 'h', name: 'Helena Prates', role: 'teacher', gender: 'f' },
    at,
    body: 'Olá, **turma**',
    reactions: [],
    delivery: { kind: 'sent' },
    powers: {},
  };
  it('a message says author, role, time, words and state', () => {
    expect(
      messageName(pt, { ...message, replyTo: { messageId: 'x', author: 'Kauã', excerpt: '' }, editedAt: at }, zone),
    ).toBe('Helena Prates, professora, 14h03: Olá, turma, em resposta a Kauã, editada');
    expect(
      messageName(
        pt,
        { ...message, author: { id: 'a', name: 'Ana', isYou: true }, delivery: { kind: 'queued' } },
        zone,
      ),
    ).toBe('Você, 14h03: Olá, turma, na fila');
    expect(messageName(pt, { ...message, body: '', removed: { by: 'moderator', at } }, zone)).toContain(
      'removida pela moderação',
    );
  });
  it('[R120] what is urgent is said before the words', () => {
    const urgent = { ...message, isUrgent: true };
    expect(messageName(pt, urgent, zone)).toBe('Helena Prates, professora, 14h03, urgente: Olá, turma');
    expect(announcementFor(pt, [urgent])).toBe('Urgente. Helena Prates: Olá, turma');
  });
  it('up to three messages one by one, more as a count; never one’s own; by wish only mentions, or nothing', () => {
    expect(announcementFor(pt, [message])).toBe('Helena Prates: Olá, turma');
    expect(
      announcementFor(
        pt,
        Array.from({ length: 5 }, () => message),
      ),
    ).toBe('5 novas mensagens');
    expect(announcementFor(pt, [{ ...message, author: { id: 'a', name: 'Ana', isYou: true } }])).toBe('');
    expect([announcementFor(pt, [message], 'mentions'), announcementFor(pt, [message], 'off')]).toEqual(['', '']);
    expect(
      announcementFor(pt, [{ ...message, mentions: [{ id: 'a', name: 'Ana', isYou: true }] }], 'mentions'),
    ).not.toBe('');
  });
  it('[R119] by wish only mentions: what called by a word of one’s own is one, too', () => {
    const both = [
      { ...message, id: 'sem' },
      { ...message, id: 'com', body: 'A prova é amanhã' },
    ];
    const calls = (id: string): boolean => id === 'com';
    expect(announcementFor(pt, both, 'mentions', calls)).toBe('Helena Prates: A prova é amanhã');
    expect(announcementFor(pt, both, 'off', calls)).toBe('');
    // What is not sent yet calls nobody
    const { id: _, ...unsent } = { ...message, id: 'com' };
    expect(announcementFor(pt, [unsent], 'mentions', () => true)).toBe('');
  });
  it('only what comes after what was heard: not history, not an edit, and also above what waits to be sent', () => {
    const at = (seq: number, more: Partial<MessageView> = {}): MessageView => ({
      ...message,
      key: String(seq),
      seq,
      ...more,
    });
    const { seq: _, ...queued } = at(0, { key: 'mine', delivery: { kind: 'queued' } });
    const items = [at(1), at(2), queued];
    expect(saidAfter(items, 2)).toEqual([]);
    expect(saidAfter([at(-1), at(0), ...items], 2)).toEqual([]);
    expect(saidAfter([at(1), at(2, { editedAt: 3 }), queued], 2)).toEqual([]);
    expect(saidAfter([at(1), at(2), at(3), at(5), queued], 2).map(({ seq }) => seq)).toEqual([3, 5]);
  });
  it('a reaction says what, how many and who', () =>
    expect(
      reactionName(pt, { emoji: '👍', count: 3, mine: true, names: ['Ana', 'Davi'] }, emojiName('👍', 'pt-BR')),
    ).toBe('polegar para cima, 3 pessoas: Ana, Davi e você'));
});

describe('emojis', () => {
  it('each is there once, with a name in each language', () => {
    expect(new Set(emojis.map(({ char }) => char)).size).toBe(emojis.length);
    expect(emojis.filter(({ char, words }) => !char || Object.values(words).some((said) => !said))).toEqual([]);
    expect(emojis.length).toBeGreaterThanOrEqual(150);
  });
  it.each([
    ['coracao', '❤️'],
    ['thumbs', '👍'],
    ['duvida', '❓'],
    ['bombilla', '💡'],
    [':festa:', '🎉'],
  ])('%s finds %s', (query, char) => expect(findEmojis(query).map((emoji) => emoji.char)).toContain(char));
});
