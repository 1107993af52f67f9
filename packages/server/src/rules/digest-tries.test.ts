/** The mail of what was missed when something goes wrong, on real SQL and to a real mail server: what its name stands for, and who goes on. */
import { gatherMissed, type Mail, mailMissed } from '@recreio/core';
import type { Person, School } from '@recreio/core/testing/world.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { mailDigests } from '../jobs/mailing.ts';
import { HOUR, type MailingSchool, MINUTE, openMailingSchool } from '../testing/mailing.ts';

let mailing: MailingSchool;
let school: School;
let helena: Person;
let ana: Person;

beforeAll(async () => {
  mailing = await openMailingSchool();
  ({ school, helena } = mailing);
});
afterAll(() => mailing.close());
beforeEach(async () => {
  await mailing.anew();
  ana = await school.person('Ana');
});

const mention = (room: string) => school.say(helena, room, 'olha isto, @Ana', { mentions: [ana.id] });
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await mailing.house.pool.query<T>(text, values)).rows;
/** Id and subject of each that has come. */
const came = () =>
  mailing.lettersTo(ana).map((letter) => [letter.header('message-id'), letter.subject.replace('Escola Aurora: ', '')]);
/** The mail server has it, and its word does not come. */
const speechless: Pick<Mail, 'hand'> = {
  hand: async (letter) => {
    expect(await mailing.mail.hand(letter)).toEqual({ outcome: 'sent' });
    return { outcome: 'later', why: 'ETIMEDOUT' };
  },
};
const [ONE, TWO] = ['uma mensagem espera por você', '2 mensagens esperam por você'];

describe('[R116] [D28] of two mails with one name one is seen: they tell of the same', () => {
  test('what comes between two tries is told by the next mail, under a name of its own', async () => {
    const room = await school.room(helena, [ana]);
    await mention(room);
    await mailing.gather();
    await mailing.send(16 * MINUTE, mailing.node, speechless);
    await mention(room);
    await mention(await school.room(helena, [ana]));
    await mailing.gather();
    await mailing.send(17 * MINUTE);
    const [[name] = []] = came();
    expect(came()).toEqual([
      [name, ONE],
      [name, ONE],
    ]);
    expect(await mailing.waiting(ana)).toBe(2);
    await mailing.send(5 * HOUR);
    const [, , last] = came();
    expect(last?.[1]).toBe(TWO);
    expect(last?.[0]).not.toBe(name);
    expect(await mailing.waiting(ana)).toBe(0);
  });

  test('what was tried for a day and let go may have come: what is mailed after it has another name', async () => {
    const room = await school.room(helena, [ana]);
    await mention(room);
    await mailing.gather();
    await sql('UPDATE digest_mail SET tries = 24 WHERE account = $1', [ana.id]);
    await mailing.send(16 * MINUTE, mailing.node, speechless);
    expect(mailing.outcomes).toEqual(['later', 'given-up']);
    await mention(room);
    await mailing.gather();
    await mailing.send(17 * MINUTE);
    const [first, second] = came();
    expect([came().length, second?.[0] === first?.[0]]).toEqual([2, false]);
  });

  test('all read before it is tried again: nothing goes, and what came since has another name', async () => {
    const room = await school.room(helena, [ana]);
    const { seq } = await mention(room);
    await mailing.gather();
    await mailing.send(16 * MINUTE, mailing.node, speechless);
    await school.does(ana, 'messages.markRead', { room, seq });
    await mention(room);
    await mailing.gather();
    await mailing.send(17 * MINUTE);
    expect([came().length, mailing.outcomes.at(-1)]).toEqual([1, 'done']);
    await mailing.send(17 * MINUTE);
    const [first, second] = came();
    expect([came().length, second?.[0] === first?.[0]]).toEqual([2, false]);
  });
});

describe('[R116] what was told, was said before, or is old is not told with what is new', () => {
  test('what has to be read is asked for far back: what lies between is not told again', async () => {
    const room = await school.room(helena, [ana], { title: 'Frações' });
    const { id } = await school.say(helena, room, 'tragam o livro');
    await mention(room);
    await mailing.gather();
    await mailing.send(16 * MINUTE);
    await mention(room);
    await school.does(helena, 'notices.require', { room, message: id });
    await mailing.gather();
    await mailing.send(5 * HOUR);
    expect(came().map(([, subject]) => subject)).toEqual([ONE, TWO]);
    expect(
      mailing
        .lettersTo(ana)
        .at(-1)
        ?.text.match(/Frações/gu),
    ).toHaveLength(1);
  });

  test('nor what was said before the school mailed anybody', async () => {
    const room = await school.room(helena, [ana]);
    await mailing.decide({ digest: 'off' });
    const { id } = await school.say(helena, room, 'tragam o livro');
    await mention(room);
    await mailing.decide({ digest: 'places' });
    await mention(room);
    await school.does(helena, 'notices.require', { room, message: id });
    await mailing.gather();
    await mailing.send(16 * MINUTE);
    expect(came().map(([, subject]) => subject)).toEqual([TWO]);
  });

  test('what has waited for three days behind a rest is not mailed when it is over', async () => {
    const room = await school.room(helena, [ana]);
    await school.does(ana, 'notifications.setCalm', { doNotDisturb: { seconds: null } });
    await mention(room);
    await mailing.gather();
    await mailing.send(71 * HOUR);
    expect(await mailing.waiting(ana)).toBe(1);
    await school.does(ana, 'notifications.setCalm', { doNotDisturb: null });
    await mailing.send(73 * HOUR);
    expect([came(), await mailing.waiting(ana), mailing.outcomes]).toEqual([[], 0, ['done']]);
  });
});

