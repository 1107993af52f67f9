import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type AccountsWorld, clientId, openAccounts, type SignedIn } from '../../../testing/accounts.ts';
import { GATE } from '../gate.ts';

let school: AccountsWorld;
let admin: SignedIn;
beforeAll(async () => {
  school = await openAccounts();
});
beforeEach(async () => {
  // Only the administrator of each test is one
  await school.pool.query(`UPDATE account SET role = 'teacher' WHERE role = 'administrator'`);
  admin = await school.somebody({ name: 'Renata Lopes', role: 'administrator', password: 'o gato dorme na janela' });
});
afterAll(() => school.close());

const invitation = () => ({
  clientId: clientId(),
  name: 'Davi Rocha',
  email: `davi.${clientId()}@escola.example`,
  role: 'student' as const,
});
const version = async ({ id }: SignedIn) => (await school.world.memory.accounts.record(id))?.version;

it('[S27] nobody but an administrator administers', async () => {
  const other = await school.somebody();
  for (const role of ['student', 'teacher', 'monitor', 'moderator', 'guardian'] as const) {
    const who = await school.somebody({ role });
    const account = other.id;
    expect(await school.refuses(who, 'accounts.list', {})).toBe('not-allowed');
    expect(await school.refuses(who, 'accounts.invite', invitation())).toBe('not-allowed');
    expect(await school.refuses(who, 'accounts.import', { csv: 'nome,email,papel', dryRun: true })).toBe('not-allowed');
    expect(await school.refuses(who, 'accounts.update', { account, role: 'administrator' })).toBe('not-allowed');
    expect(await school.refuses(who, 'accounts.resetLink', { account })).toBe('not-allowed');
    expect(await school.refuses(who, 'accounts.disable', { account, reason: 'x' })).toBe('not-allowed');
    expect(await school.refuses(who, 'accounts.enable', { account })).toBe('not-allowed');
  }
  expect(await school.world.memory.accounts.record(other.id)).toMatchObject({ role: 'student', state: 'active' });
});

