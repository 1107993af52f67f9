import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person, School } from '@recreio/core/testing/world.ts';
import { openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

let house: Schoolhouse;
let here: School;
let there: School;
let helena: Person;
let ana: Person;
let bruno: Person;

beforeAll(async () => {
  house = await openSchoolhouse();
  here = (await house.node()).school;
  there = (await house.node()).school;
  helena = await here.person('Helena', { role: 'teacher' });
  ana = await here.person('Ana');
  bruno = await here.person('Bruno');
});
afterAll(() => house.close());

const head = async (room: string): Promise<number> => (await here.log(helena, room)).head;

describe('sending again', () => {
  test('[D12] the same id and payload give the same place, from another device and another node', async () => {
    const room = await here.room(helena, [ana]);
    const said = { room, clientId: here.intention(), body: 'Oi, gente' };
    const first = await here.does(ana, 'messages.send', said);
    expect(first.duplicate).toBeUndefined();
    const phone = await here.device(ana);
    for (const [node, who] of [
      [here, ana],
      [here, phone],
      [there, phone],
    ] as const) {
      expect(await node.does(who, 'messages.send', said)).toEqual({ ...first, duplicate: true });
    }
    expect(await head(room)).toBe(first.seq);
  });

  test('[D12] the same id sent forty times at once over two nodes is one message', async () => {
    const room = await here.room(helena, [ana]);
    const before = await head(room);
    const said = { room, clientId: here.intention(), body: 'uma vez só' };
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => (i % 2 ? here : there).does(ana, 'messages.send', said)),
    );
    expect(new Set(answers.map(({ id, seq }) => `${id} ${seq}`)).size).toBe(1);
    expect(answers.filter(({ duplicate }) => duplicate === undefined)).toHaveLength(1);
    expect(await head(room)).toBe(before + 1);
  });

  test.each([
    ['body', { body: 'outra coisa' }],
    ['mentions', { mentions: [randomUUID()] }],
    ['replyTo', { replyTo: randomUUID() }],
  ])('[D12] the same id with another payload (%s) is a conflict, and nothing is written', async (_, change) => {
    const room = await here.room(helena, [ana]);
    const said = { room, clientId: here.intention(), body: 'Oi' };
    await here.does(ana, 'messages.send', said);
    const before = await here.log(helena, room);
    expect((await there.refuses(ana, 'messages.send', { ...said, ...change })).code).toBe('idempotency-conflict');
    expect(await here.log(helena, room)).toEqual(before);
  });

  test('[D12] the same id with another payload is a conflict within one flush, too', async () => {
    const room = await here.room(helena, [ana]);
    const said = { room, clientId: here.intention(), body: 'Oi' };
    const [, one, other] = await Promise.all([
      here.does(helena, 'members.join', { room }), // flies alone; the next two share a flush
      here.tries(ana, 'messages.send', said),
      here.tries(ana, 'messages.send', { ...said, body: 'Tchau' }),
    ]);
    expect(one.ok).toBe(true);
    expect(other.ok ? null : other.problem.code).toBe('idempotency-conflict');
  });

  test('[D11] an id belongs to a room and an author: others may use the same', async () => {
    const [one, other] = [await here.room(helena, [ana, bruno]), await here.room(helena, [ana])];
    const clientId = here.intention();
    const sent = [
      await here.does(ana, 'messages.send', { room: one, clientId, body: 'a' }),
      await here.does(bruno, 'messages.send', { room: one, clientId, body: 'b' }),
      await here.does(ana, 'messages.send', { room: other, clientId, body: 'c' }),
    ];
    expect(sent.map(({ duplicate }) => duplicate)).toEqual([undefined, undefined, undefined]);
  });

  test('[R41] a repeat is answered although the sender has been silenced and then removed since', async () => {
    const room = await here.room(helena, [ana]);
    const said = { room, clientId: here.intention(), body: 'antes' };
    const first = await here.does(ana, 'messages.send', said);
    await here.tend(helena, 'members.mute', room, ana.id);
    expect((await here.refuses(ana, 'messages.send', { ...said, clientId: here.intention() })).code).toBe('muted');
    expect(await there.does(ana, 'messages.send', said)).toEqual({ ...first, duplicate: true });
    await here.tend(helena, 'members.remove', room, ana.id);
    expect(await there.does(ana, 'messages.send', said)).toEqual({ ...first, duplicate: true });
  });

  test('[D12] a repeat that comes in one flush with the removal says so, too', async () => {
    const room = await here.room(helena, [ana]);
    const said = { room, clientId: here.intention(), body: 'apagada' };
    const { id } = await here.does(ana, 'messages.send', said);
    // The first is in flight alone; the others make up the next flush
    const [, , again] = await Promise.all([
      here.say(helena, room, 'antes'),
      here.does(ana, 'messages.remove', { room, message: id, clientId: here.intention() }),
      here.does(ana, 'messages.send', said),
    ]);
    expect(again).toMatchObject({ id, duplicate: true, removed: true });
  });

  test('[R41] a repeat of a message that was removed says so, whatever its payload, for that went with the body', async () => {
    const room = await here.room(helena, [ana]);
    const said = { room, clientId: here.intention(), body: 'apagar' };
    const { id, seq, ...rest } = await here.does(ana, 'messages.send', said);
    await here.does(ana, 'messages.remove', { room, message: id, clientId: here.intention() });
    const { rows } = await house.pool.query('SELECT payload_mac, ct FROM message WHERE id = $1', [id]);
    expect(rows).toEqual([{ payload_mac: null, ct: null }]);
    for (const body of ['apagar', 'outra']) {
      expect(await there.does(ana, 'messages.send', { ...said, body })).toEqual({
        id,
        seq,
        ...rest,
        duplicate: true,
        removed: true,
      });
    }
  });

  test('[D12] the table holds no plain hash of what was said: equal words under two ids have unlike marks', async () => {
    const room = await here.room(helena, [ana]);
    await here.say(ana, room, 'sim');
    await here.say(ana, room, 'sim');
    const { rows } = await house.pool.query<{ mac: string }>(
      "SELECT encode(payload_mac, 'hex') AS mac FROM message WHERE room = $1",
      [room],
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]?.mac).not.toBe(rows[1]?.mac);
  });
});