describe('[R116] who is at fault keeps nobody else waiting', () => {
  test('a room that cannot be looked through is told, and the others of it are mailed', async () => {
    const [broken, sound] = [await school.room(helena, [ana]), await school.room(helena, [ana])];
    await mention(broken);
    await mention(sound);
    await sql(`UPDATE message SET at = at - interval '1 hour'`);
    const { world } = mailing.node;
    const asked: (readonly string[])[] = [];
    const job = mailDigests({
      ...mailing.partsOf(mailing.node, 0),
      world: {
        ...world,
        mail: mailing.mail,
        transact: (work) =>
          world.transact((memory) =>
            work({
              ...memory,
              digest: {
                ...memory.digest,
                lookThrough: (rooms) => {
                  asked.push(rooms);
                  return rooms.includes(broken)
                    ? Promise.reject(new Error('too much'))
                    : memory.digest.lookThrough(rooms);
                },
              },
            }),
          ),
      },
      isOn: () => true,
      everyMs: 1,
      random: () => 0,
    });
    await vi.waitFor(() => expect(came()).toHaveLength(1), { timeout: 10_000, interval: 10 });
    await job.stop();
    expect(asked[0]).toEqual(expect.arrayContaining([broken, sound]));
    expect(asked.slice(1)).toContainEqual([sound]);
    expect(mailing.lettersTo(ana)[0]?.text).toContain(sound);
    expect(mailing.lettersTo(ana)[0]?.text).not.toContain(broken);
    expect(String(mailing.troubles[0])).toBe('Error: too much');
  });

  test('a fault of our own is told with its stack, once, and not tried again', async () => {
    await mention(await school.room(helena, [ana]));
    await mailing.gather();
    const fault = new TypeError('no such word');
    for (let times = 0; times < 2; times++)
      await mailing.send(16 * MINUTE, mailing.node, { hand: () => Promise.reject(fault) });
    expect([mailing.troubles, mailing.outcomes, await mailing.waiting(ana)]).toEqual([[fault], ['refused'], 0]);
  });

  test('who notes waits for who settles before holding anything that the other needs', async () => {
    const room = await school.room(helena, [ana]);
    await mention(room);
    await mailing.gather();
    await mention(room);
    const settling = await mailing.house.pool.connect();
    try {
      await settling.query('BEGIN');
      await settling.query('SELECT FROM digest_mail WHERE account = $1 FOR UPDATE', [ana.id]);
      const noting = mailing.gather(mailing.other);
      await vi.waitFor(async () => expect(await sql('SELECT FROM pg_locks WHERE NOT granted')).not.toEqual([]));
      const held = await settling.query('SELECT FROM digest_note WHERE account = $1 FOR UPDATE NOWAIT', [ana.id]);
      expect(held.rowCount).toBe(1);
      await settling.query('COMMIT');
      await noting;
    } finally {
      settling.release();
    }
  });

  test('what is noted while a mail is settled waits for the next one', async () => {
    const room = await school.room(helena, [ana]);
    await mention(room);
    await mailing.gather();
    await sql('UPDATE digest_mail SET due_at = clock_timestamp() WHERE account = $1', [ana.id]);
    const { transact, memory } = mailing.node.world;
    const [due] = await memory.digest.due(1);
    const told = await memory.digest.spans(ana.id, 50);
    if (!due) throw new Error('nobody is due');
    await mention(room);
    let settled: Promise<void> = Promise.resolve();
    const parts = mailing.partsOf(mailing.other, 0);
    const lateToCommit: typeof transact = (work) =>
      parts.world.transact(async (noting) => {
        const done = await work(noting);
        settled = transact(({ digest }) => digest.settle(due, { told, sent: [] }));
        await vi.waitFor(async () => expect(await sql('SELECT FROM pg_locks WHERE NOT granted')).not.toEqual([]));
        return done;
      });
    await gatherMissed({ ...parts, world: { ...parts.world, transact: lateToCommit } }, [room]);
    await settled;
    expect(await sql('SELECT FROM digest_mail WHERE account = $1 AND due_at IS NOT NULL', [ana.id])).toHaveLength(1);
    await mailing.send(5 * HOUR);
    expect(came().map(([, subject]) => subject)).toEqual([ONE]);
  });
});

