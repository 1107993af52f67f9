import { execute, type Mail, type World } from '@recreio/core';
import { type CommandName, type Commands, JOINING, type OutputOf, type School } from '@recreio/protocol';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type AccountsWorld, openAccounts, type SignedIn } from '../../testing/accounts.ts';
import { openPostbox, type Postbox } from '../../../../../tests/raw/postbox.ts';
import { smtpMail } from '../mail/smtp.ts';

let school: AccountsWorld;
let postbox: Postbox;
let world: World;
let mail: Mail & { stop(): Promise<void> };
let rosa: SignedIn;
beforeAll(async () => {
  [school, postbox] = await Promise.all([openAccounts(), openPostbox()]);
  mail = smtpMail({ url: postbox.url, from: 'recreio@escola.example', trouble: () => undefined, pausesMs: [] });
  // Whom `presence` tells is not what this is about
  world = { ...school.world, mail, presence: { ...school.world.presence, school: () => undefined } };
  rosa = await school.somebody({ name: 'Rosa Lima', role: 'administrator', password: 'o gato dorme na janela' });
});
afterAll(async () => {
  await mail.stop();
  await postbox.close();
  await school.close();
});
beforeEach(async () => {
  await school.pool.query('DELETE FROM join_ask');
});

const password = 'a chuva cai no telhado';
const tries = <N extends CommandName>(who: SignedIn | null, name: N, input: unknown, on = world) =>
  execute(on, who?.caller ?? school.stranger, name, input);
const does = async <N extends CommandName>(
  who: SignedIn | null,
  name: N,
  input: unknown,
): Promise<OutputOf<Commands[N]>> => {
  const outcome = await tries(who, name, input);
  if (!outcome.ok) throw new Error(`${name} was refused: ${outcome.problem.code} ${outcome.problem.detail ?? ''}`);
  return outcome.output;
};
const codeOf = async (who: SignedIn | null, name: CommandName, input: unknown, on = world): Promise<string> => {
  const outcome = await tries(who, name, input, on);
  return outcome.ok ? 'done' : outcome.problem.code;
};
const decide = async (policies: Partial<School['policies']>) => {
  const { version } = await does(rosa, 'school.get', {});
  return await does(rosa, 'school.update', { version, policies });
};
const letterTo = (email: string, nth = 0) =>
  vi.waitFor(() => {
    const letter = postbox.letters.filter(({ to }) => to === email)[nth];
    if (!letter) throw new Error(`no letter to ${email} yet`);
    return letter;
  });
const tokenIn = (text: string): string => /#([\w-]{43})/u.exec(text)?.[1] ?? '';
const byDomain = () => decide({ joining: 'domain', joiningDomains: ['escola.example'] });
const byApproval = () => decide({ joining: 'approval' });

it('[R91] a school that has decided nothing lets nobody in, and says so at the door', async () => {
  await decide({ joining: 'closed' });
  expect((await does(null, 'accounts.welcome', {})).joining).toBe('closed');
  expect(await codeOf(null, 'joining.ask', { email: 'eu@escola.example', name: 'Eu' })).toBe('not-allowed');
});

it('[R91] who shows an address at a domain of the school makes an account, a student’s, once', async () => {
  await byDomain();
  expect((await does(null, 'accounts.welcome', {})).joining).toBe('domain');
  const email = 'Nina.Alves@ESCOLA.example';
  await does(null, 'joining.ask', { email, language: 'en' });
  const letter = await letterTo('Nina.Alves@escola.example');
  expect([letter.subject, letter.text.startsWith('Hello.')]).toEqual(['Your account at Escola Aurora', true]);
  expect(letter.text).toContain('https://recreio.escola.example/nova-conta#');
  const token = tokenIn(letter.text);
  expect((await does(null, 'joining.read', { token })).email).toBe(email);
  const enter = (name: string, chosen = password) => ({ token, name, password: chosen, language: 'en' as const });
  // What is refused does not use the link up
  expect(await codeOf(null, 'joining.enter', enter('Nina', '1234567890'))).toBe('weak-password');
  expect(await codeOf(null, 'joining.enter', enter('R\u043Esa Lima'))).toBe('bad-text');
  const all = await Promise.all(Array.from({ length: 20 }, () => codeOf(null, 'joining.enter', enter('Nina Alves'))));
  expect(all.filter((code) => code === 'done')).toHaveLength(1);
  expect(all.filter((code) => code === 'link-used')).toHaveLength(19);
  const { people } = await does(rosa, 'accounts.list', { text: 'nina' });
  expect(people).toMatchObject([{ name: 'Nina Alves', email, role: 'student', minor: true, language: 'en' }]);
  const { me } = await does(null, 'accounts.signIn', { email: email.toLowerCase(), password });
  expect(me.role).toBe('student');
  expect((await does(rosa, 'audit.list', { act: 'joining.enter' })).entries[0]?.target).toBe(people[0]?.id);
});

