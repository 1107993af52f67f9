import { setupI18n } from '@lingui/core';
import type { Item } from '@recreio/client';
import type { Message, MyRoom, Profile } from '@recreio/protocol';
import { problem } from '@recreio/protocol';
import { describe, expect, test } from 'vitest';
import { lockOf, powersOf } from './lock.ts';
import { type TalkMemory, type TalkParts, talkOf } from './talk.ts';

const i18n = setupI18n({ locale: 'pt-BR', messages: { 'pt-BR': {} } });
const person = (id: string, name: string): Profile => ({ id, name, role: 'student', tone: 1, version: 1 });
const people = new Map([person('ana', 'Ana Lima'), person('davi', 'Davi Amorim')].map((one) => [one.id, one]));
const at = '2026-11-22T12:00:00.000Z';

const message = (seq: number, author: string, more: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  clientId: `c${seq}`,
  room: 'r',
  seq,
  ordinal: seq,
  author,
  at,
  editNo: 0,
  body: `body ${seq}`,
  reactions: [],
  ...more,
});
const item = (said: Message): Item => ({
  kind: 'message',
  key: `${said.author}:${said.clientId}`,
  message: said,
  isMine: said.author === 'ana',
});
const powers = { write: true, react: true, moderate: false, pin: false, forward: true };
const parts = (more: Partial<TalkParts> = {}): TalkParts => ({
  i18n,
  locale: 'pt-BR',
  me: 'ana',
  people,
  quotes: new Map(),
  powers,
  saved: new Set(),
  why: ({ code }) => `because ${code}`,
  ...more,
});

describe('a room as the list shows it', () => {
  test('a message that has not changed is the same object, and one whose author is renamed is not', () => {
    const memory: TalkMemory = new WeakMap();
    const items = [item(message(1, 'ana')), item(message(2, 'davi'))];
    const first = talkOf(items, parts(), memory);
    const again = talkOf(items, parts(), memory);
    expect(again[0]).toBe(first[0]);
    const renamed = new Map(people).set('davi', { ...person('davi', 'Davi Lucas'), version: 2 });
    const later = talkOf(items, parts({ people: renamed }), memory);
    expect(later[0]).toBe(first[0]);
    expect(later[1]).toMatchObject({ author: { name: 'Davi Lucas' } });
  });

  test('[R118] what a message passes on is drawn with it, and its address alone is no words of its sender', () => {
    const forward = { room: 'r2', message: 'm9' };
    const [bare, said, other] = talkOf(
      [
        item(message(1, 'ana', { forward, body: 'https://escola.example/sala/r2?m=m9' })),
        item(message(2, 'ana', { forward, body: 'vejam https://escola.example/sala/r2?m=m9' })),
        item(message(3, 'ana', { forward, body: 'https://escola.example/sala/r2?m=m8' })),
      ],
      parts({ forwardedOf: ({ message: id }) => `of ${id}` }),
      new WeakMap(),
    );
    expect(bare).toMatchObject({ body: '', forwarded: 'of m9' });
    expect(said).toMatchObject({ body: 'vejam https://escola.example/sala/r2?m=m9', forwarded: 'of m9' });
    expect(other).toMatchObject({ body: 'https://escola.example/sala/r2?m=m8' });
  });

  test('[R45] a reply shows what it answers, also outside what is loaded, and the tombstone in its place', () => {
    const far = message(1, 'davi', { removed: { by: 'author', at } });
    const [near, away, unknown] = talkOf(
      [item(message(5, 'ana')), item(message(6, 'davi', { replyTo: 'm5' })), item(message(7, 'ana', { replyTo: 'm1' }))]
        .concat(item(message(8, 'ana', { replyTo: 'gone' })))
        .slice(1),
      parts({
        quotes: new Map([
          ['m1', far],
          ['m5', message(5, 'ana')],
        ]),
      }),
      new WeakMap(),
    );
    expect(near).toMatchObject({ replyTo: { author: 'Ana', excerpt: 'body 5' } });
    expect(away).toMatchObject({ replyTo: { author: 'Davi', removed: true } });
    expect(unknown).toMatchObject({ replyTo: { excerpt: '' } });
  });

  test('my own I may edit and take away, those of others only as a moderator', () => {
    const items = [item(message(1, 'ana')), item(message(2, 'davi'))];
    const [own, other] = talkOf(items, parts(), new WeakMap());
    expect(own).toMatchObject({ powers: { edit: true, remove: true } });
    expect(other).toMatchObject({ powers: { edit: false, remove: false } });
    const [, moderated] = talkOf(items, parts({ powers: { ...powers, moderate: true } }), new WeakMap());
    expect(moderated).toMatchObject({ powers: { edit: false, remove: true } });
  });

  test('[R40] what is refused says why, and offers another try only where one can help', () => {
    const pending = (clientId: string, code: 'bad-text' | 'muted' | 'too-many'): Item => ({
      kind: 'pending',
      key: `ana:${clientId}`,
      pending: {
        clientId,
        room: 'r',
        body: 'oi',
        createdAt: at,
        state: { name: 'failed', why: 'refused', problem: problem(code) },
        order: 1,
        isKept: true,
      },
    });
    const [never, later] = talkOf([pending('a', 'bad-text'), pending('b', 'muted')], parts(), new WeakMap());
    expect(never).toMatchObject({ delivery: { kind: 'failed', why: 'because bad-text', mayRetry: false } });
    expect(later).toMatchObject({ delivery: { kind: 'failed', mayRetry: true } });
    const [called] = talkOf([pending('c', 'too-many')], parts(), new WeakMap());
    expect(called).toMatchObject({
      delivery: { why: expect.stringContaining('chamados demais'), mayRetry: false },
    });
  });

  test('the class is not told that somebody was silenced; the person and those who moderate are', () => {
    const line: Item = {
      kind: 'line',
      key: 'line:3',
      event: { seq: 3, id: 'e', at, type: 'restriction.began', actor: 'x', data: { account: 'davi', kind: 'mute' } },
    };
    expect(talkOf([line], parts(), new WeakMap())).toEqual([]);
    expect(talkOf([line], parts({ me: 'davi' }), new WeakMap())).toHaveLength(1);
    expect(talkOf([line], parts({ powers: { ...powers, moderate: true } }), new WeakMap())).toHaveLength(1);
  });
});

