import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { copiesOf } from './pressed.ts';

const script = Buffer.from('const sala = "parábola";\n'.repeat(200));

it('a copy of each kind says the same in fewer bytes', async () => {
  const copies = await copiesOf(script);
  expect([...copies.keys()]).toEqual(['.br', '.gz']);
  expect(brotliDecompressSync(copies.get('.br') ?? '')).toEqual(script);
  expect(gunzipSync(copies.get('.gz') ?? '')).toEqual(script);
  for (const copy of copies.values()) expect(copy.length).toBeLessThan(script.length / 2);
});

it('what fits one packet has none', async () => {
  expect((await copiesOf(script.subarray(0, 900))).size).toBe(0);
});
