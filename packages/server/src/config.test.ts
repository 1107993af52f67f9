import { readFile } from 'node:fs/promises';
import { describe as group, expect, it } from 'vitest';
import { isHost, isLoopback, isOrigin, isProxy } from './config/addresses.ts';
import { settings, settingsMarkdown } from './config/settings.ts';
import {
  allowedOriginsOf,
  type Config,
  describe,
  type Environment,
  isWrong,
  lineOf,
  publicUrlOf,
  readConfig,
} from './config.ts';

const right = (env: Environment, isRoot = false): Config => {
  const read = readConfig(env, isRoot);
  if (isWrong(read)) throw new Error(read.errors.join('\n'));
  return read;
};

/** What is worth a thought with these, as it is logged. */
const advice = (env: Environment): string => right(env).warnings.map(lineOf).join(' ');

const wrong = (env: Environment): readonly string[] => {
  const read = readConfig(env, false);
  if (!isWrong(read)) throw new Error('the settings were taken');
  return read.errors;
};

const TLS = { TLS_CERT_FILE: '/etc/c.pem', TLS_KEY_FILE: '/etc/k.pem' };

group('the settings', () => {
  it('an empty environment is a school on this machine alone', () => {
    expect(right({})).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      tls: null,
      trustedProxies: [],
      demo: false,
      databasePool: 10,
      pushLocal: false,
      quotaFactor: 1,
      shutdownTimeoutMs: 30_000,
      database: { kind: 'embedded', dataDir: 'data' },
      cookie: { name: 'recreio-dev', secure: false },
      warnings: [],
      given: [],
    });
  });

  it('an empty variable is one that is not set', () => {
    expect(right({ PORT: '', DATABASE_URL: ' ' })).toEqual(right({}));
  });

  it('every wrong value is named with what is right, not only the first', () => {
    const env = {
      PORT: '80a',
      LOG_LEVEL: 'loud',
      RECREIO_DEMO: 'yes',
      RECREIO_QUOTA_FACTOR: '0',
      TLS_KEY_FILE: '/k',
      SHUTDOWN_TIMEOUT_MS: '1',
    };
    const errors = wrong(env);
    expect(errors).toHaveLength(Object.keys(env).length);
    for (const name of Object.keys(env)) expect(errors.join('\n')).toContain(name);
    expect(errors[0]).toBe('PORT must be a whole number from 0 to 65535; it is "80a".');
  });

  it.each([
    ['PORT', ['-1', '65536', '8080.5', '0x1F', '1e3']],
    ['HOST', ['http://x', 'a b', '1.2.3', '1.2.3.4:80', '-x']],
    [
      'PUBLIC_URL',
      [
        'https://a.example/',
        'https://a.example/chat',
        'https://A.example',
        'https://a.example:443',
        'ftp://a.example',
        'a.example',
        'https://u:p@a.example',
      ],
    ],
    [
      'ALLOWED_ORIGINS',
      [
        '*',
        'null',
        'https://a.example,',
        'https://a.example/',
        'https://*.example',
        'https://a.example,https://a.example',
      ],
    ],
    ['TRUSTED_PROXIES', ['0.0.0.0/0', '::/0', 'proxy', '10.0.0.0/33', '10.0.0.1/8/8', '10.0.0.0/', 'true']],
    ['DATABASE_URL', ['mysql://a/b', 'postgres://host', 'postgres:///name', 'host=a']],
    ['DATABASE_POOL', ['1', '201', 'many']],
    [
      'NATS_URL',
      [
        'nats.escola.example:4222',
        'nats://nats.escola.example:4222',
        'nats://ana:s3cret@127.0.0.1',
        'tls://s3cret@nats.escola.example',
        'tls://10.0.0.5:4222',
        'tls://nats.escola.example/x',
        'tls://nats.escola.example,',
        'ws://127.0.0.1',
      ],
    ],
    ['RECREIO_QUOTA_FACTOR', ['0.09', 'NaN', 'Infinity', '-1']],
    ['RECREIO_PRODUCTION', ['true', '2']],
    ['SCHOOL_NAME', ['x'.repeat(81), 'a\nb', 'a\u001Bb']],
  ])('%s is not taken as %j', (name, values) => {
    const answers = values.map((value) => ({
      value,
      answer: wrong({ [name]: value })[0]?.slice(0, name.length + ' must be'.length),
    }));
    expect(answers).toEqual(values.map((value) => ({ value, answer: `${name} must be` })));
  });

  it('a wrong DATABASE_URL is not repeated: it may hold a password', () => {
    expect(wrong({ DATABASE_URL: 'mysql://ana:s3cret@db/x' }).join('\n')).not.toContain('s3cret');
  });

  it('nodes tell each other by what there is: nothing, NOTIFY, or NATS', () => {
    const DATABASE_URL = 'postgres://db/x';
    expect(right({}).bus).toEqual({ kind: 'in-process' });
    expect(right({ DATABASE_URL }).bus).toEqual({ kind: 'notify' });
    const NATS_URL = 'tls://a.nats.example:4222, tls://b.nats.example';
    const nats = right({ DATABASE_URL, NATS_URL, NATS_CREDENTIALS_FILE: '/c', NATS_CA_FILE: '/ca.pem' });
    expect(nats.bus).toEqual({
      kind: 'nats',
      servers: ['tls://a.nats.example:4222', 'tls://b.nats.example'],
      credentialsFile: '/c',
      caFile: '/ca.pem',
    });
    expect(nats.warnings).toEqual([]);
    expect(right({ DATABASE_URL, NATS_URL: 'nats://[::1]:4222' }).bus.kind).toBe('nats');
    expect(advice({ NATS_URL, NATS_CA_FILE: '/ca.pem' })).toContain('NATS_URL does nothing');
    expect(advice({ DATABASE_URL, NATS_CA_FILE: '/ca.pem' })).toContain('NATS_CA_FILE does nothing');
  });

  it('[S69] a wrong NATS_URL is not repeated: it may hold a password', () => {
    expect(wrong({ NATS_URL: 'nats://ana:s3cret@nats.example' }).join('\n')).not.toContain('s3cret');
  });

  it('unknown RECREIO_ variables are warned of, others are none of our business', () => {
    const { warnings } = right({ RECREIO_DEMOO: '1', PATH: '/bin', RECREIO_DEMO: '1' });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.says).toContain('RECREIO_DEMOO');
  });

  it('DATA_DIR does nothing beside DATABASE_URL, and that is said', () => {
    expect(advice({ DATABASE_URL: 'postgres://db/x', DATA_DIR: '/d' })).toContain('DATA_DIR');
  });

  it('a name for the demo school does nothing, and that is said with the way to a school of one’s own', () => {
    expect(advice({ RECREIO_DEMO: '1', SCHOOL_NAME: 'Escola' })).toMatch(
      /SCHOOL_NAME does nothing.*RECREIO_PRODUCTION=1/,
    );
    expect(advice({ SCHOOL_NAME: 'Escola' })).toBe('');
  });

  it('a password with # in the database’s address is told how to be written', () => {
    const [error] = wrong({ DATABASE_URL: 'postgres://u:se#cret@db/x' });
    expect(error).toMatch(/@ is written %40, # %23/);
    expect(error).not.toContain('cret');
  });

  it('as root without DATA_DIR the place is left to the database, which cannot enter everywhere', () => {
    expect(right({}, true).database).toEqual({ kind: 'embedded', dataDir: null });
    expect(right({ DATA_DIR: '/d' }, true).database).toEqual({ kind: 'embedded', dataDir: '/d' });
  });
});

