import { execute, type Mail, type World } from '@recreio/core';
import type { CommandName, Commands, OutputOf } from '@recreio/protocol';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type AccountsWorld, openAccounts, type SignedIn } from '../../../testing/accounts.ts';
import { openPostbox, type Postbox } from '../../../../../../tests/raw/postbox.ts';
import { smtpMail } from '../../mail/smtp.ts';

let school: AccountsWorld;
let postbox: Postbox;
let world: World;
let mail: Mail & { stop(): Promise<void> };
const faults: unknown[] = [];
beforeAll(async () => {
  [school, postbox] = await Promise.all([openAccounts(), openPostbox()]);
  mail = smtpMail({
    url: postbox.url,
    from: 'Escola Aurora <recreio@escola.example>',
    trouble: (error) => faults.push(error),
    pausesMs: [1, 1],
  });
  world = { ...school.world, mail };
});
afterAll(async () => {
  await mail.stop();
  await postbox.close();
  await school.close();
});

const password = 'a chuva cai no telhado';
const tries = <N extends CommandName>(who: SignedIn | null, name: N, input: unknown) =>
  execute(world, who?.caller ?? school.stranger, name, input);
const does = async <N extends CommandName>(
  who: SignedIn | null,
  name: N,
  input: unknown,
): Promise<OutputOf<Commands[N]>> => {
  const outcome = await tries(who, name, input);
  if (!outcome.ok) throw new Error(`${name} was refused: ${outcome.problem.code}`);
  return outcome.output;
};
const codeOf = async (who: SignedIn | null, name: CommandName, input: unknown): Promise<string> => {
  const outcome = await tries(who, name, input);
  return outcome.ok ? 'done' : outcome.problem.code;
};
const letterTo = (email: string, nth = 0) =>
  vi.waitFor(() => {
    const letter = postbox.letters.filter(({ to }) => to === email)[nth];
    if (!letter) throw new Error(`no letter to ${email} yet`);
    return letter;
  });
const tokenIn = (text: string): string => /#([\w-]{43})/u.exec(text)?.[1] ?? '';

it('[R77] a forgotten password is chosen anew by the link that was mailed, once; every session ends', async () => {
  const ana = await school.somebody({ password });
  await does(null, 'accounts.forgotPassword', { email: ` ${ana.email.toUpperCase()}` });
  const letter = await letterTo(ana.email);
  expect(letter.subject).toBe('Uma senha nova para Escola Aurora');
  expect(letter.text).toContain('https://recreio.escola.example/convite#');
  const token = tokenIn(letter.text);
  const { rows } = await school.pool.query(
    'SELECT extract(epoch FROM expires_at - created_at)::int AS seconds FROM one_time_link WHERE account = $1',
    [ana.id],
  );
  expect(rows).toEqual([{ seconds: 3600 }]);
  const input = { token, password: 'o sino toca ao meio-dia' };
  await does(null, 'accounts.redeemLink', input);
  expect(await codeOf(ana, 'accounts.me', {})).toBe('not-signed-in');
  expect(await codeOf(null, 'accounts.redeemLink', input)).toBe('link-used');
  await does(null, 'accounts.signIn', { email: ana.email, password: input.password });
});

it('[R77] the answer is the same for everybody, and only who has an account that is not disabled gets a letter', async () => {
  const gone = await school.somebody({ password });
  await school.world.transact((memory) => memory.accounts.setDisabled(gone.id, true, 'saiu'));
  const ana = await school.somebody({ password });
  const answers = await Promise.all(
    ['ninguem@escola.example', gone.email, ana.email, 'nada'].map((email) =>
      tries(null, 'accounts.forgotPassword', { email }),
    ),
  );
  expect(answers).toEqual(Array.from({ length: 4 }, () => ({ ok: true, output: {} })));
  await letterTo(ana.email);
  expect(postbox.letters.filter(({ to }) => to === gone.email || to === 'ninguem@escola.example')).toEqual([]);
  // Without mail it is the same again
  expect(await school.does(null, 'accounts.forgotPassword', { email: ana.email })).toEqual({});
  expect((await does(null, 'accounts.welcome', {})).mail).toBe(true);
  expect((await school.does(null, 'accounts.welcome', {})).mail).toBe(false);
});

