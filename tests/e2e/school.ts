/** A school that a browser can visit: a real server process with data of its own, which can be killed and comes back. */
import { makeFolder } from '../process/folder.ts';
import { type ServerProcess, startServer } from '../process/server.ts';

/** How a school is opened. */
export interface Opening {
  /** The demo school with its people, or an empty one in production mode with its set-up link. */
  readonly kind: 'demo' | 'production';
  /** Somebody else's PostgreSQL; without it the server brings its own. */
  readonly databaseUrl?: string;
  /** The port to listen on, where it is not to be any free one. */
  readonly port?: number;
  /** Settings besides. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A school in a process of its own. */
export interface School {
  /** The origin, by the name under which browsers trust it. It stays the same after a kill. */
  readonly url: string;
  /** The token of the set-up link, if there is nobody yet. */
  readonly setUpToken: string | null;
  /** `kill -9`, and the same again on the same port and data. Resolves when it is ready. */
  killAndRestart(): Promise<void>;
  /** What the servers said so far, for the report of a failure. */
  output(): string;
  close(): Promise<void>;
}

/** Opens a school; some seconds. Quotas are wide: tests write faster than people. */
export async function openSchool({ kind, databaseUrl, port: wanted = 0, env }: Opening): Promise<School> {
  const folder = makeFolder('e2e');
  const raise = (port: number): Promise<ServerProcess> =>
    startServer({
      dataDir: `${folder.path}/data`,
      masterKeyFile: `${folder.path}/master.key`,
      port,
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      env: {
        ...(kind === 'demo' ? { RECREIO_DEMO: '1' } : { RECREIO_PRODUCTION: '1' }),
        RECREIO_QUOTA_FACTOR: '1000',
        LOG_LEVEL: 'warn',
        ...env,
      },
    });
  const dead: string[] = [];
  let server = await raise(wanted).catch((error: unknown) => {
    folder.remove();
    throw error;
  });
  const { port, setUpToken } = server;
  return {
    url: `http://localhost:${port}`,
    setUpToken,
    killAndRestart: async () => {
      server.kill('SIGKILL');
      await server.gone;
      dead.push(server.output());
      server = await raise(port);
    },
    output: () => [...dead, server.output()].join('\n'),
    close: async () => {
      await server.stop();
      folder.remove();
    },
  };
}