group('who may be reached how', () => {
  const PROXIED = { TRUSTED_PROXIES: '10.0.0.0/8, ::1', PUBLIC_URL: 'https://chat.escola.example' };

  it.each<[string, Environment]>([
    ['plain HTTP that others can reach', { HOST: '0.0.0.0' }],
    ['plain HTTP on every IPv6 address', { HOST: '::' }],
    ['one half of TLS', { TLS_CERT_FILE: '/c' }],
    ['a proxy without its origin', { TRUSTED_PROXIES: '10.0.0.1' }],
    ['a proxy whose origin is plain', { ...PROXIED, PUBLIC_URL: 'http://chat.escola.example' }],
    ['TLS with a plain origin', { ...TLS, PUBLIC_URL: 'http://localhost:8080' }],
    ['an https origin that nobody serves', { PUBLIC_URL: 'https://chat.escola.example' }],
    ['a plain origin beyond this machine', { PUBLIC_URL: 'http://chat.escola.example' }],
    ['the demo where others reach it', { ...TLS, RECREIO_DEMO: '1', HOST: '0.0.0.0' }],
    ['the demo behind a proxy', { ...PROXIED, RECREIO_DEMO: '1' }],
    ['the demo in production', { RECREIO_DEMO: '1', RECREIO_PRODUCTION: '1' }],
  ])('%s is refused, with one sentence', (_what, env) => {
    expect(wrong(env)).toHaveLength(1);
  });

  it('[S8] with HTTPS the cookie is __Host- and Secure, on this machine it has another name', () => {
    const secure = { name: '__Host-recreio', secure: true };
    expect(right({ ...TLS, HOST: '0.0.0.0' }).cookie).toEqual(secure);
    expect(right({ ...PROXIED, HOST: '0.0.0.0' }).cookie).toEqual(secure);
    expect(right({ RECREIO_DEMO: '1', HOST: '::1' }).cookie).toEqual({ name: 'recreio-dev', secure: false });
  });

  it('[S1] only the origin that people use may act; in the demo each name of this machine', () => {
    expect(allowedOriginsOf(right({ PORT: '9000' }), 9000)).toEqual(['http://localhost:9000']);
    expect(allowedOriginsOf(right({ RECREIO_DEMO: '1', PORT: '0' }), 4321)).toEqual([
      'http://localhost:4321',
      'http://127.0.0.1:4321',
      'http://[::1]:4321',
    ]);
    expect(allowedOriginsOf(right(PROXIED), 8080)).toEqual(['https://chat.escola.example']);
    const listed = right({ ...PROXIED, ALLOWED_ORIGINS: 'https://chat.escola.example, https://aulas.escola.example' });
    expect(allowedOriginsOf(listed, 8080)).toEqual(['https://chat.escola.example', 'https://aulas.escola.example']);
  });

  it('the origin follows from the port and from TLS', () => {
    expect(publicUrlOf(right({}), 8080)).toBe('http://localhost:8080');
    expect(publicUrlOf(right({ ...TLS, PORT: '443' }), 443)).toBe('https://localhost');
    expect(publicUrlOf(right(PROXIED), 8080)).toBe('https://chat.escola.example');
  });
});

