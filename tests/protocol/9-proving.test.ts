import { expect, it } from 'vitest';
import { Authenticator } from '../raw/authenticator.ts';
import { ask, type Answer } from '../raw/http.ts';
import { type Person, signIn } from '../raw/person.ts';
import * as phone from '../raw/phone.ts';
import { administrator, base, codeOf, connect, done, enrol, origin, tryTo } from './school.ts';

const enter = (person: Person, code?: string, password = person.password): Promise<Answer> =>
  ask(base, 'POST', '/api/sessions', {
    body: { email: person.email, password, keep: 'token', ...(code === undefined ? {} : { code }) },
  });

/** Sets an app up; the code of now is spent. */
const guard = async (person: Person): Promise<{ secret: string; recovery: string }> => {
  const { secret = '' } = await done(person, 'accounts.beginTotp', {});
  const { recoveryCodes } = await done(person, 'accounts.confirmTotp', { code: phone.codeOf(secret) });
  if (!Array.isArray(recoveryCodes)) throw new Error('setting an app up brings recovery codes');
  return { secret, recovery: String(recoveryCodes[0]) };
};

it('[R70] the second factor is asked for beside the right password, and each code is taken once', async () => {
  const ana = await enrol('Ana');
  const other = { ...ana, ...(await signIn(base, ana.email, ana.password)) };
  const { socket } = await connect(other);
  const { secret, recovery } = await guard(ana);
  expect((await socket.end()).code).toBe(4401);
  expect(codeOf(await tryTo(other, 'accounts.me', {}))).toBe('not-signed-in');

  expect(codeOf(await enter(ana, undefined, 'não é esta senha'))).toBe('wrong-credentials');
  expect(codeOf(await enter(ana))).toBe('second-factor-required');
  expect(codeOf(await enter(ana, '000000'))).toBe('wrong-code');
  const code = phone.codeOf(secret, 1);
  expect(codeOf(await enter(ana, code))).toBe('done');
  expect(codeOf(await enter(ana, code))).toBe('wrong-code');
  expect(codeOf(await enter(ana, recovery))).toBe('done');
  expect(codeOf(await enter(ana, recovery))).toBe('wrong-code');
  expect((await done(ana, 'accounts.factors', {})).recoveryCodes).toBe(7);

  for (let i = 0; i < 4; i++) expect(codeOf(await enter(ana, '000000'))).toMatch(/wrong-code|rate-limited/);
  const late = await enter(ana, '000000');
  expect(codeOf(late)).toBe('rate-limited');
  expect(late.body.retryAfterMs).toBeGreaterThan(0);
  await done(ana, 'accounts.removeTotp', {});
  expect(codeOf(await enter(ana))).toBe('done');
});

it('[R71] who proves anew who they are gives what signing in takes, for this session, and has five minutes', async () => {
  const ana = await enrol('Ana');
  const { secret } = await guard(ana);
  const { password } = ana;
  expect(codeOf(await tryTo(ana, 'accounts.stepUp', { password: 'não é esta senha' }))).toBe('wrong-credentials');
  expect(codeOf(await tryTo(ana, 'accounts.stepUp', { password }))).toBe('second-factor-required');
  const { assuredUntil = '' } = await done(ana, 'accounts.stepUp', { password, code: phone.codeOf(secret, 1) });
  expect(Math.abs(Date.parse(assuredUntil) - Date.now() - 300_000)).toBeLessThan(30_000);
  expect(codeOf(await ask(base, 'POST', '/api/sessions/current/proof', { body: { password } }))).toBe('not-signed-in');
  await done(ana, 'accounts.newRecoveryCodes', {});
});

it('[R72] an administrator takes a lost factor away, and the person is signed out', async () => {
  const ana = await enrol('Ana');
  const { socket } = await connect(ana);
  await guard(ana);
  const input = { account: ana.account, reason: 'perdeu o celular' };
  const other = await enrol('Bia');
  expect(codeOf(await tryTo(other, 'accounts.resetFactors', input))).toBe('not-allowed');
  expect(
    codeOf(await tryTo(administrator, 'accounts.resetFactors', { ...input, account: administrator.account })),
  ).toBe('not-allowed');
  await done(administrator, 'accounts.resetFactors', input);
  expect((await socket.end()).code).toBe(4401);
  expect(codeOf(await enter(ana))).toBe('done');
});

