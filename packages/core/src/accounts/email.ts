/** E-mail addresses: they name a person at the door, so two spellings of one address must be one. */

/** RFC 5321 §4.5.3.1, less the angle brackets. */
const LONGEST = 254;
const LONGEST_LOCAL = 64;

/** A dot-atom before the at sign, host labels with at least one dot behind it; quoted local parts and bare hosts are not taken. */
const ADDRESS =
  /^[^\s\p{C}@"(),:;<>[\\\]]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?\.)+[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])$/u;

/** An address as it is kept and shown; null when it is none. */
export const cleanEmail = (text: string): string | null => {
  const email = text.normalize('NFC').trim();
  const local = email.slice(0, email.indexOf('@'));
  const fits =
    email.length <= LONGEST &&
    local.length <= LONGEST_LOCAL &&
    !local.startsWith('.') &&
    !local.endsWith('.') &&
    !local.includes('..');
  return fits && ADDRESS.test(email) ? email : null;
};

/** An address as it is compared: compatibility forms and case are one. No host in use tells `Ana@` from `ana@`. */
export const foldEmail = (email: string): string => email.normalize('NFKC').trim().toLowerCase();
