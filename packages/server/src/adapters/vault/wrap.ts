/** Keys inside keys: AES-256-GCM with a random nonce, bound to which key it is and which key wraps it (E1). */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type KeyIdentity, wrapBinding } from './binding.ts';

/** Every key of the hierarchy: 256 bits. */
export const KEY_BYTES = 32;

const TAG_BYTES = 16;
const NONCE_BYTES = 12;
const CIPHER = 'aes-256-gcm';

/** A key as it is stored: encrypted, then the tag. */
export interface Wrapped {
  readonly nonce: Buffer;
  readonly wrapped: Buffer;
}

/** A new key from the system's generator, straight: keys never come from the pool. */
export const newKey = (): Buffer => {
  const key = Buffer.allocUnsafeSlow(KEY_BYTES);
  randomBytes(KEY_BYTES).copy(key);
  return key;
};

/** Wraps `key` under `parent`. A parent wraps a school's rooms and people, far below GCM's 2^32 random nonces a key. */
export const wrapKey = (parent: Buffer, identity: KeyIdentity, key: Buffer): Wrapped => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, parent, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(wrapBinding(identity));
  const encrypted = cipher.update(key);
  cipher.final();
  return { nonce, wrapped: Buffer.concat([encrypted, cipher.getAuthTag()]) };
};

/** The key, or null when the wrapping is damaged, belongs to another key or was made by another parent. */
export const unwrapKey = (parent: Buffer, identity: KeyIdentity, { nonce, wrapped }: Wrapped): Buffer | null => {
  if (nonce.length !== NONCE_BYTES || wrapped.length !== KEY_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv(CIPHER, parent, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(wrapBinding(identity));
  decipher.setAuthTag(wrapped.subarray(KEY_BYTES));
  const key = Buffer.allocUnsafeSlow(KEY_BYTES);
  const opened = decipher.update(wrapped.subarray(0, KEY_BYTES));
  try {
    decipher.final();
  } catch {
    opened.fill(0);
    return null;
  }
  opened.copy(key);
  opened.fill(0);
  return key;
};
