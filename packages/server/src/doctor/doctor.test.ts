/** What the doctor finds: each fault by itself, on files and servers that have it. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examine } from '../commands/doctor.ts';
import { type Config, type Environment, isWrong, readConfig } from '../config.ts';
import { newId } from '../ids.ts';
import { house } from '../main.ts';
import { cloneDatabase } from '../testing/database.ts';
import type { Finding } from './finding.ts';
import { markDemo } from '../adapters/demo-mark.ts';
import { filesFindings } from './machine.ts';
import { certificateFindings, linkFindings } from './network.ts';
import { type Storage, storageFindings } from './storage.ts';

let folder: string;
let database: Awaited<ReturnType<typeof cloneDatabase>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recreio-doctor-'));
  database = await cloneDatabase();
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

const configOf = (env: Environment): Config => {
  const config = readConfig(env, false);
  if (isWrong(config)) throw new Error(config.errors.join(' '));
  return config;
};
const said = (findings: readonly Finding[], check: string): string =>
  findings
    .filter((finding) => finding.check === check)
    .map(({ health, says }) => `${health}: ${says}`)
    .join(' | ');

/** `recreio doctor --json` with these settings. */
const ask = async (env: Environment) => {
  let out = '';
  const code = await examine(
    { json: true },
    {
      env,
      isRoot: false,
      house,
      newId,
      terminal: { out: (text) => (out += text), err: () => undefined, isTerminal: false, onEnd: () => () => undefined },
    },
  );
  return { code, ...(JSON.parse(out) as { healthy: boolean; findings: Finding[] }) };
};

const urlOf = (): string => {
  const { host, port, user, password, database: name } = database.connection;
  const url = new URL(`postgres://localhost/${name}`);
  url.username = user;
  if (password !== undefined) url.password = password;
  if (host.startsWith('/')) url.searchParams.set('host', host);
  else url.host = `${host}:${port ?? 5432}`;
  return url.href;
};

