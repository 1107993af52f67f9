import type { World } from '@recreio/core';
import { enterDemo, signIn, welcome } from '@recreio/core/accounts/sessions.ts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type AccountsWorld, clientId, openAccounts, type SignedIn } from '../../../testing/accounts.ts';

let school: AccountsWorld;
let admin: SignedIn;
beforeAll(async () => {
  school = await openAccounts();
  admin = await school.somebody({ role: 'administrator', password: 'o gato dorme na janela' });
});
afterAll(() => school.close());

const password = 'a chuva cai no telhado';

it('[R8] signs in with e-mail and password, in whatever case the address is written', async () => {
  const ana = await school.somebody({ email: 'ana.r8@escola.example', password });
  const cookie = await school.tries(null, 'accounts.signIn', { email: ' ANA.R8@Escola.example ', password });
  expect(cookie).toMatchObject({ ok: true, output: { me: { id: ana.id, email: 'ana.r8@escola.example' } } });
  expect(cookie.sessionToken).toMatch(/^[\w-]{43}$/);
  expect(cookie.ok && 'token' in cookie.output).toBe(false);
  const bearer = await school.tries(null, 'accounts.signIn', { email: ana.email, password, keep: 'token' });
  expect(bearer.ok && bearer.output.token).toBe(bearer.sessionToken);
  expect(bearer.sessionToken).not.toBe(cookie.sessionToken);
});

it('[S33] an unknown e-mail, a wrong password, a disabled account and one without a password are answered alike', async () => {
  const [disabled, bare] = [await school.somebody({ password }), await school.somebody()];
  await school.does(admin, 'accounts.disable', { account: disabled.id, reason: 'saiu' });
  const answers = await Promise.all([
    school.tries(null, 'accounts.signIn', { email: 'ninguem@escola.example', password }),
    school.tries(null, 'accounts.signIn', { email: admin.email, password: 'não é esta' }),
    school.tries(null, 'accounts.signIn', { email: disabled.email, password }),
    school.tries(null, 'accounts.signIn', { email: bare.email, password }),
  ]);
  expect(answers[0]).toMatchObject({ ok: false, problem: { code: 'wrong-credentials' } });
  for (const answer of answers) expect(answer).toEqual(answers[0]);
});

it('[S5] only the hash of a token is stored, and it opens the session it was made for', async () => {
  const ana = await school.somebody({ password });
  const { sessionToken = '' } = await school.tries(null, 'accounts.signIn', { email: ana.email, password });
  const { secrets, memory } = school.world;
  expect(await memory.accounts.byToken(secrets.hashToken(sessionToken))).toMatchObject({ account: ana.id });
  const { rows } = await school.pool.query('SELECT row_to_json(s)::text AS row FROM session s WHERE account = $1', [
    ana.id,
  ]);
  expect(rows).toHaveLength(2);
  expect(rows.some(({ row }) => row.includes(sessionToken))).toBe(false);
});

it('[R11] of fifty who use one ticket at once, one gets in', async () => {
  const ana = await school.somebody();
  const { ticket } = await school.does(ana, 'accounts.ticket', {});
  const hash = school.world.secrets.hashToken(ticket);
  const taken = await Promise.all(Array.from({ length: 50 }, () => school.world.memory.accounts.takeTicket(hash)));
  expect(taken.filter((actor) => actor !== null)).toEqual([ana.caller.actor]);
});

it('[R11] a ticket of a session that ended, or older than 30 seconds, opens nothing', async () => {
  const { hashToken } = school.world.secrets;
  const { accounts } = school.world.memory;
  const ana = await school.somebody();
  const ended = await school.does(ana, 'accounts.ticket', {});
  await school.does(ana, 'accounts.signOut', {});
  expect(await accounts.takeTicket(hashToken(ended.ticket))).toBeNull();

  const bia = await school.somebody();
  const late = await school.does(bia, 'accounts.ticket', {});
  expect(Date.parse(late.expiresAt) - Date.now()).toBeLessThanOrEqual(30_000);
  await school.pool.query(`UPDATE ticket SET expires_at = expires_at - interval '31 seconds' WHERE session = $1`, [
    bia.caller.actor?.session,
  ]);
  expect(await accounts.takeTicket(hashToken(late.ticket))).toBeNull();
});

it('[R11] expired tickets go as new ones come', async () => {
  const ana = await school.somebody();
  const session = ana.caller.actor?.session;
  for (let i = 0; i < 3; i++) await school.does(ana, 'accounts.ticket', {});
  await school.pool.query(`UPDATE ticket SET expires_at = clock_timestamp() - interval '1 second' WHERE session = $1`, [
    session,
  ]);
  await school.does(ana, 'accounts.ticket', {});
  const { rows } = await school.pool.query('SELECT count(*)::int AS left FROM ticket WHERE session = $1', [session]);
  expect(rows).toEqual([{ left: 1 }]);
});

it('[R12] a signed-out session is dead for the next request, and every node is told which', async () => {
  const ana = await school.somebody();
  const phone = await school.another(ana);
  await school.does(ana, 'accounts.revokeSession', { session: phone.caller.actor?.session });
  expect(await school.refuses(phone, 'accounts.me', {})).toBe('not-signed-in');
  expect(await school.does(ana, 'accounts.me', {})).toMatchObject({ id: ana.id });
  const { rows } = await school.pool.query('SELECT session FROM revocation WHERE account = $1', [ana.id]);
  expect(rows).toEqual([{ session: phone.caller.actor?.session }]);
});

