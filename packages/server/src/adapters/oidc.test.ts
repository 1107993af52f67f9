import { execute, type World } from '@recreio/core';
import type { CommandName, Commands, OutputOf } from '@recreio/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AccountsWorld, openAccounts, type SignedIn } from '../testing/accounts.ts';
import { openProvider, type Outsider, type TestProvider } from '../testing/provider.ts';
import { oidcProvider } from './oidc.ts';

let school: AccountsWorld;
let provider: TestProvider;
let byEmail: World;
let strict: World;
beforeAll(async () => {
  [school, provider] = await Promise.all([openAccounts(), openProvider('https://recreio.escola.example/entrar/volta')]);
  const { issuer, clientId, clientSecret } = provider;
  const settings = { issuer, clientId, clientSecret, name: 'Escola Aurora' };
  byEmail = { ...school.world, provider: oidcProvider({ ...settings, linksByEmail: true }) };
  strict = { ...school.world, provider: oidcProvider({ ...settings, linksByEmail: false }) };
});
afterAll(async () => {
  await provider.close();
  await school.close();
});

const password = 'a chuva cai no telhado';
const does = async <N extends CommandName>(
  world: World,
  who: SignedIn | null,
  name: N,
  input: unknown,
): Promise<OutputOf<Commands[N]>> => {
  const outcome = await execute(world, who?.caller ?? school.stranger, name, input);
  if (!outcome.ok) throw new Error(`${name} was refused: ${outcome.problem.code}`);
  return outcome.output;
};
const codeOf = async (world: World, who: SignedIn | null, name: CommandName, input: unknown): Promise<string> => {
  const outcome = await execute(world, who?.caller ?? school.stranger, name, input);
  return outcome.ok ? 'done' : outcome.problem.code;
};
let nth = 0;
const outsider = (email: string, verified = true): Outsider => ({ subject: `s-${(nth += 1)}`, email, verified });
/** Somebody goes to the provider and comes back. */
const journey = async (world: World, who: Outsider, anew?: true) => {
  const { url, flow } = await does(world, null, 'accounts.beginOidc', anew ? { anew } : {});
  return { flow, returned: await provider.visit(url, who) };
};

it('[R84] an identity is linked once by a signed-in person, and signs in from then on, whatever its address says', async () => {
  const ana = await school.somebody({ password });
  const who = outsider('outra@provedor.example', false);
  expect(await codeOf(strict, null, 'accounts.finishOidc', await journey(strict, who))).toBe('no-account');
  await does(strict, ana, 'accounts.linkOidc', await journey(strict, who));
  const { me } = await does(strict, null, 'accounts.finishOidc', await journey(strict, who));
  expect(me.id).toBe(ana.id);
  expect((await does(strict, ana, 'accounts.factors', {})).identity).toBe(true);
  const bia = await school.somebody({ password });
  expect(await codeOf(strict, bia, 'accounts.linkOidc', await journey(strict, who))).toBe('already-taken');
  const other = await school.another(ana);
  await does(strict, ana, 'accounts.unlinkOidc', {});
  expect(await codeOf(strict, other, 'accounts.me', {})).toBe('not-signed-in');
  expect(await codeOf(strict, null, 'accounts.finishOidc', await journey(strict, who))).toBe('no-account');
});

it('[R84] [S37] a verified address lets in only where the school says so, and only who has linked nobody else', async () => {
  const ana = await school.somebody({ password });
  const who = outsider(ana.email.toUpperCase());
  expect(await codeOf(strict, null, 'accounts.finishOidc', await journey(strict, who))).toBe('no-account');
  const unverified = outsider(ana.email, false);
  expect(await codeOf(byEmail, null, 'accounts.finishOidc', await journey(byEmail, unverified))).toBe('no-account');
  expect((await does(byEmail, null, 'accounts.finishOidc', await journey(byEmail, who))).me.id).toBe(ana.id);
  const impostor = outsider(ana.email);
  expect(await codeOf(byEmail, null, 'accounts.finishOidc', await journey(byEmail, impostor))).toBe('no-account');
  // From here on it is the subject that counts
  expect((await does(strict, null, 'accounts.finishOidc', await journey(strict, who))).me.id).toBe(ana.id);
  await school.world.transact((memory) => memory.accounts.setDisabled(ana.id, true, 'saiu'));
  expect(await codeOf(strict, null, 'accounts.finishOidc', await journey(strict, who))).toBe('no-account');
});

it('[R84] an answer finishes only the flow that asked for it, and once', async () => {
  const ana = await school.somebody({ password });
  const who = outsider(ana.email);
  const mine = await journey(byEmail, who);
  const other = await journey(byEmail, who);
  expect(await codeOf(byEmail, null, 'accounts.finishOidc', { ...other, returned: mine.returned })).toBe(
    'identity-refused',
  );
  expect(await codeOf(byEmail, null, 'accounts.finishOidc', { ...mine, flow: 'x'.repeat(43) })).toBe(
    'identity-refused',
  );
  await does(byEmail, null, 'accounts.finishOidc', mine);
  expect(await codeOf(byEmail, null, 'accounts.finishOidc', mine)).toBe('identity-refused');
  const denied = await journey(byEmail, who);
  expect(await codeOf(byEmail, null, 'accounts.finishOidc', { ...denied, returned: '?error=access_denied' })).toBe(
    'identity-refused',
  );
});

it('[R71] who passed on an older proof of the provider is asked anew before what is privileged', async () => {
  const ana = await school.somebody({ password });
  const who = outsider(ana.email);
  for (const anew of [undefined, true] as const) {
    const { session } = await does(byEmail, null, 'accounts.finishOidc', await journey(byEmail, who, anew));
    const device = { ...ana, caller: { ...ana.caller, actor: { account: ana.id, session } } };
    expect(await codeOf(byEmail, device, 'accounts.beginTotp', {})).toBe(anew ? 'done' : 'step-up-required');
  }
});

it('a school without a provider has no such way, and one that does not answer is told as that', async () => {
  expect(await codeOf(school.world, null, 'accounts.beginOidc', {})).toBe('not-found');
  const nobody = oidcProvider({
    issuer: 'http://127.0.0.1:9',
    clientId: 'recreio',
    clientSecret: null,
    name: 'Ninguém',
    linksByEmail: false,
  });
  await expect(
    execute({ ...school.world, provider: nobody }, school.stranger, 'accounts.beginOidc', {}),
  ).rejects.toMatchObject({ name: 'Unavailable' });
});