describe('[D28] lent for longer than it takes', () => {
  test('the time begins anew before it is handed over; whose time is up hands nothing over', async () => {
    await mention(await school.room(helena, [ana]));
    await mailing.gather();
    await sql('UPDATE digest_mail SET due_at = clock_timestamp() WHERE account = $1', [ana.id]);
    const { digest } = mailing.node.world.memory;
    const [due] = await digest.due(1);
    const spans = await digest.spans(ana.id, 50);
    if (!due) throw new Error('nobody is due');
    const name: typeof digest.name = (...of) => mailing.node.world.transact((inside) => inside.digest.name(...of));
    const expire = (seconds: number) =>
      sql(`UPDATE digest_mail SET leased_until = clock_timestamp() + $1 * interval '1 second'`, [seconds]);
    await expire(1);
    expect(await name(due, spans)).toBe(true);
    expect(
      await sql(`SELECT FROM digest_mail WHERE leased_until > clock_timestamp() + interval '150 seconds'`),
    ).toHaveLength(1);
    await expire(-1);
    expect(await mailing.other.world.memory.digest.due(1)).toHaveLength(1);
    expect(await name(due, spans)).toBe(false);
  });

  test('no more are taken at once than are handed over beside one another', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, (_, nth) => school.person(`Aluno ${nth}`)));
    const room = await school.room(helena, people);
    await school.say(helena, room, '@todos', { mentions: people.map(({ id }) => id) });
    await sql(`UPDATE message SET at = at - interval '1 hour'`);
    let [now, most, all] = [0, 0, 0];
    const both = Promise.withResolvers<void>();
    const job = mailDigests({
      ...mailing.partsOf(mailing.node, 0),
      world: {
        ...mailing.node.world,
        mail: {
          atOnce: 2,
          hand: async (letter) => {
            most = Math.max(most, ++now);
            if (now === 2) both.resolve();
            await both.promise;
            const posted = await mailing.mail.hand(letter);
            now--;
            all++;
            return posted;
          },
        },
      },
      isOn: () => true,
      everyMs: 1,
      random: () => 0,
    });
    await vi.waitFor(() => expect(all).toBe(6), { timeout: 10_000, interval: 10 });
    await job.stop();
    expect(most).toBe(2);
  });
});

test('[D28] each person’s conversations are read in one statement', async () => {
  for (let nth = 0; nth < 5; nth++) await mention(await school.room(helena, [ana]));
  await mailing.gather();
  const { world } = mailing.node;
  const asked: number[] = [];
  const digest = {
    ...world.memory.digest,
    heard: (spans: Parameters<typeof world.memory.digest.heard>[0]) => {
      asked.push(spans.length);
      return world.memory.digest.heard(spans);
    },
  };
  await sql('UPDATE digest_mail SET due_at = clock_timestamp() WHERE account = $1', [ana.id]);
  const parts = mailing.partsOf(mailing.node, 16 * MINUTE);
  await mailMissed({ ...parts, world: { ...parts.world, memory: { ...world.memory, digest } } }, 1, () => false);
  expect([asked, came().map(([, subject]) => subject)]).toEqual([[5], ['5 mensagens esperam por você']]);
});

test('[R116] a reply in a big room costs a look at whom it is for, and not at each member', async () => {
  const people = await Promise.all(Array.from({ length: 40 }, (_, nth) => school.person(`Aluna ${nth}`)));
  const room = await school.room(helena, [ana, ...people]);
  const { id } = await school.say(ana, room, 'e como se divide?');
  for (let nth = 0; nth < 20; nth++) await school.say(helena, room, 'assim', { replyTo: id });
  let looked: { readonly text: string; readonly values: unknown[] } | undefined;
  const watched = await mailing.house.node({
    pool: (pool) => {
      const connect = async () => {
        const client = await pool.connect();
        const query = client.query.bind(client);
        const listening = (asked: { readonly name?: string; readonly text: string; readonly values: unknown[] }) => {
          if (asked.name === 'digest-look-through') looked = asked;
          return query(asked);
        };
        return { query: listening, release: client.release.bind(client) };
      };
      return { connect, query: pool.query.bind(pool) } as unknown as typeof pool;
    },
  });
  await gatherMissed(mailing.partsOf(watched, 0), [room]);
  expect(await mailing.waiting(ana)).toBe(1);
  if (!looked) throw new Error('the log was not looked through');
  const { rows } = await mailing.house.pool.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${looked.text}`,
    looked.values,
  );
  const plan = rows[0]?.['QUERY PLAN'][0].Plan;
  if (!plan) throw new Error('there is no plan');
  // Each member's own stream once; forty people times twenty replies would be eight hundred
  expect(rowsOf(plan, 'account')).toBeGreaterThan(0);
  expect(rowsOf(plan, 'span')).toBeLessThan(100);
  expect(rowsOf(plan, 'read_marker')).toBeLessThan(100);
});

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly PlanNode[];
}

/** Rows that a plan has read of a table, over all its turns. */
const rowsOf = (node: PlanNode, table: string): number =>
  (node['Relation Name'] === table ? node['Actual Rows'] * node['Actual Loops'] : 0) +
  (node.Plans ?? []).reduce((sum, part) => sum + rowsOf(part, table), 0);
