/** What the environment says, checked as a whole: every wrong value is named with what is right, never only the first. */
import { Value } from 'typebox/value';
import { isLoopback, withoutPassword } from './config/addresses.ts';
import { SETTINGS, type Setting, type SettingName, type Settings, settings } from './config/settings.ts';

/** How the server runs. Nothing else reads the environment. */
export interface Config {
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  /** The origin people use; null when it follows from the port that is listened on (see `publicUrlOf`). */
  readonly publicUrl: string | null;
  /** The exact list when one is configured; null when it follows (see `allowedOriginsOf`). */
  readonly allowedOrigins: readonly string[] | null;
  /** PEM files, when this process speaks TLS itself. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  /** IP addresses and networks whose forwarding headers count; empty: none (security S18). */
  readonly trustedProxies: readonly string[];
  /** `__Host-` and Secure wherever people come by HTTPS; another name on loopback (security S8). */
  readonly cookie: { readonly name: '__Host-recreio' | 'recreio-dev'; readonly secure: boolean };
  /** Where the data are; for root without DATA_DIR null: the embedded database's `defaultDataDir` knows a reachable place. */
  readonly database:
    | { readonly kind: 'url'; readonly url: string }
    | { readonly kind: 'embedded'; readonly dataDir: string | null };
  /** Most pooled connections. */
  readonly databasePool: number;
  /** What nodes tell each other by. */
  readonly bus:
    | { readonly kind: 'in-process' | 'notify' }
    | {
        readonly kind: 'nats';
        readonly servers: readonly string[];
        readonly credentialsFile: string | null;
        readonly caFile: string | null;
      };
  /** The school's own sign-in; null: none. */
  readonly oidc: {
    readonly issuer: string;
    readonly clientId: string;
    readonly clientSecretFile: string | null;
    readonly name: string;
    readonly linksByEmail: boolean;
  } | null;
  /** How letters are sent; null: not at all. */
  readonly mail: { readonly url: string; readonly from: string } | null;
  /** What decides where the master key lies; see the vault's `masterKeyPlaces`. */
  readonly masterKey: {
    readonly configured: string | undefined;
    readonly home: string | undefined;
    readonly configHome: string | undefined;
  };
  /** Where monitoring reads numbers; null: nowhere. */
  readonly metrics: { readonly port: number; readonly host: string; readonly tokenFile: string | null } | null;
  readonly demo: boolean;
  /** The school's name for the first start, or null. */
  readonly schoolName: string | null;
  readonly log: { readonly level: Settings['LOG_LEVEL']; readonly format: Settings['LOG_FORMAT'] };
  /** Whether push services may be on this machine. */
  readonly pushLocal: boolean;
  readonly quotaFactor: number;
  readonly shutdownTimeoutMs: number;
  /** The share of all sockets that an orderly end closes a second, 0–1. */
  readonly shutdownWave: number;
  /** Below so many free bytes the disk counts as full for new messages (contract D31); 0: never. */
  readonly diskReserveBytes: number;
  /** How many sockets are let in (contract D32, security S59). */
  readonly admission: { readonly sockets: number; readonly perPerson: number; readonly perSecond: number };
  /** About settings that do nothing or look misspelt, for the operator. */
  readonly warnings: readonly Advice[];
  /** The settings that were set, as opposed to left to their defaults. */
  readonly given: readonly SettingName[];
}

/** What is worth a thought, and what to do about it: two sentences. */
export interface Advice {
  readonly says: string;
  readonly todo: string;
}

/** Both, as one line. */
export const lineOf = ({ says, todo }: Advice): string => `${says} ${todo}`;

/** Nothing may start: a sentence for each setting that is wrong. */
export interface ConfigErrors {
  readonly errors: readonly string[];
}

/** The environment of a process, or of a test. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether reading the environment came out wrong. */
export const isWrong = (read: Config | ConfigErrors): read is ConfigErrors => 'errors' in read;