it('invites a person with a key, a stream and courses of their own; students are taken for minors unless said otherwise', async () => {
  const course = await school.course('Matemática', '9º B', {});
  const { account, link } = await school.does(admin, 'accounts.invite', {
    ...invitation(),
    name: '  Davi   Rocha ',
    courses: [course, course],
  });
  expect(account).toMatchObject({
    name: 'Davi Rocha',
    role: 'student',
    minor: true,
    state: 'invited',
    language: 'pt-BR',
    lastSeenAt: null,
    version: 1,
  });
  expect(link.url).toMatch(/\/convite#[\w-]{43}$/);
  expect(Date.parse(link.expiresAt) - Date.now()).toBeGreaterThan(6 * 86_400_000);
  const { rows } = await school.pool.query(
    `SELECT (SELECT staff FROM enrolment WHERE account = $1) AS staff, (SELECT head FROM user_stream WHERE account = $1) AS head,
            (SELECT count(*)::int FROM keys.key WHERE kind = 'author' AND owner = $1) AS keys`,
    [account.id],
  );
  expect(rows).toEqual([{ staff: false, head: 0, keys: 1 }]);
  expect((await school.does(admin, 'accounts.invite', { ...invitation(), minor: false })).account.minor).toBe(false);
  const teacher = await school.does(admin, 'accounts.invite', { ...invitation(), role: 'teacher', courses: [course] });
  expect(teacher.account.minor).toBe(false);
  expect(
    (await school.pool.query('SELECT staff FROM enrolment WHERE account = $1', [teacher.account.id])).rows,
  ).toEqual([{ staff: true }]);
});

it('[R41] however often an invitation is repeated, there is one account, and the newest link is the one that works', async () => {
  const input = invitation();
  const answers = await Promise.all(Array.from({ length: 10 }, () => school.does(admin, 'accounts.invite', input)));
  expect(new Set(answers.map(({ account }) => account.id)).size).toBe(1);
  const readable = await Promise.all(
    answers.map(({ link }) => school.tries(null, 'accounts.readLink', { token: link.url.split('#')[1] })),
  );
  expect(readable.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await school.refuses(admin, 'accounts.invite', { ...input, role: 'administrator' })).toBe(
    'idempotency-conflict',
  );
  expect(await school.refuses(admin, 'accounts.invite', { ...input, clientId: clientId() })).toBe('already-taken');
  expect(
    await school.refuses(admin, 'accounts.invite', {
      ...input,
      clientId: clientId(),
      email: input.email.toUpperCase(),
    }),
  ).toBe('already-taken');
  expect(await school.refuses(admin, 'accounts.invite', { ...input, clientId: admin.id })).toBe('idempotency-conflict');
});

it('[R6] names and addresses that cannot be read, or pass for the staff, are refused; and nothing is written', async () => {
  const count = async () => (await school.pool.query('SELECT count(*)::int AS n FROM account')).rows[0].n;
  const before = await count();
  for (const name of ['\u200b', 'Davi\u202egpj', ' '])
    expect(await school.refuses(admin, 'accounts.invite', { ...invitation(), name })).toBe('bad-text');
  expect(await school.refuses(admin, 'accounts.invite', { ...invitation(), name: 'Rеnata Lopes' })).toBe('bad-text');
  expect(await school.refuses(admin, 'accounts.invite', { ...invitation(), email: 'davi' })).toBe('bad-text');
  expect(await school.refuses(admin, 'accounts.invite', { ...invitation(), courses: [crypto.randomUUID()] })).toBe(
    'not-found',
  );
  expect(await count()).toBe(before);
  const ana = await school.somebody();
  expect(await school.refuses(admin, 'accounts.update', { account: ana.id, name: 'Renata L0pes' })).toBe('bad-text');
  expect((await school.does(admin, 'accounts.update', { account: admin.id, name: 'Renata Lôpes' })).name).toBe(
    'Renata Lôpes',
  );
});

it('[S5] a new role ends the sessions of the person, and the staff of courses goes with it', async () => {
  const monitor = await school.somebody({ role: 'monitor' });
  await school.course('Biologia', '9º B', { [monitor.id]: 'staff' });
  expect(
    await school.does(admin, 'accounts.update', { account: monitor.id, role: 'student', minor: true }),
  ).toMatchObject({ role: 'student', minor: true, version: 2 });
  expect(await school.refuses(monitor, 'accounts.me', {})).toBe('not-signed-in');
  expect((await school.pool.query('SELECT staff FROM enrolment WHERE account = $1', [monitor.id])).rows).toEqual([
    { staff: false },
  ]);
});

it('a new name does not end sessions; what changes nothing makes no new version', async () => {
  const ana = await school.somebody();
  expect(await school.does(admin, 'accounts.update', { account: ana.id, name: 'Ana Clara' })).toMatchObject({
    name: 'Ana Clara',
    version: 2,
  });
  await school.does(admin, 'accounts.update', { account: ana.id, name: ' Ana  Clara ', role: 'student', minor: false });
  expect(await version(ana)).toBe(2);
  expect(await school.does(ana, 'accounts.me', {})).toMatchObject({ name: 'Ana Clara' });
  expect((await school.does(admin, 'accounts.list', { text: 'ana clara' })).people.map(({ id }) => id)).toEqual([
    ana.id,
  ]);
});

it('[R5] an account that does not exist is not found', async () => {
  const account = crypto.randomUUID();
  expect(await school.refuses(admin, 'accounts.update', { account, minor: true })).toBe('not-found');
  expect(await school.refuses(admin, 'accounts.resetLink', { account })).toBe('not-found');
  expect(await school.refuses(admin, 'accounts.disable', { account, reason: 'x' })).toBe('not-found');
  expect(await school.refuses(admin, 'accounts.enable', { account })).toBe('not-found');
});

it('the last administrator keeps the role; one who was only invited, or is disabled, does not count', async () => {
  await school.does(admin, 'accounts.invite', { ...invitation(), role: 'administrator' });
  const former = await school.somebody({ role: 'administrator', password: 'a chuva cai no telhado' });
  await school.does(admin, 'accounts.disable', { account: former.id, reason: 'saiu' });
  expect(await school.refuses(admin, 'accounts.update', { account: admin.id, role: 'teacher' })).toBe('last-owner');
  expect(await school.refuses(admin, 'accounts.disable', { account: admin.id, reason: 'x' })).toBe('not-allowed');
  await school.does(admin, 'accounts.enable', { account: former.id });
  await school.does(admin, 'accounts.update', { account: admin.id, role: 'teacher' });
  expect(await school.refuses(admin, 'accounts.list', {})).toBe('not-signed-in');
});

it('administrators who demote or disable each other at once leave one', async () => {
  for (let round = 0; round < 5; round++) {
    await school.pool.query(`UPDATE account SET role = 'teacher' WHERE role = 'administrator'`);
    const all = await Promise.all(
      Array.from({ length: 4 }, () => school.somebody({ role: 'administrator', password: 'a chuva cai no telhado' })),
    );
    await Promise.all(
      all.map((who, i) => {
        const account = all[(i + 1) % all.length]?.id;
        return i % 2 === 0
          ? school.tries(who, 'accounts.update', { account, role: 'teacher' })
          : school.tries(who, 'accounts.disable', { account, reason: 'x' });
      }),
    );
    const { needsSetUp } = await school.does(null, 'accounts.welcome', {});
    expect(needsSetUp).toBe(false);
  }
});

it('[R12] a disabled person is out at once and cannot sign in; sessions and links stay ended when they are enabled again', async () => {
  const password = 'a chuva cai no telhado';
  const ana = await school.somebody({ password });
  await school.room('topic', [ana.id, admin.id]);
  expect(await school.does(admin, 'accounts.disable', { account: ana.id, reason: 'saiu' })).toMatchObject({
    state: 'disabled',
    disabled: true,
    version: 2,
  });
  expect(await school.refuses(ana, 'accounts.me', {})).toBe('not-signed-in');
  expect(await school.refuses(null, 'accounts.signIn', { email: ana.email, password })).toBe('wrong-credentials');
  expect((await school.does(admin, 'accounts.profiles', { ids: [ana.id] })).profiles).toMatchObject([
    { disabled: true },
  ]);
  const { rows } = await school.pool.query('SELECT session FROM revocation WHERE account = $1 ORDER BY id', [ana.id]);
  expect(rows).toEqual([{ session: ana.caller.actor?.session }, { session: null }]);
  await school.does(admin, 'accounts.disable', { account: ana.id, reason: 'de novo' });
  expect(await version(ana)).toBe(2);

  expect(await school.does(admin, 'accounts.enable', { account: ana.id })).toMatchObject({
    state: 'active',
    version: 3,
  });
  expect(await school.refuses(ana, 'accounts.me', {})).toBe('not-signed-in');
  await school.does(null, 'accounts.signIn', { email: ana.email, password });
});

it('[R12] the answer to disabling waits for every flush that began before it', async () => {
  const ana = await school.somebody();
  const flush = await school.pool.connect();
  await flush.query('BEGIN');
  await flush.query('SELECT pg_advisory_xact_lock_shared($1)', [GATE]);
  const done: string[] = [];
  const disabling = school
    .does(admin, 'accounts.disable', { account: ana.id, reason: 'saiu' })
    .then(() => done.push('disabled'));
  await vi.waitFor(async () => {
    const { rows } = await school.pool.query(
      `SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted`,
      [GATE],
    );
    expect(rows).toHaveLength(1);
  });
  done.push('flushed');
  await flush.query('COMMIT');
  flush.release();
  await disabling;
  expect(done).toEqual(['flushed', 'disabled']);
});

it('lists everyone in pages, by name or e-mail, without accents, whole and once each', async () => {
  const made = await Promise.all(
    ['Zuleica Ávila', 'Ávila Neto', 'Bruno Avila', 'Ávila Neto', 'Carla'].map((name, i) =>
      school.somebody({ name, role: 'guardian', ...(i === 4 ? { email: 'avila.carla@escola.example' } : {}) }),
    ),
  );
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: { people: { id: string; name: string }[]; total: number; next: string | null } = await school.does(
      admin,
      'accounts.list',
      { text: 'AVILA', role: 'guardian', limit: 2, ...(after ? { after } : {}) },
    );
    expect(page.total).toBe(5);
    expect(page.people.length).toBeLessThanOrEqual(2);
    seen.push(...page.people.map(({ id }) => id));
    after = page.next;
  } while (after !== null);
  expect(seen.toSorted()).toEqual(made.map(({ id }) => id).toSorted());
  expect((await school.does(admin, 'accounts.list', { text: '%' })).people).toEqual([]);
  expect(
    (await school.does(admin, 'accounts.list', { role: 'administrator' })).people.map(({ id, state }) => [id, state]),
  ).toEqual([[admin.id, 'active']]);
});