it('[R77] asking does not end a link that was handed over; using one ends the others', async () => {
  const ana = await school.somebody({ password });
  const admin = await school.somebody({ role: 'administrator', password });
  const handed = (await does(admin, 'accounts.resetLink', { account: ana.id })).url.split('#')[1];
  await does(null, 'accounts.forgotPassword', { email: ana.email });
  const mailed = tokenIn((await letterTo(ana.email)).text);
  await does(null, 'accounts.readLink', { token: handed });
  await does(null, 'accounts.redeemLink', { token: mailed, password: 'o sino toca ao meio-dia' });
  expect(await codeOf(null, 'accounts.readLink', { token: handed })).toBe('link-used');
});

it('a letter that the mail server refuses for now is tried again, and one that it never takes is told as a fault', async () => {
  const ana = await school.somebody({ password });
  postbox.refuse(2);
  await does(null, 'accounts.forgotPassword', { email: ana.email });
  await letterTo(ana.email);
  postbox.refuse(3);
  await does(null, 'accounts.forgotPassword', { email: ana.email });
  await vi.waitFor(() => expect(faults).toHaveLength(1));
});

it('[R78] a new address is confirmed by the link that went to it, and the old one is told', async () => {
  const ana = await school.somebody({ password });
  const email = `nova.${ana.email}`;
  expect(await codeOf(ana, 'accounts.changeEmail', { email: 'nova' })).toBe('bad-text');
  await does(ana, 'accounts.changeEmail', { email });
  const token = tokenIn((await letterTo(email)).text);
  expect((await does(ana, 'accounts.me', {})).email).toBe(ana.email);
  expect(await does(null, 'accounts.confirmEmail', { token })).toEqual({ email });
  expect((await does(ana, 'accounts.me', {})).email).toBe(email);
  expect((await letterTo(ana.email)).subject).toBe('O seu e-mail em Escola Aurora mudou');
  expect(await codeOf(null, 'accounts.confirmEmail', { token })).toBe('link-used');
  await does(null, 'accounts.signIn', { email, password });
  expect(await codeOf(null, 'accounts.signIn', { email: ana.email, password })).toBe('wrong-credentials');
});

it('[R92] the old address is told without a name, and only where somebody ever entered', async () => {
  const admin = await school.somebody({ role: 'administrator', password });
  const ana = await school.somebody({ password });
  const invited = { clientId: world.newId(), name: 'Davi Souza', email: 'errado@fora.example', role: 'student' };
  const { account } = await does(admin, 'accounts.invite', invited);
  await does(null, 'accounts.signIn', { email: ana.email, password });
  await does(admin, 'accounts.update', { account: account.id, email: 'davi@escola.example' });
  await does(admin, 'accounts.update', { account: ana.id, email: `outra.${ana.email}` });
  expect((await letterTo(ana.email)).text).toMatch(/^Olá\./u);
  expect(postbox.letters.filter(({ to }) => to === invited.email)).toEqual([]);
});

it('[R78] nobody takes an address that is somebody’s, learns that it is, or changes without mail and a fresh proof', async () => {
  const [ana, bia] = [await school.somebody({ password }), await school.somebody({ password })];
  const email = `disputa.${ana.email}`;
  expect(await does(ana, 'accounts.changeEmail', { email: bia.email })).toEqual({});
  await does(ana, 'accounts.changeEmail', { email });
  const first = tokenIn((await letterTo(email)).text);
  await does(bia, 'accounts.changeEmail', { email });
  const second = tokenIn((await letterTo(email, 1)).text);
  await does(null, 'accounts.confirmEmail', { token: second });
  expect(await codeOf(null, 'accounts.confirmEmail', { token: first })).toBe('link-used');
  expect(postbox.letters.filter(({ to, subject }) => to === bia.email && subject.startsWith('Confirme'))).toEqual([]);
  expect(await school.refuses(ana, 'accounts.changeEmail', { email })).toBe('not-allowed');
  await school.pool.query('UPDATE session SET assured_at = NULL WHERE account = $1', [ana.id]);
  expect(await codeOf(ana, 'accounts.changeEmail', { email })).toBe('step-up-required');
});