/** Reads the settings. An empty variable counts as not set, as compose files and units write it. */
export const readConfig = (env: Environment, isRoot: boolean): Config | ConfigErrors => {
  const errors: string[] = [];
  const values: Record<string, unknown> = {};
  const given: SettingName[] = [];
  for (const setting of settings) {
    const text = env[setting.name]?.trim();
    if (text === undefined || text === '') {
      if (setting.default !== undefined) values[setting.name] = setting.default;
      continue;
    }
    const value = parse(setting, text);
    if (Value.Check(setting.schema, value)) {
      values[setting.name] = value;
      given.push(setting.name);
    } else {
      // A default in its place, so that the settings that depend on it can be checked, too
      if (setting.default !== undefined) values[setting.name] = setting.default;
      errors.push(`${setting.name} must be ${setting.right}${setting.secret ? '' : `; it is ${quote(text)}`}.`);
    }
  }
  const read = Value.Parse(SETTINGS, values);
  errors.push(...disagreements(read, errors));
  if (errors.length > 0) return { errors };
  return { ...derive(read, env, isRoot), given, warnings: warningsOf(read, env, isRoot) };
};

const parse = ({ schema }: Setting, text: string): unknown => {
  const type = 'type' in schema ? schema.type : undefined;
  if (type === 'integer' || type === 'number') return /^-?\d+(\.\d+)?$/u.test(text) ? Number(text) : text;
  if (type === 'boolean') return text === '1' ? true : text === '0' ? false : text;
  if (type === 'array') return text.split(',').map((item) => item.trim());
  return text;
};

const QUOTED = 80;
const quote = (text: string): string => JSON.stringify(text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);

/** Settings that are right alone and wrong together. `before`: what is wrong already is not held against others. */
const disagreements = (read: Settings, before: readonly string[]): string[] => {
  const errors: string[] = [];
  const isAboutTls = /^(TLS_|TRUSTED_PROXIES|PUBLIC_URL|HOST )/u;
  const doubted = before.some((error) => isAboutTls.test(error));
  const certified = read.TLS_CERT_FILE !== undefined;
  const proxied = read.TRUSTED_PROXIES !== undefined;
  const local = isLoopback(read.HOST);
  if (certified !== (read.TLS_KEY_FILE !== undefined))
    errors.push(
      `TLS_CERT_FILE and TLS_KEY_FILE belong together: ${certified ? 'TLS_KEY_FILE' : 'TLS_CERT_FILE'} is missing.`,
    );
  if ((read.OIDC_ISSUER === undefined) !== (read.OIDC_CLIENT_ID === undefined))
    errors.push(
      `OIDC_ISSUER and OIDC_CLIENT_ID belong together: ${read.OIDC_ISSUER === undefined ? 'OIDC_ISSUER' : 'OIDC_CLIENT_ID'} is missing.`,
    );
  if ((read.SMTP_URL === undefined) !== (read.MAIL_FROM === undefined))
    errors.push(
      `SMTP_URL and MAIL_FROM belong together: ${read.SMTP_URL === undefined ? 'SMTP_URL' : 'MAIL_FROM'} is missing.`,
    );
  if (read.RECREIO_DEMO && read.RECREIO_PRODUCTION)
    errors.push('RECREIO_DEMO=1 and RECREIO_PRODUCTION=1 exclude each other: choose one.');
  if (read.RECREIO_PUSH_LOCAL && read.RECREIO_PRODUCTION)
    errors.push('RECREIO_PUSH_LOCAL=1 and RECREIO_PRODUCTION=1 exclude each other: it is for tests.');
  if (read.RECREIO_DEMO && !local)
    errors.push(
      `HOST must be 127.0.0.1, ::1 or localhost in the demo, where anybody enters with one click; it is ${quote(read.HOST)}. For a school of your own leave RECREIO_DEMO out and set RECREIO_PRODUCTION=1.`,
    );
  if (read.RECREIO_DEMO && proxied)
    errors.push(
      'TRUSTED_PROXIES must not be set in the demo: a proxy would open it to others, and anybody enters with one click.',
    );
  if (read.METRICS_PORT !== undefined && read.METRICS_PORT !== 0 && read.METRICS_PORT === read.PORT)
    errors.push(`METRICS_PORT must be another port than PORT; both are ${read.PORT}.`);
  if (read.METRICS_PORT !== undefined && read.METRICS_TOKEN_FILE === undefined && !isLoopback(read.METRICS_HOST))
    errors.push(
      `METRICS_HOST is ${quote(read.METRICS_HOST)}, which others can reach: set METRICS_TOKEN_FILE, or METRICS_HOST=127.0.0.1.`,
    );
  if (doubted || errors.length > 0) return errors;

  if (!local && !certified && !proxied)
    errors.push(
      `HOST is ${quote(read.HOST)}, which others can reach, and nothing encrypts: passwords and messages would cross the network in clear. ` +
        'Set TLS_CERT_FILE and TLS_KEY_FILE, or TRUSTED_PROXIES to the proxy in front that speaks TLS, or HOST=127.0.0.1.',
    );
  if (proxied && !certified && read.PUBLIC_URL === undefined)
    errors.push(
      'PUBLIC_URL is needed with TRUSTED_PROXIES: the https origin that the proxy serves, as https://chat.school.example.',
    );
  const url = read.PUBLIC_URL;
  if (url === undefined) return errors;
  const secure = url.startsWith('https:');
  if (secure && !certified && !proxied)
    errors.push(
      'PUBLIC_URL is https, but nothing here speaks TLS: set TLS_CERT_FILE and TLS_KEY_FILE, or TRUSTED_PROXIES (127.0.0.1 for a proxy on this machine).',
    );
  if (!secure && (certified || proxied))
    errors.push(`PUBLIC_URL must be https with TLS files or a trusted proxy; it is ${quote(url)}.`);
  if (!secure && !certified && !proxied && !isLoopback(new URL(url).hostname))
    errors.push(`PUBLIC_URL must be https anywhere but on this machine; it is ${quote(url)}.`);
  return errors;
};

