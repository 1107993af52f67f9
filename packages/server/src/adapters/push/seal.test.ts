import { createECDH, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { openPush } from '../../../../../tests/raw/push-service.ts';
import { areKeys, MOST_BYTES, sealPush } from './seal.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');

// RFC 8291 §5 and appendix A
const EXAMPLE = {
  text: 'When I grow up, I want to be a watermelon',
  ours: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  theirs: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  body:
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A' +
    '_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
};

const browser = () => {
  const keys = createECDH('prime256v1');
  keys.generateKeys();
  const auth = randomBytes(16);
  return {
    open: (body: Buffer) => openPush(body, keys.getPrivateKey(), auth).toString(),
    keys: { p256dh: keys.getPublicKey('base64url'), auth: auth.toString('base64url') },
  };
};

it('[R110] the example of RFC 8291 comes out byte for byte, and its browser reads it', () => {
  const drawn = { salt: bytes(EXAMPLE.salt), privateKey: bytes(EXAMPLE.ours), paddedBytes: EXAMPLE.text.length + 1 };
  const body = sealPush(Buffer.from(EXAMPLE.text), EXAMPLE, drawn);
  expect(body.toString('base64url')).toBe(EXAMPLE.body);
  expect(openPush(body, bytes(EXAMPLE.theirs), bytes(EXAMPLE.auth)).toString()).toBe(EXAMPLE.text);
});

it('[R110] what is said is read by the one browser, and its length tells little', () => {
  const [one, other] = [browser(), browser()];
  const short = sealPush(Buffer.from('Oi'), one.keys);
  const longer = sealPush(Buffer.from('é'.repeat(400)), one.keys);
  expect(one.open(short)).toBe('Oi');
  expect(one.open(longer)).toBe('é'.repeat(400));
  expect(short.length).toBe(longer.length);
  expect(() => other.open(short)).toThrow(/authenticate/u);
  expect(sealPush(Buffer.from('Oi'), one.keys)).not.toEqual(short);
});

it('[R110] a push is one record of 4096 bytes at most; what is longer is an error', () => {
  const { keys, open } = browser();
  const body = sealPush(Buffer.alloc(MOST_BYTES, 'a'), keys);
  expect(body.length).toBe(4096);
  expect(open(body)).toHaveLength(MOST_BYTES);
  expect(() => sealPush(Buffer.alloc(MOST_BYTES + 1), keys)).toThrow(RangeError);
});

it('[R110] keys that nobody could have are told apart: no point of the curve, a secret of another length', () => {
  const { keys } = browser();
  expect(areKeys(keys)).toBe(true);
  expect(areKeys({ ...keys, p256dh: Buffer.alloc(65, 4).toString('base64url') })).toBe(false);
  expect(areKeys({ ...keys, p256dh: Buffer.alloc(65).toString('base64url') })).toBe(false);
  expect(areKeys({ ...keys, auth: randomBytes(15).toString('base64url') })).toBe(false);
});