describe('other commands again', () => {
  test('[D11] an edit repeated gives its one result, also after a later edit; another payload is a conflict', async () => {
    const room = await here.room(helena, [ana]);
    const { id } = await here.say(ana, room, 'um');
    const edit = { room, message: id, clientId: here.intention(), body: 'dois' };
    const first = await here.does(ana, 'messages.edit', edit);
    await here.does(ana, 'messages.edit', { ...edit, clientId: here.intention(), body: 'três' });
    const before = await head(room);
    expect(await there.does(ana, 'messages.edit', edit)).toEqual({ ...first, duplicate: true });
    expect((await there.refuses(ana, 'messages.edit', { ...edit, body: 'quatro' })).code).toBe('idempotency-conflict');
    expect((await there.refuses(ana, 'messages.remove', { room, message: id, clientId: edit.clientId })).code).toBe(
      'idempotency-conflict',
    );
    expect(await head(room)).toBe(before);
  });

  test('[D12] what tells an edit from another goes with the body, in the same flush as well', async () => {
    const room = await here.room(helena, [ana]);
    const { id } = await here.say(ana, room, 'um');
    const edit = { room, message: id, clientId: here.intention(), body: 'segredo' };
    await Promise.all([
      here.does(helena, 'members.join', { room }), // flies alone; the next two share a flush
      here.does(ana, 'messages.edit', edit),
      here.does(ana, 'messages.remove', { room, message: id, clientId: here.intention() }),
    ]);
    const { rows } = await house.pool.query(
      'SELECT payload_mac FROM done_command WHERE actor = $1 AND client_id = $2',
      [ana.id, edit.clientId],
    );
    expect(rows).toEqual([{ payload_mac: null }]);
  });

  test('[D11] one id for two rooms at once on two nodes is done in one and a conflict in the other', async () => {
    const [one, other] = [await here.room(helena, [ana]), await here.room(helena, [ana])];
    const clientId = here.intention();
    const mute = (room: string) => ({ room, account: ana.id, reason: 'pausa', clientId });
    const answers = await Promise.all([
      here.tries(helena, 'members.mute', mute(one)),
      there.tries(helena, 'members.mute', mute(other)),
    ]);
    expect(answers.map((answer) => (answer.ok ? 'done' : answer.problem.code)).sort()).toEqual([
      'done',
      'idempotency-conflict',
    ]);
  });

  test('[R47] what changes nothing writes nothing, and the answer carries the head', async () => {
    const room = await here.room(helena, [ana, bruno], { access: 'open' });
    const { id } = await here.say(ana, room, 'Oi');
    await here.does(bruno, 'messages.react', { room, message: id, emoji: '👍' });
    await here.tend(helena, 'members.mute', room, bruno.id);
    const seq = await head(room);
    await here.tend(helena, 'members.unmute', room, bruno.id);
    const now = await head(room);
    expect(now).toBe(seq + 1);
    const repeats = [
      await here.does(bruno, 'messages.react', { room, message: id, emoji: '👍' }),
      await here.does(bruno, 'messages.unreact', { room, message: id, emoji: '🎉' }),
      await here.does(bruno, 'members.join', { room }),
      await here.tend(helena, 'members.add', room, bruno.id),
      await here.tend(helena, 'members.unmute', room, bruno.id),
      await here.does(helena, 'members.setRole', {
        room,
        account: bruno.id,
        role: 'member',
        clientId: here.intention(),
      }),
      await here.does(helena, 'rooms.update', { room, title: 'Clube de leitura', clientId: here.intention() }),
    ];
    expect(repeats).toEqual(repeats.map(() => ({ seq: now })));
    expect(await head(room)).toBe(now);
  });
});
