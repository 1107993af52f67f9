/** Whose a mail of what was missed was: the account's id and a MAC of it, 32 bytes in base64url. It ends with the school's first key. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Leaving } from '@recreio/core/ports.ts';

const ID_BYTES = 16;
const MAC_BYTES = 16;
const TOKEN = /^[\w-]{43}$/u;

/** Tokens by a key of the school's. They say who, and open nothing but the way out of these mails: so they never expire. */
export const leavingTokens = (key: Uint8Array): Leaving => {
  const macOf = (id: Uint8Array): Buffer =>
    createHmac('sha256', key).update('digest.leave ').update(id).digest().subarray(0, MAC_BYTES);
  return {
    tokenOf: (account) => {
      const id = Buffer.from(account.replaceAll('-', ''), 'hex');
      return Buffer.concat([id, macOf(id)]).toString('base64url');
    },
    accountOf: (token) => {
      if (!TOKEN.test(token)) return null;
      const bytes = Buffer.from(token, 'base64url');
      // The last sign has two bits to spare: one token, one spelling
      if (bytes.length !== ID_BYTES + MAC_BYTES || bytes.toString('base64url') !== token) return null;
      const id = bytes.subarray(0, ID_BYTES);
      if (!timingSafeEqual(macOf(id), bytes.subarray(ID_BYTES))) return null;
      const hex = id.toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    },
  };
};