it('[R91] the answer is alike for everybody; a link goes only to an address at the school that nobody has, and to no alias', async () => {
  await byDomain();
  const ana = await school.somebody({ email: 'ana@escola.example', password });
  const gone = await school.somebody({ email: 'gone@escola.example', password });
  await school.world.transact((memory) => memory.accounts.setDisabled(gone.id, true, 'saiu'));
  const others = [
    gone.email,
    'x@outra.example',
    'x@sub.escola.example',
    'x@escola.example.evil.example',
    'x+2@escola.example',
    'x@e\u017Fcola.example', // folds to the school's, and is another host
    'x@escola.e\u212Aample',
  ];
  const answers = await Promise.all([...others, ana.email].map((email) => tries(null, 'joining.ask', { email })));
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"ok":true,"output":{}}']));
  expect((await letterTo(ana.email)).subject).toBe('Você já tem uma conta em Escola Aurora');
  await mail.stop();
  expect(postbox.letters.filter(({ to }) => /^(?:gone|x)/u.test(to))).toEqual([]);
  mail = smtpMail({ url: postbox.url, from: 'recreio@escola.example', trouble: () => undefined, pausesMs: [] });
  world = { ...world, mail };
});

it('[R91] a link ends when the school decides otherwise, when its address is taken, and with the next one', async () => {
  await byDomain();
  const ask = (email: string) => does(null, 'joining.ask', { email });
  await ask('um@escola.example');
  const first = tokenIn((await letterTo('um@escola.example')).text);
  await ask('um@escola.example');
  const second = tokenIn((await letterTo('um@escola.example', 1)).text);
  expect(await codeOf(null, 'joining.read', { token: first })).toBe('link-used');
  await decide({ joiningDomains: ['outra.example'] });
  expect(await codeOf(null, 'joining.read', { token: second })).toBe('link-used');
  await byDomain();
  expect(await codeOf(null, 'joining.read', { token: second })).toBe('done');
  await school.somebody({ email: 'um@escola.example' });
  expect(await codeOf(null, 'joining.enter', { token: second, name: 'Um', password })).toBe('link-used');
  await school.pool.query(`UPDATE join_proof SET expires_at = clock_timestamp()`);
  expect(await codeOf(null, 'joining.read', { token: second })).toBe('link-used');
});

it('[R91] without mail nobody comes by domain, and a domain there must be', async () => {
  await byDomain();
  const silent = { ...world, mail: null };
  const outcome = await tries(null, 'accounts.welcome', {}, silent);
  expect(outcome.ok && outcome.output.joining).toBe('closed');
  expect(await codeOf(null, 'joining.ask', { email: 'eu@escola.example' }, silent)).toBe('not-allowed');
  const { version } = await does(rosa, 'school.get', {});
  const set = (policies: object) => codeOf(rosa, 'school.update', { version, policies });
  expect(await set({ joiningDomains: [] })).toBe('malformed');
  for (const domain of ['ESCOLA.example', 'escola', 'a@b.example', '*.example', 'a..example', ''])
    expect(await set({ joiningDomains: [domain] }), domain).toBe('malformed');
});

