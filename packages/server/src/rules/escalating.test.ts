/** Urgent messages that stay unread, on real SQL: who is told once more, by what, when, how often, and who is left in peace. */
import {
  type DigestParts,
  escalate,
  type EscalatingParts,
  gatherMissed,
  type Letter,
  mailMissed,
  type Posted,
} from '@recreio/core';
import type { Person, School } from '@recreio/core/testing/world.ts';
import { urgentTag } from '@recreio/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Browser } from '../../../../tests/raw/push-service.ts';
import { type CallingSchool, openCallingSchool } from '../testing/calling.ts';
import type { Node } from '../testing/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** From midnight to midnight, whenever the test runs. */
const ALWAYS = { from: 0, to: 0, days: [1, 2, 3, 4, 5, 6, 7] };

let calling: CallingSchool;
let school: School;
let helena: Person;
let ana: Person;
let browser: Browser;
let letters: Letter[];
let answers: Posted[];
let told: string[];

beforeAll(async () => {
  calling = await openCallingSchool();
  ({ school, helena } = calling);
});
afterAll(() => calling.close());
/** Everybody new, and the hour of who writes is over. */
beforeEach(async () => {
  await calling.anew();
  await calling.decide({ digest: 'off' });
  await calling.decide({ digest: 'places', urgentAfterMs: 15 * MINUTE, quietHours: null });
  await calling.house.pool.query('DELETE FROM escalation');
  ({ who: ana, browser } = await calling.reachable('Ana'));
  [letters, answers, told] = [[], [], []];
});

const partsOf = ({ world }: Node, later: number): DigestParts & EscalatingParts => ({
  world: {
    ...world,
    mail: {
      hand: (letter) => {
        letters.push(letter);
        return Promise.resolve(answers.shift() ?? { outcome: 'sent' });
      },
    },
  },
  now: () => Date.now() + later,
  counted: (outcome: string) => told.push(outcome),
  trouble: (error) => calling.troubles.push(error),
});
/** As if so much time had passed since it was said: what waits is looked at, and what is to be pushed is. */
const escalateAfter = async (later: number, of: Node = calling.node): Promise<void> => {
  await calling.house.pool.query('UPDATE escalation SET due_at = clock_timestamp() WHERE due_at IS NOT NULL');
  await escalate(partsOf(of, later), 50, () => false);
  await calling.send(of);
};
/** What was missed, five hours later, to its own mails. */
const missed = async (): Promise<void> => {
  const parts = { ...partsOf(calling.node, 5 * HOUR), counted: () => undefined };
  await gatherMissed(parts, await parts.world.memory.digest.behind(500));
  await calling.house.pool.query('UPDATE digest_mail SET due_at = clock_timestamp() WHERE due_at IS NOT NULL');
  await mailMissed(parts, 50, () => false);
};
const urge = (room: string, who: Person = ana, more: object = {}) =>
  school.say(helena, room, `já, @${who.name}`, { mentions: [who.id], urgent: true, ...more });
const room = (title = 'Frações') => school.room(helena, [ana], { title });
const tags = (): string[] => browser.pushed.map(({ note }) => String(note.tag));
const pushes = async (): Promise<void> => {
  await calling.look();
  await calling.send();
};
/** The room is not heard of: only what goes past that comes. */
const hush = (where: string) => school.does(ana, 'notifications.setRoom', { room: where, hush: { seconds: null } });

