/** How often a device is called, on real SQL and to a real push service: what rings, what waits, and what is told along. */
import { sendAll } from '@recreio/core/testing/turns.ts';
import type { Person, School } from '@recreio/core/testing/world.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Browser } from '../../../../tests/raw/push-service.ts';
import { type CallingSchool, openCallingSchool } from '../testing/calling.ts';

let calling: CallingSchool;
let school: School;
let helena: Person;
let ana: Person;
let browser: Browser;

beforeAll(async () => {
  calling = await openCallingSchool();
  ({ school, helena } = calling);
});
afterAll(() => calling.close());
beforeEach(async () => {
  await calling.anew();
  ({ who: ana, browser } = await calling.reachable('Ana'));
});

describe('[R112] a device is called so often and not more', () => {
  /** A minute later; what waits for its pace goes on waiting. */
  const sendNow = async (): Promise<void> => {
    await calling.house.pool.query(
      `UPDATE push_note SET due_at = clock_timestamp() WHERE due_at <= clock_timestamp() + interval '1 minute'`,
    );
    await sendAll(calling.partsOf(calling.node));
    expect(calling.troubles).toEqual([]);
  };
  const said = async (room: string): Promise<void> => {
    await calling.mention(ana, room);
    await calling.look();
    await sendNow();
  };
  const rooms = (count: number) => Promise.all(Array.from({ length: count }, () => school.room(helena, [ana])));

  test('three at once; the next waits its time, what has to be read does not, and takes it along', async () => {
    const [one, two, three, four] = (await rooms(4)) as [string, string, string, string];
    for (const room of [one, two, three, four]) await said(room);
    expect(browser.pushed.map(({ note }) => note.tag)).toEqual([one, two, three].map((room) => `sala:${room}`));
    const { rows } = await calling.house.pool.query<{ minutes: number }>(
      'SELECT round(extract(epoch FROM due_at - clock_timestamp()) / 60)::int AS minutes FROM push_note WHERE due_at IS NOT NULL',
    );
    expect(rows).toEqual([{ minutes: 60 }]);
    const { id } = await school.say(helena, one, 'tragam o livro');
    await school.does(helena, 'notices.require', { room: one, message: id });
    // It has waited for long enough to be told of with something else
    await calling.house.pool.query(`UPDATE push_note SET made_at = made_at - interval '1 minute'`);
    await calling.look();
    await sendNow();
    expect(browser.pushed.at(-1)?.note).toMatchObject({ tag: `sala:${one}` });
    expect(browser.pushed.at(-1)?.note.body).toBe('Para ler e confirmar (e mais 1) · mais 1 conversa');
    expect(await calling.waiting()).toBe(0);
  });

  test('what has to be read calls once: what is said around it until it is confirmed waits like anything else', async () => {
    const [room, other] = (await rooms(2)) as [string, string];
    const ask = async (where: string): Promise<void> => {
      const { id } = await school.say(helena, where, 'tragam o livro');
      await school.does(helena, 'notices.require', { room: where, message: id });
      await calling.look();
      await sendNow();
    };
    await ask(room);
    for (let nth = 0; nth < 7; nth += 1) await said(room);
    expect([browser.pushed.length, await calling.waiting()]).toEqual([1, 1]);
    await ask(other);
    expect(browser.pushed.map(({ note }) => note.tag)).toEqual([`sala:${room}`, `sala:${other}`]);
    // Asked for anew it is another
    await ask(room);
    expect(browser.pushed.map(({ note }) => note.tag).at(-1)).toBe(`sala:${room}`);
  });

  test('what comes while it is decided that something waits is looked at at once', async () => {
    const [room] = (await rooms(1)) as [string];
    await calling.mention(ana, room);
    await calling.look();
    await calling.due();
    const [taken] = await calling.take(calling.node);
    await calling.mention(ana, room);
    await calling.look();
    if (taken) await calling.node.world.memory.push.settle(taken, { againInSeconds: 3_600 });
    const [again] = await calling.take(calling.node);
    expect([taken?.room, again?.room]).toEqual([room, room]);
    // Where nothing came it waits as long as was said
    if (again) await calling.node.world.memory.push.settle(again, { againInSeconds: 3_600 });
    expect([await calling.take(calling.node), await calling.waiting()]).toEqual([[], 1]);
  });

  test('an hour while the notification stands there unread; at once where it was read, or where the room is to be heard of whatever comes', async () => {
    const [room] = (await rooms(1)) as [string];
    await said(room);
    await said(room);
    expect([browser.pushed.length, await calling.waiting()]).toEqual([1, 1]);
    await school.does(ana, 'notifications.setRoom', { room, level: 'everything' });
    await said(room);
    await calling.house.pool.query('UPDATE push_note SET due_at = clock_timestamp() WHERE due_at IS NOT NULL');
    await sendNow();
    expect(browser.pushed).toHaveLength(2);
    const { rows } = await calling.house.pool.query<{ rang: number }>(
      'SELECT cardinality(rang) AS rang FROM push_device WHERE account = $1',
      [ana.id],
    );
    expect(rows).toEqual([{ rang: 1 }]);
  });
});
