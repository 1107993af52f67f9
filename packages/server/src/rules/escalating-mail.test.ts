/** What is urgent and the mail of what was missed, on real SQL and to a real mail server: what one of them has told, the other leaves out. */
import { escalate, type EscalatingParts, type Mail } from '@recreio/core';
import type { Person, School } from '@recreio/core/testing/world.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { HOUR, type MailingSchool, MINUTE, openMailingSchool } from '../testing/mailing.ts';
import type { Node } from '../testing/world.ts';

let mailing: MailingSchool;
let school: School;
let helena: Person;
let bruno: Person;
let told: string[];

beforeAll(async () => {
  mailing = await openMailingSchool();
  ({ school, helena } = mailing);
});
afterAll(() => mailing.close());
/** Everybody new, and the hour of who writes is over. */
beforeEach(async () => {
  await mailing.anew();
  await mailing.house.pool.query('DELETE FROM escalation');
  bruno = await school.person('Bruno');
  told = [];
});

const partsOf = (later: number, of: Node, carrier?: Pick<Mail, 'hand'>): EscalatingParts => ({
  ...mailing.partsOf(of, later, carrier),
  counted: (outcome) => told.push(outcome),
});
/** As if so much time had passed, in ms: what is urgent and waits is looked at. */
const escalateAfter = async (later: number, carrier?: Pick<Mail, 'hand'>, of = mailing.node): Promise<void> => {
  await mailing.house.pool.query('UPDATE escalation SET due_at = clock_timestamp() WHERE due_at IS NOT NULL');
  await escalate(partsOf(later, of, carrier), 50, () => false);
};
const missedAfter = async (later: number, carrier?: Pick<Mail, 'hand'>): Promise<void> => {
  await mailing.gather();
  await mailing.send(later, mailing.node, carrier);
};
const room = (title = 'Frações') => school.room(helena, [bruno], { title });
const urge = (where: string) => school.say(helena, where, 'já, @Bruno', { mentions: [bruno.id], urgent: true });
const mention = (where: string) => school.say(helena, where, 'olha, @Bruno', { mentions: [bruno.id] });
const hushed = async (): Promise<string> => {
  const where = await room();
  await school.does(bruno, 'notifications.setRoom', { room: where, hush: { seconds: null } });
  return where;
};
/** The subjects of what came, in short. */
const came = (): string[] =>
  mailing.lettersTo(bruno).map(({ subject }) => subject.replace(/^Escola Aurora: | (espera|esperam) por você$/gu, ''));
const [URGENT, ONE] = ['uma mensagem urgente', 'uma mensagem'];
const lastText = (): string => mailing.lettersTo(bruno).at(-1)?.text ?? '';
/** The mail server does not answer. */
const unreachable: Pick<Mail, 'hand'> = { hand: () => Promise.resolve({ outcome: 'later', why: 'ECONNECTION' }) };

