/**
 * A school for a bench: a real PostgreSQL as it ships, people, rooms and sessions made through the real rules, and a real server
 * process. Passwords are left out (argon2id for thousands would take longer than the bench): sessions are opened as signing in does.
 */
import { join } from 'node:path';
import { type Caller, execute, foldText, type World } from '@recreio/core';
import { foldEmail } from '@recreio/core/accounts/email.ts';
import { openSession } from '@recreio/core/accounts/open.ts';
import { type Folder, makeFolder } from '../../tests/process/folder.ts';
import { type SharedPostgres, startPostgres } from '../../tests/process/postgres.ts';
import { type ServerProcess, startServer } from '../../tests/process/server.ts';
import { uuidv7 } from '../../tests/raw/uuid.ts';
import { isWrong, readConfig } from '../../packages/server/src/config.ts';
import { newId } from '../../packages/server/src/ids.ts';
import { openLog } from '../../packages/server/src/logs.ts';
import { house } from '../../packages/server/src/main.ts';
import { pin, SERVER_CORE } from './machine.ts';

/** Multiplies what one person may ask for: a bench's few senders speak for many people. */
const QUOTA_FACTOR = '100000';

/** A person who is signed in on one device. */
export interface Pupil {
  readonly account: string;
  readonly token: string;
}

/** A room with its members; the teacher who owns it is one more. */
export interface Classroom {
  readonly id: string;
  readonly pupils: readonly Pupil[];
}

/** A school without a server. */
export interface School {
  readonly database: SharedPostgres;
  readonly folder: Folder;
  readonly keyFile: string;
  readonly rooms: readonly Classroom[];
  /** Starts a server on its core; `NODE_OPTIONS` and other settings in `env`. */
  serve(env?: Readonly<Record<string, string>>): Promise<ServerProcess>;
  close(): Promise<void>;
}

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, nth) => all.slice(nth * size, (nth + 1) * size));

const callerOf = (actor: Caller['actor']): Caller => ({ actor, address: '127.0.0.1', device: 'bench' });

/** New accounts with an open session each. */
const enrol = async (
  world: World,
  role: 'student' | 'teacher',
  count: number,
): Promise<(Pupil & { caller: Caller })[]> => {
  const accounts = Array.from({ length: count }, (_, nth) => {
    const id = newId();
    const name = `${role === 'teacher' ? 'Professora' : 'Aluno'} ${nth + 1}`;
    const email = `${id}@bench.example`;
    return {
      id,
      name,
      nameFolded: foldText(name),
      email,
      emailFolded: foldEmail(email),
      role,
      minor: false,
      language: 'pt-BR' as const,
      tone: 1 + (nth % 6),
      courses: [],
      staff: role === 'teacher',
    };
  });
  for (const some of chunks(accounts, 1000)) await world.transact((memory) => memory.accounts.create(some));
  const people = [];
  for (const some of chunks(accounts, 50)) {
    people.push(
      ...(await Promise.all(
        some.map(async ({ id }) => {
          const opened = await world.transact((memory) => openSession(world, memory, id, callerOf(null), 'token'));
          const { session, token } = opened.output;
          if (token === undefined) throw new Error('a session kept as a token has one');
          return { account: id, token, caller: callerOf({ account: id, session }) };
        }),
      )),
    );
  }
  return people;
};

const done = async (
  world: World,
  caller: Caller,
  name: Parameters<typeof execute>[2],
  input: object,
): Promise<unknown> => {
  const outcome = await execute(world, caller, name, input);
  if (!outcome.ok) throw new Error(`${name} was refused: ${outcome.problem.code} ${outcome.problem.detail ?? ''}`);
  return outcome.output;
};

/** Rooms of these sizes, each with people of its own. */
export const openSchool = async (sizes: readonly number[]): Promise<School> => {
  const database = await startPostgres();
  const folder = makeFolder('bench');
  const keyFile = join(folder.path, 'school.key');
  // Setting up does not wait for the disk; the server, which is measured, does
  const settings = {
    DATABASE_URL: `${database.url}&options=-c%20synchronous_commit%3Doff`,
    LOG_LEVEL: 'silent',
    PORT: '0',
  };
  const secrets = { RECREIO_MASTER_KEY_FILE: keyFile, RECREIO_QUOTA_FACTOR: QUOTA_FACTOR };
  const config = readConfig({ ...settings, ...secrets }, false);
  if (isWrong(config)) throw new Error(config.errors.join(' '));
  const { world, close } = await house.open(config, openLog(config.log, process.stderr, false), { migrating: true });
  const rooms: Classroom[] = [];
  try {
    const [teacher] = await enrol(world, 'teacher', 1);
    if (!teacher) throw new Error('there is no teacher');
    const pupils = await enrol(
      world,
      'student',
      sizes.reduce((sum, size) => sum + size, 0),
    );
    for (const [nth, size] of sizes.entries()) {
      const made = (await done(world, teacher.caller, 'rooms.create', {
        clientId: uuidv7(),
        kind: 'topic',
        title: `Sala ${nth + 1}`,
        access: 'open',
      })) as { room: { id: string } };
      rooms.push({ id: made.room.id, pupils: pupils.splice(0, size) });
    }
    const joins = rooms.flatMap(({ id, pupils: those }) =>
      (those as readonly (Pupil & { caller: Caller })[]).map(({ caller }) => ({ caller, room: id })),
    );
    for (const some of chunks(joins, 200))
      await Promise.all(some.map(({ caller, room }) => done(world, caller, 'members.join', { room })));
  } finally {
    await close();
  }
  // As after a day. What nobody has written yet has not been counted by then, either
  const written = (await database.query(
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0",
  )) as { relname: string }[];
  await database.query(`VACUUM ANALYZE ${written.map(({ relname }) => relname).join(', ')}`);
  return {
    database,
    folder,
    keyFile,
    rooms,
    serve: async (env = {}) => {
      const server = await startServer({
        dataDir: join(folder.path, 'data'),
        databaseUrl: database.url,
        masterKeyFile: keyFile,
        env: { RECREIO_QUOTA_FACTOR: QUOTA_FACTOR, LOG_LEVEL: 'warn', ...env },
      });
      pin(server.pid, SERVER_CORE);
      return server;
    },
    close: async () => {
      await database.stop();
      folder.remove();
    },
  };
};
