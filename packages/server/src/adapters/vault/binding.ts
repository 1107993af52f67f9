/**
 * What a ciphertext is bound to, as bytes (E1). Everything here has a fixed length or a count before it, so two
 * different places can never have the same encoding, and nothing that was sealed for one place opens in another.
 */
import { hash } from 'node:crypto';

/** One installation is one school, so the tenant of the construction is a constant: "recreio school 1" in ASCII. */
export const SCHOOL = '72656372-6569-6f20-7363-686f6f6c2031';

/** What a message is. A byte of the binding, so a sealed message can never be read as something else. */
export const KIND = { message: 1, draft: 2 } as const;

/** Where a sealed content belongs. All of it is in clear in the database; none of it can be changed unseen. */
export interface Place {
  readonly room: string;
  readonly message: string;
  /** 0 as sent, one more with each edit. */
  readonly editNo: number;
  readonly author: string;
  readonly kind: number;
  /** The message it answers. */
  readonly replyTo: string | null;
  /** The message whose thread it is in. */
  readonly thread: string | null;
  /** The people it names: a set, in any order. */
  readonly mentions: readonly string[];
}

/** The versions of the two keys that a message's own key comes from. */
export interface KeyVersions {
  /** Version of the room key. */
  readonly rkVersion: number;
  /** Version of the author key. */
  readonly akVersion: number;
}

const MESSAGE_LABEL = Buffer.from('recreio-msg/1', 'ascii');
const CLEAR_LABEL = Buffer.from('recreio-clear/1', 'ascii');
const WRAP_LABEL = Buffer.from('wrap/1', 'ascii');
const ID_BYTES = 16;
const UINT32_MAX = 0xffff_ffff;

/** The length of every message binding: label, tenant, room, message, edit, author, kind, two versions, clear fields. */
export const BINDING_BYTES = MESSAGE_LABEL.length + 4 * ID_BYTES + 4 + 1 + 4 + 4 + 32;

const NIBBLE = new Int8Array(128).fill(-1);
for (const [value, digit] of [...'0123456789abcdef'].entries()) NIBBLE[digit.charCodeAt(0)] = value;

const nibbleAt = (id: string, at: number): number => {
  const value = NIBBLE[id.charCodeAt(at)] ?? -1;
  if (value < 0) throw new RangeError('An id is not a UUID in canonical lower-case form.');
  return value;
};

/** Writes the 16 bytes of a canonical UUID and returns where they end; by hand, because it runs five times a message. */
const writeId = (into: Buffer, id: string, start: number): number => {
  if (id.length !== 36) throw new RangeError('An id is not a UUID in canonical lower-case form.');
  let to = start;
  for (let at = 0; at < 36; at += 2) {
    if (at === 8 || at === 13 || at === 18 || at === 23) {
      if (id.charCodeAt(at) !== 45) throw new RangeError('An id is not a UUID in canonical lower-case form.');
      at += 1;
    }
    into[to] = (nibbleAt(id, at) << 4) | nibbleAt(id, at + 1);
    to += 1;
  }
  return to;
};

const writeUint32 = (into: Buffer, value: number, start: number): number => {
  if (!Number.isInteger(value) || value < 0 || value > UINT32_MAX)
    throw new RangeError('A number does not fit 32 bits.');
  return into.writeUInt32BE(value, start);
};

const clearBytes = (replyTo: string | null, mentions: readonly string[], thread: string | null): Buffer => {
  const people = [...new Set(mentions)].sort();
  const bytes = Buffer.alloc(
    CLEAR_LABEL.length + 1 + ID_BYTES + 4 + people.length * ID_BYTES + (thread === null ? 0 : ID_BYTES),
  );
  let at = CLEAR_LABEL.copy(bytes);
  at = bytes.writeUInt8(replyTo === null ? 0 : 1, at);
  at = replyTo === null ? at + ID_BYTES : writeId(bytes, replyTo, at);
  at = bytes.writeUInt32BE(people.length, at);
  for (const person of people) at = writeId(bytes, person, at);
  // After what has a count: nothing else is this long. Outside threads the bytes are those of before there were any
  if (thread !== null) writeId(bytes, thread, at);
  return bytes;
};

/** What every binding begins with: the label and the tenant. */
const PREFIX = Buffer.alloc(MESSAGE_LABEL.length + ID_BYTES);
writeId(PREFIX, SCHOOL, MESSAGE_LABEL.copy(PREFIX));

/** Most messages answer nobody and name nobody. */
const NOTHING_CLEAR = hash('sha256', clearBytes(null, [], null), 'buffer');

/**
 * SHA-256 over the fields that stay in clear because threading and counting need them. Mentions are a set: sorted and
 * without repeats, since the database gives them back in no particular order.
 */
export const clearDigest = (
  replyTo: string | null,
  mentions: readonly string[],
  thread: string | null = null,
): Buffer =>
  replyTo === null && mentions.length === 0 && thread === null
    ? NOTHING_CLEAR
    : hash('sha256', clearBytes(replyTo, mentions, thread), 'buffer');

/**
 * Writes the binding of a message (the AAD of the construction) into `bytes` from `start` on; `BINDING_BYTES` long.
 * Throws RangeError for ids that are not canonical and numbers that do not fit: those come from our own columns.
 */
export const writeBinding = (bytes: Buffer, start: number, place: Place, versions: KeyVersions): void => {
  if (!Number.isInteger(place.kind) || place.kind < 0 || place.kind > 0xff) throw new RangeError('A kind is one byte.');
  let at = start + PREFIX.copy(bytes, start);
  at = writeId(bytes, place.room, at);
  at = writeId(bytes, place.message, at);
  at = writeUint32(bytes, place.editNo, at);
  at = writeId(bytes, place.author, at);
  at = bytes.writeUInt8(place.kind, at);
  at = writeUint32(bytes, versions.rkVersion, at);
  at = writeUint32(bytes, versions.akVersion, at);
  clearDigest(place.replyTo, place.mentions, place.thread).copy(bytes, at);
};

/** The kinds of keys that are stored wrapped. */
export type KeyKind = 'school' | 'room' | 'author';

/** Which key is wrapped by which. */
export interface KeyIdentity {
  readonly kind: KeyKind;
  readonly owner: string;
  readonly version: number;
  readonly parent: string;
  readonly parentVersion: number;
}

const KEY_KIND: Record<KeyKind, number> = { school: 1, room: 2, author: 3 };

/** The binding of a wrapped key: a row of the key store copied over another does not unwrap. */
export const wrapBinding = (key: KeyIdentity): Buffer => {
  const bytes = Buffer.alloc(WRAP_LABEL.length + 3 * ID_BYTES + 1 + 4 + 4);
  let at = WRAP_LABEL.copy(bytes);
  at = writeId(bytes, SCHOOL, at);
  at = bytes.writeUInt8(KEY_KIND[key.kind], at);
  at = writeId(bytes, key.owner, at);
  at = writeUint32(bytes, key.version, at);
  at = writeId(bytes, key.parent, at);
  writeUint32(bytes, key.parentVersion, at);
  return bytes;
};

/**
 * What precedes a payload under the idempotency MAC: author and client id. Without them two equal payloads in a room
 * would have equal MACs, and a thief of the table would see who repeated whose words.
 */
export const payloadBinding = (author: string, clientId: string): Buffer => {
  const bytes = Buffer.alloc(2 * ID_BYTES);
  writeId(bytes, clientId, writeId(bytes, author, 0));
  return bytes;
};