it('[R91] who asks waits for an administrator, who admits them once, under a name of their own or another', async () => {
  await byApproval();
  const words = 'Sou da turma 9º B.\nA professora Helena me conhece. <b>oi</b>';
  await does(null, 'joining.ask', { email: 'tom@fora.example', name: ' Tom  Reis ', words });
  await does(null, 'joining.ask', { email: 'TOM@fora.example', name: 'Outro', words: 'de novo' });
  const { asks } = await does(rosa, 'joining.asks', {});
  expect(asks).toMatchObject([{ name: 'Tom Reis', email: 'tom@fora.example', words, isKnown: false }]);
  const ask = asks[0]?.id;
  const bia = await school.somebody();
  for (const [name, input] of [
    ['joining.asks', {}],
    ['joining.admit', { ask }],
    ['joining.decline', { ask }],
  ] as const)
    expect(await codeOf(bia, name, input), name).toBe('not-allowed');
  expect(await codeOf(rosa, 'joining.admit', { ask, name: 'R\u043Esa Lima' })).toBe('bad-text');
  const all = await Promise.all(
    Array.from({ length: 10 }, () => codeOf(rosa, 'joining.admit', { ask, name: 'Tomás Reis' })),
  );
  expect(all.filter((code) => code === 'done')).toHaveLength(1);
  expect(all.filter((code) => code === 'not-found')).toHaveLength(9);
  const letter = await letterTo('tom@fora.example');
  expect(letter.text).toMatch(/^Olá, Tomás Reis\./u);
  await does(null, 'accounts.redeemLink', { token: tokenIn(letter.text), password });
  const { people } = await does(rosa, 'accounts.list', { text: 'tom@fora' });
  expect(people).toMatchObject([{ name: 'Tomás Reis', role: 'student', minor: true, state: 'active' }]);
  expect((await does(rosa, 'joining.asks', {})).asks).toEqual([]);
});

it('[R91] who is declined is not heard again for a month; who has an account is shown to administrators alone', async () => {
  await byApproval();
  const [ana] = [await school.somebody({ email: 'ana.b@escola.example' })];
  const asking = (email: string) => does(null, 'joining.ask', { email, name: 'Alguém' });
  expect([await asking(ana.email), await asking('zoe@fora.example')]).toEqual([{}, {}]);
  const { asks } = await does(rosa, 'joining.asks', {});
  expect(asks.map(({ isKnown }) => isKnown)).toEqual([true, false]);
  expect(await codeOf(rosa, 'joining.admit', { ask: asks[0]?.id })).toBe('already-taken');
  for (const { id } of asks) await does(rosa, 'joining.decline', { ask: id });
  expect(await codeOf(rosa, 'joining.decline', { ask: asks[1]?.id })).toBe('not-found');
  await asking('zoe@fora.example');
  expect((await does(rosa, 'joining.asks', {})).asks).toEqual([]);
  expect((await school.pool.query('SELECT name, words FROM join_ask')).rows).toEqual([
    { name: '', words: '' },
    { name: '', words: '' },
  ]);
  await school.pool.query(`UPDATE join_ask SET declined_at = declined_at - interval '31 days'`);
  await asking('zoe@fora.example');
  expect((await does(rosa, 'joining.asks', {})).asks).toHaveLength(1);
});

it('[R91] who has asked already writes like who asks first: the time it takes tells nothing', async () => {
  await byApproval();
  const row = async () =>
    (await school.pool.query('SELECT ctid::text AS version, email, at FROM join_ask')).rows as readonly {
      version: string;
      email: string;
      at: string;
    }[];
  const asking = () => does(null, 'joining.ask', { email: 'zoe@fora.example', name: 'Zoé' });
  await asking();
  const [first] = await row();
  await asking();
  const [second, ...more] = await row();
  expect(more).toEqual([]);
  expect(second).toMatchObject({ email: first?.email, at: first?.at });
  expect(second?.version).not.toBe(first?.version);
});

it('[R91] so many wait and no more, and one network asks only so often', async () => {
  await byApproval();
  await school.pool.query(
    `INSERT INTO join_ask (id, name, email, email_folded, language)
     SELECT gen_random_uuid(), 'x', n || '@fora.example', n || '@fora.example', 'pt-BR' FROM generate_series(1, $1::int) n`,
    [JOINING.openMost],
  );
  expect(await codeOf(null, 'joining.ask', { email: 'mais@fora.example', name: 'Mais' })).toBe('too-many');
  const slow = { ...world, quota: (quota: string) => (quota === 'knock' ? 5000 : null) };
  const outcome = await tries(null, 'joining.ask', { email: 'mais@fora.example', name: 'Mais' }, slow);
  expect(outcome).toMatchObject({ ok: false, problem: { code: 'rate-limited', retryAfterMs: 5000 } });
  for (const [input, code] of [
    [{ email: 'nada', name: 'Eu' }, 'bad-text'],
    [{ email: 'eu@fora.example' }, 'bad-text'],
    [{ email: 'eu@fora.example', name: '\u202E' }, 'bad-text'],
    [{ email: 'eu@fora.example', name: 'Eu', words: 'x'.repeat(501) }, 'malformed'],
    [{ email: 'eu@fora.example', name: 'Eu', role: 'administrator' }, 'malformed'],
  ] as const)
    expect(await codeOf(null, 'joining.ask', input), JSON.stringify(input)).toBe(code);
});
