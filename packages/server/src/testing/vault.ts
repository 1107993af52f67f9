import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Pool } from 'pg';
import { fingerprintOf, type MasterKey } from '../adapters/vault/master.ts';
import { openVault, type Place, type Vault } from '../adapters/vault/vault.ts';
import { cloneDatabase } from './database.ts';

/** A new master key that lies in no file. */
export const newMaster = (): MasterKey => {
  const key = randomBytes(32);
  return { key, fingerprint: fingerprintOf(key), path: '/keys/school.key', made: true };
};

/** A database with an empty key store. */
export const openKeyStore = async (): Promise<{ pool: Pool; close(): Promise<void> }> => {
  const database = await cloneDatabase();
  const pool = new Pool({ ...database.connection, max: 4 });
  const { rows } = await pool.query("SELECT to_regclass('keys.key') AS there");
  if (rows[0].there === null)
    await pool.query(readFileSync(new URL('../../migrations/0001_keys.sql', import.meta.url), 'utf8'));
  return {
    pool,
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
};

/** Two rooms and two people with keys that a vault has loaded. */
export interface School {
  readonly vault: Vault;
  readonly room: string;
  readonly otherRoom: string;
  readonly ana: string;
  readonly bruno: string;
}

/** Nodes that share a key store and a clock that the test moves. */
export interface Nodes {
  readonly pool: Pool;
  readonly master: MasterKey;
  /** Milliseconds on every node's clock. */
  nowMs: number;
  /** Starts one more node. */
  open(): Promise<Vault>;
  /** People and rooms that no other test has, on a new node. */
  school(): Promise<School>;
  /** Makes an owner's keys older in the database, as if that time had passed. */
  age(owner: string, minutes: number): Promise<void>;
  close(): Promise<void>;
}

/** Nodes on a database of their own: one per test file, in `beforeAll`; `close` them in `afterAll`. */
export const startNodes = async (): Promise<Nodes> => {
  const { pool, close } = await openKeyStore();
  const master = newMaster();
  const nodes: Nodes = {
    pool,
    master,
    nowMs: 0,
    open: () => openVault(pool, master, { monotonicMs: () => nodes.nowMs }),
    school: async () => {
      const vault = await nodes.open();
      const [room, otherRoom, ana, bruno] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
      for (const each of [room, otherRoom]) await vault.createRoomKey(pool, each);
      for (const each of [ana, bruno]) await vault.createAuthorKey(pool, each);
      await vault.load(pool, { rooms: [room, otherRoom], authors: [ana, bruno] });
      return { vault, room, otherRoom, ana, bruno };
    },
    age: async (owner, minutes) => {
      await pool.query("UPDATE keys.key SET created_at = created_at - $2 * interval '1 minute' WHERE owner = $1", [
        owner,
        minutes,
      ]);
    },
    close,
  };
  return nodes;
};

/** A new message of Ana's in the school's first room, unless said otherwise. */
export const placeIn = (school: School, changes: Partial<Place> = {}): Place => ({
  room: school.room,
  message: randomUUID(),
  editNo: 0,
  author: school.ana,
  kind: 1,
  replyTo: null,
  thread: null,
  mentions: [],
  ...changes,
});
