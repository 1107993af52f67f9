import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbedded } from '../../packages/server/src/adapters/postgres/embedded/start.ts';
import { makeFolder } from './folder.ts';

/** A PostgreSQL that several servers share and that a test may hurt. */
export interface SharedPostgres {
  /** As DATABASE_URL takes it. */
  readonly url: string;
  /** Where it listens, for a wire to it. */
  readonly socket: { readonly path: string };
  /** As DATABASE_URL takes it, over a wire on a port of this machine. */
  over(port: number): string;
  readonly dataDir: string;
  /** Pids of the backends that serve the product's connections. */
  backends(): Promise<number[]>;
  /** The first process, whose death takes all of it along; it is started again. */
  postmaster(): number;
  /** Runs one statement. */
  query(sql: string): Promise<unknown[]>;
  stop(): Promise<void>;
}

/** Starts one in a temporary folder. */
export async function startPostgres(): Promise<SharedPostgres> {
  const folder = makeFolder('fuzz-db');
  const said: string[] = [];
  const note = (message: string) => void said.push(message);
  const embedded = await startEmbedded({ dataDir: folder.path, log: { info: note, warn: note, error: note } });
  const { host, user, database } = embedded.connection;
  const query = async (sql: string) => {
    const client = new Client({ ...embedded.connection, application_name: 'judge' });
    client.on('error', () => undefined); // killed on purpose; the query rejects
    await client.connect();
    try {
      return (await client.query(sql)).rows as unknown[];
    } finally {
      await client.end();
    }
  };
  return {
    // The folder of the socket overrides the host, which an URL must have
    url: `postgres://${encodeURIComponent(user)}@localhost/${database}?host=${encodeURIComponent(host)}`,
    socket: { path: join(host, '.s.PGSQL.5432') },
    over: (port) => `postgres://${encodeURIComponent(user)}@127.0.0.1:${port}/${database}`,
    dataDir: folder.path,
    backends: async () => {
      const rows = (await query(
        "select pid from pg_stat_activity where backend_type = 'client backend' and application_name <> 'judge' order by pid",
      )) as { pid: number }[];
      return rows.map(({ pid }) => pid);
    },
    postmaster: () => {
      const [pid] = readFileSync(join(folder.path, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
      return Number(pid);
    },
    query,
    stop: async () => {
      await embedded.stop();
      folder.remove();
    },
  };
}
