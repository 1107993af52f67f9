import type pg from 'pg';
import { expect, test } from 'vitest';
import type { Vault } from '../vault/vault.ts';
import { makeMemory } from './memory.ts';

test("[D3] what goes wrong after COMMIT rolls nothing back: the connection is another's already", async () => {
  const said: string[] = [];
  const client = {
    query: async (query: string | { readonly name: string }) => {
      said.push(typeof query === 'string' ? query : query.name);
      return { rows: [], rowCount: 1 };
    },
    release: () => void said.push('released'),
  };
  const { transact } = makeMemory({
    pool: { connect: async () => client } as unknown as pg.Pool,
    lookups: {} as pg.Pool,
    pages: {} as pg.Pool,
    vault: {} as Vault,
    newId: () => '',
    bell: () => ({ ring: () => undefined }),
    revoked: () => {
      throw new TypeError('nobody to tell');
    },
  });
  await expect(transact((memory) => memory.accounts.endSessions('ana', {}))).rejects.toThrow('nobody to tell');
  expect(said).toEqual(['BEGIN', 'sessions-end', 'COMMIT', 'released']);
});
