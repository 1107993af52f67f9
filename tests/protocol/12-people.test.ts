import { beforeAll, expect, it } from 'vitest';
import { ask } from '../raw/http.ts';
import { type Person, tokenOf } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import { administrator, base, codeOf, connect, done, enrol, roomOf, tryTo } from './school.ts';

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

const decide = async (policies: Readonly<Record<string, unknown>>): Promise<void> => {
  const { version } = await done(administrator, 'school.get', {});
  await done(administrator, 'school.update', { version, policies });
};
const knock = (email: string, name = 'Vera') => ask(base, 'POST', '/api/joining', { body: { email, name } });

it('[R91] nobody comes uninvited unless the school says so, nor by an address where it sends no mail', async () => {
  expect((await ask(base, 'GET', '/api/welcome')).body.joining).toBe('closed');
  expect(codeOf(await knock('vera@fora.example'))).toBe('not-allowed');
  await decide({ joining: 'domain', joiningDomains: ['school.example'] });
  expect((await ask(base, 'GET', '/api/welcome')).body.joining).toBe('closed');
  expect(codeOf(await knock('vera@school.example'))).toBe('not-allowed');
  const invented = { token: 'x'.repeat(43), name: 'Vera', password: 'um recreio bem longo 42' };
  expect(codeOf(await ask(base, 'POST', '/api/joining/accounts', { body: invented }))).toBe('link-used');
  await decide({ joining: 'closed', joiningDomains: [] });
});

it('[R91] who asks is admitted once by an administrator; strangers learn nothing, and pages of others send nothing', async () => {
  await decide({ joining: 'approval' });
  try {
    expect((await ask(base, 'GET', '/api/welcome')).body.joining).toBe('approval');
    const email = `vera.${uuidv7()}@fora.example`;
    const asked = await Promise.all([knock(email), knock(email), knock(ana.email), knock(email.toUpperCase())]);
    expect(asked.map(({ status, text }) => [status, text])).toEqual(asked.map(() => [200, '{}']));
    const body = JSON.stringify({ email: `x.${email}`, name: 'x' });
    const forged = [
      await ask(base, 'POST', '/api/joining', { body, type: 'text/plain' }),
      await ask(base, 'POST', '/api/joining', { body, origin: 'http://evil.example' }),
      await ask(base, 'POST', '/api/joining', { body, headers: { 'sec-fetch-site': 'cross-site' } }),
    ];
    expect(forged.map(codeOf)).toEqual(['unsupported-media-type', 'not-allowed-origin', 'not-allowed-origin']);
    for (const name of ['joining.asks', 'joining.admit', 'joining.decline'])
      expect(codeOf(await tryTo(ana, name, name === 'joining.asks' ? {} : { ask: uuidv7() })), name).toBe(
        'not-allowed',
      );
    const { asks: listed = [] } = await done(administrator, 'joining.asks', {});
    // They knocked at once: whoever was first
    const asks = listed.toSorted((one, other) => Number(one.isKnown) - Number(other.isKnown));
    // Of the four that knock at once the first says how the address is written
    expect(asks.map((one) => [one.email.toLowerCase(), one.isKnown])).toEqual([
      [email, false],
      [ana.email, true],
    ]);
    const [vera, known] = asks;
    await done(administrator, 'joining.decline', { ask: known?.id });
    const answers = await Promise.all([1, 2, 3].map(() => tryTo(administrator, 'joining.admit', { ask: vera?.id })));
    expect(answers.map(codeOf).sort()).toEqual(['done', 'not-found', 'not-found']);
    const { link, account } = answers.find(({ status }) => status === 200)?.body ?? {};
    const redeemed = { token: tokenOf(link?.url ?? ''), password: 'um recreio bem longo 42' };
    expect(codeOf(await ask(base, 'POST', '/api/links/redeem', { body: redeemed }))).toBe('done');
    const { entries = [] } = await done(administrator, 'audit.list', { act: 'joining.admit', limit: 1 });
    expect(entries[0]).toMatchObject({ actor: { id: administrator.account }, target: account?.id });
  } finally {
    await decide({ joining: 'closed' });
  }
});

it('[R92] an administrator gives a person another address: the old one signs in no more, the session stays, links end', async () => {
  const bia = await enrol('Bia');
  const email = `nova.${bia.email}`;
  const { url = '' } = await done(administrator, 'accounts.resetLink', { account: bia.account });
  expect(codeOf(await tryTo(bia, 'accounts.update', { account: bia.account, email }))).toBe('not-allowed');
  for (const [taken, code] of [
    [ana.email.toUpperCase(), 'already-taken'],
    ['nada', 'bad-text'],
  ])
    expect(codeOf(await tryTo(administrator, 'accounts.update', { account: bia.account, email: taken }))).toBe(code);
  expect(codeOf(await tryTo(administrator, 'accounts.update', { account: uuidv7(), email }))).toBe('not-found');
  await done(administrator, 'accounts.update', { account: bia.account, email });
  expect((await done(bia, 'accounts.me', {})).email).toBe(email);
  expect(codeOf(await ask(base, 'POST', '/api/links/read', { body: { token: tokenOf(url) } }))).toBe('link-used');
  const enter = (address: string) =>
    ask(base, 'POST', '/api/sessions', { body: { email: address, password: bia.password } });
  expect([codeOf(await enter(bia.email)), codeOf(await enter(email))]).toEqual(['wrong-credentials', 'done']);
  const { entries = [] } = await done(administrator, 'audit.list', { act: 'accounts.update', limit: 1 });
  expect(entries[0]).toMatchObject({
    actor: { id: administrator.account },
    detail: { email: 'changed' },
  });
  expect(JSON.stringify(entries[0])).not.toContain(bia.email);
});

it('[R92] people are found by how their account stands, each in one state', async () => {
  const name = `Fulano ${uuidv7()}`;
  const [here, gone] = [await enrol(name), await enrol(name)];
  const { account: never } = await done(administrator, 'accounts.invite', {
    clientId: uuidv7(),
    name,
    email: `p.${uuidv7()}@school.example`,
    role: 'student',
  });
  await done(here, 'accounts.me', {});
  await done(administrator, 'accounts.disable', { account: gone.account, reason: 'saiu' });
  for (const [state, id] of [
    ['active', here.account],
    ['disabled', gone.account],
    ['never-seen', never?.id],
  ]) {
    const { people = [] } = await done(administrator, 'accounts.list', { text: name, state });
    expect(
      people.map((one) => one.id),
      state,
    ).toEqual([id]);
  }
  const { people } = await done(administrator, 'accounts.list', { text: name, course: uuidv7() });
  expect(people).toEqual([]);
});
