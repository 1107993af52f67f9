/** Mailing what was missed, on real SQL and to a real mail server on this machine: who is mailed, when, with which words, how often. */
import { execute, type Mail, mailMissed, type Posted } from '@recreio/core';
import type { Person, School } from '@recreio/core/testing/world.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Postbox } from '../../../../tests/raw/postbox.ts';
import { HOUR, type MailingSchool, MINUTE, openMailingSchool } from '../testing/mailing.ts';
import type { Node, Schoolhouse } from '../testing/world.ts';

let mailing: MailingSchool;
let house: Schoolhouse;
let postbox: Postbox;
let mail: Mail;
let node: Node;
let other: Node;
let school: School;
let director: Person;
let helena: Person;
let ana: Person;
let bruno: Person;
let troubles: unknown[];
let outcomes: string[];
let decide: MailingSchool['decide'];
let partsOf: MailingSchool['partsOf'];
let gather: MailingSchool['gather'];
let send: MailingSchool['send'];
let lettersTo: MailingSchool['lettersTo'];

beforeAll(async () => {
  mailing = await openMailingSchool();
  ({ house, postbox, mail, node, other, school, director, helena, troubles, outcomes } = mailing);
  ({ decide, partsOf, gather, send, lettersTo } = mailing);
});
afterAll(() => mailing.close());
/** Everybody new: nothing of the test before is mailed to them. */
beforeEach(async () => {
  await mailing.anew();
  [ana, bruno] = [await school.person('Ana'), await school.person('Bruno')];
});

/** What has come to Ana after so much time. */
const mailed = async (later = 16 * MINUTE) => {
  await gather();
  await send(later);
  return lettersTo(ana);
};
const mention = (room: string, body = 'olha isto, @Ana') => school.say(helena, room, body, { mentions: [ana.id] });
const waiting = (who = ana) => mailing.waiting(who);