const challenge = async (): Promise<string> =>
  (await ask(base, 'POST', '/api/passkeys/challenges', { body: {} })).body.challenge ?? '';
const enterBy = (body: object): Promise<Answer> =>
  ask(base, 'POST', '/api/sessions/passkey', { body: { keep: 'token', ...body } });

it('[R76] a passkey signs in and proves anew, each challenge once, and not from another site or when removed', async () => {
  const ana = await enrol('Ana');
  const key = new Authenticator(origin);
  const { challenge: asked = '' } = await done(ana, 'accounts.beginPasskey', {});
  const made = { challenge: asked, credential: key.create(asked), name: 'Chaveiro' };
  const { id: passkey } = await done(ana, 'accounts.addPasskey', made);
  expect(codeOf(await tryTo(ana, 'accounts.addPasskey', made))).toBe('passkey-refused');

  const first = await challenge();
  const proof = { challenge: first, credential: key.get(first) };
  const entered = await enterBy(proof);
  expect(codeOf(entered)).toBe('done');
  expect(entered.body.me?.id).toBe(ana.account);
  expect(codeOf(await enterBy(proof))).toBe('passkey-refused');
  const other = { ...ana, token: entered.body.token ?? '' };

  // A challenge for adding is none for signing in; another key, and a page that only looks like the school, are nothing here
  const { challenge: adding = '' } = await done(ana, 'accounts.beginPasskey', {});
  expect(codeOf(await enterBy({ challenge: adding, credential: key.get(adding) }))).toBe('passkey-refused');
  const second = await challenge();
  const stranger = new Authenticator(origin).get(second);
  expect(codeOf(await enterBy({ challenge: second, credential: stranger }))).toBe('passkey-refused');
  const fishing = new Authenticator('https://evil.example');
  const third = await challenge();
  expect(
    codeOf(await enterBy({ challenge: third, credential: { ...fishing.get(third), id: key.get(third).id } })),
  ).toBe('passkey-refused');

  const fourth = await challenge();
  const again = { passkey: { challenge: fourth, credential: key.get(fourth) } };
  expect((await done(ana, 'accounts.stepUp', again)).assuredUntil).toBeTruthy();
  const bia = await enrol('Bia');
  const fifth = await challenge();
  const hers = { passkey: { challenge: fifth, credential: key.get(fifth) } };
  expect(codeOf(await tryTo(bia, 'accounts.stepUp', hers))).toBe('passkey-refused');
  expect(codeOf(await tryTo(bia, 'accounts.removePasskey', { passkey }))).toBe('not-found');

  const { socket } = await connect(other);
  await done(ana, 'accounts.removePasskey', { passkey });
  expect((await socket.end()).code).toBe(4401);
  const last = await challenge();
  expect(codeOf(await enterBy({ challenge: last, credential: key.get(last) }))).toBe('passkey-refused');
});

it('[R77] [R78] a school without mail answers who forgot like everybody, and keeps addresses as they are', async () => {
  const ana = await enrol('Ana');
  expect((await ask(base, 'GET', '/api/welcome')).text).toContain('"mail":false');
  for (const email of [ana.email, 'ninguem@school.example']) {
    const answer = await ask(base, 'POST', '/api/links/forgotten', { body: { email } });
    expect([answer.status, answer.text]).toEqual([200, '{}']);
  }
  const body = { email: `nova.${ana.email}` };
  expect(codeOf(await ask(base, 'POST', '/api/me/email', { token: ana.token, body }))).toBe('not-allowed');
  const token = 'x'.repeat(43);
  expect(codeOf(await ask(base, 'POST', '/api/me/email/confirmation', { body: { token } }))).toBe('link-used');
});

it('[R84] a school without a sign-in of its own has no way there, and takes no flow that it did not begin', async () => {
  expect((await ask(base, 'GET', '/api/welcome')).text).toContain('"provider":null');
  expect(codeOf(await ask(base, 'POST', '/api/oidc/flows', { body: {} }))).toBe('not-found');
  const body = { flow: 'x'.repeat(43), returned: '?code=x&state=y' };
  expect(codeOf(await ask(base, 'POST', '/api/sessions/oidc', { body }))).toBe('identity-refused');
});