it('[R5] the session of another person is not found, and lives on', async () => {
  const [ana, bia] = [await school.somebody(), await school.somebody()];
  expect(await school.refuses(ana, 'accounts.revokeSession', { session: bia.caller.actor?.session })).toBe('not-found');
  expect(await school.does(bia, 'accounts.me', {})).toMatchObject({ id: bia.id });
});

it('a session ends after 30 days unseen; being seen puts that off, and is written at most once a minute', async () => {
  const ana = await school.somebody();
  const session = ana.caller.actor?.session;
  const read = async () =>
    (await school.pool.query('SELECT last_seen_at, expires_at FROM session WHERE id = $1', [session])).rows[0];
  const fresh = await read();
  await school.does(ana, 'accounts.me', {});
  expect(await read()).toEqual(fresh);

  await school.pool.query(
    `UPDATE session SET last_seen_at = last_seen_at - interval '29 days', expires_at = expires_at - interval '29 days' WHERE id = $1`,
    [session],
  );
  await school.does(ana, 'accounts.me', {});
  // Nobody waits for it: a school that comes back at once is written in a few statements
  await vi.waitFor(async () => {
    const { last_seen_at: seen, expires_at: expires } = await read();
    expect(Date.parse(seen)).toBeGreaterThanOrEqual(Date.parse(fresh.last_seen_at));
    expect(Date.parse(expires) - Date.parse(seen)).toBeGreaterThan(29.9 * 86_400_000);
  });

  await school.pool.query(`UPDATE session SET expires_at = clock_timestamp() - interval '1 second' WHERE id = $1`, [
    session,
  ]);
  expect(await school.refuses(ana, 'accounts.me', {})).toBe('not-signed-in');
});

it('lists the own devices, newest first, and says which one asks', async () => {
  const ana = await school.somebody();
  const phone = await school.another(ana);
  const { sessions } = await school.does(ana, 'accounts.sessions', {});
  expect(sessions.map(({ id, current }) => [id, current])).toEqual([
    [phone.caller.actor?.session, false],
    [ana.caller.actor?.session, true],
  ]);
});

it('[R8] changing the password signs the other devices out, and the old one opens nothing', async () => {
  const ana = await school.somebody({ password });
  const phone = await school.another(ana);
  expect(
    await school.refuses(ana, 'accounts.changePassword', {
      current: 'outra coisa qualquer',
      next: 'o sino toca ao meio-dia',
    }),
  ).toBe('wrong-credentials');
  expect(await school.refuses(ana, 'accounts.changePassword', { current: password, next: 'senha12345' })).toBe(
    'weak-password',
  );
  await school.does(ana, 'accounts.changePassword', { current: password, next: 'o sino toca ao meio-dia' });
  expect(await school.refuses(phone, 'accounts.me', {})).toBe('not-signed-in');
  expect(await school.does(ana, 'accounts.me', {})).toMatchObject({ id: ana.id });
  expect(await school.refuses(null, 'accounts.signIn', { email: ana.email, password })).toBe('wrong-credentials');
  await school.does(null, 'accounts.signIn', { email: ana.email, password: 'o sino toca ao meio-dia' });
});

it('[R12] disabling waits for a sign-in that is under way, and ends what it opened', async () => {
  const ana = await school.somebody({ password });
  const { token, hash } = school.world.secrets.newToken();
  let disabling: Promise<unknown> = Promise.resolve();
  await school.world.transact(async ({ accounts }) => {
    await accounts.hold(ana.id);
    await accounts.openSession({
      id: clientId(),
      account: ana.id,
      tokenHash: hash,
      device: 'Firefox no Linux',
      assured: true,
    });
    disabling = school.does(admin, 'accounts.disable', { account: ana.id, reason: 'saiu' });
    await vi.waitFor(async () => {
      const { rows } = await school.pool.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      expect(rows).toHaveLength(1);
    });
  });
  await disabling;
  await school.does(admin, 'accounts.enable', { account: ana.id });
  expect(await school.world.memory.accounts.byToken(school.world.secrets.hashToken(token))).toBeNull();
  expect(
    (await school.pool.query('SELECT id FROM session WHERE account = $1 AND ended_at IS NULL', [ana.id])).rows,
  ).toEqual([]);
});

it('[S7] a sign-in whose password was checked before the account was disabled opens nothing', async () => {
  const ana = await school.somebody({ password });
  const { secrets } = school.world;
  const slow: World = {
    ...school.world,
    secrets: {
      ...secrets,
      verifyPassword: async (phc, given) => {
        const right = await secrets.verifyPassword(phc, given);
        await school.does(admin, 'accounts.disable', { account: ana.id, reason: 'saiu' });
        return right;
      },
    },
  };
  expect(await signIn(slow, { email: ana.email, password }, school.stranger)).toEqual({ deny: 'wrong-credentials' });
});

it('the demo is entered only in the demo school, and only as who it offers', async () => {
  const [ana, bia] = [await school.somebody({ demo: true }), await school.somebody()];
  expect(await school.refuses(null, 'accounts.enterDemo', { account: ana.id })).toBe('not-found');
  expect((await school.does(null, 'accounts.welcome', {})).demo).toEqual([]);
  const demo = { ...school.world, site: { ...school.world.site, demo: true } };
  expect((await welcome(demo, {}, school.stranger)).demo.map(({ account }) => account)).toEqual([ana.id]);
  expect(await enterDemo(demo, { account: bia.id }, school.stranger)).toEqual({ deny: 'not-found' });
  expect(await enterDemo(demo, { account: ana.id }, school.stranger)).toMatchObject({ output: { me: { id: ana.id } } });
});
