import { beforeAll, expect, it } from 'vitest';
import type { Person } from '../raw/person.ts';
import { codeOf, connect, done, enrol, roomOf, tryTo } from './school.ts';

let rui: Person;
let ana: Person;
beforeAll(async () => {
  [rui, ana] = await Promise.all([enrol('Rui', 'teacher'), enrol('Ana')]);
  await roomOf(rui, [ana]);
});

const profileOf = async (who: Person, of: Person) =>
  (await done(who, 'accounts.profiles', { ids: [of.account] })).profiles?.[0];

it('[R90] pronouns are cleaned like a name, shown to whoever is shown the name, and can be taken away', async () => {
  const before = await profileOf(rui, ana);
  expect(before?.pronouns).toBeUndefined();
  await done(ana, 'accounts.updateMe', { pronouns: '  ela /  dela ' });
  const after = await profileOf(rui, ana);
  expect(after).toMatchObject({ pronouns: 'ela / dela', version: (before?.version ?? 0) + 1 });
  // The same again is no news
  await done(ana, 'accounts.updateMe', { pronouns: 'ela / dela' });
  expect(await profileOf(rui, ana)).toEqual(after);
  for (const pronouns of ['x'.repeat(31), ''])
    expect(codeOf(await tryTo(ana, 'accounts.updateMe', { pronouns })), pronouns).toBe('malformed');
  for (const pronouns of ['\u202Eele', ' \u200B ', 'Professora', 'a/рrоfеssоr', 'ADMINISTRAÇÃO', 'sou m0nitora'])
    expect(codeOf(await tryTo(ana, 'accounts.updateMe', { pronouns })), pronouns).toBe('bad-text');
  expect(await profileOf(rui, ana)).toEqual(after);
  await done(ana, 'accounts.updateMe', { pronouns: null });
  expect((await profileOf(rui, ana))?.pronouns).toBeUndefined();
});

it('[R90] the time zone is one that there is, on every device of its person and for nobody else', async () => {
  const { socket } = await connect(ana);
  expect((await done(ana, 'accounts.me', {})).timeZone).toBeNull();
  await done(ana, 'accounts.updateMe', { timeZone: 'america/sao_paulo' });
  const { me } = await socket.until((frame) => frame.t === 'me');
  expect(me).toMatchObject({ id: ana.account, timeZone: 'America/Sao_Paulo' });
  for (const [timeZone, code] of [
    ['Lua/Mar_da_Tranquilidade', 'bad-text'],
    ['-03:00', 'malformed'],
    ['../../etc/passwd', 'malformed'],
  ])
    expect(codeOf(await tryTo(ana, 'accounts.updateMe', { timeZone })), timeZone).toBe(code);
  expect((await done(ana, 'accounts.me', {})).timeZone).toBe('America/Sao_Paulo');
  expect(JSON.stringify(await profileOf(rui, ana))).not.toContain('Paulo');
  await done(ana, 'accounts.updateMe', { timeZone: null });
  expect((await done(ana, 'accounts.me', {})).timeZone).toBeNull();
  socket.close();
});