describe('[R120] who is told once more', () => {
  test('after the school’s time and not before, once: by a push of its own, past hush and level, which goes when it is read', async () => {
    const where = await room();
    await school.does(ana, 'notifications.setRoom', { room: where, level: 'nothing', hush: { seconds: null } });
    const { seq } = await urge(where);
    await pushes();
    await escalateAfter(14 * MINUTE);
    expect([tags(), letters]).toEqual([[], []]);
    await escalateAfter(16 * MINUTE);
    const tag = urgentTag({ room: where }, seq);
    expect(tags()).toEqual([tag]);
    expect(browser.pushed[0]?.note).toMatchObject({
      body: 'Urgente, e ainda sem ler · Mencionaram você',
      urgent: true,
      seq,
    });
    for (const later of [17 * MINUTE, 5 * HOUR]) await escalateAfter(later);
    expect([tags(), letters, told]).toEqual([[tag], [], ['pushed']]);
    const other = await school.room(helena, [ana], { title: 'Raízes' });
    await school.does(ana, 'messages.markRead', { room: where, seq });
    await school.say(helena, other, 'oi, @Ana', { mentions: [ana.id] });
    await pushes();
    expect(browser.pushed.at(-1)?.note['read']).toEqual([tag]);
  });

  test('whom the push has reached is mailed, once, by a name that stays; the mail of what was missed leaves it out', async () => {
    const where = await room();
    const { seq } = await urge(where);
    await pushes();
    answers = [{ outcome: 'later', why: 'ECONNECTION' }];
    for (const later of [16, 17, 18]) await escalateAfter(later * MINUTE);
    expect(tags()).toEqual([`sala:${where}`]);
    expect(letters).toHaveLength(2);
    const [first, again] = letters.map(({ matter }) => matter);
    expect(again).toEqual(first);
    expect(first).toMatchObject({
      kind: 'missed',
      pace: 'urgent',
      talks: [{ title: 'Frações', url: `https://recreio.escola.example/sala/${where}?m=${seq}` }],
    });
    expect(told).toEqual(['mailed']);
    const other = await school.say(helena, where, 'e isto, @Ana', { mentions: [ana.id] });
    await missed();
    expect(letters.slice(2).map(({ matter }) => matter)).toMatchObject([
      { pace: 'hours', messages: 1, talks: [{ url: `https://recreio.escola.example/sala/${where}?m=${other.seq}` }] },
    ]);
  });

  test('whom the push has reached and the mail of what was missed, by the device once more', async () => {
    const where = await room();
    const { seq } = await urge(where);
    await pushes();
    await missed();
    for (const later of [16 * MINUTE, 5 * HOUR]) await escalateAfter(later);
    expect([tags(), letters.length, told]).toEqual([[`sala:${where}`, urgentTag({ room: where }, seq)], 1, ['pushed']]);
  });

  test('who has no device is mailed; who wants no mails is not, and has it in the list', async () => {
    const [bruno, caio] = [await school.person('Bruno'), await school.person('Caio')];
    const where = await school.room(helena, [bruno, caio]);
    await school.does(caio, 'notifications.setCalm', { mail: 'never' });
    await school.say(helena, where, 'já', { mentions: [bruno.id, caio.id], urgent: true });
    await escalateAfter(16 * MINUTE);
    expect(letters.map(({ to }) => to)).toEqual([`${bruno.id}@escola.example`]);
    expect([...told].sort()).toEqual(['mailed', 'unreachable']);
    expect((await school.does(caio, 'notifications.inbox', {})).items).toMatchObject([
      { reason: 'mention', message: { urgent: true } },
    ]);
  });

  test('in a thread: it leads there, and the thread’s own marker says whether it was read', async () => {
    const where = await room();
    const root = await school.say(ana, where, 'como se soma?');
    await hush(where);
    const first = await urge(where, ana, { thread: root.id });
    await school.does(ana, 'messages.markRead', { room: where, seq: first.seq });
    await escalateAfter(16 * MINUTE);
    expect(tags()).toEqual([urgentTag({ room: where, thread: root.id }, first.seq)]);
    const { seq } = await urge(where, ana, { thread: root.id });
    await school.does(ana, 'threads.markRead', { room: where, thread: root.id, seq });
    await escalateAfter(16 * MINUTE);
    expect([tags().length, told]).toEqual([1, ['pushed', 'done']]);
  });

  test('a device that is gone by then: the mail takes its place, unless one has told them', async () => {
    for (const isMissed of [false, true]) {
      ({ who: ana, browser } = await calling.reachable('Ana'));
      [letters, told] = [[], []];
      const where = await room();
      if (!isMissed) await hush(where);
      await urge(where);
      if (isMissed) await missed();
      browser.answer(410);
      await escalateAfter(16 * MINUTE);
      await escalateAfter(22 * MINUTE);
      expect([letters.length, told]).toEqual([1, isMissed ? ['pushed'] : ['pushed', 'mailed']]);
    }
  });

  test('nothing where it is off, and nothing of then when it is on again; nothing of yesterday', async () => {
    const where = await room();
    await hush(where);
    await urge(where);
    await calling.decide({ urgentAfterMs: null });
    await escalateAfter(HOUR);
    await calling.decide({ urgentAfterMs: 5 * MINUTE });
    await escalateAfter(HOUR);
    await urge(where);
    await escalateAfter(25 * HOUR);
    expect([tags(), letters, told]).toEqual([[], [], ['done']]);
  });
});

