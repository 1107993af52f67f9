/** Sealing a push for one browser: RFC 8291 over RFC 8188 (aes128gcm). The service that carries it reads none of it, nor how long it is. */
import { createCipheriv, createECDH, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Subscription } from '@recreio/core/ports.ts';

const CURVE = 'prime256v1';
/** One record; a push service takes 4096 bytes at least (RFC 8030 §7.2). */
const RECORD_BYTES = 4096;
const TAG_BYTES = 16;
/** The last record ends with this and zeros (RFC 8188 §2). */
const LAST = 2;
/** All that is said is this long, or twice, or three times: its length says little. */
const STEP_BYTES = 1024;
/** Salt, record size, and the key of 65 bytes with its length. */
const HEADER_BYTES = 16 + 4 + 1 + 65;
/** Most that one push can say, in bytes. */
export const MOST_BYTES = RECORD_BYTES - HEADER_BYTES - TAG_BYTES - 1;

/** What is drawn for each push; given in tests alone. */
export interface Drawn {
  readonly salt: Buffer;
  readonly privateKey: Buffer;
  /** Length of what is encrypted, the delimiter included. */
  readonly paddedBytes: number;
}

const paddedTo = (bytes: number): number => Math.min(Math.ceil((bytes + 1) / STEP_BYTES) * STEP_BYTES, MOST_BYTES + 1);

/** Whether a browser's keys can be used: a point on the curve, and a secret of 16 bytes (RFC 8291 §3.2). */
export const areKeys = ({ p256dh, auth }: Pick<Subscription, 'p256dh' | 'auth'>): boolean => {
  if (Buffer.from(auth, 'base64url').length !== 16) return false;
  const ours = createECDH(CURVE);
  ours.generateKeys();
  try {
    ours.computeSecret(Buffer.from(p256dh, 'base64url'));
    return true;
  } catch {
    return false; // no point of the curve: what is sealed for it nobody could read
  }
};

/** The body of the request. Throws RangeError for what is too long. */
export const sealPush = (
  text: Buffer,
  { p256dh, auth }: Pick<Subscription, 'p256dh' | 'auth'>,
  drawn?: Drawn,
): Buffer => {
  if (text.length > MOST_BYTES) throw new RangeError(`a push says at most ${MOST_BYTES} bytes`);
  const theirs = Buffer.from(p256dh, 'base64url');
  const ours = createECDH(CURVE);
  if (drawn) ours.setPrivateKey(drawn.privateKey);
  else ours.generateKeys();
  const publicKey = ours.getPublicKey();
  const salt = drawn?.salt ?? randomBytes(16);

  // RFC 8291 §3.4: the keys of both are bound into the secret, under what the browser shares with us
  const shared = ours.computeSecret(theirs);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, publicKey]);
  const ikm = Buffer.from(hkdfSync('sha256', shared, Buffer.from(auth, 'base64url'), info, 32));
  // RFC 8188 §2.2, §2.3; HKDF's two steps, since both keys come from one extract
  const prk = createHmac('sha256', salt).update(ikm).digest();
  const expand = (label: string, bytes: number): Buffer =>
    createHmac('sha256', prk).update(`Content-Encoding: ${label}\0\u0001`).digest().subarray(0, bytes);
  const cipher = createCipheriv('aes-128-gcm', expand('aes128gcm', 16), expand('nonce', 12));
  const padded = Buffer.alloc(drawn?.paddedBytes ?? paddedTo(text.length));
  text.copy(padded);
  padded[text.length] = LAST;

  const header = Buffer.alloc(HEADER_BYTES);
  salt.copy(header);
  header.writeUInt32BE(RECORD_BYTES, 16);
  header.writeUInt8(publicKey.length, 20);
  publicKey.copy(header, 21);
  for (const secret of [shared, ikm, prk]) secret.fill(0);
  return Buffer.concat([header, cipher.update(padded), cipher.final(), cipher.getAuthTag()]);
};
