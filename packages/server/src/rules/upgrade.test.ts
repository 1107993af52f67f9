/** What the release before has written opens in this one (contract, "Rolling upgrade"): keys, accounts, rooms, talk. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accounts, members, messages, rooms } from '@recreio/protocol';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { migrate, migrations } from '../adapters/postgres/migrate.ts';
import type { Running } from '../commands/house.ts';
import { isWrong, readConfig } from '../config.ts';
import { openLog } from '../logs.ts';
import { start } from '../main.ts';
import { administer } from '../testing/administer.ts';
import { clientId } from '../testing/accounts.ts';
import { outputOf, overHttp, urlOf } from '../testing/doors.ts';

/** The last migration of the release that wrote the fixture. */
const LAST_BEFORE = '0007';
/** The key that the fixture was sealed with; it opens nothing else. */
const KEY = 'recreio-master-key-1:c9Tf6V1mSeRJerINBpuqQdDzVho9XZJq_MWw7gUD5fM';
const ANA = {
  email: 'p.01a2063a-2af2-73c9-ba81-53fe7a54ef60@school.example',
  password: 'senha 01a2063a-2af3-7da7-82c5-0ac25bc6f3f6',
};
const ROOM = '01a2063a-3148-7a82-9d08-44abe5a34db1';

const folder = mkdtempSync(join(tmpdir(), 'recreio-upgrade-'));
const connection = { ...inject('database').connection, database: `test_${randomBytes(8).toString('hex')}` };
let running: Running;
let base: string;
beforeAll(async () => {
  await administer(connection, `create database ${connection.database}`);
  const client = new pg.Client(connection);
  await client.connect();
  await client.query(
    'CREATE TABLE migration (name text PRIMARY KEY, digest text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp())',
  );
  for (const { name, sql } of await migrations()) if (name < `${LAST_BEFORE}_~`) await client.query(sql);
  // As a restore does: the rows are whole together, in whatever order they come
  await client.query('SET session_replication_role = replica');
  await client.query(readFileSync(new URL('../testing/fixtures/before.sql', import.meta.url), 'utf8'));
  await client.end();
  const keyFile = join(folder, 'school.key');
  writeFileSync(keyFile, `${KEY}\n`, { mode: 0o400 });
  const config = readConfig(
    { PORT: '0', DATABASE_URL: urlOf(connection), RECREIO_MASTER_KEY_FILE: keyFile, LOG_LEVEL: 'silent' },
    false,
  );
  if (isWrong(config)) throw new Error(config.errors.join(' '));
  running = await start(config, openLog(config.log, { write: () => undefined }, false));
  base = running.address.replace('localhost', '127.0.0.1');
});
afterAll(async () => {
  await running?.stop();
  await administer(connection, `drop database if exists ${connection.database} with (force)`);
  rmSync(folder, { recursive: true });
});

it('[lifecycle] the migrations since then apply once, and none of those before has changed', async () => {
  const pool = new pg.Pool(connection);
  try {
    const { rows } = await pool.query<{ name: string }>('SELECT name FROM migration ORDER BY name');
    expect(rows.map(({ name }) => name)).toEqual((await migrations()).map(({ name }) => name));
    expect(rows.some(({ name }) => name > LAST_BEFORE)).toBe(true);
    expect(await migrate(pool)).toEqual([]);
  } finally {
    await pool.end();
  }
});

it('[lifecycle] a school of then offers what it offered, not what a later release knows besides', async () => {
  const { look } = outputOf(await overHttp(base, null, accounts.welcome, {})) as { look: { languages: unknown } };
  expect(look.languages).toEqual({ offered: ['pt-BR', 'en'], default: 'pt-BR' });
});

it('[lifecycle] a person of then signs in with their password, reads what was said, and goes on', async () => {
  const session = outputOf(await overHttp(base, null, accounts.signIn, { ...ANA, keep: 'token' }));
  const token = String(session['token']);
  const page = outputOf(await overHttp(base, token, messages.page, { room: ROOM, limit: 50 })) as {
    messages: { body?: string; removed?: object; editNo: number; reactions: { emoji: string }[] }[];
  };
  expect(page.messages.map(({ body, removed, editNo }) => [body ?? null, removed !== undefined, editNo])).toEqual([
    ['O vértice é o ponto mais baixo?', false, 0],
    ['Só quando **a** > 0', false, 1],
    [null, true, 0],
  ]);
  expect(page.messages[0]?.reactions.map(({ emoji }) => emoji)).toEqual(['👍']);
  const mine = outputOf(await overHttp(base, token, rooms.mine, {})) as { rooms: { room: { kind: string } }[] };
  expect(mine.rooms.map(({ room }) => room.kind).toSorted()).toEqual(['direct', 'topic']);
  const people = outputOf(await overHttp(base, token, members.list, { room: ROOM })) as { members: unknown[] };
  expect(people.members).toHaveLength(3);
  const said = { room: ROOM, clientId: clientId(), body: 'e agora?' };
  expect(outputOf(await overHttp(base, token, messages.send, said))['seq']).toBeGreaterThan(0);
});
