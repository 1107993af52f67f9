/** What devices show, on real SQL and to a real push service: what takes it away, what brings it back, and the number beside it. */
import { takeAway } from '@recreio/core/testing/turns.ts';
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

const mention = (room: string, body?: string) => calling.mention(ana, room, body);
const room = (title: string) => school.room(helena, [ana], { title });
/** Looked through and sent; what has come to Ana's browser since the last time. */
let seen = 0;
beforeEach(() => {
  seen = 0;
});
const news = () => {
  const notes = browser.pushed.slice(seen).map(({ note }) => note);
  seen = browser.pushed.length;
  return notes;
};
const pushed = async () => {
  await calling.look();
  await calling.send();
  expect(calling.troubles).toEqual([]);
  return news();
};
const read = (where: string, seq: number) => school.does(ana, 'messages.markRead', { room: where, seq });
const tellAway = async (more?: Parameters<CallingSchool['away']>[1]) => {
  await calling.away(ana, more);
  expect(calling.troubles).toEqual([]);
  return news();
};

describe('[R110] a device is called for what was said since it is there', () => {
  test('not for what a room’s log has from before, however it came to be looked through', async () => {
    const old = await room('Antiga');
    await mention(old);
    // As before anybody had a device: the log was looked through in part, or not at all
    await calling.house.pool.query('DELETE FROM push_room');
    await calling.house.pool.query('DELETE FROM push_service');
    await school.does(ana, 'push.subscribe', calling.service.browser().subscription);
    await calling.house.pool.query('DELETE FROM push_device');
    await school.does(ana, 'push.subscribe', browser.subscription);
    await school.does(ana, 'push.key', {});
    expect(await pushed()).toEqual([]);
    await mention(old);
    expect((await pushed()).map(({ body }) => body)).toEqual(['Mencionaram você']);
  });

  test('where the browser is given another address, what waits for the device goes on waiting', async () => {
    await mention(await room('Frações'));
    await calling.look();
    const next = calling.service.browser();
    const before = (await school.does(ana, 'push.devices', {})).devices;
    await school.does(ana, 'push.subscribe', next.subscription);
    expect((await school.does(ana, 'push.devices', {})).devices.map(({ id }) => id)).toEqual(
      before.map(({ id }) => id),
    );
    await calling.send();
    expect([browser.pushed.length, next.pushed.length]).toEqual([0, 1]);
  });
});

describe('[R111] what calls is found wherever it stands', () => {
  test('also where the newest call was removed, and more was merely said since than anybody counts', async () => {
    const one = await room('Frações');
    const { seq } = await mention(one);
    await Promise.all(Array.from({ length: 110 }, () => school.say(helena, one, 'e mais')));
    const { id } = await mention(one);
    await calling.look();
    await school.does(helena, 'messages.remove', { room: one, message: id, clientId: school.intention() });
    expect((await pushed()).map((note) => note['seq'])).toEqual([seq]);
  });

  test('what has to be read calls from when it is asked for, further back than what was said since; not who asks', async () => {
    const { director, service } = calling;
    const office = service.browser();
    await school.does(director, 'push.subscribe', office.subscription);
    const one = await school.room(helena, [ana, director], { title: 'Frações' });
    const { id, seq } = await school.say(helena, one, 'tragam o livro');
    await mention(one);
    expect(await pushed()).toHaveLength(1);
    await read(one, seq + 1);
    await school.does(director, 'notices.require', { room: one, message: id });
    expect(await pushed()).toEqual([expect.objectContaining({ seq, body: 'Para ler e confirmar', calls: 1 })]);
    await school.does(ana, 'notices.confirm', { room: one, message: id, editNo: 0 });
    expect((await tellAway()).map(({ body }) => body)).toEqual(['Nada de novo aqui']);
    expect(office.pushed).toEqual([]);
  });
});