describe('why one cannot write', () => {
  const now = Date.parse(at);
  const my = (mine: Partial<MyRoom['mine']>, posting: 'members' | 'moderators' = 'members'): MyRoom => ({
    room: {
      id: 'r',
      kind: 'topic',
      title: 'Sala',
      description: '',
      emoji: '',
      colour: 'pen',
      access: 'open',
      posting,
      past: 'all',
      course: null,
      lesson: null,
      members: 3,
      createdAt: at,
    },
    mine: {
      role: 'member',
      joinedAt: at,
      head: 1,
      ordinal: 0,
      readSeq: 0,
      readOrdinal: 0,
      unread: 0,
      mentions: 0,
      lastMessageAt: null,
      ...mine,
    },
  });
  const until = (ms: number) => ({ muted: { until: new Date(now + ms).toISOString() } });
  test.each([
    ['a member writes', my({}), 'student', undefined, true],
    ['[R43] silenced, until it ends', my(until(1_000)), 'student', 'silenced', false],
    ['[R43] silenced no more when the time is over', my(until(-1)), 'student', undefined, true],
    ['[R43] silenced without an end', my({ muted: { until: null } }), 'student', 'silenced', false],
    ['[R51] a reader reacts', my({ role: 'reader' }), 'student', 'read-only', true],
    ['[R51] a guardian reads along', my({}), 'guardian', 'read-only', true],
    ['[R51] an announcement room', my({}, 'moderators'), 'student', 'announcement', true],
    ['[R51] who moderates it writes', my({ role: 'moderator' }, 'moderators'), 'teacher', undefined, true],
  ] as const)('%s', (_, room, role, kind, mayReact) => {
    const lock = lockOf(room, { role }, now, undefined);
    expect(lock?.kind).toBe(kind);
    expect(powersOf(room, lock)).toMatchObject({ write: kind === undefined, react: mayReact });
  });
});
