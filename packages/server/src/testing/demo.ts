import { randomUUID } from 'node:crypto';
import { follow, type Memory, type World } from '@recreio/core';
import { DEFAULT_LIMITS } from '@recreio/protocol';
import type pg from 'pg';
import { accountsMemory } from '../adapters/postgres/accounts.ts';
import { ensureInstallation } from '../adapters/postgres/accounts/records.ts';
import { openPool } from '../adapters/postgres/connect.ts';
import { readFacts } from '../adapters/postgres/facts.ts';
import { makeMemory } from '../adapters/postgres/memory.ts';
import { joiningMemory } from '../adapters/postgres/joining.ts';
import { roomsMemory } from '../adapters/postgres/rooms.ts';
import { savedMemory } from '../adapters/postgres/saved.ts';
import { auditMemory } from '../adapters/postgres/audit.ts';
import { schoolMemory } from '../adapters/postgres/school.ts';
import { leavingTokens } from '../adapters/mail/leaving.ts';
import { pushCarrier } from '../adapters/push/carrier.ts';
import { redraw } from '../adapters/png.ts';
import { passkeys } from '../adapters/passkeys.ts';
import { secrets } from '../adapters/secrets.ts';
import { openVault } from '../adapters/vault/vault.ts';
import type { SeedingParts } from '../demo.ts';
import { newId } from '../ids.ts';
import { cloneDatabase } from './database.ts';
import { newMaster } from './vault.ts';

/** An empty school on a database of its own, and what the seeding of it needs. */
export interface EmptySchool {
  readonly pool: pg.Pool;
  readonly memory: Memory;
  /** The sentences that the operator was told. */
  readonly said: string[];
  /** What the bell rang for, and the markers that devices were told of: a seeding does neither. */
  readonly rung: unknown[];
  readonly markers: unknown[];
  /** For the seeding: its world has no quota left. */
  readonly parts: SeedingParts;
  /** For those who come afterwards. */
  readonly world: World;
  close(): Promise<void>;
}

/** Opens one: `close` it when done. */
export const openEmpty = async (): Promise<EmptySchool> => {
  const database = await cloneDatabase();
  const pool = openPool(database.connection, 4, () => undefined);
  const vault = await openVault(pool, newMaster());
  await ensureInstallation(pool, { epoch: randomUUID(), school: 'Recreio' });
  const rung: unknown[] = [];
  const bell = { ring: (...told: unknown[]) => void rung.push(told) };
  const { memory, transact } = makeMemory({
    pool,
    lookups: pool,
    pages: pool,
    vault,
    newId,
    bell: () => bell,
    revoked: () => undefined,
  });
  const markers: unknown[] = [];
  const world: World = {
    memory,
    transact,
    follow,
    newId,
    flusher: {
      submit: () => Promise.reject(new Error('the demo is seeded by a flusher of its own')),
      idle: () => true,
    },
    presence: {
      typing: () => undefined,
      here: () => ({ here: [], count: 0 }),
      marker: (...told) => void markers.push(told),
      thread: (...told) => void markers.push(told),
      saved: (...told) => void markers.push(told),
      notices: () => undefined,
      tuning: () => undefined,
      draft: (...told) => void markers.push(told),
      me: () => undefined,
      school: () => undefined,
    },
    secrets: secrets(),
    redraw,
    passkeys,
    mail: null,
    leaving: leavingTokens(vault.leavingKey()),
    push: pushCarrier({ isLocal: false, now: () => Date.now() }),
    health: () => Promise.reject(new Error('nothing runs here that has a health')),
    provider: null,
    quota: () => 60_000,
    limits: DEFAULT_LIMITS,
    site: { publicUrl: 'http://localhost', demo: true },
  };
  const said: string[] = [];
  const parts: SeedingParts = {
    pool,
    world,
    over: (client) => ({
      accounts: accountsMemory(client, vault),
      rooms: roomsMemory(client, vault, newId, () => undefined),
      saved: savedMemory(client, vault),
      school: schoolMemory(client),
      audit: auditMemory(client),
      joining: joiningMemory(client),
      facts: async (requests) => (await readFacts(client, vault, requests)).facts,
    }),
    say: { info: (text) => void said.push(text) },
  };
  return {
    pool,
    memory,
    said,
    rung,
    markers,
    parts,
    world: { ...world, quota: () => null },
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
};