describe('recreio doctor', () => {
  it('names every wrong setting, with what to do, and ends with 1', async () => {
    const { code, healthy, findings } = await ask({ PORT: 'high', PUBLIC_URL: 'chat' });
    expect([code, healthy]).toEqual([1, false]);
    expect(findings.map(({ check, health }) => `${check} ${health}`)).toEqual(['settings wrong', 'settings wrong']);
    expect(findings.every(({ todo }) => todo !== undefined)).toBe(true);
  });

  it('finds nothing wrong with a place where the first start would come up, and makes nothing there', async () => {
    const env = { PORT: '0', DATA_DIR: join(folder, 'new'), RECREIO_MASTER_KEY_FILE: join(folder, 'new.key') };
    const first = await ask(env);
    expect(first.findings.filter(({ health }) => health === 'wrong')).toEqual([]);
    expect(first.code).toBe(0);
    expect(said(first.findings, 'key')).toContain('no master key yet');
    // How much of the disk is free is another number from one moment to the next
    const steady = ({ findings, ...rest }: typeof first) => ({
      ...rest,
      findings: findings.map((finding) => (finding.check === 'disk' ? finding.health : finding)),
    });
    expect(steady(await ask(env))).toEqual(steady(first));
  });

  it('reads a database server: version, durability, clock, migrations', async () => {
    const { findings } = await ask({
      PORT: '0',
      DATABASE_URL: urlOf(),
      RECREIO_MASTER_KEY_FILE: join(folder, 'other.key'),
    });
    expect(said(findings, 'database')).toMatch(/^ok: PostgreSQL \d+\.\d+ answers/);
    expect(said(findings, 'migrations')).toBe('ok: The database is at this release.');
    expect(said(findings, 'clock')).toMatch(/^ok/);
    expect(said(findings, 'durability')).not.toBe('');
  });

  it('says why a database cannot be reached, and never its password', async () => {
    const { code, findings } = await ask({
      PORT: '0',
      DATABASE_URL: 'postgres://school:s3cret@127.0.0.1:1/none',
      RECREIO_MASTER_KEY_FILE: join(folder, 'other.key'),
    });
    expect(code).toBe(1);
    expect(said(findings, 'database')).toMatch(/^wrong: .*ECONNREFUSED/);
    expect(JSON.stringify(findings)).not.toContain('s3cret');
  });

  it('an embedded database that cannot be asked is said, and the demo school is not taken for a school of one’s own', async () => {
    const dir = join(folder, 'demo');
    mkdirSync(dir);
    const env = { PORT: '0', DATA_DIR: dir };
    expect(said((await ask(env)).findings, 'database')).toMatch(/^ok: .*embedded database.* not looked at/);
    expect(said((await ask(env)).findings, 'school')).toBe('');
    markDemo(dir);
    const { code, findings } = await ask(env);
    expect([code, said(findings, 'school')]).toEqual([1, expect.stringMatching(/^wrong: .*holds the demo school/)]);
    expect(findings.find(({ check }) => check === 'school')?.todo).toContain('DATABASE_URL=');
    expect(said((await ask({ ...env, RECREIO_DEMO: '1' })).findings, 'school')).toMatch(/^ok/);
  });

  it('a database server that holds the demo school is said, too', async () => {
    const pool = new Pool(database.connection);
    await pool.query(
      "INSERT INTO account (id, name, name_folded, email, email_folded, role, minor, language, tone, demo) VALUES (gen_random_uuid(), 'Ana', 'ana', 'ana@x.example', 'ana@x.example', 'student', true, 'en', 1, true)",
    );
    const { findings } = await ask({ PORT: '0', DATABASE_URL: urlOf() });
    await pool.query('DELETE FROM account');
    await pool.end();
    expect(said(findings, 'school')).toMatch(/^wrong: .*holds the demo school/);
  });

  it('links that open on this computer only are said, but not in the demo', () => {
    expect(said(linkFindings(configOf({})), 'links')).toMatch(
      /^warning: .*http:\/\/localhost:8080: .*this computer only/,
    );
    expect(linkFindings(configOf({ RECREIO_DEMO: '1' }))).toEqual([]);
    expect(said(linkFindings(configOf({ PORT: '0' })), 'links')).toMatch(/^warning: Links begin with another port/);
    const reached = configOf({ PUBLIC_URL: 'https://chat.escola.example', TRUSTED_PROXIES: '127.0.0.1' });
    expect(said(linkFindings(reached), 'links')).toMatch(/^ok/);
  });

  it('sees a key that others can read', async () => {
    const path = join(folder, 'open.key');
    writeFileSync(path, `recreio-master-key-1:${Buffer.alloc(32, 7).toString('base64url')}\n`, { mode: 0o644 });
    chmodSync(path, 0o644);
    const { findings } = await ask({ PORT: '0', DATA_DIR: join(folder, 'x'), RECREIO_MASTER_KEY_FILE: path });
    expect(said(findings, 'key')).toMatch(/^wrong: .*can be read by other users/);
  });

  it('tells the port that another program has', async () => {
    const other = createServer((_, answer) => answer.end('hello')).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const port = String((other.address() as AddressInfo).port);
    try {
      const { findings } = await ask({ PORT: port, DATA_DIR: join(folder, 'x') });
      expect(said(findings, 'port')).toMatch(/^wrong: Another program listens/);
    } finally {
      other.close();
    }
  });

  it.each([
    [200, /^ok: .* leads to Recreio/],
    [421, /^wrong: .*421/],
    [502, /^warning: .*does not reach Recreio/],
    [404, /^wrong: .*is not Recreio/],
  ])('a public address that answers %d', async (status, words) => {
    const proxy = createServer((_, answer) => answer.writeHead(status).end('{}')).listen(0, '127.0.0.1');
    await new Promise((resolve) => proxy.once('listening', resolve));
    const { port } = proxy.address() as AddressInfo;
    try {
      const env = { PORT: '0', PUBLIC_URL: `http://localhost:${port}`, DATA_DIR: join(folder, 'x') };
      expect(said((await ask(env)).findings, 'public-url')).toMatch(words);
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });
});

describe('a certificate', () => {
  const make = (name: string): { certFile: string; keyFile: string } => {
    const [certFile, keyFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key.pem`)];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '30',
        '-subj',
        `/CN=${name}`,
        '-addext',
        `subjectAltName=DNS:${name}`,
        '-keyout',
        keyFile,
        '-out',
        certFile,
      ],
      { stdio: 'ignore' },
    );
    return { certFile, keyFile };
  };
  const day = 86_400_000;
  const config = (tls: Config['tls'], publicUrl: string | null = null) => ({ ...configOf({}), tls, publicUrl });

  it('that is good, ends soon, has ended, is for another name or has another key', () => {
    const chat = make('chat.escola.example');
    const other = make('outra.escola.example');
    const now = Date.now();
    expect(said(certificateFindings(config(chat, 'https://chat.escola.example'), now), 'certificate')).toMatch(/^ok/);
    expect(said(certificateFindings(config(chat), now + 20 * day), 'certificate')).toMatch(/^warning: .*ends in/);
    expect(said(certificateFindings(config(chat), now + 31 * day), 'certificate')).toMatch(/^wrong: .*ended on/);
    expect(said(certificateFindings(config(chat), now - 2 * day), 'certificate')).toMatch(/^wrong: .*only from/);
    expect(said(certificateFindings(config(chat, 'https://x.example'), now), 'certificate-name')).toMatch(/^wrong/);
    expect(said(certificateFindings(config({ ...chat, keyFile: other.keyFile }), now), 'certificate')).toMatch(
      /^wrong: .*is not the key of/,
    );
    expect(said(certificateFindings(config({ ...chat, certFile: '/none.pem' }), now), 'certificate')).toMatch(/ENOENT/);
  });
});

describe('storage', () => {
  const good: Storage = {
    data: { dir: '/var/lib/recreio', exists: true, freeBytes: 1e11 },
    key: { path: '/etc/recreio/key', fingerprint: 'a' },
    expected: 'a',
    holdsDemo: false,
    database: {
      version: 180_004,
      fsync: true,
      synchronousCommit: 'on',
      maxConnections: 100,
      aheadMs: 3,
      missing: [],
      unknown: [],
    },
  };
  const there = good.database as Exclude<Storage['database'], Error | null>;
  it.each<[string, Partial<Storage>, RegExp]>([
    ['data', {}, /^ok/],
    ['key', { key: null }, /^wrong: .*fingerprint a/],
    ['key', { key: { path: '/k', fingerprint: 'b' } }, /^wrong: .*another key/],
    ['disk', { data: { dir: '/d', exists: true, freeBytes: 1e6 } }, /^wrong: 0 MiB/],
    ['disk', { data: { dir: '/d', exists: true, freeBytes: 1e9 } }, /^warning: 953 MiB/],
    ['disk', { data: { dir: '/d', exists: true, freeBytes: null } }, /^warning/],
    ['database', { database: { ...there, version: 140_011 } }, /^wrong: PostgreSQL 14\.11 is too old/],
    ['durability', { database: { ...there, fsync: false } }, /^wrong: fsync is off/],
    ['durability', { database: { ...there, synchronousCommit: 'off' } }, /^wrong: synchronous_commit is off/],
    ['connections', { database: { ...there, maxConnections: 12 } }, /^warning/],
    ['clock', { database: { ...there, aheadMs: -90_000 } }, /^warning: .*90 s apart/],
    ['migrations', { database: { ...there, missing: ['0009_x.sql'] } }, /^warning: .*lacks 1/],
    ['migrations', { database: { ...there, unknown: ['0099_y.sql'] } }, /^wrong: .*0099_y/],
  ])('%s', (check, differs, words) => {
    expect(said(storageFindings({ ...good, ...differs }, configOf({})), check)).toMatch(words);
    expect(storageFindings(good, configOf({})).every(({ health }) => health === 'ok')).toBe(true);
  });

  it('the limit of open files is held against MAX_SOCKETS', () => {
    expect(filesFindings(20_000, 1024, false)[0]?.health).toBe('warning');
    expect(filesFindings(20_000, 20_000, true)[0]?.health).toBe('warning');
    expect(filesFindings(20_000, 20_000, false)[0]).toMatchObject({
      health: 'ok',
      says: expect.stringContaining('19800'),
    });
    expect(filesFindings(20_000, 65_536, true)[0]?.health).toBe('ok');
    expect(filesFindings(20_000, null, true)).toEqual([]);
  });
});