const MIB = 1024 * 1024;

const derive = (read: Settings, env: Environment, isRoot: boolean): Omit<Config, 'warnings' | 'given'> => {
  const secure = read.TLS_CERT_FILE !== undefined || read.TRUSTED_PROXIES !== undefined;
  const dataDir = read.DATA_DIR ?? (isRoot ? null : 'data');
  return {
    port: read.PORT,
    host: read.HOST,
    publicUrl: read.PUBLIC_URL ?? null,
    allowedOrigins: read.ALLOWED_ORIGINS ?? null,
    tls:
      read.TLS_CERT_FILE !== undefined && read.TLS_KEY_FILE !== undefined
        ? { certFile: read.TLS_CERT_FILE, keyFile: read.TLS_KEY_FILE }
        : null,
    trustedProxies: read.TRUSTED_PROXIES ?? [],
    cookie: secure ? { name: '__Host-recreio', secure } : { name: 'recreio-dev', secure },
    database: read.DATABASE_URL === undefined ? { kind: 'embedded', dataDir } : { kind: 'url', url: read.DATABASE_URL },
    databasePool: read.DATABASE_POOL,
    bus:
      read.DATABASE_URL === undefined
        ? { kind: 'in-process' }
        : read.NATS_URL === undefined
          ? { kind: 'notify' }
          : {
              kind: 'nats',
              servers: read.NATS_URL,
              credentialsFile: read.NATS_CREDENTIALS_FILE ?? null,
              caFile: read.NATS_CA_FILE ?? null,
            },
    oidc:
      read.OIDC_ISSUER !== undefined && read.OIDC_CLIENT_ID !== undefined
        ? {
            issuer: read.OIDC_ISSUER,
            clientId: read.OIDC_CLIENT_ID,
            clientSecretFile: read.OIDC_CLIENT_SECRET_FILE ?? null,
            name: read.OIDC_NAME,
            linksByEmail: read.OIDC_LINK_BY_EMAIL,
          }
        : null,
    mail:
      read.SMTP_URL !== undefined && read.MAIL_FROM !== undefined ? { url: read.SMTP_URL, from: read.MAIL_FROM } : null,
    masterKey: { configured: read.RECREIO_MASTER_KEY_FILE, home: env['HOME'], configHome: env['XDG_CONFIG_HOME'] },
    metrics:
      read.METRICS_PORT === undefined
        ? null
        : { port: read.METRICS_PORT, host: read.METRICS_HOST, tokenFile: read.METRICS_TOKEN_FILE ?? null },
    demo: read.RECREIO_DEMO,
    schoolName: read.SCHOOL_NAME ?? null,
    log: { level: read.LOG_LEVEL, format: read.LOG_FORMAT },
    pushLocal: read.RECREIO_PUSH_LOCAL,
    quotaFactor: read.RECREIO_QUOTA_FACTOR,
    shutdownTimeoutMs: read.SHUTDOWN_TIMEOUT_MS,
    shutdownWave: read.SHUTDOWN_WAVE_PERCENT / 100,
    diskReserveBytes: read.DISK_RESERVE_MIB * MIB,
    admission: {
      sockets: read.MAX_SOCKETS,
      perPerson: read.MAX_SOCKETS_PER_PERSON,
      perSecond: read.UPGRADES_PER_SECOND,
    },
  };
};

