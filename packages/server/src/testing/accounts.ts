import { randomBytes, randomUUID } from 'node:crypto';
import { type Caller, execute, type Executed, foldText, type Memory, type World } from '@recreio/core';
import {
  DEFAULT_LIMITS,
  type CommandName,
  type Commands,
  type OutputOf,
  type Problem,
  type Role,
} from '@recreio/protocol';
import type pg from 'pg';
import { accountsMemory } from '../adapters/postgres/accounts.ts';
import { type See, seeing } from '../adapters/postgres/accounts/seen.ts';
import { ensureInstallation } from '../adapters/postgres/accounts/records.ts';
import { openPool, type Queryable } from '../adapters/postgres/connect.ts';
import { redraw } from '../adapters/png.ts';
import { coursesMemory } from '../adapters/postgres/courses.ts';
import { joiningMemory } from '../adapters/postgres/joining.ts';
import { auditMemory } from '../adapters/postgres/audit.ts';
import { roomsMemory } from '../adapters/postgres/rooms.ts';
import { schoolMemory } from '../adapters/postgres/school.ts';
import { passkeys } from '../adapters/passkeys.ts';
import { secrets } from '../adapters/secrets.ts';
import { openVault } from '../adapters/vault/vault.ts';
import { cloneDatabase } from './database.ts';
import { newMaster } from './vault.ts';

/** An id of version 7 (RFC 9562 §5.7) whose time does not matter. */
export const clientId = (): string => randomUUID().replace(/^(.{14})4/u, '$17');

/** Who is made, with what differs from a student of age without a password. */
export interface Somebody {
  readonly name?: string;
  readonly email?: string;
  readonly role?: Role;
  readonly minor?: boolean;
  readonly password?: string;
  readonly demo?: boolean;
}

/** A person of the test's school on a signed-in device. */
export interface SignedIn {
  readonly id: string;
  readonly email: string;
  readonly caller: Caller;
}

/** A school on a database of its own, with the real memory of accounts and the rules over it; nobody reads or writes. */
export interface AccountsWorld {
  readonly world: World;
  readonly pool: pg.Pool;
  readonly stranger: Caller;
  /** Makes an account and a session of it. */
  somebody(who?: Somebody): Promise<SignedIn>;
  /** Another device of the same person. */
  another(person: SignedIn): Promise<SignedIn>;
  course(title: string, group: string, people: Readonly<Record<string, 'staff' | 'student'>>): Promise<string>;
  /** A room without a log: who is in it is all that accounts ask. */
  room(kind: 'topic' | 'direct', people: readonly string[]): Promise<string>;
  /** Executes a command and expects it to be done. */
  does<N extends CommandName>(who: SignedIn | null, name: N, input: unknown): Promise<OutputOf<Commands[N]>>;
  /** Executes a command, whatever comes of it. */
  tries<N extends CommandName>(who: SignedIn | null, name: N, input: unknown): Promise<Executed<OutputOf<Commands[N]>>>;
  /** Executes a command and expects the code of a refusal. */
  refuses(who: SignedIn | null, name: CommandName, input: unknown): Promise<Problem['code']>;
  close(): Promise<void>;
}

/** Stands for what a test does not use, and says so when it does. */
const absent = <T extends object>(what: string): T =>
  new Proxy({} as T, {
    get: () => {
      throw new Error(`${what} is not part of this test`);
    },
  });