describe('[R120] [R116] only what a mail told of was mailed', () => {
  test('who has hushed the room is told by mail, whatever else they were mailed meanwhile', async () => {
    const [quiet, loud] = [await hushed(), await room('Raízes')];
    const { seq } = await urge(quiet);
    await mention(loud);
    await missedAfter(16 * MINUTE);
    expect([came(), lastText().includes(quiet)]).toEqual([[ONE], false]);
    await escalateAfter(16 * MINUTE);
    expect([came(), told]).toEqual([[ONE, URGENT], ['mailed']]);
    expect(lastText()).toContain(`/sala/${quiet}?m=${seq}`);
  });

  test('whom the mail of what was missed told of it is mailed no more', async () => {
    const where = await room();
    await mention(where);
    await urge(where);
    await missedAfter(16 * MINUTE);
    for (const later of [16 * MINUTE, 5 * HOUR]) await escalateAfter(later);
    await missedAfter(5 * HOUR);
    expect([came(), told]).toEqual([['2 mensagens'], ['unreachable']]);
  });

  test('nor of what has to be read besides; but of that which waited for the next mail, or had no line in it', async () => {
    const asked = async (where: string) => {
      const { id } = await urge(where);
      await school.does(helena, 'notices.require', { room: where, message: id });
    };
    await asked(await hushed());
    await missedAfter(16 * MINUTE);
    await escalateAfter(16 * MINUTE);
    expect([came(), told]).toEqual([[ONE], ['unreachable']]);

    // A mail that has its name already takes nothing else along
    await mention(await room());
    await missedAfter(5 * HOUR, unreachable);
    await asked(await hushed());
    await missedAfter(5 * HOUR);
    await escalateAfter(16 * MINUTE);
    expect([came(), told]).toEqual([
      [ONE, ONE, URGENT],
      ['unreachable', 'mailed'],
    ]);
    await missedAfter(10 * HOUR);
    expect(came()).toHaveLength(3);
  });

  test('of thirteen conversations twelve have a line: in the last of them it was not told', async () => {
    const where = await room('Sala urgente');
    await urge(where);
    for (let nth = 0; nth < 12; nth++) await mention(await room());
    await missedAfter(16 * MINUTE);
    expect([came(), lastText().includes(where)]).toEqual([['13 mensagens'], false]);
    await escalateAfter(16 * MINUTE);
    expect([came().at(-1), lastText().includes(where)]).toEqual([URGENT, true]);
  });
});

describe('[R120] [R116] told by mail once', () => {
  test('what the urgent mail told is left out, and what else was said there has its own time', async () => {
    const where = await room();
    await urge(where);
    await mailing.house.pool.query("UPDATE message SET at = at - interval '16 minutes'");
    await mailing.house.pool.query("UPDATE escalation SET at = at - interval '16 minutes'");
    const { seq } = await mention(where);
    await mailing.gather();
    await escalateAfter(0);
    await missedAfter(MINUTE);
    expect(came()).toEqual([URGENT]);
    await missedAfter(16 * MINUTE);
    expect(came()).toEqual([URGENT, ONE]);
    expect(lastText()).toContain(`/sala/${where}?m=${seq}`);
  });

  test('what has to be read since is in the mail of what was missed once more, as that', async () => {
    const where = await room();
    const { id } = await urge(where);
    await escalateAfter(16 * MINUTE);
    await school.does(helena, 'notices.require', { room: where, message: id });
    await missedAfter(5 * HOUR);
    expect([came(), lastText().includes('Para ler e confirmar')]).toEqual([[URGENT, ONE], true]);
  });

  test('it waits while a mail is handed over that may tell of it, and goes where that did not', async () => {
    await urge(await room());
    for (const outcome of ['later', 'sent'] as const) {
      const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const missed = missedAfter(16 * MINUTE, {
        hand: async (letter) => {
          asked.resolve();
          await answer.promise;
          return outcome === 'sent' ? await mailing.mail.hand(letter) : { outcome, why: 'ECONNECTION' };
        },
      });
      await asked.promise;
      await escalateAfter(16 * MINUTE, undefined, mailing.other);
      expect([came(), told]).toEqual([[], []]);
      answer.resolve();
      await missed;
    }
    await escalateAfter(16 * MINUTE);
    expect([came(), told]).toEqual([[ONE], ['unreachable']]);

    const where = await room('Raízes');
    await urge(where);
    await missedAfter(5 * HOUR, unreachable);
    await escalateAfter(16 * MINUTE);
    await missedAfter(5 * HOUR);
    expect([came(), told]).toEqual([
      [ONE, URGENT],
      ['unreachable', 'mailed'],
    ]);
  });

  test('an urgent mail that is chosen while the other is written: that waits, and leaves it out', async () => {
    const [where, other] = [await room(), await room('Raízes')];
    await urge(where);
    await mention(other);
    await mailing.gather();
    const choosing = await mailing.house.pool.connect();
    try {
      await choosing.query('BEGIN');
      await choosing.query('SELECT FROM account WHERE id = $1 FOR NO KEY UPDATE', [bruno.id]);
      const missed = mailing.send(16 * MINUTE);
      // It is read, and waits for its name
      await vi.waitFor(async () =>
        expect((await choosing.query('SELECT FROM pg_locks WHERE NOT granted')).rowCount).toBeGreaterThan(0),
      );
      await choosing.query("UPDATE escalation SET way = 'mail', told_at = clock_timestamp()");
      await choosing.query('COMMIT');
      await missed;
    } finally {
      choosing.release();
    }
    expect([came(), await mailing.waiting(bruno)]).toEqual([[], 2]);
    await escalateAfter(16 * MINUTE);
    expect([came(), told]).toEqual([[URGENT], ['mailed']]);
    await missedAfter(16 * MINUTE);
    expect([came(), lastText().includes(where), lastText().includes(other)]).toEqual([[URGENT, ONE], false, true]);
  });

  test.each([
    ['is too old before it can go', async () => await escalateAfter(25 * HOUR), 'done'],
    [
      'is refused',
      async () => await escalateAfter(MINUTE, { hand: () => Promise.resolve({ outcome: 'refused', why: '550' }) }),
      'given-up',
    ],
    [
      'is switched off',
      async () => {
        await mailing.decide({ urgentAfterMs: null });
        await escalateAfter(0);
        await mailing.decide({ urgentAfterMs: 15 * MINUTE });
      },
      undefined,
    ],
  ])('an urgent mail that was tried, and %s: it is in that of what was missed', async (_what, end, outcome) => {
    const where = await room();
    const { seq } = await urge(where);
    await mailing.house.pool.query("UPDATE escalation SET at = at - interval '16 minutes'");
    await escalateAfter(0, unreachable);
    // Until it is settled the other waits, with all that it would tell
    await mention(await room('Raízes'));
    await missedAfter(16 * MINUTE);
    expect([came(), await mailing.waiting(bruno)]).toEqual([[], 2]);
    await end();
    expect(told).toEqual(outcome === undefined ? [] : [outcome]);
    await missedAfter(25 * HOUR);
    expect([came(), lastText().includes(`/sala/${where}?m=${seq}`)]).toEqual([['2 mensagens'], true]);
  });
});

