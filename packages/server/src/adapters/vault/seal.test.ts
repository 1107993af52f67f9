import { hkdfSync, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { BINDING_BYTES, type Place, writeBinding } from './binding.ts';
import { randomPool } from './random.ts';
import { extract, openContent, type Sealed, sealContent } from './seal.ts';

const place: Place = {
  room: '0190a1b2-0000-7000-8000-000000000001',
  message: '0190a1b2-0000-7000-8000-000000000002',
  editNo: 0,
  author: '0190a1b2-0000-7000-8000-000000000003',
  kind: 1,
  replyTo: null,
  thread: null,
  mentions: [],
};
const versions = { rkVersion: 1, akVersion: 1 };
const roomKey = randomBytes(32);
const authorKey = randomBytes(32);
const prk = extract(roomKey, authorKey);
const seal = (body: string, take = randomPool()): Sealed => sealContent(prk, place, versions, { body }, take);

test('[E1] the key and the commitment are HKDF-SHA512 of both keys (RFC 5869), so another program can open a message', () => {
  const sealed = seal('Olá, turma');
  const binding = Buffer.alloc(BINDING_BYTES);
  writeBinding(binding, 0, place, versions);
  const info = Buffer.concat([Buffer.from('recreio-msg/1'), sealed.salt, binding]);
  const okm = Buffer.from(hkdfSync('sha512', Buffer.concat([roomKey, authorKey]), 'recreio-msg/1', info, 64));
  expect(sealed.commitment).toEqual(okm.subarray(32));
  expect(openContent(prk, place, sealed)).toEqual({ body: 'Olá, turma' });
});

test.each(['', 'a', 'Olá 👋🏽', '\u0000\u0080', 'ç'.repeat(8_192), '[]()*_>'.repeat(2_000)])(
  '[E1] a text comes back as it was sealed (%#)',
  (body) => {
    expect(openContent(prk, place, seal(body))).toEqual({ body });
  },
);

test('[E1] what a message passes on is sealed with its words; what is no such thing opens as damage', () => {
  const forward = { room: place.author, message: place.room };
  const sealed = sealContent(prk, place, versions, { body: 'vejam', forward }, randomPool());
  expect(openContent(prk, place, sealed)).toEqual({ body: 'vejam', forward });
  const odd = { body: 'vejam', forward: 'a' } as never;
  expect(openContent(prk, place, sealContent(prk, place, versions, odd, randomPool()))).toBe('content');
});

test('[E1] a flip of any single bit of salt, nonce, commitment or ciphertext is noticed', () => {
  const sealed = seal('nota 7,5');
  let flips = 0;
  for (const field of ['salt', 'nonce', 'commitment', 'ct'] as const) {
    for (let bit = 0; bit < sealed[field].length * 8; bit += 1) {
      const bytes = Buffer.from(sealed[field]);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const opened = openContent(prk, place, { ...sealed, [field]: bytes });
      expect(['commitment', 'tag']).toContain(opened);
      flips += 1;
    }
  }
  expect(flips).toBe(8 * (16 + 12 + 32 + 48));
});

test('[E1] cut, grown and empty fields are noticed', () => {
  const sealed = seal('nota 7,5');
  for (const field of ['salt', 'nonce', 'commitment', 'ct'] as const) {
    const bytes = sealed[field];
    for (const other of [Buffer.alloc(0), bytes.subarray(1), bytes.subarray(0, -1), Buffer.concat([bytes, bytes])])
      expect(typeof openContent(prk, place, { ...sealed, [field]: other })).toBe('string');
  }
});

test('[E1] the padding hides the length within its class', () => {
  const sizes = new Set<number>();
  for (let length = 60; length <= 110; length += 1) sizes.add(seal('x'.repeat(length)).ct.length);
  expect(sizes).toEqual(new Set([128 + 16]));
  expect(seal('sim').ct.length).toBe(seal('não sei, mas pergunto').ct.length);
});

test('[E1] of 10^5 seals of one text all salts, nonces, commitments and ciphertexts are distinct', () => {
  const take = randomPool();
  const seen = {
    salt: new Set<string>(),
    nonce: new Set<string>(),
    commitment: new Set<string>(),
    ct: new Set<string>(),
  };
  const count = 100_000;
  for (let n = 0; n < count; n += 1) {
    const sealed = seal('sim', take);
    for (const field of ['salt', 'nonce', 'commitment', 'ct'] as const)
      seen[field].add(sealed[field].toString('latin1'));
  }
  expect(Object.values(seen).map((set) => set.size)).toEqual([count, count, count, count]);
});

test('[E1] the pool is filled 64 KiB at a time and gives no byte twice', () => {
  let fills = 0;
  let next = 0;
  // A generator that counts: every 32-bit word it gives is one that it never gave before.
  const take = randomPool((into) => {
    fills += 1;
    for (let at = 0; at < into.length; at += 4) {
      into.writeUInt32BE(next, at);
      next += 1;
    }
  });
  const taken: Buffer[] = [];
  for (let n = 0; n < 10_000; n += 1) taken.push(take(16), take(12));
  const words = taken.flatMap((bytes) =>
    Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readUInt32BE(4 * at)),
  );
  expect(new Set(words).size).toBe(words.length);
  expect(fills).toBe(5);
});

test('[E1] a text that UTF-8 cannot carry is refused rather than changed', () => {
  expect(() => seal('meio emoji \ud83d')).toThrow(RangeError);
});