const warningsOf = (read: Settings, env: Environment, isRoot: boolean): Advice[] => {
  const known: readonly string[] = settings.map(({ name }) => name);
  const warnings = Object.keys(env)
    .filter((name) => name.startsWith('RECREIO_') && !known.includes(name))
    .map((name) => `${name} is not a setting of Recreio and does nothing.`);
  if (read.DATABASE_URL !== undefined && read.DATA_DIR !== undefined)
    warnings.push('DATA_DIR does nothing: the database is the one of DATABASE_URL.');
  if (read.NATS_URL !== undefined && read.DATABASE_URL === undefined)
    warnings.push('NATS_URL does nothing: without DATABASE_URL there is one process, which has nobody to tell.');
  if (read.METRICS_TOKEN_FILE !== undefined && read.METRICS_PORT === undefined)
    warnings.push('METRICS_TOKEN_FILE does nothing without METRICS_PORT.');
  for (const name of ['NATS_CREDENTIALS_FILE', 'NATS_CA_FILE'] as const)
    if (read[name] !== undefined && read.NATS_URL === undefined)
      warnings.push(`${name} does nothing without NATS_URL.`);
  if (
    read.PUBLIC_URL !== undefined &&
    read.ALLOWED_ORIGINS !== undefined &&
    !read.ALLOWED_ORIGINS.includes(read.PUBLIC_URL)
  )
    warnings.push(
      'ALLOWED_ORIGINS does not contain PUBLIC_URL: Recreio’s own pages are refused, and only the ones listed work.',
    );
  return [
    ...warnings.map((says) => ({ says, todo: 'See `recreio help settings`.' })),
    ...(read.RECREIO_DEMO && read.SCHOOL_NAME !== undefined
      ? [
          {
            says: 'SCHOOL_NAME does nothing: this is the demo school, which has a name.',
            todo: 'Set RECREIO_PRODUCTION=1, and DATA_DIR or DATABASE_URL, for a school of your own.',
          },
        ]
      : []),
    ...(isRoot && !read.RECREIO_DEMO
      ? [
          {
            says: 'Recreio runs as root.',
            todo: 'Give it a user of its own: see “As a service” in docs/guides/run.md.',
          },
        ]
      : []),
  ];
};

/** The origin that people use. @param port the one that is listened on */
export const publicUrlOf = (config: Pick<Config, 'publicUrl' | 'tls'>, port: number): string => {
  if (config.publicUrl !== null) return config.publicUrl;
  // Through URL, because a browser leaves a default port out
  return new URL(`${config.tls ? 'https' : 'http'}://localhost:${port}`).origin;
};

/** The exact origins that may act (security S1, S15); in the demo all names of this machine. @param port the one that is listened on */
export const allowedOriginsOf = (
  config: Pick<Config, 'publicUrl' | 'tls' | 'allowedOrigins' | 'demo'>,
  port: number,
): readonly string[] => {
  if (config.allowedOrigins !== null) return config.allowedOrigins;
  const names = config.demo ? ['localhost', '127.0.0.1', '[::1]'] : [];
  const local = names.map((name) => new URL(`${config.tls ? 'https' : 'http'}://${name}:${port}`).origin);
  return [...new Set([publicUrlOf(config, port), ...local])];
};

