import { afterAll, beforeAll, expect, test } from 'vitest';
import type pg from 'pg';
import { cloneDatabase } from '../../testing/database.ts';
import {
  boolArray,
  bytesArray,
  instantArray,
  int4Array,
  int8Array,
  jsonArray,
  textArray,
  uuidArray,
} from './arrays.ts';
import { openPool } from './connect.ts';

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let pool: pg.Pool;
beforeAll(async () => {
  database = await cloneDatabase();
  pool = openPool(database.connection, 2, () => undefined);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** What the database makes of an array, as JSON of its own. */
const read = async (array: Buffer, type: string): Promise<unknown> =>
  (await pool.query<{ value: unknown }>(`SELECT to_jsonb($1::${type}[]) AS value`, [array])).rows[0]?.value;

const ID = '0192f0c1-9d3e-7abc-8def-0123456789ab';

test('ids, numbers, flags and texts are what they were, nulls too', async () => {
  expect(await read(uuidArray([ID, null, ID.toUpperCase()]), 'uuid')).toEqual([ID, null, ID]);
  const numbers = [0, 1, -1, 2 ** 32, 2 ** 40 + 7, -(2 ** 33) - 5, Number.MAX_SAFE_INTEGER, null];
  expect(await read(int8Array(numbers), 'bigint')).toEqual(numbers);
  expect(await read(int4Array([0, -1, 2 ** 31 - 1]), 'int')).toEqual([0, -1, 2 ** 31 - 1]);
  expect(await read(boolArray([true, false]), 'boolean')).toEqual([true, false]);
  const texts = ['', 'ação', '{"a",\\b}', '👩🏽‍🏫', null, 'NULL'];
  expect(await read(textArray(texts), 'text')).toEqual(texts);
  expect(await read(jsonArray(['{"a":[1,"é"]}', null, '"x"']), 'jsonb')).toEqual([{ a: [1, 'é'] }, null, 'x']);
});

test('bytes and instants are what they were', async () => {
  const bytes = [Buffer.from([0, 255, 92]), null, Buffer.alloc(0)];
  expect(await read(bytesArray(bytes), 'bytea')).toEqual(['\\x00ff5c', null, '\\x']);
  const times = [0, 1_763_000_000_123, 946_684_799_999, 946_684_800_001];
  const { rows } = await pool.query<{ ms: number }>(
    'SELECT floor(extract(epoch FROM t) * 1000)::bigint AS ms FROM unnest($1::timestamptz[]) AS t',
    [instantArray(times)],
  );
  expect(rows.map(({ ms }) => ms)).toEqual(times);
});

test('an array of nothing is one', async () => {
  const { rows } = await pool.query<{ n: number }>('SELECT cardinality($1::uuid[]) + cardinality($2::text[]) AS n', [
    uuidArray([]),
    textArray([]),
  ]);
  expect(rows).toEqual([{ n: 0 }]);
});

test('what is no id and what is no safe integer is refused here, not sent', () => {
  for (const id of ['', ID.slice(1), `${ID}0`, ID.replace('-', '0'), ID.replace('9', 'g'), ID.replace('9', 'é')])
    expect(() => uuidArray([id])).toThrow(RangeError);
  for (const value of [0.5, Number.NaN, 2 ** 53]) expect(() => int8Array([value])).toThrow(RangeError);
});
