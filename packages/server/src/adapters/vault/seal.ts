/**
 * Sealing and opening one content (E1), as pure as random bytes allow: no database, no cache.
 *
 *   PRK = HMAC-SHA512("recreio-msg/1", room key ‖ author key)            RFC 5869 §2.2, kept by the caller
 *   okm = HMAC-SHA512(PRK, "recreio-msg/1" ‖ salt ‖ binding ‖ 0x01)      RFC 5869 §2.3, one block of 64 bytes
 *   ct  = AES-256-GCM(okm[0..31], nonce, padded CBOR, binding) ‖ tag     commitment = okm[32..63]
 *
 * GCM alone does not commit to its key: one ciphertext can be made to open to two texts under two keys. The commitment
 * is checked first, in constant time, so a ciphertext has one key and one text (Dodis et al., CRYPTO 2018).
 */
import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import type { Forward } from '@recreio/protocol';
import { decode, encode } from 'cborg';
import { BINDING_BYTES, type KeyVersions, type Place, writeBinding } from './binding.ts';
import { pad, unpad } from './padding.ts';
import type { TakeRandom } from './random.ts';

/** A sealed content as it is stored. */
export interface Sealed extends KeyVersions {
  /** 16 random bytes: makes the key of this message its own. */
  readonly salt: Buffer;
  /** 12 random bytes: a second net, since no key is used twice. */
  readonly nonce: Buffer;
  /** 32 bytes that only the right key yields. */
  readonly commitment: Buffer;
  /** The padded content encrypted, then the tag of 16 bytes. */
  readonly ct: Buffer;
}

/** What a message says, and what it passes on. A release that does not know of the latter passes over it. */
export interface Content {
  readonly body: string;
  readonly forward?: Forward;
}

/** Why a stored content is not shown. For logs and alerts; people are told only that it could not be checked. */
export type Damage = 'shape' | 'unknown-key' | 'damaged-key' | 'commitment' | 'tag' | 'content';

const LABEL = Buffer.from('recreio-msg/1', 'ascii');
const CIPHER = 'aes-256-gcm';
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const KEY_BYTES = 32;
const COMMITMENT_BYTES = 32;
const TAG_BYTES = 16;
const SMALLEST_CT = 32 + TAG_BYTES;
const BINDING_AT = LABEL.length + SALT_BYTES;

/** The secret that all messages of one author in one room share, for one version of both keys: 64 bytes. */
export const extract = (roomKey: Buffer, authorKey: Buffer): Buffer =>
  createHmac('sha512', LABEL).update(roomKey).update(authorKey).digest();

/**
 * Label, salt, binding and block number in one piece, so that expanding is one HMAC over one buffer. It is the same one
 * for every message: nothing here waits, and each use copies out of it what it needs.
 */
const INPUT = Buffer.alloc(BINDING_AT + BINDING_BYTES + 1);
LABEL.copy(INPUT);
INPUT[BINDING_AT + BINDING_BYTES] = 1;
const BINDING = INPUT.subarray(BINDING_AT, BINDING_AT + BINDING_BYTES);

/** Both secrets of one message, 64 bytes; leaves its binding in BINDING. */
const expand = (prk: Buffer, salt: Buffer, place: Place, versions: KeyVersions): Buffer => {
  salt.copy(INPUT, LABEL.length);
  writeBinding(INPUT, BINDING_AT, place, versions);
  return createHmac('sha512', prk).update(INPUT).digest();
};

/** Seals a content for one place. The text must be well-formed Unicode: CBOR carries UTF-8, which has no lone surrogates. */
export const sealContent = (
  prk: Buffer,
  place: Place,
  versions: KeyVersions,
  content: Content,
  take: TakeRandom,
): Sealed => {
  if (!content.body.isWellFormed()) throw new RangeError('A body is not well-formed Unicode; refuse it as bad-text.');
  const salt = take(SALT_BYTES);
  const nonce = take(NONCE_BYTES);
  const okm = expand(prk, salt, place, versions);
  const cipher = createCipheriv(CIPHER, okm.subarray(0, KEY_BYTES), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(BINDING);
  const encrypted = cipher.update(
    pad(encode({ body: content.body, ...(content.forward ? { forward: content.forward } : {}) })),
  );
  cipher.final();
  const commitment = Buffer.from(okm.subarray(KEY_BYTES));
  okm.fill(0);
  return {
    rkVersion: versions.rkVersion,
    akVersion: versions.akVersion,
    salt,
    nonce,
    commitment,
    ct: Buffer.concat([encrypted, cipher.getAuthTag()]),
  };
};

const isForward = (value: unknown): value is Forward =>
  typeof value === 'object' &&
  value !== null &&
  'room' in value &&
  typeof value.room === 'string' &&
  'message' in value &&
  typeof value.message === 'string';

const isContent = (value: unknown): value is Content =>
  typeof value === 'object' &&
  value !== null &&
  'body' in value &&
  typeof value.body === 'string' &&
  (!('forward' in value) || isForward(value.forward));

const readContent = (padded: Buffer): Content | Damage => {
  const bytes = unpad(padded);
  if (bytes === null) return 'content';
  try {
    const value: unknown = decode(bytes, { strict: true, allowIndefinite: false, rejectDuplicateMapKeys: true });
    if (!isContent(value)) return 'content';
    return { body: value.body, ...(value.forward === undefined ? {} : { forward: value.forward }) };
  } catch {
    // Authentic, but not written by this code: a later format. It must not stop the page that it stands on (S67).
    return 'content';
  }
};

/** Opens a content in its place; the damage when anything at all is not as it was sealed. Never another text. */
export const openContent = (prk: Buffer, place: Place, sealed: Sealed): Content | Damage => {
  const { salt, nonce, commitment, ct } = sealed;
  const wellShaped =
    salt.length === SALT_BYTES &&
    nonce.length === NONCE_BYTES &&
    commitment.length === COMMITMENT_BYTES &&
    ct.length >= SMALLEST_CT;
  if (!wellShaped) return 'shape';
  const okm = expand(prk, salt, place, sealed);
  if (!timingSafeEqual(okm.subarray(KEY_BYTES), commitment)) return 'commitment';
  const decipher = createDecipheriv(CIPHER, okm.subarray(0, KEY_BYTES), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(BINDING);
  decipher.setAuthTag(ct.subarray(ct.length - TAG_BYTES));
  const padded = decipher.update(ct.subarray(0, ct.length - TAG_BYTES));
  try {
    decipher.final();
  } catch {
    return 'tag';
  } finally {
    okm.fill(0);
  }
  return readContent(padded);
};