describe('[R120] nobody is told of what', () => {
  const expectNothingOf = async (does: (where: string, message: { id: string; seq: number }) => Promise<unknown>) => {
    const where = await room();
    await hush(where);
    await does(where, await urge(where));
    await escalateAfter(16 * MINUTE);
    await escalateAfter(5 * HOUR);
    expect([tags(), letters, told]).toEqual([[], [], ['done']]);
  };
  const clientId = () => school.intention();

  test('they have read', () =>
    expectNothingOf((at, { seq }) => school.does(ana, 'messages.markRead', { room: at, seq })));
  test('was removed', () =>
    expectNothingOf((at, { id }) =>
      school.does(helena, 'messages.remove', { room: at, message: id, clientId: clientId() }),
    ));
  test('names them no more', () =>
    expectNothingOf((at, { id }) =>
      school.does(helena, 'messages.edit', {
        room: at,
        message: id,
        clientId: clientId(),
        body: 'deixa',
        mentions: [],
      }),
    ));
  test('was said in a room that they have left', () =>
    expectNothingOf((at) => school.does(ana, 'members.leave', { room: at })));
  test('was said by somebody they have blocked since', async () => {
    const [bruno, where] = [await school.person('Bruno', { role: 'monitor' }), await room()];
    await school.does(bruno, 'members.join', { room: where });
    await hush(where);
    await school.say(bruno, where, 'já, @Ana', { mentions: [ana.id], urgent: true });
    await school.does(ana, 'accounts.block', { account: bruno.id });
    await escalateAfter(16 * MINUTE);
    expect([tags(), letters, told]).toEqual([[], [], ['done']]);
  });
});

describe('[R120] calm comes first', () => {
  test('the school’s quiet hours for people under age, and a rest, are waited out', async () => {
    const { who: kaua, browser: his } = await calling.reachable('Kauã', { minor: true });
    const where = await school.room(helena, [ana, kaua]);
    await calling.decide({ quietHours: ALWAYS });
    await school.does(ana, 'notifications.setCalm', { doNotDisturb: { seconds: null } });
    await school.say(helena, where, 'já', { mentions: [ana.id, kaua.id], urgent: true });
    await escalateAfter(16 * MINUTE);
    expect([browser.pushed, his.pushed, letters]).toEqual([[], [], []]);
    await calling.decide({ quietHours: null });
    await escalateAfter(17 * MINUTE);
    expect([browser.pushed.length, his.pushed.length]).toEqual([0, 1]);
    await school.does(ana, 'notifications.setCalm', { doNotDisturb: null });
    await escalateAfter(18 * MINUTE);
    expect([browser.pushed.length, his.pushed.length]).toEqual([1, 1]);
  });

  test('three a day for one person; five an hour from one, removed ones counted', async () => {
    const where = await room();
    await hush(where);
    for (let nth = 0; nth < 4; nth++) await urge(where);
    const { id } = await urge(where);
    await school.does(helena, 'messages.remove', { room: where, message: id, clientId: school.intention() });
    const sixth = { room: where, clientId: school.intention(), body: 'já', mentions: [ana.id], urgent: true };
    expect((await school.tries(helena, 'messages.send', sixth)).ok).toBe(false);
    for (const later of [16, 17, 30]) await escalateAfter(later * MINUTE);
    expect([tags().length, new Set(tags()).size, letters.length]).toEqual([3, 3, 0]);
    expect(told.filter((outcome) => outcome === 'limited')).toHaveLength(1);
  });
});

describe('[R120] [D28] whatever dies', () => {
  test('two nodes that look at once tell one of it once', async () => {
    const other = await calling.house.node();
    const where = await room();
    await hush(where);
    await urge(where);
    await Promise.all([
      escalate(partsOf(calling.node, HOUR), 50, () => false),
      escalate(partsOf(other, HOUR), 50, () => false),
    ]);
    await calling.send();
    await calling.send(other);
    expect(tags()).toHaveLength(1);
  });

  test('two nodes that look at once tell one person of three within a day', async () => {
    const other = await calling.house.node();
    const where = await room();
    await hush(where);
    for (let nth = 0; nth < 5; nth++) await urge(where);
    const both = [calling.node, other].map((node) => escalate(partsOf(node, HOUR), 3, () => false));
    await Promise.all(both);
    await calling.send();
    expect([tags().length, told.filter((outcome) => outcome === 'limited').length]).toEqual([3, 2]);
  });

  test('a process that dies between the mail and its answer: another sends it again, by the same name', async () => {
    const bruno = await school.person('Bruno');
    const where = await school.room(helena, [bruno]);
    await school.say(helena, where, 'já', { mentions: [bruno.id], urgent: true });
    const { world, ...parts } = partsOf(calling.node, HOUR);
    const never = new Promise<Posted>(() => undefined);
    const dying = escalate(
      { ...parts, world: { ...world, mail: { hand: (letter) => (letters.push(letter), never) } } },
      50,
      () => false,
    );
    await expect.poll(() => letters.length).toBe(1);
    await calling.house.pool.query("UPDATE escalation SET leased_until = clock_timestamp() - interval '1 second'");
    await escalateAfter(HOUR, await calling.house.node());
    expect(letters).toHaveLength(2);
    expect(letters[1]).toEqual(letters[0]);
    expect(told).toEqual(['mailed']);
    expect(dying).toBeInstanceOf(Promise);
  });
});
