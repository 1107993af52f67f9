/** Calling devices, on real SQL and to a real push service on this machine: who is called, when, with which words, and how often. */
import { sendAll } from '@recreio/core/testing/turns.ts';
import type { Person, School } from '@recreio/core/testing/world.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pushCarrier } from '../adapters/push/carrier.ts';
import type { Browser, PushService } from '../../../../tests/raw/push-service.ts';
import { type CallingSchool, openCallingSchool } from '../testing/calling.ts';
import type { Node, Schoolhouse } from '../testing/world.ts';

let calling: CallingSchool;
let house: Schoolhouse;
let service: PushService;
let node: Node;
let other: Node;
let school: School;
let director: Person;
let helena: Person;
let ana: Person;
let bruno: Person;
let browser: Browser;

beforeAll(async () => {
  calling = await openCallingSchool();
  ({ house, service, node, school, director, helena } = calling);
  other = await house.node();
});
afterAll(() => calling.close());
/** Everybody new: nothing of the test before calls them. */
beforeEach(async () => {
  await calling.anew();
  bruno = await school.person('Bruno');
  ({ who: ana, browser } = await calling.reachable('Ana'));
});

const look = (of?: Node) => calling.look(of);
const send = async (of?: Node, now?: number): Promise<void> => {
  await calling.send(of, now);
  expect(calling.troubles).toEqual([]);
};
/** What has come to Ana's browser after everything was done. */
const pushed = async (now?: number) => {
  await look();
  await send(node, now);
  return browser.pushed.map(({ note }) => note);
};
const mention = (room: string, body?: string) => calling.mention(ana, room, body);
const waiting = () => calling.waiting();
const decide: CallingSchool['decide'] = (policies) => calling.decide(policies);

test('[R111] what speaks to somebody reaches their device: where it was said, and nothing of what', async () => {
  const room = await school.room(helena, [ana, bruno], { title: 'Frações' });
  const { seq } = await mention(room, 'o segredo de @Ana');
  expect(await pushed()).toEqual([
    expect.objectContaining({
      v: 1,
      tag: `sala:${room}`,
      title: 'Frações',
      body: 'Mencionaram você',
      room,
      seq,
      calls: 1,
      language: 'pt-BR',
      read: [],
    }),
  ]);
  expect(JSON.stringify(browser.pushed)).not.toMatch(/segredo|Helena/u);
  const [{ headers }] = browser.pushed as [(typeof browser.pushed)[0]];
  expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high', ttl: '86400' });
  expect(headers['topic']).toMatch(/^[\w-]{32}$/u);
  expect(JSON.stringify(headers)).not.toContain(room);
});

test('[R113] what calls everybody reaches the device of who wants to hear mentions only, and not of who hears nothing', async () => {
  const [loud, silent] = [await school.room(helena, [ana, bruno]), await school.room(helena, [ana, bruno])];
  await school.does(ana, 'notifications.setRoom', { room: loud, level: 'mentions' });
  await school.does(ana, 'notifications.setRoom', { room: silent, level: 'nothing' });
  const call = await school.say(helena, loud, '@todos, reunião', { everyone: true });
  await school.say(helena, silent, '@todos, reunião', { everyone: true });
  await school.say(helena, loud, 'no pátio');
  expect((await pushed()).map(({ room, seq, calls }) => ({ room, seq, calls }))).toEqual([
    { room: loud, seq: call.seq, calls: 1 },
  ]);
});

test('[R111] with the school’s leave it says who said what, cut short', async () => {
  await decide({ push: 'words' });
  const room = await school.room(helena, [ana], { title: 'Frações' });
  await mention(room, `@Ana\n\n${'palavra '.repeat(100)}`);
  const [note] = await pushed();
  expect(note?.title).toBe('Frações');
  expect(note?.body).toMatch(/^Helena: @Ana palavra palavra .*…$/u);
  expect(note?.body.length).toBeLessThan(190);
  const direct = await school.does(ana, 'rooms.openDirect', { account: helena.id });
  await school.say(helena, direct.room.id, 'oi, Ana');
  expect((await pushed()).at(-1)).toMatchObject({ title: 'Helena', body: 'oi, Ana' });
});

