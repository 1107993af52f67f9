import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountWith } from '@recreio/core/operator.ts';
import { school as schoolOf } from '@recreio/core/testing/world.ts';
import { isWrong, readConfig } from '../config.ts';
import { newId } from '../ids.ts';
import { openLog } from '../logs.ts';
import { house as realHouse } from '../main.ts';
import { cloneDatabase } from '../testing/database.ts';
import type { House, Running } from './house.ts';
import { recreio } from './recreio.ts';

/** A transparent square of 16 pixels, as a PNG. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAYAAAAf8/9hAAAAEklEQVR42mNgGAWjYBSMAggAAAQQAAGvRYgsAAAAAElFTkSuQmCC',
  'base64',
);

/** A terminal that remembers, with signals that the test sends. */
const session = (env: Record<string, string>, house: Partial<House> = {}) => {
  const said = { out: '', err: '' };
  const signals = { send: (_signal: string): void => undefined };
  const spoken = Promise.withResolvers<void>();
  const closed = () => Promise.reject(new Error('this test does not open the house'));
  const run = (...args: string[]) =>
    recreio(args, {
      house: { start: closed, open: closed, examine: closed, ...house },
      terminal: {
        out: (text) => {
          said.out += text;
          spoken.resolve();
        },
        err: (text) => {
          said.err += text;
        },
        isTerminal: false,
        onEnd: (callback) => {
          signals.send = callback;
          return () => {
            signals.send = () => undefined;
          };
        },
      },
      env,
      isRoot: false,
      newId,
    });
  return { run, said, signals, spoken: spoken.promise };
};