describe('[R112] what a device shows goes when nothing calls there any more', () => {
  test('a push that failed did not tell of it: the next one does', async () => {
    const one = await room('Frações');
    const { seq } = await mention(one);
    expect(await pushed()).toHaveLength(1);
    await read(one, seq);
    const two = await room('Raízes');
    await mention(two);
    browser.answer(503);
    expect(await pushed()).toEqual([]);
    expect((await pushed()).map(({ tag, read: gone }) => [tag, gone])).toEqual([[`sala:${two}`, [`sala:${one}`]]]);
  });

  test('not because the newest of several was removed', async () => {
    const one = await room('Frações');
    await mention(one);
    const { id } = await mention(one);
    expect(await pushed()).toHaveLength(1);
    await school.does(helena, 'messages.remove', { room: one, message: id, clientId: school.intention() });
    await mention(await room('Raízes'));
    expect((await pushed()).map(({ read: gone }) => gone)).toEqual([[]]);
  });

  test('who reads on one device has the others told, without a sound: what still waits is said again, the last one says so', async () => {
    const [one, two] = [await room('Frações'), await room('Raízes')];
    const [first, second] = [await mention(one), await mention(two)];
    expect(await pushed()).toHaveLength(2);
    expect(await tellAway()).toEqual([]);

    await read(one, first.seq);
    const [goes] = await tellAway();
    expect(goes).toMatchObject({
      tag: `sala:${two}`,
      body: 'Mencionaram você',
      read: [`sala:${one}`],
      quiet: true,
      calls: 1,
    });
    expect(browser.pushed.at(-1)?.headers['urgency']).toBe('normal');
    expect(await tellAway()).toEqual([]);

    await read(two, second.seq);
    const [last] = await tellAway();
    expect(last).toMatchObject({
      tag: `sala:${two}`,
      title: 'Raízes',
      body: 'Nada de novo aqui',
      read: [],
      quiet: true,
      calls: 0,
    });
    expect(await tellAway()).toEqual([]);

    // It stands there until something else comes
    await mention(one);
    expect(await pushed()).toEqual([expect.objectContaining({ tag: `sala:${one}`, read: [`sala:${two}`], calls: 1 })]);
    // What takes away does not stand in the queue of the service in the place of what calls
    expect(new Set(browser.pushed.map(({ headers }) => headers['topic'])).size).toBe(3);
  });

  test('also what was read while more of it waited to be pushed: who was told of the first is told when nothing comes of the second', async () => {
    const one = await room('Frações');
    await mention(one);
    expect(await pushed()).toHaveLength(1);
    const { seq } = await mention(one);
    await calling.look();
    await read(one, seq);
    // It waits half a minute for its turn: nobody knows yet what comes of it
    expect(await tellAway()).toEqual([]);
    expect(calling.readers).toEqual([]);
    await calling.send();
    expect(calling.readers).toEqual([ana.id]);
    expect(await tellAway()).toEqual([
      expect.objectContaining({ tag: `sala:${one}`, seq, body: 'Nada de novo aqui', quiet: true }),
    ]);
    // Once it says so, it is not told of each that is read in time
    const { seq: next } = await mention(one);
    await calling.look();
    await read(one, next);
    expect(await pushed()).toEqual([]);
    expect(await tellAway()).toEqual([]);
    const { seq: unread } = await mention(one);
    expect(await pushed()).toEqual([expect.objectContaining({ seq: unread, calls: 1 })]);
    await read(one, unread);
    expect(await tellAway()).toEqual([expect.objectContaining({ seq: unread, body: 'Nada de novo aqui' })]);
  });

  test('nobody is told of what was read before any of it was pushed', async () => {
    const one = await room('Frações');
    const { seq } = await mention(one);
    await calling.look();
    await read(one, seq);
    expect(await pushed()).toEqual([]);
    expect(calling.outcomes).toEqual(['done']);
    expect(calling.readers).toEqual([]);
  });

  test('not what is unread, because what came after it could not be pushed', async () => {
    const one = await room('Frações');
    await mention(one);
    expect(await pushed()).toHaveLength(1);
    await mention(one);
    await calling.look();
    browser.answer(400);
    await calling.send();
    expect(calling.outcomes).toEqual(['sent', 'refused']);
    calling.troubles.length = 0;
    expect(news()).toEqual([]);
    await mention(await room('Raízes'));
    expect((await pushed()).map(({ read: gone }) => gone)).toEqual([[]]);
  });

  test('a page that is open does it itself; a session that is over is told nothing; what fails waits for the next push', async () => {
    const one = await room('Frações');
    const { seq } = await mention(one);
    expect(await pushed()).toHaveLength(1);
    await read(one, seq);
    const session = ana.caller.actor?.session;
    expect(await tellAway({ isOpen: (account, of) => account === ana.id && of === session })).toEqual([]);
    browser.answer(500);
    expect(await tellAway()).toEqual([]);
    expect((await tellAway()).map(({ body }) => body)).toEqual(['Nada de novo aqui']);
    await school.does(ana, 'accounts.signOut', {});
    await calling.house.pool.query('UPDATE push_note SET over_at = NULL');
    expect(await tellAway()).toEqual([]);
  });

  test('in calm nothing is told, for a worker of the release before would make a sound; when it is over it is', async () => {
    const one = await room('Frações');
    const { seq } = await mention(one);
    expect(await pushed()).toHaveLength(1);
    await school.does(ana, 'notifications.setCalm', { doNotDisturb: { seconds: null } });
    await read(one, seq);
    expect(await tellAway()).toEqual([]);
    await school.does(ana, 'notifications.setCalm', { doNotDisturb: null });
    expect((await tellAway()).map(({ body }) => body)).toEqual(['Nada de novo aqui']);
  });

  test('many who read are looked up together, what one device shows in one statement, and who has none costs nothing', async () => {
    const rooms = await Promise.all(['Frações', 'Raízes', 'Potências'].map(room));
    for (const each of rooms) await mention(each);
    expect(await pushed()).toHaveLength(3);
    await read(rooms[0] ?? '', 99);
    const { memory } = calling.node.world;
    const asked: string[] = [];
    const counted =
      <Q extends unknown[], A>(name: string, ask: (...question: Q) => Promise<A>) =>
      (...question: Q): Promise<A> => {
        asked.push(name);
        return ask(...question);
      };
    const school_ = { ...memory.school, read: counted('school', memory.school.read) };
    const push = {
      ...memory.push,
      shown: counted('shown', memory.push.shown),
      heard: counted('heard', memory.push.heard),
    };
    const parts = calling.partsOf(calling.node);
    const world = { ...parts.world, memory: { ...memory, school: school_, push } };
    const others = await Promise.all(Array.from({ length: 20 }, (_, nth) => school.person(`Aluna ${nth}`)));
    await takeAway(
      { ...parts, world },
      others.map(({ id }) => id),
    );
    expect(asked).toEqual(['school', 'shown']);
    await takeAway(
      { ...parts, world },
      [...others, ana].map(({ id }) => id),
    );
    expect(asked).toEqual(['school', 'shown', 'school', 'shown', 'heard']);
    expect(news()).toHaveLength(1);
  });

  test('what is noted while it is being sent is sent after it, wherever in the log it stands', async () => {
    const one = await room('Frações');
    const { id, seq } = await mention(one);
    await calling.look();
    await calling.due();
    const { push } = calling.node.world.memory;
    const [taken] = await calling.take(calling.node);
    expect(taken).toMatchObject({ room: one, from: seq, to: seq });
    await push.note([{ account: ana.id, room: one, thread: null, urgent: null, from: seq, to: seq, inSeconds: 0 }]);
    if (taken) await push.settle(taken, 'done');
    expect([id.length, await calling.waiting()]).toEqual([36, 1]);
    expect(await pushed()).toHaveLength(1);
  });
});

test('[R111] the number on the app is the one in the title: rooms, threads, and what has to be read', async () => {
  const [one, hushed] = [await room('Frações'), await room('Raízes')];
  await school.does(ana, 'notifications.setRoom', { room: hushed, hush: { seconds: null } });
  for (const where of [one, hushed]) {
    const root = await school.say(ana, where, 'como se soma?');
    await school.say(helena, where, 'assim', { thread: root.id });
    await mention(where);
  }
  const notice = await school.say(helena, hushed, 'tragam o livro');
  await school.does(helena, 'notices.require', { room: hushed, message: notice.id });
  // A mention and a reply in the one, of the other what has to be read alone
  expect((await pushed()).map(({ calls }) => calls)).toEqual([3, 3]);
});