describe('[R111] [D28] who is called is what the one function says, asked when it is noted and again when it is sent', () => {
  test('what is merely said calls only who has asked for everything', async () => {
    const room = await school.room(helena, [ana]);
    await school.say(helena, room, 'bom dia');
    expect(await pushed()).toEqual([]);
    await school.does(ana, 'notifications.setRoom', { room, level: 'everything' });
    await school.say(helena, room, 'bom dia de novo');
    expect(await pushed()).toEqual([expect.objectContaining({ body: 'Mensagem nova' })]);
  });

  test('an announcement and a private conversation call', async () => {
    const room = await school.room(helena, [ana], { posting: 'moderators', title: 'Avisos' });
    await school.say(helena, room, 'não há aula');
    const direct = await school.does(ana, 'rooms.openDirect', { account: helena.id });
    await school.say(helena, direct.room.id, 'oi');
    const titles = (await pushed()).map(({ title }) => title);
    expect(titles.sort()).toEqual(['Avisos', 'Conversa privada']);
  });

  test('nobody is called by themselves, nor by who they have blocked', async () => {
    const room = await school.room(helena, [ana, bruno]);
    await school.does(ana, 'notifications.setRoom', { room, level: 'everything' });
    await school.does(ana, 'accounts.block', { account: bruno.id });
    await school.say(ana, room, 'eu mesma');
    await school.say(bruno, room, '@Ana', { mentions: [ana.id] });
    // Who is blocked is still among what was said, for who has asked for everything
    await school.does(ana, 'notifications.setRoom', { room, level: 'mentions' });
    expect(await pushed()).toEqual([]);
  });

  test('a hushed room is silent, and stays silent for what was noted before', async () => {
    const room = await school.room(helena, [ana]);
    await school.does(ana, 'notifications.setRoom', { room, hush: { seconds: null } });
    await mention(room);
    expect(await pushed()).toEqual([]);
    await school.does(ana, 'notifications.setRoom', { room, hush: null });
    await mention(room);
    await look();
    expect(await waiting()).toBe(1);
    await school.does(ana, 'notifications.setRoom', { room, hush: { seconds: null } });
    await send();
    expect(browser.pushed).toEqual([]);
    expect([await waiting(), calling.outcomes]).toEqual([0, ['done']]);
  });

  test('read on another device before it was sent: nothing comes', async () => {
    const room = await school.room(helena, [ana]);
    const { seq } = await mention(room);
    await look();
    expect(await waiting()).toBe(1);
    await school.does(ana, 'messages.markRead', { room, seq });
    await send();
    expect(browser.pushed).toEqual([]);
  });

  test('removed from the room: nothing more, also not what waited', async () => {
    const room = await school.room(helena, [ana]);
    await mention(room);
    await look();
    expect(await waiting()).toBe(1);
    await school.tend(helena, 'members.remove', room, ana.id);
    await send();
    expect([browser.pushed, await waiting()]).toEqual([[], 0]);
  });

  test('a message that was removed calls nobody', async () => {
    const room = await school.room(helena, [ana]);
    const { id } = await mention(room);
    await look();
    expect(await waiting()).toBe(1);
    await school.does(helena, 'messages.remove', { room, message: id, clientId: school.intention() });
    await send();
    expect(browser.pushed).toEqual([]);
  });

  test('do not disturb and quiet hours keep it until they are over', async () => {
    const room = await school.room(helena, [ana]);
    await school.does(ana, 'notifications.setCalm', { doNotDisturb: { seconds: null } });
    await mention(room);
    expect(await pushed()).toEqual([]);
    expect(await waiting()).toBe(1);
    await school.does(ana, 'notifications.setCalm', { doNotDisturb: null });
    expect(await pushed()).toHaveLength(1);

    // The school's hours, for who is under age; in the zone of the person
    const caio = await school.person('Caio', { minor: true });
    const young = service.browser();
    await school.does(caio, 'push.subscribe', young.subscription);
    await school.does(caio, 'accounts.updateMe', { timeZone: 'America/Sao_Paulo' });
    const course = await house.course('Matemática', { [helena.id]: 'staff', [caio.id]: 'student' });
    expect(course).not.toBe('');
    const class9 = await school.room(helena, [caio]);
    await school.say(helena, class9, '@Caio', { mentions: [caio.id] });
    await look();
    // 22 h and 9 h of the next day there
    await send(node, Date.parse('2026-11-24T01:00:00Z'));
    expect([young.pushed, await waiting()]).toEqual([[], 1]);
    await send(node, Date.parse('2026-11-24T12:00:00Z'));
    expect(young.pushed).toHaveLength(1);
  });
});

