import { beforeAll, expect, it } from 'vitest';
import type { Person } from '../raw/person.ts';
import { administrator, codeOf, connect, done, enrol, roomOf, say, tryTo } from './school.ts';

let rui: Person;
let sara: Person;
let ana: Person;
let bia: Person;
beforeAll(async () => {
  [rui, sara, ana, bia] = await Promise.all([
    enrol('Rui', 'teacher'),
    enrol('Sara', 'teacher'),
    enrol('Ana'),
    enrol('Bia'),
  ]);
});

const directOf = async (one: Person, other: Person): Promise<string> => {
  const { room } = await done(one, 'rooms.openDirect', { account: other.account });
  return room?.id ?? '';
};
const show = (person: Person, privacy: Readonly<Record<string, boolean>>) =>
  done(person, 'accounts.updateMe', { privacy });

it('[R79] who is invisible is shown to nobody, here or writing, on connections that are open; then again', async () => {
  const room = await roomOf(rui, [sara]);
  const [his, hers] = [await connect(rui), await connect(sara)];
  await hers.socket.subscribe(room);
  const shows = (what: boolean) => {
    const from = hers.socket.frames.length;
    return hers.socket.until(
      (frame) =>
        frame.t === 'presence' &&
        frame.room === room &&
        frame.here?.includes(rui.account) === what &&
        hers.socket.frames.indexOf(frame) >= (what ? 0 : from),
    );
  };
  await shows(true);
  const gone = shows(false);
  await show(rui, { invisible: true });
  await gone;
  expect((await done(sara, 'presence.here', { room })).here).not.toContain(rui.account);
  await done(rui, 'presence.typing', { room });
  // They see others as before
  expect((await done(rui, 'presence.here', { room })).here).toContain(sara.account);
  await show(rui, { invisible: false });
  await shows(true);
  expect(hers.socket.frames.filter(({ t }) => t === 'typing')).toEqual([]);
  his.socket.close();
  hers.socket.close();
});

it('[R83] how far others have read is told to who has the conversation open, and not across a hiding or a block', async () => {
  await roomOf(rui, [sara]);
  const room = await directOf(rui, sara);
  const { socket } = await connect(rui);
  await socket.subscribe(room);
  const { seq } = await say(rui, room, 'leu?');
  await done(sara, 'messages.markRead', { room, seq });
  const told = await socket.until((frame) => frame.t === 'reading');
  expect(told.read).toEqual([{ account: sara.account, seq }]);
  expect(await done(rui, 'presence.reading', { room })).toMatchObject({
    isShown: true,
    read: [{ account: sara.account, seq }],
  });
  await show(sara, { hidesReading: true });
  expect(await done(rui, 'presence.reading', { room })).toMatchObject({ isShown: true, read: [] });
  expect(await done(sara, 'presence.reading', { room })).toEqual({ isShown: false, read: [] });
  await show(sara, { hidesReading: false });
  await done(sara, 'accounts.block', { account: rui.account });
  for (const who of [rui, sara]) expect((await done(who, 'presence.reading', { room })).read, who.name).toEqual([]);
  await done(sara, 'accounts.unblock', { account: rui.account });
  socket.close();
});

it('[R83] nowhere where somebody under age is, nor in rooms, unless the school says so; strangers learn nothing', async () => {
  const room = await roomOf(rui, [sara]);
  await roomOf(ana, [bia]);
  const young = await directOf(ana, bia);
  expect(await done(rui, 'presence.reading', { room })).toEqual({ isShown: false, read: [] });
  expect(await done(ana, 'presence.reading', { room: young })).toEqual({ isShown: false, read: [] });
  for (const who of [administrator, rui])
    expect(codeOf(await tryTo(who, 'presence.reading', { room: young })), who.name).toBe('not-found');
  const { version = 0 } = await done(administrator, 'school.get', {});
  const policies = { receipts: 'small', receiptsWithMinors: true };
  const { version: next = 0 } = await done(administrator, 'school.update', { version, policies });
  try {
    expect((await done(rui, 'presence.reading', { room })).isShown).toBe(true);
    expect((await done(ana, 'presence.reading', { room: young })).isShown).toBe(true);
  } finally {
    await done(administrator, 'school.update', {
      version: next,
      policies: { receipts: 'private', receiptsWithMinors: false },
    });
  }
});
