import { setupI18n } from '@lingui/core';
import { describe, expect, it } from 'vitest';
import { messages as english } from '../i18n/locales/en.ts';
import { messages as portuguese } from '../i18n/locales/pt-BR.ts';
import { agoTime, clockTime, dayName, nearTime } from '../i18n/dates.ts';
import { matchesText } from '../i18n/fold.ts';
import { chooseLanguage } from '../i18n/languages.ts';
import { emojis, findEmojis } from '../emoji/emoji.ts';
import { insertMention, mentionAt, mentionCandidates, mentionedIn } from '../composer/mentions.ts';
import { initials, isStaff, roleWord, shortName, toneOf, typingWords, type PersonView } from './person.ts';
import { seatOrder, wallKind } from './Wall.tsx';
import { announcementFor, messageName, reactionName } from '../messages/words.ts';
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
  it.each([
    [['fr', 'en-GB'], 'en'],
    [['pt-PT'], 'pt-BR'],
    [['de'], 'pt-BR'],
    [[], 'pt-BR'],
  ] as const)('%j chooses %s', (wanted, expected) => expect(chooseLanguage(wanted)).toBe(expected));
});

describe('mentions', () => {
  it.each([
    ['oi @ka', '@ka'],
    ['@', '@'],
    ['a (@Ana L', '@Ana L'],
    ['a@b.c', undefined],
    ['@Ana  dois', undefined],
  ])('%j opens %s', (text, expected) => {
    const found = mentionAt(text, text.length);
    expect(found && text.slice(found.start)).toBe(expected);
  });
  it('people by any word, accent-blind, never oneself', () => {
    expect(mentionCandidates(people, 'conceicao').map(({ id }) => id)).toEqual(['3']);
    expect(mentionCandidates(people, 'mesma')).toEqual([]);
    expect(matchesText('João Pedro Wójcik', 'wojc')).toBe(true);
  });
  it('the name is put in its place with one space after', () => {
    const mention = mentionAt('oi @an e tchau', 6);
    expect(mention && insertMention('oi @an e tchau', mention, 6, 'Ana Lima')).toEqual({
      text: 'oi @Ana Lima e tchau',
      caret: 13,
    });
  });
  it('the longest name wins; of two alike, the one chosen', () => {
    expect(mentionedIn('@Ana Lima e @Ana', people)).toEqual(['1', '2']);
    expect(mentionedIn('@Ana', [...people, { id: '9', name: 'Ana' }], new Map([['Ana', '9']]))).toEqual(['9']);
    expect(mentionedIn('@Anabela', people)).toEqual([]);
  });
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
  it('a reaction says what, how many and who', () =>
    expect(reactionName(pt, { emoji: '👍', count: 3, mine: true, names: ['Ana', 'Davi'] })).toBe(
      'polegar para cima, 3 pessoas: Ana, Davi e você',
    ));
});

describe('emojis', () => {
  it('each is there once, with a name in both languages', () => {
    expect(new Set(emojis.map(({ char }) => char)).size).toBe(emojis.length);
    expect(emojis.filter(({ char, pt: name, en: other }) => !char || !name || !other)).toEqual([]);
    expect(emojis.length).toBeGreaterThanOrEqual(150);
  });
  it.each([
    ['coracao', '❤️'],
    ['thumbs', '👍'],
    ['duvida', '❓'],
    [':festa:', '🎉'],
  ])('%s finds %s', (query, char) => expect(findEmojis(query).map((emoji) => emoji.char)).toContain(char));
});
