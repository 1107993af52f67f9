import { makeSetUpLink } from '@recreio/core/accounts/links.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AccountsWorld, clientId, openAccounts, type SignedIn } from '../../../testing/accounts.ts';

let school: AccountsWorld;
let admin: SignedIn;
beforeAll(async () => {
  school = await openAccounts();
});
afterAll(() => school.close());

const password = 'a chuva cai no telhado';
const tokenOf = (url: string | undefined): string => url?.split('#')[1] ?? '';
const first = { name: 'Renata Lopes', email: 'renata@escola.example', school: 'Escola Aurora', password };

it('[S69] a school without an administrator is set up by a link, and by the newest one only', async () => {
  expect((await school.does(null, 'accounts.welcome', {})).needsSetUp).toBe(true);
  const old = tokenOf((await makeSetUpLink(school.world))?.url);
  const link = await makeSetUpLink(school.world);
  expect(link?.url).toMatch(/^https:\/\/recreio\.escola\.example\/convite#[\w-]{43}$/);
  const token = tokenOf(link?.url);
  expect(await school.refuses(null, 'accounts.readLink', { token: old })).toBe('link-used');
  expect(await school.refuses(null, 'accounts.redeemLink', { ...first, token: old })).toBe('link-used');
  expect(await school.does(null, 'accounts.readLink', { token })).toEqual({
    kind: 'set-up',
    expiresAt: link?.expiresAt,
  });

  // A second server that starts prints one of its own, and the first one's still works
  const beside = tokenOf((await makeSetUpLink(school.world, { beside: true }))?.url);
  for (const each of [token, beside])
    expect(await school.does(null, 'accounts.readLink', { token: each })).toMatchObject({ kind: 'set-up' });

  // What can be mended does not use the link up
  expect(await school.refuses(null, 'accounts.redeemLink', { token, password })).toBe('bad-text');
  expect(await school.refuses(null, 'accounts.redeemLink', { ...first, token, email: 'renata' })).toBe('bad-text');
  expect(await school.refuses(null, 'accounts.redeemLink', { ...first, token, password: 'senha12345' })).toBe(
    'weak-password',
  );

  const many = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      school.tries(null, 'accounts.redeemLink', {
        ...first,
        token,
        email: `renata${i}@escola.example`,
        school: 'Escola Aurora',
      }),
    ),
  );
  const done = many.flatMap((outcome) => (outcome.ok ? [outcome] : []));
  expect(done).toHaveLength(1);
  const [winner] = done;
  if (!winner) throw new Error('one of them was done');
  expect(winner.output.me).toMatchObject({ role: 'administrator', minor: false, name: 'Renata Lopes' });
  expect(winner.sessionToken).toMatch(/^[\w-]{43}$/);
  expect(await school.does(null, 'accounts.welcome', {})).toMatchObject({ school: 'Escola Aurora', needsSetUp: false });
  expect(await makeSetUpLink(school.world)).toBeNull();
  expect(await school.refuses(null, 'accounts.readLink', { token: beside })).toBe('link-used');
  const { id, email } = winner.output.me;
  admin = { id, email, caller: { ...school.stranger, actor: { account: id, session: winner.output.session } } };
});

it('[S34] of two hundred who use one link at once, one gets it', async () => {
  const ana = await school.somebody();
  const { url } = await school.does(admin, 'accounts.resetLink', { account: ana.id });
  const hash = school.world.secrets.hashToken(tokenOf(url));
  const taken = await Promise.all(Array.from({ length: 200 }, () => school.world.memory.accounts.takeLink(hash)));
  expect(taken.flatMap((link) => link ?? []).map(({ account, kind }) => ({ account, kind }))).toEqual([
    { account: ana.id, kind: 'invitation' },
  ]);
});

