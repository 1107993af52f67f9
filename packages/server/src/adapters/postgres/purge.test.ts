import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '@recreio/core/testing/world.ts';
import { DEFAULT_LIMITS } from '@recreio/protocol';
import { type Node, openSchoolhouse, type Schoolhouse } from '../../testing/world.ts';
import { openingOf } from '../../realtime/resume.ts';
import { purge } from './purge.ts';

let house: Schoolhouse;
let node: Node;
let helena: Person;
let ana: Person;
beforeAll(async () => {
  house = await openSchoolhouse();
  node = await house.node();
  helena = await node.school.person('Helena', { role: 'teacher' });
  ana = await node.school.person('Ana');
});
afterAll(() => house.close());

const DAY = 24 * 60 * 60 * 1000;

/** An id made at that time (RFC 9562 §5.7). */
const idOf = (at: number): string => {
  const ms = at.toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${node.school.intention().slice(15)}`;
};

/** A removal under an id made so many days ago, which came to the server so many days ago. */
const removal = async (room: string, madeDays: number, cameDays: number) => {
  const { id: message } = await node.school.say(ana, room, 'apague isto');
  const input = { room, message, clientId: idOf(Date.now() - madeDays * DAY) };
  const { seq } = await node.school.does(ana, 'messages.remove', input);
  await house.pool.query(
    `UPDATE done_command SET at = clock_timestamp() - $2 * interval '1 day' WHERE client_id = $1`,
    [input.clientId, cameDays],
  );
  return { input, seq };
};

/** As if the time was set so long ago that no flush can have read the one before. */
const later = () =>
  house.pool.query(`UPDATE installation SET done_forgotten_to = done_forgotten_to - interval '2 minutes'`);

const kept = async (): Promise<number> =>
  (await house.pool.query<{ count: number }>('SELECT count(*) FROM done_command')).rows[0]?.count ?? -1;

describe('[D11] answers to commands', () => {
  test('as long as nothing is old enough, no client id is too old', async () => {
    const room = await node.school.room(helena, [ana]);
    const { input, seq } = await removal(room, 4_000, 0);
    expect(await purge(house.pool)).toEqual({ revocations: 0, done: 0, drafts: 0, own: 0 });
    await later();
    await purge(house.pool);
    expect(await node.school.does(ana, 'messages.remove', input)).toEqual({ seq, duplicate: true });
    const { id: message } = await node.school.say(ana, room, 'e isto');
    const ancient = { room, message, clientId: idOf(Date.now() - 5_000 * DAY) };
    expect(await node.school.does(ana, 'messages.remove', ancient)).toHaveProperty('seq');
    await house.pool.query('DELETE FROM done_command');
  });

  test('are forgotten after 30 days, and then their ids are refused: none takes effect twice', async () => {
    const room = await node.school.room(helena, [ana]);
    const old = await removal(room, 40, 40);
    const offline = await removal(room, 40, 2); // it waited on a device that was away
    const ahead = await removal(room, -300, 40); // the device's clock is ahead
    const recent = await removal(room, 2, 2);
    const before = await kept();

    // First only the time is set: a flush may have read that there is none
    expect(await purge(house.pool)).toEqual({ revocations: 0, done: 0, drafts: 0, own: 0 });
    expect(await purge(house.pool)).toEqual({ revocations: 0, done: 0, drafts: 0, own: 0 });
    await later();
    expect(await purge(house.pool)).toEqual({ revocations: 0, done: 1, drafts: 0, own: 0 });
    expect(await kept()).toBe(before - 1);

    expect((await node.school.refuses(ana, 'messages.remove', old.input)).code).toBe('too-old');
    for (const { input, seq } of [offline, ahead, recent])
      expect(await node.school.does(ana, 'messages.remove', input)).toEqual({ seq, duplicate: true });
    const { id: message } = await node.school.say(ana, room, 'mais uma');
    const { head } = await node.school.log(ana, room);
    const named = { room, message, clientId: idOf(Date.now() - 31 * DAY) };
    expect((await node.school.refuses(ana, 'messages.remove', named)).code).toBe('too-old');
    expect((await node.school.log(ana, room)).head).toBe(head);
  });
});

test('[D27] ended sessions are told of for an hour', async () => {
  await house.pool.query(
    `INSERT INTO revocation (account, session, at) SELECT $1, NULL, clock_timestamp() - m * interval '1 minute' FROM unnest(ARRAY[1, 59, 61, 900]) AS m`,
    [ana.id],
  );
  expect(await purge(house.pool)).toMatchObject({ revocations: 2 });
  const { rows } = await house.pool.query('SELECT FROM revocation');
  expect(rows).toHaveLength(2);
});

test('[lifecycle] a server that ends leaves the rest to the next run', async () => {
  await house.pool.query(
    `INSERT INTO revocation (account, at) SELECT $1, clock_timestamp() - interval '2 hours' FROM generate_series(1, 6000)`,
    [ana.id],
  );
  let asked = 0;
  expect(await purge(house.pool, () => (asked += 1) > 1)).toEqual({ revocations: 5_000, done: 0, drafts: 0, own: 0 });
  expect(await purge(house.pool)).toMatchObject({ revocations: 1_000 });
});

test('[lifecycle] one node purges at a time', async () => {
  const all = await Promise.all(Array.from({ length: 4 }, () => purge(house.pool)));
  expect(all.some((purged) => purged !== null)).toBe(true);
  const holder = await house.pool.connect();
  await holder.query('SELECT pg_advisory_lock(7221003)');
  expect(await purge(house.pool)).toBeNull();
  holder.release(true);
});

test('[R87] drafts go after 30 days where they were cleared or one has left; words that one sees stay', async () => {
  const bia = await node.school.person('Bia');
  const cleared = await node.school.room(helena, [bia]);
  const kept = await node.school.room(helena, [bia]);
  const left = await node.school.room(helena, [bia]);
  const lately = await node.school.room(helena, [bia]);
  for (const room of [cleared, kept, left, lately])
    await node.school.does(bia, 'drafts.put', { room, body: 'oi', base: 0 });
  await node.school.does(bia, 'drafts.put', { room: cleared, base: 1 });
  for (const room of [left, lately]) await node.school.does(bia, 'members.leave', { room });
  await house.pool.query(
    `UPDATE draft SET at = clock_timestamp() - CASE WHEN room = $2 THEN 29 ELSE 31 END * interval '1 day' WHERE account = $1`,
    [bia.id, lately],
  );
  expect(await purge(house.pool)).toMatchObject({ drafts: 2 });
  const { rows } = await house.pool.query<{ room: string }>('SELECT room FROM draft WHERE account = $1', [bia.id]);
  expect(rows.map(({ room }) => room).toSorted()).toEqual([kept, lately].toSorted());
});

describe('[R35] the own stream', () => {
  const seqsOf = async ({ id }: Person) =>
    (
      await house.pool.query<{ seq: number }>('SELECT seq FROM user_event WHERE account = $1 ORDER BY seq', [id])
    ).rows.map(({ seq }) => seq);
  const age = ({ id }: Person, to: number) =>
    house.pool.query(
      `UPDATE user_event SET at = at - interval '31 days' WHERE account = $1 AND seq <= $2 AND at > clock_timestamp() - interval '30 days'`,
      [id, to],
    );

  test('is forgotten after 30 days but for its newest, which who has heard all is known by', async () => {
    const caio = await node.school.person('Caio');
    for (let nth = 0; nth < 3; nth++) await node.school.room(helena, [caio]);
    const seqs = await seqsOf(caio);
    const head = seqs.at(-1) ?? 0;
    expect(seqs.length).toBeGreaterThan(2);
    await age(caio, seqs[0] ?? 0);
    expect(await purge(house.pool)).toMatchObject({ own: 1 });
    expect(await seqsOf(caio)).toEqual(seqs.slice(1));
    const before = await node.world.memory.streams.userStanding(caio.id, head);
    await age(caio, head);
    expect(await purge(house.pool)).toMatchObject({ own: seqs.length - 2 });
    const standing = await node.world.memory.streams.userStanding(caio.id, head);
    expect(standing).toEqual({ ...before, oldest: head });
    // Who stands below is told to begin anew, who has heard all is not
    const cursor = { epoch: standing.epoch, seq: head, lastId: before.idAtCursor };
    expect(openingOf(cursor, standing, DEFAULT_LIMITS)).toEqual({ kind: 'resume', from: head, gap: null });
    const old = { ...cursor, seq: head - 2, lastId: null };
    expect(openingOf(old, standing, DEFAULT_LIMITS)).toEqual({ kind: 'reset', reason: 'expired' });
  });

  test('keeps what still counts as unread, and all after it, until it is read', async () => {
    const dora = await node.school.person('Dora');
    const room = await node.school.room(helena, [dora]);
    const { seq } = await node.school.say(helena, room, 'oi', { mentions: [dora.id] });
    await node.school.room(helena, [dora]);
    const mentions = async () => (await node.world.memory.rooms.mine(dora.id, room))[0]?.mine.mentions;
    expect(await mentions()).toBe(1);
    const [began = 0, ...rest] = await seqsOf(dora);
    expect(rest).toHaveLength(2);
    await age(dora, began + 2);
    expect(await purge(house.pool)).toMatchObject({ own: 1 });
    expect([await seqsOf(dora), await mentions()]).toEqual([rest, 1]);
    await node.school.does(dora, 'messages.markRead', { room, seq });
    expect(await purge(house.pool)).toMatchObject({ own: 1 });
    expect([await seqsOf(dora), await mentions()]).toEqual([rest.slice(1), 0]);
  });
});

test('[R91] who asked to come in, and was declined or never answered, is forgotten, and links that are over', async () => {
  await house.pool.query(
    `INSERT INTO join_ask (id, name, email, email_folded, language, at, declined_at)
     SELECT gen_random_uuid(), '', n, n, 'pt-BR', clock_timestamp() - asked * interval '1 day', clock_timestamp() - declined * interval '1 day'
     FROM (VALUES ('new', 89, NULL), ('old', 91, NULL), ('declined', 40, 29), ('forgiven', 40, 31)) AS t (n, asked, declined)`,
  );
  await house.pool.query(
    `INSERT INTO join_proof (hash, email, email_folded, expires_at) VALUES ('\\x01', 'a', 'a', clock_timestamp()), ('\\x02', 'b', 'b', clock_timestamp() + interval '1 hour')`,
  );
  await purge(house.pool);
  const { rows } = await house.pool.query('SELECT email FROM join_ask ORDER BY email');
  expect(rows.map(({ email }) => email)).toEqual(['declined', 'new']);
  expect((await house.pool.query('SELECT email FROM join_proof')).rows).toEqual([{ email: 'b' }]);
});
