import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AccountsWorld, openAccounts, type SignedIn } from '../../../testing/accounts.ts';

let school: AccountsWorld;
let admin: SignedIn;
beforeAll(async () => {
  school = await openAccounts();
  admin = await school.somebody({ role: 'administrator', password: 'o gato dorme na janela' });
});
afterAll(() => school.close());

const password = 'a chuva cai no telhado';
const fromBase32 = (text: string): Uint8Array => {
  const bits = [...text]
    .map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'))
    .join('');
  return Uint8Array.from(bits.match(/.{8}/gu) ?? [], (byte) => Number.parseInt(byte, 2));
};
const step = (): number => Math.floor(Date.now() / 30_000);
/** A phone with the secret: the code of now, or of some steps from now. */
const phone = (secret: string, by = 0): string => school.world.secrets.totp(fromBase32(secret), step() + by);

/** Somebody with codes from an app; the code of now is spent, that of the next step is not. */
const guarded = async (): Promise<{ who: SignedIn; secret: string; recoveryCodes: readonly string[] }> => {
  const who = await school.somebody({ password });
  const { secret } = await school.does(who, 'accounts.beginTotp', {});
  const { recoveryCodes } = await school.does(who, 'accounts.confirmTotp', { code: phone(secret) });
  return { who, secret, recoveryCodes };
};
/** As if the person had proved who they are long ago. */
const stale = (who: SignedIn) =>
  school.pool.query(`UPDATE session SET assured_at = clock_timestamp() - interval '5 minutes' WHERE account = $1`, [
    who.id,
  ]);

it('[R70] signing in takes two steps once a first code was given, and not before', async () => {
  const ana = await school.somebody({ password });
  const { secret, uri } = await school.does(ana, 'accounts.beginTotp', {});
  expect(uri).toContain(`secret=${secret}&issuer=Escola%20Aurora`);
  await school.does(null, 'accounts.signIn', { email: ana.email, password });
  expect(await school.refuses(ana, 'accounts.confirmTotp', { code: '000000' })).toBe('wrong-code');
  const code = phone(secret);
  const { recoveryCodes } = await school.does(ana, 'accounts.confirmTotp', { code });
  expect(recoveryCodes).toHaveLength(8);
  expect(await school.does(ana, 'accounts.factors', {})).toMatchObject({ password: true, recoveryCodes: 8 });

  const input = { email: ana.email, password };
  expect(await school.refuses(null, 'accounts.signIn', { ...input, password: 'outra coisa' })).toBe(
    'wrong-credentials',
  );
  expect(await school.refuses(null, 'accounts.signIn', input)).toBe('second-factor-required');
  // The code that confirmed it is spent
  expect(await school.refuses(null, 'accounts.signIn', { ...input, code })).toBe('wrong-code');
  expect((await school.does(null, 'accounts.signIn', { ...input, code: phone(secret, 1) })).me.id).toBe(ana.id);
  expect(await school.refuses(ana, 'accounts.beginTotp', {})).toBe('already-taken');
});

it('[R70] of twenty who use one code at once, one comes in', async () => {
  const { who, secret, recoveryCodes } = await guarded();
  for (const code of [phone(secret, 1), recoveryCodes[0]]) {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => school.tries(null, 'accounts.signIn', { email: who.email, password, code })),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const wrong = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.problem.code]));
    expect(wrong.every((problem) => problem === 'wrong-code' || problem === 'rate-limited')).toBe(true);
    await school.pool.query('UPDATE totp SET failures = 0, failed_at = NULL WHERE account = $1', [who.id]);
  }
});

it('[R70] wrong codes close the app’s way for a while, and recovery codes still open', async () => {
  const { who, secret, recoveryCodes } = await guarded();
  const input = { email: who.email, password };
  for (let i = 0; i < 5; i++)
    expect(await school.refuses(null, 'accounts.signIn', { ...input, code: '000000' })).toBe('wrong-code');
  const right = { ...input, code: phone(secret, 1) };
  const outcome = await school.tries(null, 'accounts.signIn', right);
  if (outcome.ok) throw new Error('a code after five wrong ones is not looked at');
  expect(outcome.problem.code).toBe('rate-limited');
  expect(outcome.problem.retryAfterMs).toBeGreaterThan(20_000);
  await school.does(null, 'accounts.signIn', { ...input, code: recoveryCodes[1]?.toUpperCase() });
  expect(await school.refuses(null, 'accounts.signIn', { ...input, code: recoveryCodes[1] })).toBe('wrong-code');
  await school.pool.query(`UPDATE totp SET failed_at = failed_at - interval '1 minute' WHERE account = $1`, [who.id]);
  await school.does(null, 'accounts.signIn', right);
  expect((await school.pool.query('SELECT failures FROM totp WHERE account = $1', [who.id])).rows).toEqual([
    { failures: 0 },
  ]);
});

it('[R70] no secret and no code lies in the database as it is', async () => {
  const { who, secret, recoveryCodes } = await guarded();
  const { rows } = await school.pool.query<{ secret: Buffer }>('SELECT secret FROM totp WHERE account = $1', [who.id]);
  expect(rows[0]?.secret.includes(Buffer.from(fromBase32(secret)))).toBe(false);
  const codes = await school.pool.query('SELECT encode(hash, $2) AS hash FROM recovery_code WHERE account = $1', [
    who.id,
    'escape',
  ]);
  expect(codes.rowCount).toBe(8);
  for (const { hash } of codes.rows) expect(recoveryCodes).not.toContain(hash);
  // Another person's row does not open in its place
  const other = await guarded();
  await school.pool.query('UPDATE totp SET secret = $2 WHERE account = $1', [other.who.id, rows[0]?.secret]);
  await expect(school.world.memory.accounts.totp(other.who.id)).rejects.toThrow(/damaged/);
});