describe('[R110] a device is called as long as its session, its account and the school’s wish last', () => {
  test.each([
    ['the session ended', () => school.does(ana, 'accounts.signOut', {})],
    [
      'the account was disabled',
      () => school.does(director, 'accounts.disable', { account: ana.id, reason: 'saiu da escola' }),
    ],
    ['the school switched it off', () => decide({ push: 'off' })],
  ])('%s: what waited is not sent', async (_why, end) => {
    const room = await school.room(helena, [ana]);
    await mention(room);
    await look();
    expect(await waiting()).toBe(1);
    await end();
    await send();
    expect(browser.pushed).toEqual([]);
    expect((await node.world.memory.push.tidy()).devices).toBe(0);
  });

  test('a school that has not said so calls nobody, gives no key and takes no device', async () => {
    await decide({ push: 'off' });
    for (const [name, input] of [
      ['push.key', {}],
      ['push.subscribe', browser.subscription],
    ] as const)
      expect((await school.refuses(ana, name, input)).code).toBe('not-allowed');
    expect((await school.does(ana, 'push.devices', {})).devices).toEqual([]);
    await mention(await school.room(helena, [ana]));
    expect(await pushed()).toEqual([]);
  });

  test('an endpoint inside the network is refused like one that is none', async () => {
    const open = await house.node({ push: pushCarrier({ isLocal: false, now: () => Date.now() }) });
    for (const endpoint of [browser.subscription.endpoint, 'https://10.0.0.1/a', 'https://printer.local/a'])
      expect((await open.school.refuses(ana, 'push.subscribe', { ...browser.subscription, endpoint })).code).toBe(
        'malformed',
      );
    const keys = { ...browser.subscription, p256dh: 'A'.repeat(87) };
    expect((await school.refuses(ana, 'push.subscribe', keys)).code).toBe('malformed');
    // What was let in before is not gone to either
    await mention(await school.room(helena, [ana]));
    await look(open);
    await send(open);
    expect([browser.pushed, calling.outcomes]).toEqual([[], ['gone']]);
  });

  test('one browser has one person, one session one browser; another’s device is as good as none', async () => {
    const [first] = (await school.does(ana, 'push.devices', {})).devices;
    expect(first).toMatchObject({ current: true, service: new URL(service.url).host, reachedAt: null });
    const again = await school.does(ana, 'push.subscribe', browser.subscription);
    expect(again.id).toBe(first?.id);
    await school.does(bruno, 'push.unsubscribe', { device: again.id });
    expect((await school.does(ana, 'push.devices', {})).devices).toHaveLength(1);
    const next = await school.does(ana, 'push.subscribe', service.browser().subscription);
    expect((await school.does(ana, 'push.devices', {})).devices.map(({ id }) => id)).toEqual([next.id]);
    await school.does(ana, 'push.subscribe', browser.subscription);
    const theirs = await school.does(bruno, 'push.subscribe', browser.subscription);
    expect(theirs.id).not.toBe(again.id);
    expect((await school.does(ana, 'push.devices', {})).devices).toEqual([]);
    await mention(await school.room(helena, [ana]));
    expect(await pushed()).toEqual([]);
  });

  test('ten devices; with the eleventh the oldest goes', async () => {
    for (let nth = 0; nth < 11; nth++) {
      const device = await school.device(ana);
      await school.does(device, 'push.subscribe', service.browser().subscription);
    }
    const { devices } = await school.does(ana, 'push.devices', {});
    expect(devices).toHaveLength(10);
    expect(devices.some(({ current }) => current)).toBe(false);
  });

  test('addresses, keys and the school’s private key lie sealed', async () => {
    await school.does(ana, 'push.key', {});
    const { rows } = await house.pool.query<{ text: string }>(
      `SELECT d::text || encode(d.sealed, 'escape') AS text FROM push_device d UNION ALL SELECT s::text FROM push_service s`,
    );
    expect(rows.length).toBeGreaterThan(1);
    const { privateKey } = (await node.world.memory.push.identity()) ?? { privateKey: '' };
    expect(privateKey).toHaveLength(43);
    const kept = rows.map(({ text }) => text).join();
    const { endpoint, p256dh, auth } = browser.subscription;
    for (const secret of [
      new URL(endpoint).pathname,
      p256dh,
      auth,
      Buffer.from(privateKey, 'base64url').toString('hex'),
    ])
      expect(kept).not.toContain(secret);
  });
});