test('[R120] [R116] told by the mail of what was missed while it is decided: it is not mailed', async () => {
  await urge(await room());
  await mailing.gather();
  const { world, ...parts } = partsOf(16 * MINUTE, mailing.other);
  // It is read as not mailed, and its way not chosen
  const transact: typeof world.transact = async (work) => {
    await mailing.send(16 * MINUTE);
    return await world.transact(work);
  };
  await escalate({ ...parts, world: { ...world, transact } }, 50, () => false);
  await escalateAfter(16 * MINUTE);
  expect([came(), told]).toEqual([[ONE], ['unreachable']]);
});

test('[R120] a fault of our own is told, once, and not tried again', async () => {
  await urge(await room());
  const fault = new TypeError('no such word');
  for (const later of [16, 20]) await escalateAfter(later * MINUTE, { hand: () => Promise.reject(fault) });
  expect([mailing.troubles, told, came()]).toEqual([[fault], ['given-up'], []]);
  // What was missed is what it was
  await missedAfter(16 * MINUTE);
  expect(came()).toEqual([ONE]);
});

test.each([
  ['what is old', "due_at IS NULL AND at < clock_timestamp() - interval '7 days'", 'escalation_over'],
  // As PostgreSQL asks for what hangs on a row that goes
  ['what goes with a room', "room = '00000000-0000-7000-8000-000000000000'", 'escalation_room'],
])('[R120] %s is found by an index', async (_what, which, index) => {
  const client = await mailing.house.pool.connect();
  try {
    await client.query('BEGIN');
    // So short a table would be read whole
    await client.query('SET LOCAL enable_seqscan = off');
    const { rows } = await client.query(`EXPLAIN DELETE FROM escalation WHERE ${which}`);
    expect(JSON.stringify(rows)).toContain(index);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
});
