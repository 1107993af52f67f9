import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AccountsWorld, openAccounts } from '../../testing/accounts.ts';
import { auditMemory } from './audit.ts';

let school: AccountsWorld;
beforeAll(async () => {
  school = await openAccounts();
  // Of a release before there were hashes
  await school.pool.query(`INSERT INTO audit_entry (act) VALUES ('of.old')`);
});
afterAll(() => school.close());

const chain = () => school.world.memory.audit.chain();
const write = (act: string) =>
  school.world.transact((memory) => memory.audit.write({ actor: null, act, detail: { says: 'á \u00e7 "', n: 1.5 } }));
/** Does something to the table behind the program's back, looks, and takes it back. */
const behindTheBack = async (sql: string) => {
  const client = await school.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(sql);
    return await auditMemory(client).chain();
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
};

it('[S71] entries are chained from the first that has a hash on, however many write at once', async () => {
  expect(await chain()).toEqual({ chained: 0, unchained: 1, head: null, broken: null, bare: null });
  await Promise.all(Array.from({ length: 30 }, (_, i) => write(`test.${i}`)));
  const { head, ...rest } = await chain();
  expect(rest).toEqual({ chained: 30, unchained: 1, broken: null, bare: null });
  expect(head).toMatch(/^[\da-f]{64}$/u);
  await write('test.last');
  expect((await chain()).head).not.toBe(head);
  expect(await school.world.memory.audit.numbered(head ?? '')).toBe(31);
  expect(await school.world.memory.audit.numbered('00'.repeat(32))).toBeNull();
});

it.each([
  ['changed', `UPDATE audit_entry SET act = 'test.x' WHERE number = 10`, 10],
  ['changed in its details', `UPDATE audit_entry SET detail = '{}' WHERE number = 12`, 12],
  ['dated back', `UPDATE audit_entry SET at = at - interval '1 second' WHERE number = 15`, 15],
  ['left out', 'DELETE FROM audit_entry WHERE number = 20', 21],
  ['given to another', 'UPDATE audit_entry SET actor = gen_random_uuid() WHERE number = 9', 9],
  [
    'put in between',
    `INSERT INTO audit_entry (number, act, hash) OVERRIDING SYSTEM VALUE SELECT 1000, 'forged', hash FROM audit_entry WHERE number = 32`,
    1000,
  ],
])('[S71] an entry that is %s breaks the chain, and is named', async (_how, sql, broken) => {
  expect((await chain()).broken).toBeNull();
  expect((await behindTheBack(sql)).broken).toBe(broken);
  expect((await chain()).broken).toBeNull();
});

it.each([
  ['in the middle', 5, 6],
  ['at the end', 32, null],
])('[S71] an entry whose hash was taken away %s is named', async (_where, number, broken) => {
  const seen = await behindTheBack(`UPDATE audit_entry SET hash = NULL WHERE number = ${number}`);
  expect([seen.unchained, seen.bare, seen.broken]).toEqual([2, number, broken]);
});

it('[S71] after an entry of an older release the chain goes on from the newest that has a hash', async () => {
  const client = await school.pool.connect();
  try {
    await client.query('BEGIN');
    const memory = auditMemory(client);
    const { chained } = await memory.chain();
    await client.query(`INSERT INTO audit_entry (act) VALUES ('of.old')`);
    await memory.write({ actor: null, act: 'test.new' });
    expect(await memory.chain()).toMatchObject({ chained: chained + 1, unchained: 2, broken: null });
    expect((await memory.chain()).bare).not.toBeNull();
    await client.query(`DELETE FROM audit_entry WHERE number = 32`);
    expect((await memory.chain()).broken).not.toBeNull();
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
});

it('[S71] a tail that was cut off is seen by who has kept a hash of it', async () => {
  const { head } = await chain();
  const saved = await school.pool.query('DELETE FROM audit_entry WHERE number = 32 RETURNING number');
  expect(saved.rowCount).toBe(1);
  expect((await chain()).broken).toBeNull();
  expect(await school.world.memory.audit.numbered(head ?? '')).toBeNull();
});