describe('[R112] one conversation is one notification', () => {
  test('what comes before it is sent is counted in it; what comes after has its tag and topic, and some distance', async () => {
    const room = await school.room(helena, [ana], { title: 'Frações' });
    for (let nth = 0; nth < 3; nth++) await mention(room);
    expect(await pushed()).toEqual([expect.objectContaining({ body: '3 mensagens novas' })]);
    await mention(room);
    await look();
    const { rows } = await house.pool.query<{ ahead: number }>(
      'SELECT extract(epoch FROM due_at - sent_at)::int AS ahead FROM push_note WHERE due_at IS NOT NULL',
    );
    expect(rows).toEqual([{ ahead: 30 }]);
    await send();
    const [before, after] = browser.pushed;
    expect(after?.note).toMatchObject({ body: '4 mensagens novas', tag: before?.note.tag });
    expect(after?.headers['topic']).toBe(before?.headers['topic']);
  });

  test('what was read meanwhile is told with the next', async () => {
    const [one, two] = [await school.room(helena, [ana]), await school.room(helena, [ana])];
    const { seq } = await mention(one);
    expect((await pushed()).map(({ read }) => read)).toEqual([[]]);
    await school.does(ana, 'messages.markRead', { room: one, seq });
    await mention(two);
    await mention(await school.room(helena, [ana]));
    const told = (await pushed()).slice(1).flatMap(({ read }) => read);
    // With both that were sent at once, maybe
    expect([...new Set(told)]).toEqual([`sala:${one}`]);
    await mention(await school.room(helena, [ana]));
    expect((await pushed()).at(-1)?.read).toEqual([]);
  });

  test('a thread has a notification of its own', async () => {
    const room = await school.room(helena, [ana]);
    const { id } = await school.say(ana, room, 'como se soma?');
    await school.say(helena, room, 'assim', { thread: id });
    expect(await pushed()).toEqual([expect.objectContaining({ tag: `fio:${id}`, thread: id, body: 'Resposta nova' })]);
  });
});