/** A setting as it is printed at the start. */
export interface Described {
  readonly setting: SettingName;
  readonly value: string;
  readonly isDefault: boolean;
}

/** Every setting with its value, fit to print: no password, no content of a file. */
export const describe = (config: Config): readonly Described[] => {
  const { database, bus } = config;
  const yes = (is: boolean): string => (is ? '1' : '0');
  const values: Readonly<Record<SettingName, string>> = {
    PORT: String(config.port),
    HOST: config.host,
    PUBLIC_URL: config.publicUrl ?? (config.port === 0 ? 'by the port' : publicUrlOf(config, config.port)),
    ALLOWED_ORIGINS:
      config.port === 0 && config.allowedOrigins === null
        ? 'by the port'
        : allowedOriginsOf(config, config.port).join(', '),
    TLS_CERT_FILE: config.tls?.certFile ?? 'none',
    TLS_KEY_FILE: config.tls?.keyFile ?? 'none',
    TRUSTED_PROXIES: config.trustedProxies.join(', ') || 'none',
    DATA_DIR: database.kind === 'url' ? 'not used' : (database.dataDir ?? 'a place that the database can reach'),
    DATABASE_URL: database.kind === 'url' ? withoutPassword(database.url) : 'none: the embedded database',
    DATABASE_POOL: String(config.databasePool),
    NATS_URL:
      bus.kind === 'nats' ? bus.servers.join(', ') : `none: ${bus.kind === 'notify' ? 'NOTIFY' : 'one process'}`,
    NATS_CREDENTIALS_FILE: (bus.kind === 'nats' && bus.credentialsFile) || 'none',
    NATS_CA_FILE: (bus.kind === 'nats' && bus.caFile) || 'none',
    OIDC_ISSUER: config.oidc?.issuer ?? 'none',
    OIDC_CLIENT_ID: config.oidc?.clientId ?? 'none',
    OIDC_CLIENT_SECRET_FILE: config.oidc?.clientSecretFile ?? 'none',
    OIDC_NAME: config.oidc?.name ?? 'not used',
    OIDC_LINK_BY_EMAIL: yes(config.oidc?.linksByEmail ?? false),
    SMTP_URL: config.mail === null ? 'none' : withoutPassword(config.mail.url),
    MAIL_FROM: config.mail?.from ?? 'none',
    RECREIO_MASTER_KEY_FILE: config.masterKey.configured ?? 'the usual place',
    SCHOOL_NAME: config.schoolName ?? 'none',
    METRICS_PORT: config.metrics === null ? 'none' : String(config.metrics.port),
    METRICS_HOST: config.metrics?.host ?? 'not used',
    METRICS_TOKEN_FILE: config.metrics?.tokenFile ?? 'none',
    LOG_LEVEL: config.log.level,
    LOG_FORMAT: config.log.format,
    SHUTDOWN_TIMEOUT_MS: String(config.shutdownTimeoutMs),
    SHUTDOWN_WAVE_PERCENT: String(config.shutdownWave * 100),
    DISK_RESERVE_MIB: database.kind === 'url' ? 'not used' : String(config.diskReserveBytes / MIB),
    MAX_SOCKETS: String(config.admission.sockets),
    MAX_SOCKETS_PER_PERSON: String(config.admission.perPerson),
    UPGRADES_PER_SECOND: String(config.admission.perSecond),
    RECREIO_DEMO: yes(config.demo),
    RECREIO_PRODUCTION: yes(config.given.includes('RECREIO_PRODUCTION')),
    RECREIO_PUSH_LOCAL: yes(config.pushLocal),
    RECREIO_QUOTA_FACTOR: String(config.quotaFactor),
  };
  return settings.map(({ name }) => ({ setting: name, value: values[name], isDefault: !config.given.includes(name) }));
};
