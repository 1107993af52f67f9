/** Every setting, once: its form, its default, what a right value is, and what it is for. All else is derived from this. */
import { TEXT } from '@recreio/protocol';
import Type, { type Static, type TSchema } from 'typebox';
import {
  isDatabaseUrl,
  isHost,
  isIssuer,
  isMailServer,
  isNatsServer,
  isOrigin,
  isProxy,
  isSender,
} from './addresses.ts';

/** What people are told of a setting. */
interface Told {
  /** A right value in words that finish "must be …". */
  readonly right: string;
  readonly description: string;
  /** What holds when it is not set, where that is not one value. */
  readonly otherwise?: string;
  /** The value may open something: it is never repeated in a message. */
  readonly secret?: true;
}

/** The words of a setting, for a schema's options. */
const told = <const T extends Told & { readonly default?: unknown }>(words: T): T => words;

const path = { minLength: 1, maxLength: 4096, pattern: '^[^\\u0000]+$' } as const;
const isYes = { right: '1, or 0', default: false } as const;

/** The environment that Recreio reads, by name. */
export const SETTINGS = Type.Object({
  PORT: Type.Integer({
    minimum: 0,
    maximum: 65_535,
    ...told({
      right: 'a whole number from 0 to 65535',
      default: 8080,
      description: 'The TCP port. 0 takes any free one.',
    }),
  }),
  HOST: Type.Refine(
    Type.String(
      told({
        right: 'an IP address or a host name',
        default: '127.0.0.1',
        description:
          'The address to listen on. Any other than this machine’s own needs TLS files or a trusted proxy; the demo takes no other.',
      }),
    ),
    isHost,
  ),
  PUBLIC_URL: Type.Optional(
    Type.Refine(
      Type.String(
        told({
          right: 'an origin as a browser shows it, as https://chat.school.example: no path, no slash at the end',
          otherwise: '`http://localhost:PORT`, or https with TLS files',
          description:
            'Where people reach Recreio. Links are made with it, and other hosts are refused. Needed behind a proxy.',
        }),
      ),
      isOrigin,
    ),
  ),
  ALLOWED_ORIGINS: Type.Optional(
    Type.Array(Type.Refine(Type.String(), isOrigin), {
      minItems: 1,
      uniqueItems: true,
      ...told({
        right: 'origins separated by commas, each as https://chat.school.example',
        otherwise: '`PUBLIC_URL`; in the demo also the other names of this machine',
        description: 'The exact origins whose pages may open sockets and act.',
      }),
    }),
  ),
  TLS_CERT_FILE: Type.Optional(
    Type.String({
      ...path,
      ...told({
        right: 'the path of a PEM file',
        description: 'The certificate with its chain. Needs `TLS_KEY_FILE`.',
      }),
    }),
  ),
  TLS_KEY_FILE: Type.Optional(
    Type.String({
      ...path,
      ...told({ right: 'the path of a PEM file', description: 'The private key of the certificate.' }),
    }),
  ),
  TRUSTED_PROXIES: Type.Optional(
    Type.Array(Type.Refine(Type.String(), isProxy), {
      minItems: 1,
      uniqueItems: true,
      ...told({
        right: 'IP addresses or networks separated by commas, as 127.0.0.1, 10.0.0.0/8; not everybody (/0)',
        description: 'The proxies in front that speak TLS; only theirs are the `X-Forwarded-*` headers that count.',
      }),
    }),
  ),
  DATA_DIR: Type.Optional(
    Type.String({
      ...path,
      ...told({
        right: 'the path of a folder',
        otherwise:
          '`./data`; as root in a place that the database’s user cannot enter, a folder below `/var/lib/recreio`, which is printed',
        description: 'Where the embedded database lies. Not used with `DATABASE_URL`.',
      }),
    }),
  ),
  DATABASE_URL: Type.Optional(
    Type.Refine(
      Type.String(
        told({
          right:
            'postgres://user:password@host:port/name, where in user and password @ is written %40, # %23, / %2F, : %3A and % %25',
          secret: true,
          otherwise: 'the embedded database in `DATA_DIR`',
          description: 'A PostgreSQL server (15 or newer) to use instead of the embedded one.',
        }),
      ),
      isDatabaseUrl,
    ),
  ),
  DATABASE_POOL: Type.Integer({
    minimum: 2,
    maximum: 200,
    ...told({
      right: 'a whole number from 2 to 200',
      default: 10,
      description: 'Most connections to the database at once, besides those of the write path.',
    }),
  }),
  NATS_URL: Type.Optional(
    Type.Array(Type.Refine(Type.String(), isNatsServer), {
      minItems: 1,
      uniqueItems: true,
      ...told({
        right:
          'servers of one cluster separated by commas, each as tls://nats.school.example:4222, or nats://127.0.0.1:4222 on this machine; no user or password',
        secret: true,
        otherwise:
          'PostgreSQL’s `NOTIFY` with `DATABASE_URL`; nothing with the embedded database, which has one process',
        description:
          'Where many servers of one school tell each other at once what is new; see [scale.md](../guides/scale.md).',
      }),
    }),
  ),
  NATS_CREDENTIALS_FILE: Type.Optional(
    Type.String({
      ...path,
      ...told({
        right: 'the path of a file with NATS credentials (`.creds`), `user:password`, or a token',
        description: 'Who Recreio is to the servers of `NATS_URL`. Read again for each connection.',
      }),
    }),
  ),
  NATS_CA_FILE: Type.Optional(
    Type.String({
      ...path,
      ...told({
        right: 'the path of a PEM file',
        otherwise: 'the authorities that Node.js trusts',
        description: 'The authority that has signed the certificates of `NATS_URL`’s servers.',
      }),
    }),
  ),
  OIDC_ISSUER: Type.Optional(
    Type.Refine(
      Type.String(
        told({
          right: 'the https address of an OpenID provider, as its documents name it; http on this machine only',
          otherwise: 'people sign in here only',
          description:
            'The school’s own sign-in. Needs `OIDC_CLIENT_ID`; its way back is `PUBLIC_URL` and `/entrar/volta`.',
        }),
      ),
      isIssuer,
    ),
  ),
  OIDC_CLIENT_ID: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 400,
      ...told({ right: 'the name that the provider knows Recreio by', description: 'Recreio at `OIDC_ISSUER`.' }),
    }),
  ),
  OIDC_CLIENT_SECRET_FILE: Type.Optional(
    Type.String({
      ...path,
      ...told({
        right: 'the path of a file with the secret',
        otherwise: 'a public client, protected by PKCE alone',
        description: 'What Recreio shows itself with at `OIDC_ISSUER`.',
      }),
    }),
  ),
  OIDC_NAME: Type.String({
    minLength: 1,
    maxLength: TEXT.name,
    ...told({
      right: `a name of at most ${TEXT.name} characters`,
      default: 'a conta da escola',
      description: 'What the button at the door calls the school’s own sign-in.',
    }),
  }),
  OIDC_LINK_BY_EMAIL: Type.Boolean(
    told({
      ...isYes,
      description:
        'Whether somebody whose address the provider has verified is let in as the account with that address. Only where nobody but the school gives out addresses there.',
    }),
  ),
  SMTP_URL: Type.Optional(
    Type.Refine(
      Type.String(
        told({
          right: 'smtp://user:password@host:587, or smtps:// for TLS from the first byte',
          secret: true,
          otherwise: 'no mail: one-time links are handed over by hand',
          description:
            'The mail server by which the school sends links for forgotten passwords and new addresses. Needs `MAIL_FROM`.',
        }),
      ),
      isMailServer,
    ),
  ),
  MAIL_FROM: Type.Optional(
    Type.Refine(
      Type.String(
        told({
          right: 'an e-mail address, or a name and an address as in Escola Aurora <recreio@school.example>',
          description: 'Who the letters of `SMTP_URL` are from.',
        }),
      ),
      isSender,
    ),
  ),
  RECREIO_MASTER_KEY_FILE: Type.Optional(
    Type.String({
      ...path,
      ...told({
        right: 'the path of a file outside the data folder',
        otherwise: 'a file in `~/.config/recreio/keys/`, made at the first start',
        description: 'The master key. **Keep a copy**; see [encrypt.md](../guides/encrypt.md).',
      }),
    }),
  ),
  SCHOOL_NAME: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: TEXT.name,
      pattern: '^[^\\u0000-\\u001F\\u007F-\\u009F]+$',
      ...told({
        right: `a name of at most ${TEXT.name} characters on one line`,
        otherwise: 'what the set-up asks for',
        description: 'The school’s name at the first start.',
      }),
    }),
  ),
  METRICS_PORT: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 65_535,
      ...told({
        right: 'a whole number from 0 to 65535, other than PORT',
        otherwise: 'no metrics are served',
        description: 'The TCP port where monitoring reads `/metrics`, in the text format of Prometheus.',
      }),
    }),
  ),
  METRICS_HOST: Type.Refine(
    Type.String(
      told({
        right: 'an IP address or a host name',
        default: '127.0.0.1',
        description:
          'The address to listen on for monitoring. Any other than this machine’s own needs `METRICS_TOKEN_FILE`.',
      }),
    ),
    isHost,
  ),
  METRICS_TOKEN_FILE: Type.Optional(
    Type.String({
      ...path,
      ...told({
        right: 'the path of a file whose first line is a token of at least 16 characters',
        description: 'Who asks for metrics must send it: `Authorization: Bearer TOKEN`.',
      }),
    }),
  ),
  LOG_LEVEL: Type.Enum(
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
    told({
      right: 'fatal, error, warn, info, debug, trace or silent',
      default: 'info',
      description: 'The least important lines that are logged.',
    }),
  ),
  LOG_FORMAT: Type.Enum(
    ['auto', 'json', 'pretty'],
    told({
      right: 'auto, json or pretty',
      default: 'auto',
      description: 'How log lines look. `auto`: for people in a terminal, else JSON.',
    }),
  ),
  SHUTDOWN_TIMEOUT_MS: Type.Integer({
    minimum: 1000,
    maximum: 600_000,
    ...told({
      right: 'milliseconds, from 1000 to 600000',
      default: 30_000,
      description:
        'How long an orderly end may take before the process ends anyway. Nothing acknowledged is lost by that.',
    }),
  }),
  SHUTDOWN_WAVE_PERCENT: Type.Number({
    minimum: 0.1,
    maximum: 100,
    ...told({
      right: 'a number from 0.1 to 100',
      default: 5,
      description:
        'Of a hundred sockets, how many an orderly end closes in a second. Fifty a second are closed in any case, and all of them within two thirds of `SHUTDOWN_TIMEOUT_MS`.',
    }),
  }),
  DISK_RESERVE_MIB: Type.Integer({
    minimum: 0,
    maximum: 1_048_576,
    ...told({
      right: 'MiB, from 0 to 1048576',
      default: 256,
      description:
        'With less than this free on the disk of `DATA_DIR`, new messages are refused, so that reading, removing and moderating go on. 0: no reserve.',
    }),
  }),
  MAX_SOCKETS: Type.Integer({
    minimum: 1,
    maximum: 1_000_000,
    ...told({
      right: 'a whole number from 1 to 1000000',
      default: 20_000,
      description:
        'Most sockets of this process at once; one more is answered with 503. The system’s limit of open files must allow them.',
    }),
  }),
  MAX_SOCKETS_PER_PERSON: Type.Integer({
    minimum: 1,
    maximum: 1_000_000,
    ...told({
      right: 'a whole number from 1 to 1000000',
      default: 50,
      description: 'Most sockets of one person on this process at once.',
    }),
  }),
  UPGRADES_PER_SECOND: Type.Number({
    minimum: 1,
    maximum: 1_000_000,
    ...told({
      right: 'a number from 1 to 1000000',
      default: 2000,
      description:
        'How many sockets may be opened a second, and twice as many at once; more are answered with 503 and come back later.',
    }),
  }),
  RECREIO_DEMO: Type.Boolean(
    told({
      ...isYes,
      description: 'Opens the demo school: anybody on this machine enters as one of its people with one click.',
    }),
  ),
  RECREIO_PRODUCTION: Type.Boolean(
    told({ ...isYes, description: 'Keeps `npm start` from opening the demo when there is no `DATABASE_URL`.' }),
  ),
  RECREIO_PUSH_LOCAL: Type.Boolean(
    told({
      ...isYes,
      description:
        'Lets push services be on this machine, in clear. For tests only: whoever signs in could have requests sent to its ports.',
    }),
  ),
  RECREIO_QUOTA_FACTOR: Type.Number({
    minimum: 0.1,
    maximum: 100_000,
    ...told({
      right: 'a number from 0.1 to 100000',
      default: 1,
      description: 'Multiplies what one person may ask for; higher for load tests of your own installation.',
    }),
  }),
});

/** The settings with their types, after reading. */
export type Settings = Static<typeof SETTINGS>;

/** The name of a setting. */
export type SettingName = keyof Settings & string;

/** One setting as people are told of it. */
export interface Setting extends Told {
  readonly name: SettingName;
  readonly schema: TSchema;
  readonly default?: unknown;
}

/** Every setting, in the order in which people are told of them. */
export const settings: readonly Setting[] = Object.entries(SETTINGS.properties).map(([name, schema]) => ({
  ...(schema as unknown as Told),
  name: name as SettingName,
  schema,
}));

const shown = (value: unknown): string => `\`${typeof value === 'boolean' ? Number(value) : String(value)}\``;

/** The table of settings in Markdown: docs/generated/settings.md. */
export const settingsMarkdown = (): string =>
  [
    '# Settings',
    '',
    'All come from the environment; there is no settings file. A wrong value stops the start, with all that is wrong named at once.',
    '',
    '| setting | a right value | default | what it is for |',
    '|---|---|---|---|',
    ...settings.map(
      (setting) =>
        `| \`${setting.name}\` | ${setting.right} | ${setting.default === undefined ? (setting.otherwise ?? 'none') : shown(setting.default)} | ${setting.description} |`,
    ),
    '',
  ].join('\n');