describe('[R112] at least once: services that cannot, nodes that die', () => {
  test('not now: again later, not before it says so, and not for ever', async () => {
    browser.answer({ status: 429, headers: { 'retry-after': '600' } }, 503);
    await mention(await school.room(helena, [ana]));
    expect(await pushed()).toEqual([]);
    const pause = async () =>
      (
        await house.pool.query<{ tries: number; seconds: number }>(
          'SELECT tries, round(extract(epoch FROM due_at - clock_timestamp()))::int AS seconds FROM push_note WHERE due_at IS NOT NULL',
        )
      ).rows[0];
    const first = await pause();
    expect(first?.tries).toBe(1);
    expect(first?.seconds).toBeGreaterThan(595);
    await send();
    const second = await pause();
    expect(second?.tries).toBe(2);
    expect(second?.seconds).toBeLessThan(60);
    await send();
    expect(browser.pushed).toHaveLength(1);
    await mention(await school.room(helena, [ana]));
    await look();
    await house.pool.query('UPDATE push_note SET tries = 24 WHERE due_at IS NOT NULL');
    browser.answer(500);
    await send();
    expect([browser.pushed.length, await waiting(), calling.outcomes.at(-1)]).toEqual([1, 0, 'given-up']);
  });

  test.each([404, 410])('%i: the browser has no subscription any more, and is forgotten', async (status) => {
    browser.answer(status);
    await mention(await school.room(helena, [ana]));
    expect(await pushed()).toEqual([]);
    expect((await school.does(ana, 'push.devices', {})).devices).toEqual([]);
  });

  test('a redirect is not followed, and a refusal is not repeated', async () => {
    const before = service.requests();
    browser.answer({ status: 307, headers: { location: `${service.url}/elsewhere` } });
    await mention(await school.room(helena, [ana]));
    await look();
    await calling.due();
    await sendAll(calling.partsOf(node));
    expect(service.requests()).toBe(before + 1);
    expect(calling.outcomes).toEqual(['refused']);
    expect(calling.troubles).toEqual([new Error('a push service refused: status 307')]);
    expect(await waiting()).toBe(0);
  });

  test('two nodes at once look through and send: each once', async () => {
    const rooms = await Promise.all([1, 2, 3, 4, 5, 6].map(() => school.room(helena, [ana])));
    for (const room of rooms) await mention(room);
    await Promise.all([look(node), look(other), look(node), look(other)]);
    await look();
    expect(await waiting()).toBe(6);
    await calling.due();
    await Promise.all([node, other, node, other].map((of) => sendAll(calling.partsOf(of))));
    await send();
    // As many as come at once have a notification of their own, and the last tells of the others
    const tags = browser.pushed.map(({ note }) => note.tag);
    expect([tags.length, new Set(tags).size, await waiting()]).toEqual([3, 3, 0]);
    expect(rooms.map((room) => `sala:${room}`)).toEqual(expect.arrayContaining(tags));
    expect(browser.pushed.map(({ note }) => note.body)).toEqual([
      'Mencionaram você',
      'Mencionaram você',
      'Mencionaram você · mais 3 conversas',
    ]);
  });

  test('a node died while it sent: another sends it when its time is up, with the same tag and topic', async () => {
    const room = await school.room(helena, [ana]);
    await mention(room);
    await look();
    await calling.due();
    const [taken] = await calling.take(node);
    expect(taken?.room).toBe(room);
    await send(other);
    expect(browser.pushed).toEqual([]);
    await house.pool.query(`UPDATE push_note SET leased_until = clock_timestamp() - interval '1 second'`);
    await send(other);
    expect(browser.pushed.map(({ note }) => note.tag)).toEqual([`sala:${room}`]);
    // The dead one's word comes too late to change anything
    if (taken) await node.world.memory.push.settle(taken, { againInSeconds: 0 });
    await send();
    expect(browser.pushed).toHaveLength(1);
  });

  test('what was said before devices were called calls nobody; what was said since is found without a bell', async () => {
    const room = await school.room(helena, [ana]);
    await decide({ push: 'off' });
    await mention(room);
    await decide({ push: 'places' });
    await school.does(ana, 'push.subscribe', browser.subscription);
    expect(await pushed()).toEqual([]);
    await mention(room);
    expect(await node.world.memory.push.behind(500)).toContain(room);
    expect(await pushed()).toHaveLength(1);
    expect(await node.world.memory.push.behind(500)).toEqual([]);
  });
});
