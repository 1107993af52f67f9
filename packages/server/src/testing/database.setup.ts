import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../adapters/postgres/embedded/start.ts';
import { administer, type TestConnection } from './administer.ts';

/** What a running server leaves for the other projects of the same run. */
type Shared = { users: number; ready: Promise<Server> };
type Server = { connection: TestConnection; template: string; stop(): Promise<void> };

const sharedKey = Symbol.for('recreio.test-database');
const place = globalThis as { [sharedKey]?: Shared };

/**
 * vitest's global set-up: one PostgreSQL for the whole run, embedded (or the one that DATABASE_URL_TEST points to, whose
 * role may create databases), and in it a template with all migrations done.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Each vitest project runs this; the first starts the server, the last to finish stops it.
  const shared = (place[sharedKey] ??= { users: 0, ready: startServer() });
  shared.users += 1;
  const { connection, template, stop } = await shared.ready;
  project.provide('database', { connection, template });
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    delete place[sharedKey];
    await stop();
  };
}

async function startServer(): Promise<Server> {
  const template = `template_${randomBytes(6).toString('hex')}`;
  const { connection, stop } = await reachServer();
  try {
    await administer(connection, `create database ${template}`);
    await migrateTemplate({ ...connection, database: template });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    connection,
    template,
    stop: async () => {
      await administer(connection, `drop database if exists ${template} with (force)`);
      await stop();
    },
  };
}

async function reachServer(): Promise<{ connection: TestConnection; stop(): Promise<void> }> {
  const url = process.env['DATABASE_URL_TEST'];
  if (url !== undefined) {
    const { hostname, port, username, password, pathname } = new URL(url);
    const connection = {
      host: decodeURIComponent(hostname),
      port: Number(port || 5432),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      database: pathname.slice(1),
    };
    return { connection, stop: async () => undefined };
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'recreio-test-db-'));
  chmodSync(dataDir, 0o711); // as root, the database's user has to pass
  const embedded = await startEmbedded({ dataDir, log: { info: quiet, warn: tell, error: tell } });
  return {
    connection: embedded.connection,
    stop: async () => {
      await embedded.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}

/** Lazily, so that the tests of the database's supervisor do not depend on the migrations. */
async function migrateTemplate(connection: TestConnection): Promise<void> {
  const migrations = new URL('../adapters/postgres/migrate.ts', import.meta.url);
  if (!existsSync(migrations)) return;
  const { migrate }: { migrate(pool: Pool): Promise<unknown> } = await import(migrations.href);
  const pool = new Pool({ ...connection, max: 2 });
  pool.on('error', (error) => tell(error.message));
  try {
    await migrate(pool);
  } finally {
    await pool.end(); // a template with a connection cannot be cloned
  }
}

function tell(message: string): void {
  process.stderr.write(`test database: ${message}\n`);
}

function quiet(): void {}