test('[R116] what speaks to somebody and stays unread is mailed: many messages, one mail, where they are and nothing of what', async () => {
  const rooms = [
    await school.room(helena, [ana, bruno], { title: 'Frações' }),
    await school.room(helena, [ana], { title: 'Potências <b>' }),
  ] as const;
  const { seq } = await mention(rooms[0], 'o segredo de @Ana');
  await mention(rooms[0]);
  await school.say(helena, rooms[0], 'isto é só dito');
  await mention(rooms[1]);
  expect(await mailed(14 * MINUTE)).toEqual([]);
  const [letter, ...more] = await mailed(16 * MINUTE);
  expect(more).toEqual([]);
  expect(letter?.subject).toBe('Escola Aurora: 3 mensagens esperam por você');
  expect(letter?.text).toContain('Olá, Ana.');
  expect(letter?.text).toContain(
    `Frações\n2 mensagens novas\nhttps://recreio.escola.example/sala/${rooms[0]}?m=${seq}\n`,
  );
  expect(letter?.text).toContain('Potências <b>\nMencionaram você\n');
  expect(letter?.html).toContain('Potências &#60;b&#62;</a>');
  expect(letter?.html).toContain(`href="https://recreio.escola.example/sala/${rooms[0]}?m=${seq}"`);
  // Nothing is fetched by whoever opens it
  expect(letter?.html).not.toMatch(/<img|<script|<link|url\(|src=/u);
  for (const part of [letter?.text, letter?.html]) {
    expect(part).not.toMatch(/segredo|Helena|só dito/u);
    expect(part).toContain('https://recreio.escola.example/conta/notificacoes');
    expect(part).toMatch(/https:\/\/recreio\.escola\.example\/sem-emails#[\w-]{43}/u);
  }
  expect(lettersTo(bruno)).toEqual([]);
  expect([await waiting(), outcomes, troubles]).toEqual([0, ['sent'], []]);
  // What was told is not told again
  await send(30 * HOUR);
  expect(lettersTo(ana)).toHaveLength(1);
});

test('[R116] with the school’s leave it says who said what, and in the reader’s language', async () => {
  await decide({ digest: 'words' });
  await school.does(ana, 'accounts.updateMe', { language: 'en' });
  await school.room(helena, [ana]);
  const direct = await school.does(ana, 'rooms.openDirect', { account: helena.id });
  await school.say(helena, direct.room.id, 'oi, <Ana> & turma');
  const [letter] = await mailed();
  expect(letter?.subject).toBe('Escola Aurora: one message waits for you');
  expect(letter?.text).toContain('Hello, Ana.\n\nOne message for you is unread:\n\nHelena\noi, <Ana> & turma\n');
  expect(letter?.html).toContain('oi, &#60;Ana&#62; &#38; turma');
});

test('[R116] a thread leads into the thread; what must be read says so, also read before it was asked for; much is counted', async () => {
  const room = await school.room(helena, [ana], { title: 'Frações' });
  const root = await school.say(ana, room, 'como se soma?');
  const must = await school.say(helena, room, 'prova na sexta');
  await school.does(ana, 'messages.markRead', { room, seq: must.seq });
  await gather();
  expect(await waiting()).toBe(0);
  await school.does(helena, 'notices.require', { room, message: must.id });
  await school.say(helena, room, 'assim', { thread: root.id });
  for (let nth = 0; nth < 12; nth++) await mention(await school.room(helena, [ana], { title: `Sala ${nth}` }));
  await gather();
  expect(await waiting()).toBe(14);
  const [letter] = await mailed();
  expect(letter?.subject).toContain('14 mensagens');
  expect(letter?.text.match(/Mencionaram você/gu)).toHaveLength(12);
  expect(letter?.text).toContain('E mais 2 conversas.');

  await school.say(helena, room, 'ou assim', { thread: root.id });
  await school.does(helena, 'notices.withdraw', { room, message: must.id });
  await school.does(helena, 'notices.require', { room, message: must.id });
  const [, next] = await mailed(5 * HOUR);
  const at = `https://recreio.escola.example/sala/${room}`;
  expect(next?.text).toContain(`Resposta nova\n${at}/fio/${root.id}\n`);
  expect(next?.text).toContain(`Para ler e confirmar\n${at}?m=${must.seq}\n`);
  // Confirmed, it waits for them no more
  await school.does(helena, 'notices.withdraw', { room, message: must.id });
  await school.does(helena, 'notices.require', { room, message: must.id });
  await gather();
  await school.does(ana, 'notices.confirm', { room, message: must.id, editNo: 0 });
  await send(10 * HOUR);
  expect([lettersTo(ana).length, outcomes.at(-1)]).toEqual([2, 'done']);
});

test('[R116] what was asked to be read again and again within one look is noted once, and keeps nothing else in the room waiting', async () => {
  const room = await school.room(helena, [ana, bruno], { title: 'Frações' });
  const old = await school.say(helena, room, 'prova na sexta');
  await gather();
  const ask = (name: 'notices.require' | 'notices.withdraw', { id } = old) =>
    school.does(helena, name, { room, message: id });
  await ask('notices.require');
  await ask('notices.withdraw');
  // Also of what is in the same stretch itself
  const young = await school.say(helena, room, 'e na segunda');
  for (const name of ['notices.require', 'notices.withdraw', 'notices.require'] as const) await ask(name, young);
  await ask('notices.require');
  await mention(room);
  const heard = await node.world.transact((memory) => memory.digest.lookThrough([room]));
  const seqs = heard.flatMap(({ account, call, seq }) => (account === ana.id && call === 'notice' ? [seq] : []));
  expect(seqs).toEqual([old.seq, young.seq]);
  await house.pool.query('UPDATE digest_room SET seq = $2 WHERE room = $1', [room, old.seq]);
  const [letter] = await mailed();
  expect([letter?.subject, troubles]).toEqual(['Escola Aurora: 3 mensagens esperam por você', []]);
});

test('[R116] parts of one conversation that are noted together are one', async () => {
  const room = await school.room(helena, [ana]);
  const part = (from: number, to: number, dueAt: number) =>
    ({ account: ana.id, room, thread: null, from, to, dueAt, isNotice: false }) as const;
  await node.world.transact(({ digest }) => digest.note([part(4, 6, 2_000), part(2, 3, 1_000)]));
  expect(await node.world.memory.digest.spans(ana.id, 9)).toMatchObject([{ from: 2, to: 6 }]);
});

test('[R119] a word that somebody asked to be told of is mailed as a mention is, and not which one', async () => {
  const room = await school.room(helena, [ana, bruno], { title: 'Frações' });
  await school.does(ana, 'notifications.setKeywords', { words: ['recuperação'] });
  await school.say(helena, room, 'A RECUPERAÇÃO é na sexta');
  await school.say(helena, room, 'bom dia');
  const [letter] = await mailed();
  expect(letter?.text).toContain('Frações\nDisseram uma palavra sua\n');
  expect(letter?.text).not.toMatch(/recupera/iu);
  expect(lettersTo(bruno)).toEqual([]);
});

describe('[R116] who is mailed is what the one function says, asked again when it is sent', () => {
  test('read on any device before its time: no mail; what is left has time of its own', async () => {
    const room = await school.room(helena, [ana]);
    const { seq } = await mention(room);
    await gather();
    expect(await waiting()).toBe(1);
    await school.does(ana, 'messages.markRead', { room, seq });
    await send(16 * MINUTE);
    expect([lettersTo(ana), await waiting(), outcomes]).toEqual([[], 0, ['done']]);

    const first = await mention(room);
    await house.pool.query(`UPDATE message SET at = at - interval '14 minutes' WHERE room = $1 AND seq = $2`, [
      room,
      first.seq,
    ]);
    await mention(room);
    await gather();
    await school.does(ana, 'messages.markRead', { room, seq: first.seq });
    await send(2 * MINUTE);
    expect([lettersTo(ana), await waiting()]).toEqual([[], 1]);
    await send(16 * MINUTE);
    expect(lettersTo(ana)).toHaveLength(1);
  });

  test.each([
    ['a hushed room', (room: string) => school.does(ana, 'notifications.setRoom', { room, hush: { seconds: null } })],
    [
      'a room of which nothing is wanted',
      (room: string) => school.does(ana, 'notifications.setRoom', { room, level: 'nothing' }),
    ],
    ['who was removed from the room', (room: string) => school.tend(helena, 'members.remove', room, ana.id)],
    ['who has blocked the author', () => school.does(ana, 'accounts.block', { account: bruno.id })],
    [
      'whose account is disabled',
      () => school.does(director, 'accounts.disable', { account: ana.id, reason: 'saiu da escola' }),
    ],
    ['who wants no mails', () => school.does(ana, 'notifications.setCalm', { mail: 'never' })],
    ['a school that wants none any more', () => decide({ digest: 'off' })],
  ])('%s: also not what waited', async (_who, change) => {
    const room = await school.room(helena, [ana, bruno]);
    await school.say(bruno, room, 'olha, @Ana', { mentions: [ana.id] });
    await gather();
    expect(await waiting()).toBe(1);
    await change(room);
    await send(16 * MINUTE);
    expect([lettersTo(ana), await waiting()]).toEqual([[], 0]);
    await school.say(bruno, room, 'olha, @Ana', { mentions: [ana.id] });
    await gather();
    expect(await waiting()).toBe(0);
  });

  test('a message that was removed, and one that only an edit has them named in, mail nobody', async () => {
    const room = await school.room(helena, [ana]);
    const { id } = await mention(room);
    const said = await school.say(helena, room, 'bom dia');
    await gather();
    await school.does(helena, 'messages.remove', { room, message: id, clientId: school.intention() });
    await school.does(helena, 'messages.edit', {
      room,
      message: said.id,
      clientId: school.intention(),
      body: 'bom dia, @Ana',
      mentions: [ana.id],
    });
    expect(await mailed()).toEqual([]);
  });

  test('do not disturb, and the school’s quiet hours of who is under age, keep it until they are over', async () => {
    const room = await school.room(helena, [ana]);
    await school.does(ana, 'notifications.setCalm', { doNotDisturb: { seconds: null } });
    await mention(room);
    expect(await mailed()).toEqual([]);
    expect(await waiting()).toBe(1);
    await school.does(ana, 'notifications.setCalm', { doNotDisturb: null });
    expect(await mailed()).toHaveLength(1);

    const caio = await school.person('Caio', { minor: true });
    await school.does(caio, 'accounts.updateMe', { timeZone: 'America/Sao_Paulo' });
    await school.say(helena, await school.room(helena, [caio]), '@Caio', { mentions: [caio.id] });
    await gather();
    // 22 h and 9 h of the next day there
    const tomorrow = new Date(Date.now() + 24 * HOUR).toISOString().slice(0, 10);
    await send(Date.parse(`${tomorrow}T01:00:00Z`) - Date.now());
    expect([lettersTo(caio), await waiting(caio)]).toEqual([[], 1]);
    await send(Date.parse(`${tomorrow}T12:00:00Z`) - Date.now());
    expect(lettersTo(caio)).toHaveLength(1);
  });

  test('who was never here, and what is older than three days, is not mailed', async () => {
    const room = await school.room(helena, [ana, bruno]);
    await house.pool.query('UPDATE account SET last_seen_at = NULL WHERE id = $1', [ana.id]);
    await school.say(helena, room, '@Ana, @Bruno', { mentions: [ana.id, bruno.id] });
    await house.pool.query(`UPDATE message SET at = at - interval '73 hours' WHERE room = $1`, [room]);
    await gather();
    expect([await waiting(), await waiting(bruno)]).toEqual([0, 0]);
  });

  test('what was said before the school had it is not mailed; what was said while nobody looked is', async () => {
    const room = await school.room(helena, [ana]);
    await decide({ digest: 'off' });
    await mention(room);
    await decide({ digest: 'places' });
    expect(await mailed()).toEqual([]);
    await mention(room);
    expect(await other.world.memory.digest.behind(500)).toContain(room);
    expect(await mailed()).toHaveLength(1);
    expect(await other.world.memory.digest.behind(500)).toEqual([]);
  });
});

describe('[R116] not too often', () => {
  test.each([
    ['hours', 4],
    ['day', 24],
  ] as const)('%s: the next comes no sooner than %i hours after', async (pace, hours) => {
    await school.does(ana, 'notifications.setCalm', { mail: pace });
    expect((await school.does(ana, 'accounts.me', {})).calm?.mail).toBe(pace);
    const room = await school.room(helena, [ana]);
    await mention(room);
    expect(await mailed()).toHaveLength(1);
    await mention(room);
    expect(await mailed(hours * HOUR - MINUTE)).toHaveLength(1);
    expect(await mailed(hours * HOUR + MINUTE)).toHaveLength(2);
  });

  test('who chooses a shorter pace while one waits is not held to the longer one', async () => {
    await school.does(ana, 'notifications.setCalm', { mail: 'day' });
    const room = await school.room(helena, [ana]);
    await mention(room);
    expect(await mailed()).toHaveLength(1);
    await mention(room);
    expect(await mailed(5 * HOUR)).toHaveLength(1);
    const { rows } = await house.pool.query<{ seconds: number }>(
      'SELECT round(extract(epoch FROM due_at - clock_timestamp()))::int AS seconds FROM digest_mail WHERE account = $1',
      [ana.id],
    );
    expect(rows[0]?.seconds).toBeLessThanOrEqual(3_600);
    await school.does(ana, 'notifications.setCalm', { mail: 'hours' });
    expect(await mailed(5 * HOUR)).toHaveLength(2);
  });
});

describe('[R116] [D28] at least once, and one is seen: servers that cannot, nodes that die', () => {
  const idsTo = (person: Person) => lettersTo(person).map((letter) => letter.header('message-id'));

  test('not now: later, under the same name; a refusal for good is not repeated', async () => {
    const room = await school.room(helena, [ana]);
    await mention(room);
    postbox.refuse(1);
    expect(await mailed()).toEqual([]);
    expect([outcomes, await waiting()]).toEqual([['later'], 1]);
    expect(await mailed()).toHaveLength(1);
    await mention(room);
    postbox.refuse(1, 550);
    expect(await mailed(9 * HOUR)).toHaveLength(1);
    expect([outcomes.at(-1), await waiting()]).toEqual(['refused', 0]);
    // Neither says to whom it was
    expect(troubles).toHaveLength(2);
    expect(JSON.stringify(troubles.map(String))).not.toContain('escola.example');
  });

  test('what cannot be handed over for a day is let go', async () => {
    await mention(await school.room(helena, [ana]));
    await gather();
    await house.pool.query('UPDATE digest_mail SET tries = 24 WHERE account = $1', [ana.id]);
    postbox.refuse(1);
    await send(16 * MINUTE);
    expect([outcomes, await waiting()]).toEqual([['later', 'given-up'], 0]);
  });

  test('two nodes at once look through and send: each once', async () => {
    const people = await Promise.all([1, 2, 3, 4].map((nth) => school.person(`Aluna ${nth}`)));
    const room = await school.room(helena, people);
    await school.say(helena, room, '@todas', { mentions: people.map(({ id }) => id) });
    await Promise.all([gather(node), gather(other), gather(node), gather(other)]);
    await house.pool.query('UPDATE digest_mail SET due_at = clock_timestamp() WHERE due_at IS NOT NULL');
    await Promise.all([node, other, node].map((of) => mailMissed(partsOf(of, 16 * MINUTE), 2, () => false)));
    await send(16 * MINUTE, other);
    expect(people.map((person) => lettersTo(person).length)).toEqual([1, 1, 1, 1]);
    expect(new Set(people.flatMap(idsTo)).size).toBe(4);
  });

  test('a node dies before it hands it over, another after: it comes again under the same name, and the next has another', async () => {
    const room = await school.room(helena, [ana]);
    await mention(room);
    await gather();
    // The first takes it and dies: nobody else has it before its time is up
    await house.pool.query('UPDATE digest_mail SET due_at = clock_timestamp() WHERE due_at IS NOT NULL');
    const [taken] = await node.world.memory.digest.due(1);
    expect(taken?.account).toBe(ana.id);
    await send(16 * MINUTE, other);
    expect(lettersTo(ana)).toEqual([]);
    const expire = () =>
      house.pool.query(`UPDATE digest_mail SET leased_until = clock_timestamp() - interval '1 second'`);
    await expire();
    // The second hands it over and dies before it can say so
    const died: Promise<Posted> = new Promise(() => undefined);
    const dying: Pick<Mail, 'hand'> = {
      hand: async (letter) => {
        handed(await mail.hand(letter));
        return await died;
      },
    };
    let handed: (posted: Posted) => void = () => undefined;
    const gone = new Promise<Posted>((resolve) => {
      handed = resolve;
    });
    void mailMissed(partsOf(other, 16 * MINUTE, dying), 50, () => false);
    expect(await gone).toEqual({ outcome: 'sent' });
    await send(16 * MINUTE);
    expect(lettersTo(ana)).toHaveLength(1);
    await expire();
    await send(16 * MINUTE);
    expect(new Set(idsTo(ana)).size).toBe(1);
    expect(idsTo(ana)).toEqual([idsTo(ana)[0], idsTo(ana)[0]]);
    // A dead one's word comes too late to change anything
    if (taken) await node.world.memory.digest.settle(taken, { againInSeconds: 0, failed: true });
    await send(16 * MINUTE);
    expect(lettersTo(ana)).toHaveLength(2);
    await mention(room);
    await mailed(5 * HOUR);
    expect(new Set(idsTo(ana)).size).toBe(2);
  });

  test('what comes while one is sent is not lost with it', async () => {
    const room = await school.room(helena, [ana]);
    await mention(room);
    await gather();
    const between: Pick<Mail, 'hand'> = {
      hand: async (letter) => {
        await mention(room);
        await gather(other);
        return await mail.hand(letter);
      },
    };
    await house.pool.query('UPDATE digest_mail SET due_at = clock_timestamp() WHERE due_at IS NOT NULL');
    await mailMissed(partsOf(node, 16 * MINUTE, between), 50, () => false);
    expect([lettersTo(ana).length, await waiting()]).toEqual([1, 1]);
    await send(5 * HOUR);
    expect(lettersTo(ana).map(({ subject }) => subject)).toEqual([
      'Escola Aurora: uma mensagem espera por você',
      'Escola Aurora: uma mensagem espera por você',
    ]);
  });
});

describe('[R117] whoever has such a mail can have no more of them', () => {
  const stranger = { actor: null, address: '203.0.113.7', device: '' };
  const leave = async (token: string) => {
    const outcome = await execute(node.world, stranger, 'digest.leave', { token });
    return outcome.ok ? 'done' : outcome.problem.code;
  };

  test('by its token, without signing in, as often as they like; and it can be undone', async () => {
    const room = await school.room(helena, [ana]);
    await mention(room);
    const [letter] = await mailed();
    const address = letter?.header('list-unsubscribe') ?? '';
    expect(address).toMatch(/^<https:\/\/recreio\.escola\.example\/api\/digest\/leave\/[\w-]{43}>$/u);
    expect(letter?.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(letter?.header('auto-submitted')).toBe('auto-generated');
    const token = address.slice(-44, -1);
    expect(letter?.text).toContain(`/sem-emails#${token}`);
    expect([await leave(token), await leave(token)]).toEqual(['done', 'done']);
    expect((await school.does(ana, 'accounts.me', {})).calm?.mail).toBe('never');
    await mention(room);
    expect(await mailed(9 * HOUR)).toHaveLength(1);
    await school.does(ana, 'notifications.setCalm', { mail: 'hours' });
    await mention(room);
    expect(await mailed(9 * HOUR)).toHaveLength(2);
  });

  test('another’s token, one that was changed, and one of nobody are one answer, and change nothing', async () => {
    const token = node.world.leaving.tokenOf(ana.id);
    const bytes = Buffer.from(token, 'base64url');
    bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
    const swapped = Buffer.concat([
      Buffer.from(bruno.id.replaceAll('-', ''), 'hex'),
      Buffer.from(token, 'base64url').subarray(16),
    ]);
    const nobody = node.world.leaving.tokenOf(node.world.newId());
    const spelled = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const wrong of [bytes.toString('base64url'), swapped.toString('base64url'), nobody, spelled, 'A'.repeat(43)])
      expect(await leave(wrong)).toBe('not-found');
    for (const person of [ana, bruno])
      expect((await school.does(person, 'accounts.me', {})).calm?.mail).toBeUndefined();
    // Every node and every process after it knows the token
    expect(other.world.leaving.accountOf(token)).toBe(ana.id);
  });
});