group('what is printed', () => {
  it('[S69] names every setting, and no password', () => {
    const config = right({
      DATABASE_URL: 'postgres://ana:s3cret@db:5432/chat?password=s3cret&sslmode=require',
      RECREIO_MASTER_KEY_FILE: '/etc/recreio/key',
    });
    const lines = describe(config);
    expect(lines.map(({ setting }) => setting)).toEqual(settings.map(({ name }) => name));
    expect(JSON.stringify(lines)).not.toContain('s3cret');
    expect(lines).toContainEqual({ setting: 'DATABASE_URL', value: 'postgres://ana@db:5432/chat', isDefault: false });
    expect(lines).toContainEqual({ setting: 'RECREIO_MASTER_KEY_FILE', value: '/etc/recreio/key', isDefault: false });
    expect(lines).toContainEqual({ setting: 'PORT', value: '8080', isDefault: true });
  });

  it('docs/generated/settings.md is what the schema says', async () => {
    expect(await readFile(new URL('../../../docs/generated/settings.md', import.meta.url), 'utf8')).toBe(
      settingsMarkdown(),
    );
  });
});

group('addresses', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.8.8.8', true],
    ['::1', true],
    ['[::1]', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['::', false],
    ['127.0.0.1.example.com', false],
    ['128.0.0.1', false],
    ['localhost.example.com', false],
  ])('%s stays on this machine: %j', (host, is) => {
    expect(isLoopback(host)).toBe(is);
  });

  it('forms that look alike are told apart', () => {
    expect([
      isHost('chat.escola.example'),
      isHost('escola'),
      isHost('::1'),
      isHost('999.1.1.1'),
      isHost('a..b'),
    ]).toEqual([true, true, true, false, false]);
    expect([isOrigin('http://localhost:8080'), isOrigin('http://localhost:8080/'), isOrigin('null')]).toEqual([
      true,
      false,
      false,
    ]);
    expect([isProxy('10.0.0.0/8'), isProxy('fd00::/8'), isProxy('10.0.0.0/08')]).toEqual([true, true, false]);
  });
});
