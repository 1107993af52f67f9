/**
 * The vault: messages sealed at rest under keys that can be destroyed (security.md, E1). A school can still supervise
 * and search what it is responsible for, so this is never called end-to-end.
 *
 *   master key (a file) → school key → room keys and author keys → one key for each message
 *
 * `load` is the only step that waits; sealing and opening are plain calls, so that a batch seals without a turn of the
 * event loop between its messages.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { type KeyIdentity, payloadBinding, type Place, SCHOOL } from './binding.ts';
import { Bounded } from './bounded.ts';
import { DEFAULT_OWNERS, type HeldKey, Keyring, KeyUnavailable } from './keyring.ts';
import {
  destroyKeys,
  insertFirstSchoolKey,
  insertKey,
  type KeyRow,
  newestVersion,
  type Queryable,
  readSchoolKeys,
} from './keystore.ts';
import type { MasterKey } from './master.ts';
import { randomPool } from './random.ts';
import { type Content, type Damage, extract, openContent, type Sealed, sealContent } from './seal.ts';
import { openSecret, type SecretOf, sealSecret } from './secret.ts';
import { MasterKeyError } from './trouble.ts';
import { unwrapKey } from './wrap.ts';

/** Whose key: a room's or an author's. */
export type KeyOwner = { readonly room: string } | { readonly author: string };

/** What became of a stored content. `integrity` is an alert; `destroyed` is an erasure that worked. */
export type Opened =
  | ({ readonly verdict: 'opened' } & Content)
  | { readonly verdict: 'destroyed'; readonly key: 'room' | 'author' }
  | { readonly verdict: 'integrity'; readonly damage: Damage };

/** Which command a payload belongs to: what `clientId` is unique in (contract D11). */
export interface Intention {
  readonly room: string;
  readonly author: string;
  readonly clientId: string;
}

/** Seals, opens and destroys. See each verb; none of them ever returns a text other than the one that was sealed. */
export interface Vault {
  /** Makes a room's first key inside the caller's transaction. */
  createRoomKey(db: Queryable, room: string): Promise<void>;
  /** Makes an author's key inside the caller's transaction. */
  createAuthorKey(db: Queryable, account: string): Promise<void>;
  /** Adds a version of a room's key. It seals two minutes later, when every node knows it; older ones stay to open. */
  rotateRoomKey(db: Queryable, room: string): Promise<void>;
  /** Brings the keys of these rooms and authors into memory: one query, or none. Call it before every verb below. */
  load(db: Queryable, want: { rooms: readonly string[]; authors: readonly string[] }): Promise<void>;
  /** Throws KeyUnavailable when a key was not loaded, is missing, destroyed or damaged: only this message fails. */
  seal(place: Place, content: Content): Sealed;
  /** Never throws for what is stored, only for what was not loaded. */
  open(place: Place, sealed: Sealed): Opened;
  /** What to keep of a payload to recognise its repetition (contract D12): 36 bytes, key version and HMAC-SHA256. */
  mac(of: Intention, payload: Uint8Array): Buffer;
  /** Whether that payload made that MAC, in constant time; also across rotations. False when the room's key is gone. */
  sameMac(of: Intention, payload: Uint8Array, stored: Buffer): boolean;
  /** Seals a small secret of an account, to be kept in its row. */
  sealSecret(of: SecretOf, secret: Uint8Array): Buffer;
  /** Null when it is damaged or another's. */
  openSecret(of: SecretOf, sealed: Buffer): Buffer | null;
  /** 32 bytes for what nodes tell each other, derived from the school's first key: the same on all of them. */
  busKey(): Buffer;
  /** 32 bytes that tokens to leave the mails of what was missed are made with, derived likewise. */
  leavingKey(): Buffer;
  /** Destroys a key in the caller's transaction. Call `forget` once it is committed, here and on the other nodes. */
  shred(db: Queryable, owner: KeyOwner): Promise<void>;
  /** Wipes a key from this process. Without it a destroyed key is gone from memory within a minute of its next use. */
  forget(owner: KeyOwner): void;
}

/** Bounds and the clock; all have defaults. */
export interface VaultOptions {
  /** How many rooms, and how many authors, are kept in memory. */
  readonly owners?: number;
  /** How many pairs of room and author have their secret kept; some 250 bytes each. */
  readonly pairs?: number;
  /** Milliseconds that never go back. */
  readonly monotonicMs?: () => number;
}

/** What one author's messages in one room share. */
interface Pair {
  readonly prk: Buffer;
  readonly room: string;
  readonly author: string;
}

const DEFAULT_PAIRS = 65_536;
const MAC_BYTES = 4 + 32;

const schoolIdentity = (version: number, fingerprint: string): KeyIdentity => ({
  kind: 'school',
  owner: SCHOOL,
  version,
  parent: fingerprintAsId(fingerprint),
  parentVersion: 1,
});

/** A fingerprint is 128 bits, like an id, and is stored as one. */
const fingerprintAsId = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;

const unwrapSchool = (master: MasterKey, rows: readonly KeyRow[]): Map<number, Buffer> => {
  const keys = new Map<number, Buffer>();
  for (const { version, parent, nonce, wrapped } of rows) {
    if (nonce === null || wrapped === null) continue;
    const key = unwrapKey(master.key, schoolIdentity(version, master.fingerprint), { nonce, wrapped });
    if (key === null) {
      const recorded = parent.replaceAll('-', '');
      throw recorded === master.fingerprint
        ? MasterKeyError.schoolKeyLost()
        : MasterKeyError.wrong(master.path, recorded);
    }
    keys.set(version, key);
  }
  return keys;
};

/**
 * Opens the vault with the master key, after the migrations. Makes the school key when the key store is empty.
 * Throws MasterKeyError `wrong` when another master key wrapped the school key, `school-key-lost` when that is missing or damaged.
 */