it('[S34] of twenty who choose a password with one link at once, one does, and that password holds', async () => {
  const ana = await school.somebody({ password });
  const token = tokenOf((await school.does(admin, 'accounts.resetLink', { account: ana.id })).url);
  const tries = Array.from({ length: 20 }, (_, i) => `o navio número ${i} partiu`);
  const outcomes = await Promise.all(
    tries.map((next) => school.tries(null, 'accounts.redeemLink', { token, password: next })),
  );
  const winners = tries.filter((_, i) => outcomes[i]?.ok);
  expect(winners).toHaveLength(1);
  await school.does(null, 'accounts.signIn', { email: ana.email, password: winners[0] });
});

it('[S6] a new password by link ends every session that was open', async () => {
  const ana = await school.somebody({ password });
  const { url } = await school.does(admin, 'accounts.resetLink', { account: ana.id });
  expect(await school.does(null, 'accounts.readLink', { token: tokenOf(url) })).toMatchObject({
    kind: 'password',
    email: ana.email,
  });
  expect(await school.refuses(null, 'accounts.redeemLink', { token: tokenOf(url), password: ana.email })).toBe(
    'weak-password',
  );
  const { me, session } = await school.does(null, 'accounts.redeemLink', {
    token: tokenOf(url),
    password: 'o sino toca ao meio-dia',
  });
  expect(me.id).toBe(ana.id);
  expect(await school.refuses(ana, 'accounts.me', {})).toBe('not-signed-in');
  expect(
    (await school.does({ ...ana, caller: { ...ana.caller, actor: { account: ana.id, session } } }, 'accounts.me', {}))
      .id,
  ).toBe(ana.id);
});

it('[S34] a newer link of the same person invalidates the older; an expired one is as good as used', async () => {
  const ana = await school.somebody();
  const older = tokenOf((await school.does(admin, 'accounts.resetLink', { account: ana.id })).url);
  const newer = tokenOf((await school.does(admin, 'accounts.resetLink', { account: ana.id })).url);
  expect(await school.refuses(null, 'accounts.redeemLink', { token: older, password })).toBe('link-used');
  await school.pool.query(
    `UPDATE one_time_link SET expires_at = clock_timestamp() - interval '1 second' WHERE account = $1`,
    [ana.id],
  );
  expect(await school.refuses(null, 'accounts.readLink', { token: newer })).toBe('link-used');
  expect(await school.refuses(null, 'accounts.redeemLink', { token: newer, password })).toBe('link-used');
  expect(await school.refuses(null, 'accounts.readLink', { token: 'x'.repeat(43) })).toBe('link-used');
});

it('[S7] a disabled person does not come back by a link, whenever it was made', async () => {
  const ana = await school.somebody({ password });
  const before = tokenOf((await school.does(admin, 'accounts.resetLink', { account: ana.id })).url);
  await school.does(admin, 'accounts.disable', { account: ana.id, reason: 'saiu' });
  expect(await school.refuses(null, 'accounts.readLink', { token: before })).toBe('link-used');
  expect(await school.refuses(null, 'accounts.redeemLink', { token: before, password })).toBe('link-used');
  expect(await school.refuses(admin, 'accounts.resetLink', { account: ana.id })).toBe('not-allowed');
  await school.does(admin, 'accounts.enable', { account: ana.id });
  expect(await school.refuses(null, 'accounts.redeemLink', { token: before, password })).toBe('link-used');
});

it('[S34] only the hash of a link is stored', async () => {
  const { link } = await school.does(admin, 'accounts.invite', {
    clientId: clientId(),
    name: 'Davi',
    email: 'davi.s34@escola.example',
    role: 'student',
  });
  const { rows } = await school.pool.query('SELECT string_agg(row_to_json(l)::text, $1) AS all FROM one_time_link l', [
    '\n',
  ]);
  expect(rows[0].all).toContain(school.world.secrets.hashToken(tokenOf(link.url)));
  expect(rows[0].all).not.toContain(tokenOf(link.url));
});
