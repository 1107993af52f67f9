import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Unavailable } from '@recreio/core';
import type { CommandName, Commands, OutputOf } from '@recreio/protocol';
import type { Person, School } from '@recreio/core/testing/world.ts';
import { openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

let house: Schoolhouse;
let school: School;
let there: School;
let helena: Person;
let rui: Person;
let rosa: Person;
let ana: Person;
let bruno: Person;
let marta: Person;

beforeAll(async () => {
  house = await openSchoolhouse();
  school = (await house.node()).school;
  there = (await house.node()).school;
  helena = await school.person('Helena', { role: 'teacher' });
  rui = await school.person('Rui', { role: 'teacher' });
  rosa = await school.person('Rosa', { role: 'administrator' });
  marta = await school.person('Marta', { role: 'guardian' });
});
afterAll(() => house.close());
beforeEach(async () => {
  ana = await school.person('Ana', { minor: true });
  bruno = await school.person('Bruno', { minor: true });
});

const id = () => school.intention();
const send = (room: string, body = 'oi') => ({ room, clientId: id(), body });
const code = async (who: Person, name: CommandName, input: unknown) => (await school.refuses(who, name, input)).code;
const lastOf = async (room: string, who = helena) => (await school.log(who, room)).events.at(-1);

describe('silence', () => {
  test('[D25] from the mute’s seq to its end there is nothing of the person in the log; reading and taking back go on', async () => {
    const room = await school.room(helena, [ana, bruno]);
    const { id: mine } = await school.say(ana, room, 'antes');
    const { id: theirs } = await school.say(bruno, room, 'olá');
    const began = await school.tend(helena, 'members.mute', room, ana.id);
    expect(await code(ana, 'messages.send', send(room))).toBe('muted');
    expect(await code(ana, 'messages.edit', { room, message: mine, clientId: id(), body: 'x' })).toBe('muted');
    expect(await code(ana, 'messages.react', { room, message: theirs, emoji: '👍' })).toBe('muted');
    expect((await school.log(ana, room)).head).toBe(began.seq);
    await school.does(ana, 'messages.remove', { room, message: mine, clientId: id() });
    const ended = await school.tend(helena, 'members.unmute', room, ana.id);
    await school.say(ana, room, 'depois');
    const between = (await school.log(helena, room)).events.filter(
      ({ seq, actor }) => seq > began.seq && seq < ended.seq && actor === ana.id,
    );
    expect(between.map(({ type }) => type)).toEqual(['message.removed']);
  });

  test('[D25] the room hears that it began or ended; reason and term go to the person alone', async () => {
    const room = await school.room(helena, [ana]);
    await school.tend(helena, 'members.mute', room, ana.id, { seconds: 600, reason: 'xingou um colega' });
    const event = await lastOf(room);
    expect(event).toMatchObject({ type: 'restriction.began', data: { account: ana.id, kind: 'mute' } });
    expect(JSON.stringify(await school.log(bruno, room).catch(() => null))).toBe('null');
    expect(JSON.stringify(await school.log(helena, room))).not.toContain('xingou');
    expect((await school.own(ana)).at(-1)).toMatchObject({
      type: 'sanction.began',
      data: { room, kind: 'mute', reason: 'xingou um colega', until: expect.stringMatching(/Z$/u) },
    });
    const refused = await school.refuses(ana, 'messages.send', send(room));
    expect(Date.parse(refused.until ?? '') - Date.parse(event?.at ?? '')).toBe(600_000);
  });

  test('[R46] who is silenced is told to those who moderate and to the person, not to the class', async () => {
    const room = await school.room(helena, [ana, bruno]);
    await school.tend(helena, 'members.mute', room, ana.id);
    const muted = async (who: Person) =>
      (await school.does(who, 'members.list', { room })).members
        .filter((member) => member.muted)
        .map(({ profile }) => profile.id);
    expect([await muted(helena), await muted(ana), await muted(bruno)]).toEqual([[ana.id], [ana.id], []]);
  });
});

describe('coming, going, and what is seen', () => {
  test('[D26] who was removed reads nothing any more, by no command', async () => {
    const room = await school.room(helena, [ana]);
    const { id: message, seq } = await school.say(ana, room, 'oi');
    await school.tend(helena, 'members.remove', room, ana.id);
    const commands: [CommandName, object][] = [
      ['messages.page', { room }],
      ['messages.get', { room, ids: [message] }],
      ['messages.markRead', { room, seq }],
      ['streams.read', { room, after: 0 }],
      ['members.list', { room }],
      ['members.bans', { room }],
      ['presence.here', { room }],
      ['presence.typing', { room }],
    ];
    for (const [name, input] of commands) expect([name, await code(ana, name, input)]).toEqual([name, 'not-found']);
    expect((await school.own(ana)).at(-1)).toMatchObject({
      type: 'membership.ended',
      data: { room, reason: 'removed' },
    });
    expect((await school.does(ana, 'rooms.mine', {})).rooms).toEqual([]);
  });

  test('[D18] a room that shows nothing before one came declares it hidden, also after coming back', async () => {
    const room = await school.room(helena, [], { access: 'open', past: 'since-joining' });
    const early = await school.say(helena, room, 'antes');
    const { seq: came } = await school.does(ana, 'members.join', { room });
    await school.say(helena, room, 'durante');
    const { seq: left } = await school.does(ana, 'members.leave', { room });
    const missed = await school.say(helena, room, 'sem ela');
    const { seq: back } = await school.does(ana, 'members.join', { room });
    await school.say(helena, room, 'de novo');
    const hidden = [
      { from: 1, to: came - 1 },
      { from: left + 1, to: back - 1 },
    ];
    const read = await school.log(ana, room);
    expect(read.hidden).toEqual(hidden);
    expect(read.events.map(({ seq }) => seq)).toEqual([came, came + 1, left, back, back + 1]);
    expect(read.purged).toEqual([]);
    const page = await school.does(ana, 'messages.page', { room });
    expect(page.hidden).toEqual(hidden);
    expect(page.messages.map(({ body }) => body)).toEqual(['durante', 'de novo']);
    expect((await school.does(ana, 'messages.get', { room, ids: [early.id, missed.id] })).messages).toEqual([]);
    for (const message of [early.id, missed.id]) {
      expect(await code(ana, 'messages.react', { room, message, emoji: '👍' })).toBe('not-found');
      expect(await code(ana, 'messages.send', { ...send(room), replyTo: message })).toBe('not-found');
    }
  });

  test('[D18] who has come back still answers and takes part in what they saw before', async () => {
    const room = await school.room(helena, [], { access: 'open', past: 'since-joining' });
    await school.does(ana, 'members.join', { room });
    const seen = await school.say(helena, room, 'durante');
    const mine = await school.say(ana, room, 'meu');
    await school.does(ana, 'members.leave', { room });
    await school.does(ana, 'members.join', { room });
    const page = await school.does(ana, 'messages.page', { room });
    expect(page.messages.map(({ id: shown }) => shown)).toEqual([seen.id, mine.id]);
    await school.does(ana, 'messages.react', { room, message: seen.id, emoji: '👍' });
    await school.does(ana, 'messages.send', { ...send(room), replyTo: seen.id });
    await school.does(ana, 'messages.remove', { room, message: mine.id, clientId: id() });
  });

  test('[D33] what was said before one came is not unread, nor is one’s own, nor what was removed', async () => {
    const room = await school.room(helena, [bruno], { access: 'open' });
    await school.say(helena, room, 'antes');
    await school.does(ana, 'members.join', { room });
    const mine = async () => (await school.does(ana, 'rooms.mine', {})).rooms[0]?.mine;
    expect(await mine()).toMatchObject({ unread: 0, mentions: 0, ordinal: 1, readOrdinal: 1 });
    const one = await school.say(bruno, room, 'um');
    const two = await school.say(bruno, room, 'dois', { mentions: [ana.id] });
    expect(await mine()).toMatchObject({ unread: 2, mentions: 1 });
    await school.does(bruno, 'messages.remove', { room, message: two.id, clientId: id() });
    expect(await mine()).toMatchObject({ unread: 1, mentions: 0 });
    expect(await school.does(ana, 'messages.markRead', { room, seq: one.seq })).toMatchObject({
      seq: one.seq,
      ordinal: 2,
      unread: 0,
    });
    expect(await school.does(ana, 'messages.markRead', { room, seq: 1 })).toMatchObject({ seq: one.seq });
    const far = await school.does(ana, 'messages.markRead', { room, seq: 1_000_000 });
    expect(far.seq).toBe((await school.log(ana, room)).head);
    await school.say(bruno, room, 'três');
    const own = await school.say(ana, room, 'eu');
    expect(await mine()).toMatchObject({ readSeq: own.seq, unread: 0 });
  });

  test('[R51] who is banned comes back only when the ban has ended; the log says banned, then removed', async () => {
    const room = await school.room(helena, [ana], { access: 'open' });
    await school.tend(helena, 'members.ban', room, ana.id, { seconds: 3_600 });
    expect((await school.log(helena, room)).events.slice(-2).map(({ type }) => type)).toEqual([
      'restriction.began',
      'member.removed',
    ]);
    expect((await school.own(ana)).at(-1)).toMatchObject({ type: 'membership.ended', data: { reason: 'banned' } });
    expect(await school.refuses(ana, 'members.join', { room })).toMatchObject({
      code: 'banned',
      until: expect.any(String),
    });
    expect(await code(helena, 'members.add', { room, account: ana.id, clientId: id() })).toBe('banned');
    await house.pool.query("UPDATE restriction SET until = clock_timestamp() - interval '1 second' WHERE room = $1", [
      room,
    ]);
    await school.does(ana, 'members.join', { room });
    await school.tend(helena, 'members.remove', room, ana.id);
    expect((await school.own(ana)).at(-1)).toMatchObject({ type: 'membership.ended', data: { reason: 'removed' } });
  });

  test('[R5] a private room and one that does not exist are answered alike', async () => {
    const room = await school.room(helena, [], { access: 'invite' });
    const nowhere = randomUUID();
    for (const [name, input] of [
      ['rooms.get', {}],
      ['members.join', {}],
      ['messages.page', {}],
      ['messages.send', { clientId: id(), body: 'oi' }],
    ] as const) {
      const [here, gone] = [
        await school.refuses(ana, name, { ...input, room }),
        await school.refuses(ana, name, { ...input, room: nowhere }),
      ];
      expect(here).toEqual(gone);
      expect(here.code).toBe('not-found');
    }
  });

  test('[R51] a room of a course is open to those enrolled and to administrators; its staff moderate it', async () => {
    const course = await house.course('Matemática 9B', {
      [helena.id]: 'staff',
      [rui.id]: 'staff',
      [ana.id]: 'student',
    });
    const {
      room: { id: room },
    } = await school.does(helena, 'rooms.create', {
      kind: 'subject',
      title: 'Frações',
      access: 'open',
      course,
      clientId: id(),
    });
    expect(await code(bruno, 'members.join', { room })).toBe('not-found');
    expect(await code(marta, 'members.join', { room })).toBe('not-found');
    expect(await code(bruno, 'messages.send', send(room))).toBe('not-found');
    await school.does(ana, 'members.join', { room });
    await school.does(rui, 'members.join', { room });
    await school.does(rosa, 'members.join', { room });
    const { members } = await school.does(helena, 'members.list', { room });
    expect(new Map(members.map(({ profile, role }) => [profile.id, role]))).toEqual(
      new Map([
        [helena.id, 'owner'],
        [rui.id, 'moderator'],
        [rosa.id, 'member'],
        [ana.id, 'member'],
      ]),
    );
  });

  test('[R53] an administrator does not read a room they are not in', async () => {
    const room = await school.room(helena, [rui], { access: 'invite' });
    expect(await code(rosa, 'messages.page', { room })).toBe('not-found');
    expect(await code(rosa, 'members.mute', { room, account: rui.id, reason: 'x', clientId: id() })).toBe('not-found');
  });
});

describe('announcements', () => {
  test('[R51] members read and react, moderators post', async () => {
    const room = await school.room(helena, [ana], { posting: 'moderators' });
    const { id: message } = await school.say(helena, room, 'Prova na sexta');
    expect(await code(ana, 'messages.send', send(room))).toBe('read-only');
    await school.does(ana, 'messages.react', { room, message, emoji: '👍' });
    await school.does(helena, 'members.setRole', { room, account: ana.id, role: 'moderator', clientId: id() });
    await school.say(ana, room, 'Levem régua');
  });
});

describe('roles', () => {
  test('[R54] a room keeps an owner', async () => {
    const room = await school.room(helena, [ana]);
    expect(await code(helena, 'members.leave', { room })).toBe('last-owner');
    expect(await code(helena, 'members.setRole', { room, account: helena.id, role: 'member', clientId: id() })).toBe(
      'last-owner',
    );
    await school.does(helena, 'members.setRole', { room, account: ana.id, role: 'owner', clientId: id() });
    await school.does(helena, 'members.leave', { room });
    expect(await code(ana, 'members.leave', { room }).catch(() => 'left')).toBe('left');
  });

  test('[R54] nobody acts on someone of the same or a higher role', async () => {
    const room = await school.room(helena, [rui, ana, bruno]);
    for (const who of [rui, bruno])
      await school.does(helena, 'members.setRole', { room, account: who.id, role: 'moderator', clientId: id() });
    for (const name of ['members.mute', 'members.ban', 'members.remove'] as const) {
      const on = (account: string) => ({
        room,
        account,
        clientId: id(),
        ...(name === 'members.remove' ? {} : { reason: 'x' }),
      });
      expect([name, await code(rui, name, on(helena.id))]).toEqual([name, 'not-allowed']);
      expect([name, await code(rui, name, on(bruno.id))]).toEqual([name, 'not-allowed']);
      expect([name, await code(rui, name, on(rui.id))]).toEqual([name, 'not-allowed']);
      expect([name, await code(ana, name, on(bruno.id))]).toEqual([name, 'not-allowed']);
    }
    expect(await code(rui, 'members.setRole', { room, account: ana.id, role: 'owner', clientId: id() })).toBe(
      'not-allowed',
    );
    await school.tend(rui, 'members.remove', room, ana.id);
  });
});

describe('two people', () => {
  const pair = async (a: Person, b: Person) => (await school.does(a, 'rooms.openDirect', { account: b.id })).room.id;

  test('[R52] a hundred who ask at once, from both sides and over two nodes, get one conversation', async () => {
    await school.room(helena, [ana, bruno]);
    // A busy machine gives a connection too late to some of them; they ask again, as people's programs do
    const ask = async (i: number): Promise<OutputOf<Commands['rooms.openDirect']>> => {
      const [from, to] = i % 2 ? [ana, bruno] : [bruno, ana];
      for (;;) {
        try {
          return await (i % 4 < 2 ? school : there).does(from, 'rooms.openDirect', { account: to.id });
        } catch (error) {
          if (!(error instanceof Unavailable)) throw error;
        }
      }
    };
    const opened = await Promise.all(Array.from({ length: 100 }, (_, i) => ask(i)));
    expect(new Set(opened.map(({ room }) => room.id)).size).toBe(1);
    const { rows } = await house.pool.query(
      'SELECT FROM room WHERE low = ANY ($1::uuid[]) AND high = ANY ($1::uuid[])',
      [[ana.id, bruno.id]],
    );
    expect(rows).toHaveLength(1);
    const { events } = await school.log(ana, opened[0]?.room.id ?? '');
    expect(events.map(({ type }) => type)).toEqual(['room.created', 'member.joined', 'member.joined']);
  });

  test('[R55] two clicks make one room; the same id for another is a conflict', async () => {
    const input = { kind: 'topic', title: 'Xadrez', clientId: id() };
    const made = await Promise.all([school.does(ana, 'rooms.create', input), there.does(ana, 'rooms.create', input)]);
    expect(made[0].room.id).toBe(made[1].room.id);
    expect(await code(ana, 'rooms.create', { ...input, title: 'Damas' })).toBe('idempotency-conflict');
    expect((await there.does(bruno, 'rooms.create', input)).room.id).not.toBe(made[0].room.id);
  });

  test('[R52] [R73] who works at the school finds and writes to colleagues, alone and in a group, without sharing a room', async () => {
    const [zoe, yan, xena] = await Promise.all([
      school.person('Zoé Colega', { role: 'administrator' }),
      school.person('Yan Colega', { role: 'teacher' }),
      school.person('Xena Colega', { role: 'monitor', minor: true }),
    ]);
    const { people } = await school.does(zoe, 'accounts.find', { text: 'colega' });
    expect(people.map(({ name }) => name)).toEqual(['Yan Colega']);
    await school.say(zoe, await pair(zoe, yan), 'Boas-vindas');
    // Age comes first, also among colleagues
    expect(await code(zoe, 'rooms.openDirect', { account: xena.id })).toBe('protected-minor');
    const accounts = [yan.id, rui.id];
    const { room } = await school.does(zoe, 'rooms.openGroup', { accounts });
    await school.say(zoe, room.id, 'Reunião?');
    expect(await code(zoe, 'rooms.openGroup', { accounts: [yan.id, bruno.id] })).toBe('not-found');
  });

  test('[R52] people who share no room are unknown to each other', async () => {
    expect(await code(ana, 'rooms.openDirect', { account: bruno.id })).toBe('not-found');
    expect(await code(ana, 'rooms.openDirect', { account: randomUUID() })).toBe('not-found');
    expect(await code(ana, 'rooms.openDirect', { account: ana.id })).toBe('not-found');
  });

  test('[R52] a minor and an adult talk only where the adult is staff of one of the minor’s courses, and as long as that is so', async () => {
    await school.room(helena, [ana, rui]);
    expect(await code(rui, 'rooms.openDirect', { account: ana.id })).toBe('protected-minor');
    expect(await code(ana, 'rooms.openDirect', { account: rui.id })).toBe('protected-minor');
    const course = await house.course('História', { [rui.id]: 'staff', [ana.id]: 'student' });
    const room = await pair(rui, ana);
    await school.say(ana, room, 'Professor, tenho uma dúvida');
    await house.pool.query('DELETE FROM enrolment WHERE course = $1 AND account = $2', [course, rui.id]);
    expect(await code(rui, 'messages.send', send(room))).toBe('protected-minor');
    expect(await code(ana, 'messages.send', send(room))).toBe('protected-minor');
    expect((await school.log(ana, room)).events.at(-1)?.type).toBe('message.sent');
  });

  test('[R52] a block closes the conversation both ways, for words, edits and signs, until it ends', async () => {
    await school.room(helena, [ana, bruno]);
    const room = await pair(ana, bruno);
    const { id: message } = await school.say(bruno, room, 'oi');
    await school.does(ana, 'accounts.block', { account: bruno.id });
    for (const who of [ana, bruno]) expect(await code(who, 'messages.send', send(room))).toBe('blocked');
    expect(await code(bruno, 'messages.edit', { room, message, clientId: id(), body: 'x' })).toBe('blocked');
    expect(await code(ana, 'messages.react', { room, message, emoji: '👍' })).toBe('blocked');
    await school.does(ana, 'accounts.unblock', { account: bruno.id });
    await school.say(bruno, room, 'oi');
  });

  test('[R54] a closed room of no course is no way round it: a minor is brought only by the staff of their course', async () => {
    const { room } = await school.does(helena, 'rooms.create', {
      clientId: id(),
      kind: 'topic',
      title: 'Só nós',
      access: 'invite',
    });
    expect(await code(helena, 'members.add', { room: room.id, account: ana.id, clientId: id() })).toBe(
      'protected-minor',
    );
    await school.tend(helena, 'members.add', room.id, rui.id);
    expect((await school.log(helena, room.id)).head).toBe(3);
  });

  test('[R52] when they share no room any more, they read and do not write', async () => {
    const shared = await school.room(helena, [ana, bruno]);
    const room = await pair(ana, bruno);
    await school.does(bruno, 'members.leave', { room: shared });
    expect(await code(ana, 'messages.send', send(room))).toBe('read-only');
    expect((await school.log(ana, room)).head).toBe(3);
  });

  test('nobody stands above anybody in it, and nobody leaves it', async () => {
    await school.room(helena, [rosa, rui]);
    const room = await pair(rosa, rui);
    expect(await code(rosa, 'members.mute', { room, account: rui.id, reason: 'x', clientId: id() })).toBe(
      'not-allowed',
    );
    expect(await code(rosa, 'members.add', { room, account: ana.id, clientId: id() })).toBe('not-allowed');
    expect(await code(rosa, 'rooms.update', { room, title: 'x', clientId: id() })).toBe('not-found');
    expect(await code(rui, 'members.leave', { room })).toBe('not-allowed');
    const { id: message } = await school.say(rui, room, 'oi');
    expect(await code(rosa, 'messages.remove', { room, message, clientId: id() })).toBe('not-allowed');
  });
});

describe('who is called', () => {
  test('[R46] [D35] mentioned members, the author replied to and the other of two, each once, the strongest', async () => {
    const room = await school.room(helena, [ana, bruno]);
    const outsider = await school.person('Davi');
    const first = await school.say(ana, room, 'pergunta');
    const before = { ana: (await school.own(ana)).length, bruno: (await school.own(bruno)).length };
    const sent = await school.say(bruno, room, 'resposta', {
      replyTo: first.id,
      mentions: [ana.id, outsider.id, bruno.id],
    });
    expect((await school.own(ana)).slice(before.ana)).toMatchObject([
      {
        type: 'notification.made',
        data: { kind: 'mention', room, message: sent.id, messageSeq: sent.seq, author: bruno.id },
      },
    ]);
    await school.say(bruno, room, 'mais', { replyTo: first.id });
    expect((await school.own(ana)).at(-1)).toMatchObject({ type: 'notification.made', data: { kind: 'reply' } });
    expect(await school.own(bruno)).toHaveLength(before.bruno);
    expect(await school.own(outsider)).toEqual([]);
    expect((await lastOf(room, ana))?.type).toBe('message.sent');
    const page = await school.does(ana, 'messages.page', { room });
    expect(page.messages.find(({ id }) => id === sent.id)?.mentions).toEqual([ana.id]);
    const direct = (await school.does(bruno, 'rooms.openDirect', { account: ana.id })).room.id;
    await school.say(bruno, direct, 'só nós');
    expect((await school.own(ana)).at(-1)).toMatchObject({ type: 'notification.made', data: { kind: 'direct' } });
  });
});

describe('taking away', () => {
  test('[R44] a removed message is a tombstone in every read, and what it said before is gone, too', async () => {
    const room = await school.room(helena, [ana, bruno]);
    const sent = await school.say(ana, room, 'segredo');
    await school.does(ana, 'messages.edit', { room, message: sent.id, clientId: id(), body: 'outro segredo' });
    await school.does(bruno, 'messages.react', { room, message: sent.id, emoji: '👍' });
    const reply = await school.say(bruno, room, 'respondo', { replyTo: sent.id });
    expect(await code(bruno, 'messages.remove', { room, message: sent.id, clientId: id() })).toBe('not-allowed');
    await school.does(helena, 'messages.remove', { room, message: sent.id, clientId: id() });
    const tombstone = { id: sent.id, ordinal: sent.ordinal, removed: { by: 'moderator' } };
    const page = await school.does(bruno, 'messages.page', { room });
    const [gone, standing] = page.messages;
    expect(gone).toMatchObject({ ...tombstone, seq: sent.seq, author: ana.id, reactions: [] });
    expect(gone).not.toHaveProperty('body');
    expect(standing).toMatchObject({ id: reply.id, replyTo: sent.id });
    expect((await school.does(bruno, 'messages.get', { room, ids: [sent.id] })).messages).toEqual([gone]);
    expect(JSON.stringify(await school.log(bruno, room))).not.toContain('segredo');
    const { rows } = await house.pool.query('SELECT FROM revision WHERE message = $1', [sent.id]);
    expect(rows).toEqual([]);
    for (const [who, name, more] of [
      [ana, 'messages.edit', { clientId: id(), body: 'x' }],
      [bruno, 'messages.react', { emoji: '👍' }],
    ] as const) {
      expect(await code(who, name, { room, message: sent.id, ...more })).toBe('removed');
    }
    const { head } = await school.log(bruno, room);
    expect(await school.does(bruno, 'messages.unreact', { room, message: sent.id, emoji: '👍' })).toEqual({
      seq: head,
    });
  });

  test('[R27] the log shows the newest edit wherever the message is told of', async () => {
    const room = await school.room(helena, [ana]);
    const sent = await school.say(ana, room, 'um');
    await school.does(ana, 'messages.edit', { room, message: sent.id, clientId: id(), body: 'dois' });
    await school.does(ana, 'messages.edit', { room, message: sent.id, clientId: id(), body: 'três' });
    const told = (await school.log(helena, room)).events.flatMap((event) =>
      event.type === 'message.sent' || event.type === 'message.edited' ? [event.data.message] : [],
    );
    expect(told.map(({ body, editNo }) => [body, editNo])).toEqual([
      ['três', 2],
      ['três', 2],
      ['três', 2],
    ]);
  });
});
