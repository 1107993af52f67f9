/** Who a push comes from: the school's keys and what is signed with them (RFC 8292). */
import { createECDH, createPrivateKey, sign } from 'node:crypto';
import type { PushIdentity } from '@recreio/core/ports.ts';

const CURVE = 'prime256v1';
/** A service takes at most a day (RFC 8292 §2); half leaves room for clocks. */
const LIFETIME_S = 12 * 3_600;

/** New keys. */
export const newIdentity = (): PushIdentity => {
  const keys = createECDH(CURVE);
  keys.generateKeys();
  const privateKey = Buffer.alloc(32);
  const drawn = keys.getPrivateKey();
  // Leading zeros are left out by OpenSSL, and belong to a key of 32 bytes
  drawn.copy(privateKey, 32 - drawn.length);
  return { publicKey: keys.getPublicKey('base64url'), privateKey: privateKey.toString('base64url') };
};

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * The `Authorization` header for one push service. `subject`: where the school can be reached about it (RFC 8292 §2.1); left out
 * where that is no https address, which services refuse. @param nowS seconds since the Unix epoch
 */
export const authorization = (
  { publicKey, privateKey }: PushIdentity,
  audience: string,
  subject: string | null,
  nowS: number,
): string => {
  const point = Buffer.from(publicKey, 'base64url');
  const key = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
      d: privateKey,
    },
  });
  const claims = { aud: audience, exp: Math.floor(nowS) + LIFETIME_S, ...(subject === null ? {} : { sub: subject }) };
  const said = `${base64url({ typ: 'JWT', alg: 'ES256' })}.${base64url(claims)}`;
  const signature = sign('sha256', Buffer.from(said), { key, dsaEncoding: 'ieee-p1363' });
  return `vapid t=${said}.${signature.toString('base64url')}, k=${publicKey}`;
};
