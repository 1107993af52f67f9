import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUCKETS, execute } from '@recreio/core';
import type { Person, School } from '@recreio/core/testing/world.ts';
import { COMMANDS, type CommandName } from '@recreio/protocol';
import { openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

let house: Schoolhouse;
let school: School;
let helena: Person;
let ana: Person;
let room: string;

beforeAll(async () => {
  house = await openSchoolhouse();
  school = (await house.node()).school;
  helena = await school.person('Helena', { role: 'teacher' });
  ana = await school.person('Ana');
  room = await school.room(helena, [ana]);
});
afterAll(() => house.close());

const head = async (): Promise<number> => (await school.log(helena, room)).head;
const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

describe('what comes in', () => {
  test.each<[string, () => unknown]>([
    ['a member that is not declared', () => ({ room, clientId: school.intention(), body: 'oi', seq: 1 })],
    ['a member that is missing', () => ({ room, body: 'oi' })],
    ['an id in capitals', () => ({ room: room.toUpperCase(), clientId: school.intention(), body: 'oi' })],
    ['a client id that is not of version 7', () => ({ room, clientId: randomUUID(), body: 'oi' })],
    ['NUL', () => ({ room, clientId: school.intention(), body: 'a\u0000b' })],
    ['half an emoji', () => ({ room, clientId: school.intention(), body: 'a\ud83d' })],
    [
      'a prototype',
      () =>
        JSON.parse(`{"room":"${room}","clientId":"${school.intention()}","body":"oi","__proto__":{"role":"owner"}}`),
    ],
    [
      'a prototype within',
      () =>
        JSON.parse(
          `{"room":"${room}","clientId":"${school.intention()}","body":"oi","mentions":[{"__proto__":{"x":1}}]}`,
        ),
    ],
    ['a constructor', () => ({ room, clientId: school.intention(), body: 'oi', constructor: { prototype: {} } })],
    ['deep nesting', () => ({ room, clientId: school.intention(), body: nested(5_000) })],
    ['a number for a text', () => ({ room, clientId: school.intention(), body: 7 })],
    ['an array', () => []],
    ['nothing', () => null],
    ['a text', () => 'oi'],
    [
      '51 mentions',
      () => ({
        room,
        clientId: school.intention(),
        body: 'oi',
        mentions: Array.from({ length: 51 }, () => school.intention()),
      }),
    ],
  ])('[R2] with %s is malformed, and nothing happens', async (_, input) => {
    const before = await head();
    expect((await school.refuses(ana, 'messages.send', input())).code).toBe('malformed');
    expect(await head()).toBe(before);
    expect(Object.hasOwn(Object.prototype, 'role')).toBe(false);
  });

  test('[R3] a refusal says where, never what', async () => {
    const { detail } = await school.refuses(ana, 'messages.send', { room, clientId: 'segredo', body: 'oi' });
    expect(detail).toContain('/clientId');
    expect(detail).not.toContain('segredo');
  });

  test('[R7] 16 KiB of UTF-8 pass, a byte more does not', async () => {
    const body = 'é'.repeat(8 * 1024);
    await school.say(ana, room, body);
    expect(
      (await school.refuses(ana, 'messages.send', { room, clientId: school.intention(), body: `${body.slice(1)}€` }))
        .code,
    ).toBe('too-large');
  });

  test('[R6] a body comes back byte for byte', async () => {
    const body = ' e\u0301 \u202eabc\u202c <b>&amp;</b> \r\n\t 👨‍👩‍👧 ';
    const { id } = await school.say(ana, room, body);
    expect((await school.does(helena, 'messages.get', { room, ids: [id] })).messages[0]?.body).toBe(body);
  });

  test.each([
    ['a reaction that is a word', 'messages.react', { emoji: 'sim' }],
    ['a reaction of two', 'messages.react', { emoji: '👍👍' }],
    ['an empty body', 'messages.edit', { clientId: '018f0f0e-0000-7000-8000-000000000001', body: '\u200b' }],
  ] as const)('[R6] %s is bad text', async (_, name, input) => {
    const { id: message } = await school.say(ana, room, 'oi');
    expect((await school.refuses(ana, name, { room, message, ...input })).code).toBe('bad-text');
  });

  test('[R6] titles that look like another, or like nothing, are bad text', async () => {
    for (const title of ['Sala\u202e5', '\u200b\u200b', `Z${'\u0301'.repeat(12)}`]) {
      expect(
        (await school.refuses(ana, 'rooms.create', { kind: 'topic', title, clientId: school.intention() })).code,
      ).toBe('bad-text');
    }
  });
});

describe('who comes in', () => {
  test('nobody without a session does anything but what is open to anyone', async () => {
    const stranger = { actor: null, address: '203.0.113.7', device: '' };
    const named = Object.values(COMMANDS).filter(({ who }) => who === 'signed-in');
    expect(named.length).toBeGreaterThan(40);
    for (const { name } of named) {
      const outcome = await execute(school.world, stranger, name as CommandName, {});
      expect([name, outcome.ok ? null : outcome.problem.code]).toEqual([
        name,
        expect.stringMatching(/^(malformed|not-signed-in)$/u),
      ]);
    }
    const outcome = await execute(school.world, stranger, 'messages.send', {
      room,
      clientId: school.intention(),
      body: 'oi',
    });
    expect(outcome.ok ? null : outcome.problem.code).toBe('not-signed-in');
  });

  test('[D27] a session that was ended does nothing more; another of the same person goes on', async () => {
    const phone = await school.device(ana);
    await school.does(ana, 'accounts.revokeSession', { session: phone.caller.actor?.session });
    expect(
      (await school.refuses(phone, 'messages.send', { room, clientId: school.intention(), body: 'oi' })).code,
    ).toBe('not-signed-in');
    expect((await school.refuses(phone, 'messages.page', { room })).code).toBe('not-signed-in');
    await school.say(ana, room, 'oi');
  });

  test('somebody else’s session does not serve an account', async () => {
    const { actor } = ana.caller;
    const forged = {
      ...helena,
      caller: { ...helena.caller, actor: { account: helena.id, session: actor?.session ?? '' } },
    };
    expect((await school.refuses(forged, 'messages.page', { room })).code).toBe('not-signed-in');
    expect(
      (await school.refuses(forged, 'messages.send', { room, clientId: school.intention(), body: 'oi' })).code,
    ).toBe('not-signed-in');
  });

  test('[S59] however an address is spelled, whoever tries passwords draws from one bucket', async () => {
    const busy = (await house.node({ quotas: true })).school;
    const stranger = { actor: null, address: '203.0.113.9', device: '' };
    const spellings = [
      'ana@x.example',
      ' ANA@x.example',
      '\uff41na@x.example',
      'a\uff4ea@x.example',
      '\u{1d41a}na@x.example',
    ];
    const codes: string[] = [];
    for (let i = 0; i < BUCKETS['sign-in'].size + 5; i++) {
      const email = spellings[i % spellings.length];
      const outcome = await execute(busy.world, stranger, 'accounts.signIn', { email, password: 'errada de novo' });
      codes.push(outcome.ok ? 'ok' : outcome.problem.code);
    }
    expect(codes.slice(0, BUCKETS['sign-in'].size)).not.toContain('rate-limited');
    expect(new Set(codes.slice(BUCKETS['sign-in'].size))).toEqual(new Set(['rate-limited']));
  });

  test('[R3] who asks too often is told how long to wait, and nothing is written', async () => {
    const busy = (await house.node({ quotas: true })).school;
    const sends = Array.from({ length: BUCKETS.send.size + 5 }, (_, i) =>
      busy.tries(ana, 'messages.send', { room, clientId: school.intention(), body: `${i}` }),
    );
    const refused = (await Promise.all(sends)).flatMap((outcome) => (outcome.ok ? [] : [outcome.problem]));
    expect(refused).toHaveLength(5);
    expect(refused[0]).toMatchObject({ code: 'rate-limited', retry: 'later', retryAfterMs: 50 });
    expect(
      (await busy.tries(helena, 'messages.send', { room, clientId: school.intention(), body: 'eu posso' })).ok,
    ).toBe(true);
  });
});
