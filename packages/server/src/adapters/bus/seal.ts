/**
 * What nodes tell each other through a server that is not the school's database, sealed: who is present, who writes, who is a
 * minor is nobody's business there, and only a node of the school can have said it (docs/decisions/0031-the-bus-is-sealed.md).
 *
 *   0x01 | 16 bytes, drawn by each process | 12 bytes, counted | AES-256-GCM of the text | 16 bytes of tag
 *
 * Each process has a key of its own, derived from the school's bus key and its 16 bytes, and counts its nonces: none is used
 * twice, however many messages there are (NIST SP 800-38D §8.2.1). Repeats and old messages open: a hint may be doubled and late.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** Seals and opens the school's messages. */
export interface BusSeal {
  /** A name for where the school's messages are told, the same on all its nodes; says nothing of the key. */
  readonly name: string;
  seal(text: string): Uint8Array;
  /** Null for what no node of this school has sealed. */
  open(bytes: Uint8Array): string | null;
}

const VERSION = 1;
const SALT = 16;
const NONCE = 12;
const TAG = 16;
/** A sealed text is longer by this. */
export const SEALED_BYTES = 1 + SALT + NONCE + TAG;
/** Keys of other processes that are remembered; more nodes than that share a bus in no school. */
const SENDERS = 256;

/** @param key 32 bytes, the same on all nodes; @param epoch the incarnation of the log: a copy of the school does not hear it */
export const busSeal = (key: Buffer, epoch: string): BusSeal => {
  const name = createHash('sha256')
    .update(Buffer.from(hkdfSync('sha256', key, '', `recreio bus name/1 ${epoch}`, 32)))
    .digest('hex')
    .slice(0, 32);
  const about = Buffer.from(name);
  const keyOf = (salt: Uint8Array) => Buffer.from(hkdfSync('sha256', key, salt, 'recreio bus/1', 32));
  const mine = randomBytes(SALT);
  const myKey = keyOf(mine);
  const senders = new Map<string, Buffer>();
  let count = 0n;

  return {
    name,
    seal: (text) => {
      count += 1n;
      const nonce = Buffer.alloc(NONCE);
      nonce.writeBigUInt64BE(count, NONCE - 8);
      const cipher = createCipheriv('aes-256-gcm', myKey, nonce, { authTagLength: TAG }).setAAD(about);
      return Buffer.concat([
        Buffer.of(VERSION),
        mine,
        nonce,
        cipher.update(text, 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (bytes.length < SEALED_BYTES || bytes[0] !== VERSION) return null;
      const salt = bytes.subarray(1, 1 + SALT);
      const sender = salt.toString('hex');
      const known = senders.get(sender);
      const senderKey = known ?? keyOf(salt);
      const decipher = createDecipheriv('aes-256-gcm', senderKey, bytes.subarray(1 + SALT, 1 + SALT + NONCE), {
        authTagLength: TAG,
      });
      decipher.setAAD(about).setAuthTag(bytes.subarray(-TAG));
      try {
        const text = decipher.update(bytes.subarray(1 + SALT + NONCE, -TAG));
        const whole = Buffer.concat([text, decipher.final()]).toString('utf8');
        if (!known) {
          // Only those who proved to know the school's key are remembered
          if (senders.size >= SENDERS) senders.clear();
          senders.set(sender, senderKey);
        }
        return whole;
      } catch {
        return null; // the tag does not fit: that is the answer, not trouble
      }
    },
  };
};