describe('calling', () => {
  it.each<[number, string[], RegExp]>([
    [2, [], /which command/u],
    [2, ['begin'], /no command "begin"/u],
    [2, ['admin'], /set-up-link, invite, import, .*people, devices, .*asks, .*rooms, .*set-school, set-logo, record/u],
    [2, ['admin', 'dance'], /admin dance\?/u],
    [2, ['start', '--port', '1'], /Unknown option '--port'/u],
    [2, ['start', 'now'], /now/u],
    [2, ['admin', 'invite', '--name', 'Ana'], /needs --email and --role/u],
    [
      2,
      ['admin', 'invite', '--name', 'Ana', '--email', 'a@b.example', '--role', 'king'],
      /--role must be one of student/u,
    ],
    [2, ['help', 'nothing'], /no command/u],
  ])('ends with %i for %j and says why', async (code, args, why) => {
    const { run, said } = session({});
    expect(await run(...args)).toBe(code);
    expect(said.err).toMatch(why);
    expect(said.out).toBe('');
  });

  it('help explains every command that it lists, and every setting', async () => {
    const { run, said } = session({ PORT: 'wrong settings are no reason to give no help' });
    expect(await run('help')).toBe(0);
    const names = [...said.out.matchAll(/^ {2}(start|migrate|doctor|admin [a-z-]+) /gmu)].map(
      (found) => found[1] ?? '',
    );
    expect(names).toHaveLength(36);
    for (const name of names) {
      const before = said.out.length;
      expect(await run('help', ...name.split(' '))).toBe(0);
      expect(said.out.slice(before)).toContain(`Usage: recreio ${name}`);
    }
    expect(await run('help', 'settings')).toBe(0);
    expect(said.out).toContain('RECREIO_MASTER_KEY_FILE');
    expect(await run('start', '--help')).toBe(0);
    expect(said.err).toBe('');
  });

  it('[S69] the version says which release and no more', async () => {
    const { run, said } = session({});
    expect(await run('--version')).toBe(0);
    expect(said.out).toMatch(/^recreio \d+\.\d+\.\d+ \(protocol \d+\)\n$/u);
  });

  it('with wrong settings nothing is opened, and all of them are named', async () => {
    const { run, said } = session({ PORT: 'x', HOST: '0.0.0.0', LOG_LEVEL: 'loud' });
    expect(await run('start')).toBe(1);
    expect(said.err).toMatch(/PORT[\s\S]*LOG_LEVEL[\s\S]*HOST/u);
    expect(said.err).not.toContain('does not open');
  });

  it('the real command answers under the Node that runs the tests', () => {
    const bin = fileURLToPath(new URL('../../bin/recreio.mjs', import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'version'], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect([status, stdout.startsWith('recreio ')]).toEqual([0, true]);
  });
});

describe('start', () => {
  const opened =
    (changes: Partial<Running> = {}): House['start'] =>
    () =>
      Promise.resolve({
        address: 'http://localhost:1',
        setUpUrl: null,
        failed: new Promise<Error>(() => undefined),
        stop: () => Promise.resolve(),
        ...changes,
      });

  /** Starts, waits until it says that it is ready, sends a signal. */
  const started = async (changes: Partial<Running>, env: Record<string, string> = {}) => {
    const { run, said, signals, spoken } = session(env, { start: opened(changes) });
    const code = run('start');
    await spoken;
    return { code, said, signals };
  };

  it('says where, stops in order at SIGTERM and ends with 0', async () => {
    let stops = 0;
    const { code, said, signals } = await started({
      stop: () => {
        stops += 1;
        return Promise.resolve();
      },
    });
    expect(said.out.split('\n')[0]).toBe('Recreio is ready at http://localhost:1');
    signals.send('SIGTERM');
    expect([await code, stops]).toEqual([0, 1]);
    expect(said.err).toContain('"reason":"SIGTERM"');
  });

  it('[S69] a set-up link is printed and never logged', async () => {
    const { code, said, signals } = await started({ setUpUrl: 'http://localhost:1/convite#canary' });
    signals.send('SIGINT');
    await code;
    expect(said.out).toContain('#canary');
    expect(said.err).not.toContain('canary');
  });

  it('a Ctrl-C that npm hands on once more is one wish', async () => {
    const stopping = Promise.withResolvers<void>();
    const { code, signals } = await started({ stop: () => stopping.promise });
    signals.send('SIGINT');
    signals.send('SIGINT');
    stopping.resolve();
    expect(await code).toBe(0);
  });

  it('what does not end within SHUTDOWN_TIMEOUT_MS is ended, with 1', async () => {
    const { code, said, signals } = await started(
      { stop: () => new Promise(() => undefined) },
      { SHUTDOWN_TIMEOUT_MS: '1000' },
    );
    signals.send('SIGTERM');
    expect(await code).toBe(1);
    expect(said.err).toContain('before everything was put away');
  });

  it('a server that cannot go on is stopped, and ends with 1 and the reason', async () => {
    const { code, said } = await started({
      failed: Promise.resolve(new Error('The database cannot be kept running.')),
    });
    expect(await code).toBe(1);
    expect(said.err).toContain('The database cannot be kept running.');
  });

  it.each([
    [
      '28P01',
      undefined,
      { DATABASE_URL: 'postgres://u:secret@db/x' },
      /^recreio: DATABASE_URL: the password is wrong/u,
    ],
    [
      'ECONNREFUSED',
      undefined,
      { DATABASE_URL: 'postgres://u:secret@db/x' },
      /^recreio: DATABASE_URL: nothing listens/u,
    ],
    ['53300', undefined, { DATABASE_URL: 'postgres://u:secret@db/x' }, /^recreio: DATABASE_URL: .*DATABASE_POOL/u],
    ['EACCES', '/srv/data', {}, /^recreio: \/srv\/data: this user may not .*DATA_DIR/u],
    ['ENOSPC', '/srv/data', {}, /^recreio: \/srv\/data: that disk is full.*DATA_DIR/u],
  ])('[S69] %s at the start is a sentence that names the setting and no secret', async (code, path, env, sentence) => {
    const error = Object.assign(new Error('connect u:secret'), { code, ...(path === undefined ? {} : { path }) });
    const { run, said } = session(env, { start: () => Promise.reject(error) });
    expect(await run('start')).toBe(1);
    expect(said.err).toMatch(sentence);
    expect(said.err).not.toContain('secret');
  });

  it('a port that is taken is said in words that name the setting', async () => {
    const taken = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE', syscall: 'listen' });
    const { run, said } = session({ PORT: '8081' }, { start: () => Promise.reject(taken) });
    expect(await run('start')).toBe(1);
    expect(said.err).toMatch(/^recreio: the port 8081 of 127\.0\.0\.1 is taken .* PORT /u);
  });

  it('a start that fails ends with 1 and the sentence, without a stack', async () => {
    const { run, said } = session({}, { start: () => Promise.reject(new Error('The port 8080 is taken.')) });
    expect(await run('start')).toBe(1);
    expect(said.err).toBe('recreio: The port 8080 is taken.\n');
  });
});

describe('admin, on a database', () => {
  const keys = mkdtempSync(join(tmpdir(), 'recreio-keys-'));
  const env: Record<string, string> = {
    RECREIO_MASTER_KEY_FILE: join(keys, 'school.key'),
    PUBLIC_URL: 'http://localhost:8080',
  };
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await cloneDatabase();
    drop = database.drop;
    const { host, port, user, password, database: name } = database.connection;
    const secret = password === undefined ? '' : `:${encodeURIComponent(password)}`;
    env['DATABASE_URL'] =
      `postgres://${encodeURIComponent(user)}${secret}@${encodeURIComponent(host)}${port === undefined ? '' : `:${port}`}/${name}`;
  });
  afterAll(async () => {
    await drop();
    rmSync(keys, { recursive: true });
  });

  const admin = async (...args: string[]) => {
    const { run, said } = session(env, { open: realHouse.open });
    return { code: await run(...args), ...said };
  };

  it('no master key is made for a database that takes no tables', async () => {
    const url = new URL(env['DATABASE_URL'] ?? '');
    const pool = new Pool({ connectionString: url.href });
    const name = `takes_none_${newId().replaceAll('-', '')}`;
    url.pathname = `/${name}`;
    await pool.query(`CREATE ROLE ${name}`);
    await pool.query(`CREATE DATABASE ${name}`);
    try {
      await pool.query(`ALTER DATABASE ${name} SET role = ${name}`);
      const key = join(keys, 'of-nothing.key');
      const given = { ...env, DATABASE_URL: url.href, RECREIO_MASTER_KEY_FILE: key, PORT: '0' };
      const { run, said } = session(given, realHouse);
      expect(await run('start')).toBe(1);
      expect(said.err).toContain('DATABASE_URL: that user may not create tables there');
      const migrating = session(given, realHouse);
      expect(await migrating.run('migrate')).toBe(1);
      expect(migrating.said.err).toContain('DATABASE_URL: that user may not create tables there');
      expect(said.err).not.toContain('master key');
      expect(existsSync(key)).toBe(false);
    } finally {
      await pool.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await pool.query(`DROP ROLE ${name}`);
      await pool.end();
    }
  });

  const LINK = /^http:\/\/localhost:8080\/convite#[\w-]{43}\n$/u;

  it('a database of another release is refused, and the message says what to do', async () => {
    const pool = new Pool({ connectionString: env['DATABASE_URL'] });
    await pool.query("INSERT INTO migration (name, digest) VALUES ('9999_of_tomorrow.sql', '')");
    const { code, err } = await admin('admin', 'people');
    await pool.query("DELETE FROM migration WHERE name = '9999_of_tomorrow.sql'");
    await pool.end();
    expect(code).toBe(1);
    expect(err).toContain('recreio migrate');
  });

  it('migrating what is up to date changes nothing', async () => {
    expect(await admin('migrate')).toMatchObject({ code: 0, out: '' });
  });

  it('[R8] the set-up link is made as long as there is no administrator', async () => {
    const first = await admin('admin', 'set-up-link');
    const second = await admin('admin', 'set-up-link');
    expect(first.out).toMatch(LINK);
    expect(second.out).toMatch(LINK);
    expect(second.out).not.toBe(first.out);
  });

  it('invites, lists, disables and enables by the rules of administrators', async () => {
    const call = ['admin', 'invite', '--name', 'Davi Souza', '--email', 'davi@escola.example', '--role', 'student'];
    expect((await admin(...call)).out).toMatch(LINK);
    expect(await admin(...call)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('recreio admin reset-password --email davi@escola.example'),
    });
    expect((await admin('admin', 'people')).out).toBe('davi@escola.example\tstudent\tinvited\tDavi Souza\n');
    expect(
      (await admin('admin', 'disable', '--email', 'DAVI@escola.example', '--reason', 'Saiu da escola')).out,
    ).toContain('\tdisabled\t');
    expect(await admin('admin', 'reset-password', '--email', 'davi@escola.example')).toMatchObject({
      code: 1,
      out: '',
    });
    expect((await admin('admin', 'enable', '--email', 'davi@escola.example')).out).toContain('\tinvited\t');
    expect((await admin('admin', 'reset-password', '--email', 'davi@escola.example')).out).toMatch(LINK);
    expect((await admin('admin', 'people', '--text', 'nobody of that name')).out).toBe('');
  });

  it('gives another address, lists by state, shows and ends devices, and it is on record', async () => {
    const davi = ['--email', 'davi@escola.example'];
    expect((await admin('admin', 'change-email', ...davi, '--to', 'not an address')).code).toBe(1);
    expect((await admin('admin', 'change-email', ...davi, '--to', 'souza@escola.example')).out).toContain('souza@');
    const listed = await admin('admin', 'people', '--state', 'never-seen', '--json');
    expect(JSON.parse(listed.out.split('\n')[0] ?? '')).toMatchObject({ name: 'Davi Souza', lastSeenAt: null });
    expect(await admin('admin', 'people', '--state', 'asleep')).toMatchObject({ code: 2, out: '' });
    expect(await admin('admin', 'devices', '--email', 'souza@escola.example')).toMatchObject({ code: 0, out: '' });
    expect((await admin('admin', 'sign-out', '--email', 'souza@escola.example')).err).toContain('Signed out of 0.');
    const { out } = await admin('admin', 'record', '--act', 'accounts.update', '--json');
    expect(JSON.parse(out)).toMatchObject({
      actor: null,
      detail: { email: 'changed' },
    });
    const souza = ['--email', 'souza@escola.example'];
    expect((await admin('admin', 'change-person', ...souza)).code).toBe(2);
    expect((await admin('admin', 'change-person', ...souza, '--age', 'old')).code).toBe(2);
    const changed = await admin('admin', 'change-person', ...souza, '--name', 'Davi S.', '--role', 'monitor');
    expect(changed.out).toBe('souza@escola.example\tmonitor\tinvited\tDavi S.\n');
    await admin('admin', 'change-person', ...souza, '--name', 'Davi Souza', '--role', 'student', '--age', 'minor');
    await admin('admin', 'change-email', '--email', 'souza@escola.example', '--to', 'davi@escola.example');
    const whole = await admin('admin', 'record', '--verify');
    const head = whole.out.split('\t')[0] ?? '';
    expect([whole.code, whole.err]).toEqual([0, 'The record is whole.\n']);
    expect((await admin('admin', 'record', '--verify', '--expect', head)).code).toBe(0);
    expect((await admin('admin', 'record', '--verify', '--expect', '0'.repeat(64))).code).toBe(1);
    expect((await admin('admin', 'record', '--verify', '--expect', 'x')).code).toBe(2);
    const pool = new Pool({ connectionString: env['DATABASE_URL'] });
    await pool.query("INSERT INTO audit_entry (act) VALUES ('of.old')");
    const bare = await admin('admin', 'record', '--verify');
    expect([bare.code, bare.err]).toEqual([1, expect.stringMatching(/entry \d+ has no hash/u)]);
    expect((await admin('admin', 'record', '--verify', '--older-release-wrote')).code).toBe(0);
    await pool.query("DELETE FROM audit_entry WHERE act = 'of.old'");
    await pool.end();
  });

  it('shows and changes the school, and lists its rooms', async () => {
    expect((await admin('admin', 'set-school')).code).toBe(2);
    expect((await admin('admin', 'set-school', '--joining', 'anybody')).code).toBe(2);
    expect((await admin('admin', 'set-school', '--joining', 'domain')).code).toBe(1);
    const { out } = await admin('admin', 'set-school', '--joining', 'domain', '--domains', 'escola.example, b.example');
    expect(out).toContain('joining\tdomain\njoiningDomains\t["escola.example","b.example"]\n');
    const spoken = await admin('admin', 'set-school', '--accent', '#225588', '--languages', 'en, pt-BR');
    expect(spoken.out).toContain('accent\t#225588\n');
    expect(spoken.out).toContain('languages\t{"default":"en","offered":["en","pt-BR"]}\n');
    expect((await admin('admin', 'set-school', '--languages', 'xx')).code).toBe(1);
    await admin('admin', 'set-school', '--languages', 'pt-BR,en');
    await admin('admin', 'set-school', '--joining', 'approval', '--domains', '');
    expect(JSON.parse((await admin('admin', 'school', '--json')).out).policies).toMatchObject({
      joining: 'approval',
      joiningDomains: [],
    });
    expect(await admin('admin', 'rooms', '--state', 'archived')).toMatchObject({ code: 0, out: '' });
  });

  it('[R57] sets each policy that the page of the school has', async () => {
    const set = (...args: string[]) => admin('admin', 'set-school', ...args);
    for (const wrong of [
      ['--late-after', '4'],
      ['--quiet-hours', '25:00-06:00'],
      ['--receipts-with-minors', 'perhaps'],
    ])
      expect(await set(...wrong)).toMatchObject({ code: 2, out: '' });
    expect(await set('--digest-after', '1m')).toMatchObject({ code: 1, err: expect.stringContaining('malformed') });
    const all =
      '--late-after 2h --digest-after 30m --receipts small --receipts-with-minors yes --quiet-hours 20:30-07:00 ' +
      '--private-talk with-staff --minors nobody --push places --digest words --urgent-after 30m --joining closed --json';
    const { out } = await set(...all.split(' '));
    // All of them: a policy that is added to the school has a word here, too
    expect(JSON.parse(out).policies).toEqual({
      privateTalk: 'with-staff',
      receipts: 'small',
      receiptsWithMinors: true,
      minorByDefault: 'nobody',
      lateAfterMs: 7_200_000,
      joining: 'closed',
      joiningDomains: [],
      quietHours: { from: 1230, to: 420, days: [1, 2, 3, 4, 5, 6, 7] },
      push: 'places',
      digest: 'words',
      digestAfterMs: 1_800_000,
      urgentAfterMs: 1_800_000,
    });
    expect((await set('--quiet-hours', 'none')).out).toContain('quietHours\tnull\n');
    expect((await set('--urgent-after', 'off')).out).toContain('urgentAfterMs\tnull\n');
    expect(await set('--urgent-after', '4m')).toMatchObject({ code: 1, err: expect.stringContaining('malformed') });
    await set('--minors', 'students', '--private-talk', 'everyone', '--push', 'off', '--digest', 'off');
  });

  it('[R58] gives the school a picture, and takes it away', async () => {
    const file = join(keys, 'logo.png');
    writeFileSync(file, 'no picture');
    expect((await admin('admin', 'set-logo')).code).toBe(2);
    expect((await admin('admin', 'set-logo', '--file', join(keys, 'nothing'))).err).toContain('cannot be read');
    expect((await admin('admin', 'set-logo', '--file', file)).err).toContain('bad-picture');
    writeFileSync(file, PICTURE);
    expect((await admin('admin', 'set-logo', '--file', file)).code).toBe(0);
    expect(JSON.parse((await admin('admin', 'school', '--json')).out).logo).toMatch(/^\w+/u);
    expect((await admin('admin', 'set-logo', '--none')).code).toBe(0);
    expect(JSON.parse((await admin('admin', 'school', '--json')).out).logo).toBeNull();
  });

  it('[R109] makes the people of a file, and says first what is wrong with it', async () => {
    const file = join(keys, 'people.csv');
    const load = (...args: string[]) => admin('admin', 'import', '--file', file, ...args);
    writeFileSync(file, 'nome,email,papel,cursos\nIris,iris@folha.example,estudante,Canto\nOto,oto,zelador,\n');
    const faulty = await load();
    expect([faulty.code, faulty.out]).toEqual([1, '']);
    expect(faulty.err).toMatch(
      /No such course: Canto\t\nLine 2: course: Canto\nLine 3: email: oto\nLine 3: role: zelador\n/u,
    );
    writeFileSync(file, 'nome,email,papel,cursos\nIris,iris@folha.example,estudante,Canto\n');
    const tried = await load('--make-courses', '--dry-run');
    expect([tried.code, tried.out]).toEqual([0, 'iris@folha.example\tstudent\tIris\t\n']);
    expect((await admin('admin', 'people', '--text', 'iris')).out).toBe('');
    const made = await load('--make-courses');
    expect(made.out).toMatch(/^iris@folha\.example\tstudent\tIris\thttp:\/\/localhost:8080\/convite#[\w-]{43}\n$/u);
    expect((await admin('admin', 'enrolled', '--course', 'Canto')).out).toContain('Iris');
  });

  it('puts rooms away and takes them out, gives those that nobody owns, and sorts the school’s categories', async () => {
    await admin('admin', 'invite', '--name', 'Nair', '--email', 'nair@salas.example', '--role', 'teacher');
    await admin('admin', 'invite', '--name', 'Saulo', '--email', 'saulo@salas.example', '--role', 'teacher');
    const config = readConfig(env, false);
    if (isWrong(config)) throw new Error(config.errors.join(' '));
    const log = openLog({ ...config.log, level: 'fatal' }, { write: () => undefined }, false);
    const opened = await realHouse.open(config, log, { migrating: false });
    const school = schoolOf(opened.world);
    const [nair, saulo] = await Promise.all(
      ['nair@salas.example', 'saulo@salas.example'].map(async (email) => {
        const id = (await accountWith(opened.world, email)) ?? '';
        return await school.device({ id, name: email, caller: { actor: null, address: 'local', device: 'test' } });
      }),
    );
    if (!nair || !saulo) throw new Error('two teachers');
    const room = await school.room(nair, [], { title: 'Xadrez' });
    await opened.close();
    expect((await admin('admin', 'archive-room', '--room', room)).code).toBe(0);
    expect((await admin('admin', 'rooms', '--state', 'archived')).out).toBe(`${room}\tarchived\t1\tXadrez\tNair\n`);
    expect((await admin('admin', 'reopen-room', '--room', room)).code).toBe(0);
    expect((await admin('admin', 'archive-room', '--room', newId())).err).toContain('not-found');
    const give = ['admin', 'give-room', '--room', room, '--email', 'saulo@salas.example'];
    expect((await admin(...give)).err).toContain('the room has an owner');
    const shut = await admin('admin', 'disable', '--email', 'nair@salas.example');
    expect(shut.err).toContain(`${room}\tXadrez`);
    expect((await admin('admin', 'rooms', '--state', 'ownerless')).out).toContain(room);
    expect((await admin(...give)).code).toBe(0);
    expect((await admin('admin', 'rooms', '--text', 'Xadrez')).out).toBe(`${room}\tliving\t2\tXadrez\tSaulo\n`);
    await admin('admin', 'set-categories', '--names', 'Clubes | Projetos');
    const [first] = (await admin('admin', 'categories', '--json')).out.split('\n');
    await admin('admin', 'set-categories', '--names', 'Esporte|clubes');
    expect((await admin('admin', 'categories')).out).toBe('Esporte\t\nclubes\t\n');
    expect((await admin('admin', 'categories', '--json')).out).toContain(JSON.parse(first ?? '').id);
    expect((await admin('admin', 'set-categories', '--names', 'A|a')).code).toBe(1);
  });

  it('the demo school is not taken for a school of one’s own', async () => {
    const pool = new Pool({ connectionString: env['DATABASE_URL'] });
    const { rows } = await pool.query('SELECT id FROM account LIMIT 1');
    await pool.query('UPDATE account SET demo = true WHERE id = $1', [rows[0].id]);
    const { code, out, err } = await admin('admin', 'people');
    await pool.query('UPDATE account SET demo = false WHERE id = $1', [rows[0].id]);
    await pool.end();
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('This database holds the demo school');
  });

  it('makes courses with lessons, and says who is in them', async () => {
    await admin('admin', 'invite', '--name', 'Lia Prado', '--email', 'lia@escola.example', '--role', 'teacher');
    await admin('admin', 'make-course', '--title', 'Física', '--class', '1º A', '--lessons', 'Luz | Som|');
    const { out } = await admin('admin', 'make-course', '--title', 'Física', '--class', '1º B');
    expect(out).toMatch(/^[0-9a-f-]{36}\trunning\t0\t0\t0\tFísica\t1º B\n$/u);
    // Two of one title: the class, or the id, says which
    expect((await admin('admin', 'lessons', '--course', 'Física')).code).toBe(1);
    // A word that a name only contains changes nothing, and is told what it may have meant
    await admin('admin', 'make-course', '--title', 'Biofísica');
    const alike = await admin('admin', 'end-course', '--course', 'biofis');
    expect([alike.code, alike.err]).toEqual([1, expect.stringMatching(/ Alike:\n[0-9a-f-]{36}\tBiofísica\t/u)]);
    expect((await admin('admin', 'lessons', '--course', 'biofisica')).code).toBe(0);
    await admin('admin', 'add-lesson', '--course', 'Física 1º A', '--title', 'Calor');
    expect((await admin('admin', 'lessons', '--course', 'Física 1º A')).out).toMatch(
      /^1\t\S+\t0\tLuz\n2\t\S+\t0\tSom\n3\t\S+\t0\tCalor\n$/u,
    );
    const course = ['--course', out.split('\t')[0] ?? ''];
    const lia = ['--email', 'lia@escola.example'];
    expect((await admin('admin', 'enrol', ...course, ...lia)).code).toBe(0);
    expect((await admin('admin', 'enrolled', ...course)).out).toMatch(/^\S+\tstaff\tLia Prado\n$/u);
    expect(await admin('admin', 'unenrol', ...course, ...lia)).toMatchObject({ code: 0, out: '' });
    expect((await admin('admin', 'enrolled', ...course)).out).toBe('');
    await admin('admin', 'end-course', ...course);
    expect(JSON.parse((await admin('admin', 'courses', '--state', 'over', '--json')).out)).toMatchObject({
      title: 'Física',
      group: '1º B',
    });
    expect((await admin('admin', 'end-course', '--again', '--course', 'Nada')).code).toBe(1);
    expect((await admin('admin', 'record', '--json')).out).toContain('courses.enrol');
  });

  it('admits and declines who asks', async () => {
    const pool = new Pool({ connectionString: env['DATABASE_URL'] });
    await pool.query(
      `INSERT INTO join_ask (id, name, email, email_folded, words, language)
       VALUES (gen_random_uuid(), 'Vera', 'Vera@fora.example', 'vera@fora.example', E'a\tb\nc', 'pt-BR'),
              (gen_random_uuid(), 'Zé', 'ze@fora.example', 'ze@fora.example', '', 'pt-BR')`,
    );
    await pool.end();
    expect((await admin('admin', 'asks')).out).toMatch(/\tVera@fora\.example\tVera\ta b c\n/u);
    expect((await admin('admin', 'admit', '--email', 'vera@FORA.example', '--name', 'Vera Reis')).out).toMatch(LINK);
    expect((await admin('admin', 'decline', '--email', 'ze@fora.example')).code).toBe(0);
    expect(await admin('admin', 'decline', '--email', 'ze@fora.example')).toMatchObject({ code: 1, out: '' });
    expect((await admin('admin', 'people', '--text', 'vera')).out).toBe(
      'Vera@fora.example\tstudent\tinvited\tVera Reis\n',
    );
  });

  it('students are minors unless --adult says otherwise', async () => {
    await admin(
      'admin',
      'invite',
      '--name',
      'Rosa Lima',
      '--email',
      'rosa@escola.example',
      '--role',
      'student',
      '--adult',
    );
    await admin('admin', 'invite', '--name', 'Iara Melo', '--email', 'iara@escola.example', '--role', 'student');
    const { run } = session(env, {
      open: async (config, log, how) => {
        const opened = await realHouse.open(config, log, how);
        const { people } = await opened.world.memory.accounts.list({
          folded: '',
          role: 'student',
          state: null,
          course: null,
          after: null,
          limit: 50,
        });
        const minor = Object.fromEntries(people.map((person) => [person.name, person.minor]));
        expect(minor).toMatchObject({ 'Rosa Lima': false, 'Iara Melo': true });
        return opened;
      },
    });
    expect(await run('admin', 'people')).toBe(0);
  });

  it('an e-mail that nobody has, and text that is none, are refused in words', async () => {
    const { code, err } = await admin('admin', 'enable', '--email', 'nobody@escola.example');
    expect(code).toBe(1);
    expect(err).toContain('Nobody has the e-mail address');
    expect(
      (await admin('admin', 'invite', '--name', '', '--email', 'x@escola.example', '--role', 'teacher')).code,
    ).toBe(1);
    expect((await admin('admin', 'invite', '--name', 'X', '--email', 'not an address', '--role', 'teacher')).code).toBe(
      1,
    );
  });
});