/** Opens a school: one per test file, in `beforeAll`; `close` it in `afterAll`. `demo`: with the demo's entrances. */
export const openAccounts = async ({ demo = false }: { readonly demo?: boolean } = {}): Promise<AccountsWorld> => {
  const database = await cloneDatabase();
  const pool = openPool(database.connection, 12, () => undefined);
  const vault = await openVault(pool, newMaster());
  await ensureInstallation(pool, { epoch: randomUUID(), school: 'Escola Aurora' });
  const memoryOver = (db: Queryable, see?: See): Memory => ({
    accounts: accountsMemory(db, vault, see),
    rooms: roomsMemory(db, vault, clientId, () => undefined),
    invitations: absent('invitations'),
    streams: absent('streams'),
    school: schoolMemory(db),
    courses: coursesMemory(db),
    audit: auditMemory(db),
    joining: joiningMemory(db),
    threads: absent('threads'),
    saved: absent('saved'),
    notifications: absent('notifications'),
    drafts: absent('drafts'),
    push: absent('push'),
    digest: absent('digest'),
    escalation: absent('escalation'),
  });
  const transact = async <T>(work: (memory: Memory) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const result = await work(memoryOver(client));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  };
  const world: World = {
    flusher: absent('the flusher'),
    memory: memoryOver(pool, seeing(pool)),
    transact,
    follow: () => [],
    presence: {
      ...absent<World['presence']>('presence'),
      me: () => undefined,
      school: () => undefined,
      marker: () => undefined,
    },
    secrets: secrets({ waiting: 1_000 }),
    redraw,
    passkeys,
    mail: null,
    leaving: absent('leaving'),
    push: absent('push'),
    health: () => Promise.reject(new Error('nothing runs here that has a health')),
    provider: null,
    quota: () => null,
    limits: DEFAULT_LIMITS,
    site: { publicUrl: 'https://recreio.escola.example', demo },
    newId: clientId,
  };
  const stranger: Caller = { actor: null, address: '203.0.113.7', device: 'Firefox no Linux' };
  const signIn = async (id: string, email: string): Promise<SignedIn> => {
    const session = clientId();
    await world.memory.accounts.openSession({
      id: session,
      account: id,
      tokenHash: world.secrets.newToken().hash,
      device: stranger.device,
      assured: true,
    });
    return { id, email, caller: { ...stranger, actor: { account: id, session } } };
  };
  const tries: AccountsWorld['tries'] = (who, name, input) => execute(world, who?.caller ?? stranger, name, input);

  return {
    world,
    pool,
    stranger,
    tries,
    somebody: async (who = {}) => {
      const id = clientId();
      const {
        name = `Ana ${randomBytes(4).toString('hex')}`,
        email = `${id}@escola.example`,
        role = 'student',
        minor = false,
      } = who;
      const made = await transact((memory) =>
        memory.accounts.create([
          {
            id,
            name,
            nameFolded: foldText(name),
            email,
            emailFolded: email.toLowerCase(),
            role,
            minor,
            language: 'pt-BR',
            tone: 1,
            courses: [],
            staff: false,
          },
        ]),
      );
      if (!made) throw new Error(`${email} is taken`);
      if (who.password !== undefined)
        await world.memory.accounts.setPassword(id, await world.secrets.hashPassword(who.password));
      if (who.demo) await pool.query('UPDATE account SET demo = true WHERE id = $1', [id]);
      return await signIn(id, email);
    },
    another: ({ id, email }) => signIn(id, email),
    course: async (title, group, people) => {
      const id = randomUUID();
      await pool.query('INSERT INTO course (id, title, class) VALUES ($1, $2, $3)', [id, title, group]);
      for (const [account, as] of Object.entries(people))
        await pool.query('INSERT INTO enrolment (course, account, staff) VALUES ($1, $2, $3)', [
          id,
          account,
          as === 'staff',
        ]);
      return id;
    },
    room: async (kind, people) => {
      const id = randomUUID();
      const [low, high] = kind === 'direct' ? people.toSorted() : [null, null];
      await pool.query(
        `INSERT INTO room (id, kind, access, low, high, last_at, created_at, created_by) VALUES ($1, $2, 'invite', $3, $4, now(), now(), $1)`,
        [id, kind, low, high],
      );
      for (const account of people) {
        await pool.query(`INSERT INTO member (room, account, role, joined_at) VALUES ($1, $2, 'member', now())`, [
          id,
          account,
        ]);
        await pool.query('INSERT INTO span (room, account, from_seq) VALUES ($1, $2, 1)', [id, account]);
      }
      return id;
    },
    does: async (who, name, input) => {
      const outcome = await tries(who, name, input);
      if (!outcome.ok) throw new Error(`${name} was refused: ${outcome.problem.code} ${outcome.problem.detail ?? ''}`);
      return outcome.output;
    },
    refuses: async (who, name, input) => {
      const outcome = await tries(who, name, input);
      if (outcome.ok) throw new Error(`${name} was not refused`);
      return outcome.problem.code;
    },
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
};
