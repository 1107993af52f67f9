/** Small secrets of accounts at rest: AES-256-GCM under a key derived from the school's, bound to what they are and whose. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 4 + NONCE_BYTES;

/** What a secret is, and whose: another row's does not open in its place. */
export interface SecretOf {
  readonly kind: 'totp' | 'challenge' | 'push-device' | 'push-key' | 'keywords';
  /** An account's or device's id, the hash that a challenge is found by, or `school`. */
  readonly owner: string;
}

const keyOf = (schoolKey: Buffer): Buffer => Buffer.from(hkdfSync('sha512', schoolKey, '', 'secret/1', 32));

const bindingOf = ({ kind, owner }: SecretOf, version: number): Buffer =>
  Buffer.from(`recreio-secret/1 ${kind} ${owner} ${version}`, 'utf8');

/** Seals: the school key's version, a random nonce, the secret encrypted, the tag. */
export const sealSecret = (
  school: { readonly version: number; readonly key: Buffer },
  of: SecretOf,
  secret: Uint8Array,
): Buffer => {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(school.version);
  const nonce = randomBytes(NONCE_BYTES);
  nonce.copy(head, 4);
  const key = keyOf(school.key);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(bindingOf(of, school.version));
  const sealed = Buffer.concat([head, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  key.fill(0);
  return sealed;
};

/** The secret; null when it is damaged, belongs elsewhere, or its key is not known. */
export const openSecret = (
  keyOfVersion: (version: number) => Buffer | undefined,
  of: SecretOf,
  sealed: Buffer,
): Buffer | null => {
  if (sealed.length < HEAD_BYTES + TAG_BYTES) return null;
  const version = sealed.readUInt32BE();
  const schoolKey = keyOfVersion(version);
  if (schoolKey === undefined) return null;
  const key = keyOf(schoolKey);
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(4, HEAD_BYTES), { authTagLength: TAG_BYTES });
  key.fill(0);
  decipher.setAAD(bindingOf(of, version));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const opened = decipher.update(sealed.subarray(HEAD_BYTES, -TAG_BYTES));
  try {
    decipher.final();
  } catch {
    opened.fill(0);
    return null;
  }
  return opened;
};