export const openVault = async (db: Queryable, master: MasterKey, options: VaultOptions = {}): Promise<Vault> => {
  let rows = await readSchoolKeys(db);
  if (rows.length === 0) {
    await insertFirstSchoolKey(db, master.key, schoolIdentity(1, master.fingerprint));
    rows = await readSchoolKeys(db);
  }
  const schoolKeys = unwrapSchool(master, rows);
  if (schoolKeys.size === 0) throw MasterKeyError.schoolKeyLost();
  return makeVault(master, schoolKeys, options);
};

const makeVault = (master: MasterKey, schoolKeys: ReadonlyMap<number, Buffer>, options: VaultOptions): Vault => {
  const take = randomPool();
  const pairs = new Bounded<string, Pair>(options.pairs ?? DEFAULT_PAIRS, (pair) => pair.prk.fill(0));
  const macKeys = new Bounded<number, Buffer>(options.owners ?? DEFAULT_OWNERS, (key) => key.fill(0));
  const ring = new Keyring({
    schoolKeys,
    readSchool: (rows) => unwrapSchool(master, rows),
    onGone: (serial) => macKeys.delete(serial),
    onErased: (kind, owner) => pairs.deleteWhere((pair) => pair[kind] === owner),
    monotonicMs: options.monotonicMs ?? (() => performance.now()),
    owners: options.owners ?? DEFAULT_OWNERS,
  });

  /** The secret of a pair, made once. Serials name the very bytes, so a stale pair can never be found again. */
  const prkOf = ({ room, author }: Place, rk: HeldKey, ak: HeldKey): Buffer => {
    const name = `${rk.serial} ${ak.serial}`;
    const known = pairs.get(name);
    if (known !== undefined) return known.prk;
    const prk = extract(rk.secret, ak.secret);
    pairs.set(name, { prk, room, author });
    return prk;
  };

  const macKeyOf = (rk: HeldKey): Buffer => {
    const known = macKeys.get(rk.serial);
    if (known !== undefined) return known;
    const key = Buffer.from(hkdfSync('sha512', rk.secret, '', 'idem/1', 32));
    macKeys.set(rk.serial, key);
    return key;
  };

  const macWith = (rk: HeldKey, { author, clientId }: Intention, payload: Uint8Array): Buffer => {
    const mac = Buffer.alloc(MAC_BYTES);
    mac.writeUInt32BE(rk.version);
    createHmac('sha256', macKeyOf(rk)).update(payloadBinding(author, clientId)).update(payload).digest().copy(mac, 4);
    return mac;
  };

  const create = async (db: Queryable, kind: 'room' | 'author', owner: string, version: number): Promise<void> => {
    const { version: parentVersion, key } = ring.school;
    await insertKey(db, key, { kind, owner, version, parent: SCHOOL, parentVersion });
  };

  const derived = (purpose: 'bus/1' | 'leaving/1'): Buffer => {
    const first = schoolKeys.get(Math.min(...schoolKeys.keys()));
    if (!first) throw MasterKeyError.schoolKeyLost();
    return Buffer.from(hkdfSync('sha256', first, '', purpose, 32));
  };

  const forget = (owner: KeyOwner): void => {
    if ('room' in owner) ring.forget('room', owner.room);
    else ring.forget('author', owner.author);
  };

  return {
    createRoomKey: (db, room) => create(db, 'room', room, 1),
    createAuthorKey: (db, account) => create(db, 'author', account, 1),
    rotateRoomKey: async (db, room) => create(db, 'room', room, (await newestVersion(db, 'room', room)) + 1),
    load: (db, { rooms, authors }) => ring.load(db, rooms, authors),
    seal: (place, content) => {
      const rk = ring.toSeal('room', place.room);
      const ak = ring.toSeal('author', place.author);
      return sealContent(prkOf(place, rk, ak), place, { rkVersion: rk.version, akVersion: ak.version }, content, take);
    },
    open: (place, sealed) => {
      const rk = ring.toOpen('room', place.room, sealed.rkVersion);
      const ak = ring.toOpen('author', place.author, sealed.akVersion);
      if (rk === 'destroyed') return { verdict: 'destroyed', key: 'room' };
      if (ak === 'destroyed') return { verdict: 'destroyed', key: 'author' };
      if (rk === 'missing' || ak === 'missing') return { verdict: 'integrity', damage: 'unknown-key' };
      if (rk === 'damaged' || ak === 'damaged') return { verdict: 'integrity', damage: 'damaged-key' };
      const opened = openContent(prkOf(place, rk, ak), place, sealed);
      if (typeof opened === 'string') return { verdict: 'integrity', damage: opened };
      return { verdict: 'opened', ...opened };
    },
    mac: (of, payload) => macWith(ring.toSeal('room', of.room), of, payload),
    sameMac: (of, payload, stored) => {
      if (stored.length !== MAC_BYTES) return false;
      const rk = ring.toOpen('room', of.room, stored.readUInt32BE());
      if (typeof rk === 'string') return false;
      return timingSafeEqual(macWith(rk, of, payload), stored);
    },
    sealSecret: (of, secret) => sealSecret(ring.school, of, secret),
    openSecret: (of, sealed) => openSecret((version) => ring.schoolKey(version), of, sealed),
    busKey: () => derived('bus/1'),
    leavingKey: () => derived('leaving/1'),
    shred: async (db, owner) => {
      if ('room' in owner) await destroyKeys(db, 'room', owner.room);
      else await destroyKeys(db, 'author', owner.author);
      forget(owner);
    },
    forget,
  };
};

export { KeyUnavailable };
export type { Content, Damage, Place, Queryable, Sealed };