it('[R70] a link for a new password does not stand for the second factor, and is not used up by a wrong code', async () => {
  const { who, secret } = await guarded();
  const { url } = await school.does(admin, 'accounts.resetLink', { account: who.id });
  const input = { token: url.split('#')[1], password: 'o sino toca ao meio-dia' };
  expect(await school.refuses(null, 'accounts.redeemLink', input)).toBe('second-factor-required');
  expect(await school.refuses(null, 'accounts.redeemLink', { ...input, code: '000000' })).toBe('wrong-code');
  const { me } = await school.does(null, 'accounts.redeemLink', { ...input, code: phone(secret, 1) });
  expect(me.id).toBe(who.id);
});

it('[R71] what is privileged asks for a fresh proof of this very device, and takes nothing less than signing in does', async () => {
  const { who, secret } = await guarded();
  const other = await school.another(who);
  await stale(who);
  const reset = { account: who.id };
  await stale(admin);
  expect(await school.refuses(admin, 'accounts.resetLink', reset)).toBe('step-up-required');
  expect(await school.refuses(who, 'accounts.removeTotp', {})).toBe('step-up-required');
  expect(await school.refuses(who, 'accounts.changePassword', { current: password, next: 'outro dia de chuva' })).toBe(
    'step-up-required',
  );
  expect(await school.refuses(who, 'accounts.stepUp', {})).toBe('wrong-credentials');
  expect(await school.refuses(who, 'accounts.stepUp', { code: phone(secret, 1) })).toBe('wrong-credentials');
  expect(await school.refuses(who, 'accounts.stepUp', { password })).toBe('second-factor-required');
  const { assuredUntil } = await school.does(who, 'accounts.stepUp', { password, code: phone(secret, 1) });
  expect(Date.parse(assuredUntil) - Date.now()).toBeGreaterThan(290_000);
  expect(await school.refuses(other, 'accounts.removeTotp', {})).toBe('step-up-required');
  await school.does(who, 'accounts.removeTotp', {});
  // What somebody may not do at all is said only to who has proved who they are
  await school.does(admin, 'accounts.stepUp', { password: 'o gato dorme na janela' });
  await school.does(admin, 'accounts.resetLink', reset);
});

it('[R71] a session of before there was such a thing is asked, too', async () => {
  const ana = await school.somebody({ password });
  await school.pool.query('UPDATE session SET assured_at = NULL WHERE account = $1', [ana.id]);
  expect(await school.refuses(ana, 'accounts.beginTotp', {})).toBe('step-up-required');
  // The password of now is proof enough of a new one, where signing in asks for no more
  await school.does(ana, 'accounts.changePassword', { current: password, next: 'outro dia de chuva' });
});

it('[R12] setting a factor up and taking it away sign the other devices out', async () => {
  const ana = await school.somebody({ password });
  for (const change of ['confirm', 'remove'] as const) {
    const other = await school.another(ana);
    if (change === 'confirm') {
      const { secret } = await school.does(ana, 'accounts.beginTotp', {});
      await school.does(ana, 'accounts.confirmTotp', { code: phone(secret) });
    } else {
      await school.does(ana, 'accounts.removeTotp', {});
    }
    expect(await school.refuses(other, 'accounts.me', {})).toBe('not-signed-in');
    await school.does(ana, 'accounts.me', {});
  }
});

it('[R72] an administrator takes a lost factor away: the person is signed out everywhere, and it is on record', async () => {
  const { who } = await guarded();
  const student = await school.somebody();
  const input = { account: who.id, reason: 'perdeu o celular; reconhecida na secretaria' };
  expect(await school.refuses(student, 'accounts.resetFactors', input)).toBe('not-allowed');
  expect(await school.refuses(admin, 'accounts.resetFactors', { ...input, account: admin.id })).toBe('not-allowed');
  expect(await school.refuses(admin, 'accounts.resetFactors', { ...input, account: crypto.randomUUID() })).toBe(
    'not-found',
  );
  expect((await school.does(admin, 'accounts.list', { text: who.email })).people).toMatchObject([
    { secondFactor: true },
  ]);
  await school.does(admin, 'accounts.resetFactors', input);
  expect(await school.refuses(who, 'accounts.me', {})).toBe('not-signed-in');
  await school.does(null, 'accounts.signIn', { email: who.email, password });
  const { rows } = await school.pool.query('SELECT actor, act, detail FROM audit_entry WHERE target = $1', [who.id]);
  expect(rows).toEqual([{ actor: admin.id, act: 'accounts.resetFactors', detail: { reason: input.reason } }]);
});

it('[R70] new recovery codes put an end to the old ones', async () => {
  const { who, recoveryCodes: old } = await guarded();
  const { recoveryCodes } = await school.does(who, 'accounts.newRecoveryCodes', {});
  const input = { email: who.email, password };
  expect(await school.refuses(null, 'accounts.signIn', { ...input, code: old[0] })).toBe('wrong-code');
  await school.does(null, 'accounts.signIn', { ...input, code: recoveryCodes[0] });
  expect(await school.refuses(await school.somebody(), 'accounts.newRecoveryCodes', {})).toBe('not-found');
});
