/**
 * The unwrapped keys that this process holds: bounded, wiped when they leave, read anew once a minute.
 *
 * Several nodes share the key store, and a transaction may read a key that it then rolls back. Two rules keep the ring
 * honest without messages between nodes. A version seals only once it is older than two readings apart, so every node
 * knows a version before any node uses it; only an owner's first key, which nobody else can be waiting for, is used at
 * once. And an owner whose rows are as young as the transaction that reads them is read again the next time, so a key
 * that was rolled back never outlives the attempt.
 */
import { SCHOOL } from './binding.ts';
import { Bounded } from './bounded.ts';
import { type KeyRow, type Queryable, readKeys, readSchoolKeys } from './keystore.ts';
import { unwrapKey } from './wrap.ts';

/** Why a key cannot be used. `not-loaded` is a mistake of the caller, `damaged` needs an alert. */
export type KeyTrouble = 'not-loaded' | 'missing' | 'destroyed' | 'damaged';

/** Thrown where a key is needed to write: there is no verdict to give, and the command it belongs to fails alone. */
export class KeyUnavailable extends Error {
  override readonly name = 'KeyUnavailable';
  readonly kind: 'room' | 'author';
  readonly owner: string;
  readonly trouble: KeyTrouble;

  constructor(kind: 'room' | 'author', owner: string, trouble: KeyTrouble) {
    super(`The ${kind} key of ${owner} is ${trouble}.`);
    this.kind = kind;
    this.owner = owner;
    this.trouble = trouble;
  }
}

/** One version of a key in memory. `serial` names these bytes for caches of what is derived from them. */
export interface HeldKey {
  readonly state: 'whole';
  readonly version: number;
  readonly serial: number;
  readonly secret: Buffer;
  readonly wrapped: Buffer;
}

/** A version of which there is no key. */
interface NoKey {
  readonly state: 'destroyed' | 'damaged';
  readonly version: number;
}

type Version = HeldKey | NoKey;

interface Owner {
  versions: Map<number, Version>;
  /** The version that seals. */
  sealing: Version | undefined;
  readAtMs: number;
  /** Read again next time: nothing was there, or what was there may yet be rolled back. */
  unsettled: boolean;
}

const READ_AGAIN_MS = 60_000;
const SEALS_AFTER_SECONDS = 2 * (READ_AGAIN_MS / 1000);

/** How many rooms and authors a process keeps; some 400 bytes each. */
export const DEFAULT_OWNERS = 32_768;

/** What the ring needs besides the database. */
export interface KeyringOptions {
  readonly schoolKeys: ReadonlyMap<number, Buffer>;
  /** Unwraps the school's keys anew: another node may have added a version. */
  readonly readSchool: (rows: readonly KeyRow[]) => Map<number, Buffer>;
  /** Told of every key that leaves memory, whatever for. */
  readonly onGone: (serial: number) => void;
  /** Told of an owner whose keys were destroyed or changed: what was derived from them is to be wiped. */
  readonly onErased: (kind: 'room' | 'author', owner: string) => void;
  /** Milliseconds that never go back. */
  readonly monotonicMs: () => number;
  readonly owners: number;
}

type Kind = 'room' | 'author';

/** The ring; see the top of the file. */
export class Keyring {
  readonly #rooms: Bounded<string, Owner>;
  readonly #authors: Bounded<string, Owner>;
  readonly #options: KeyringOptions;
  #schoolKeys: ReadonlyMap<number, Buffer>;
  #serial = 0;
  #forgotten = 0;

  constructor(options: KeyringOptions) {
    this.#options = options;
    this.#schoolKeys = options.schoolKeys;
    const wipeAll = (owner: Owner): void => {
      for (const version of owner.versions.values()) this.#wipe(version);
    };
    this.#rooms = new Bounded(options.owners, wipeAll);
    this.#authors = new Bounded(options.owners, wipeAll);
  }

  /** The newest school key: what new keys are wrapped under. */
  get school(): { version: number; key: Buffer } {
    const version = Math.max(...this.#schoolKeys.keys());
    const key = this.#schoolKeys.get(version);
    if (key === undefined) throw new Error('The ring has no school key.');
    return { version, key };
  }

  /** A version of the school key, if it is known. */
  schoolKey(version: number): Buffer | undefined {
    return this.#schoolKeys.get(version);
  }

  /** Reads what is not held or was read too long ago; one query, or none. */
  async load(db: Queryable, rooms: readonly string[], authors: readonly string[]): Promise<void> {
    if (rooms.length > this.#options.owners || authors.length > this.#options.owners)
      throw new RangeError('More keys at once than the ring holds; load and use them in parts.');
    for (;;) {
      const wantRooms = this.#toRead(this.#rooms, rooms);
      const wantAuthors = this.#toRead(this.#authors, authors);
      if (wantRooms.length === 0 && wantAuthors.length === 0) return;
      const forgotten = this.#forgotten;
      const readAtMs = this.#options.monotonicMs();
      const rows = await readKeys(db, wantRooms, wantAuthors);
      // Something was destroyed while the query ran, and its answer may still hold it: ask again.
      if (forgotten !== this.#forgotten) continue;
      if (rows.some((row) => !this.#schoolKeys.has(row.parent_version)))
        this.#schoolKeys = this.#options.readSchool(await readSchoolKeys(db));
      if (forgotten !== this.#forgotten) continue;
      this.#take('room', wantRooms, rows, readAtMs);
      this.#take('author', wantAuthors, rows, readAtMs);
      return;
    }
  }

  /** The key that seals now. Throws KeyUnavailable. */
  toSeal(kind: Kind, owner: string): HeldKey {
    const held = this.#held(kind).get(owner);
    if (held === undefined) throw new KeyUnavailable(kind, owner, 'not-loaded');
    if (held.sealing === undefined) throw new KeyUnavailable(kind, owner, 'missing');
    if (held.sealing.state !== 'whole') throw new KeyUnavailable(kind, owner, held.sealing.state);
    return held.sealing;
  }

  /** The key of that version, or why there is none. Throws KeyUnavailable when the owner was not loaded. */
  toOpen(kind: Kind, owner: string, version: number): HeldKey | 'missing' | 'destroyed' | 'damaged' {
    const held = this.#held(kind).get(owner);
    if (held === undefined) throw new KeyUnavailable(kind, owner, 'not-loaded');
    const found = held.versions.get(version);
    if (found === undefined) return 'missing';
    return found.state === 'whole' ? found : found.state;
  }

  /** Wipes an owner's keys from memory. */
  forget(kind: Kind, owner: string): void {
    this.#forgotten += 1;
    this.#held(kind).delete(owner);
    this.#options.onErased(kind, owner);
  }

  #held(kind: Kind): Bounded<string, Owner> {
    return kind === 'room' ? this.#rooms : this.#authors;
  }

  #toRead(held: Bounded<string, Owner>, wanted: readonly string[]): string[] {
    const staleMs = this.#options.monotonicMs() - READ_AGAIN_MS;
    return [...new Set(wanted)].filter((id) => {
      const owner = held.get(id);
      return owner === undefined || owner.unsettled || owner.readAtMs < staleMs;
    });
  }

  #take(kind: Kind, wanted: readonly string[], rows: readonly KeyRow[], readAtMs: number): void {
    const byOwner = new Map<string, KeyRow[]>(wanted.map((id) => [id, []]));
    for (const row of rows) if (row.kind === kind) byOwner.get(row.owner)?.push(row);
    const held = this.#held(kind);
    for (const [id, found] of byOwner) {
      const before = held.get(id);
      const versions = new Map(
        found.map((row) => [row.version, this.#version(row, before?.versions.get(row.version))]),
      );
      const changed = [...(before?.versions.values() ?? [])].filter((old) => versions.get(old.version) !== old);
      for (const old of changed) this.#wipe(old);
      if (changed.length > 0) this.#options.onErased(kind, id);
      const ripe = found.findLast((row) => row.age > SEALS_AFTER_SECONDS) ?? found[0];
      const after: Owner = {
        versions,
        sealing: ripe && versions.get(ripe.version),
        readAtMs,
        unsettled: found.length === 0 || found.some((row) => row.age <= 0),
      };
      if (before === undefined) held.set(id, after);
      // In place: putting a new value would wipe the keys that both have.
      else Object.assign(before, after);
    }
  }

  /** Keeps the key it has when the row is still the same, so that nothing derived from it is made twice. */
  #version(row: KeyRow, before: Version | undefined): Version {
    const { version, nonce, wrapped } = row;
    if (nonce === null || wrapped === null) return { state: 'destroyed', version };
    if (before?.state === 'whole' && before.wrapped.equals(wrapped)) return before;
    const parentKey = this.#schoolKeys.get(row.parent_version);
    const identity = { kind: row.kind, owner: row.owner, version, parent: SCHOOL, parentVersion: row.parent_version };
    const secret = parentKey === undefined ? null : unwrapKey(parentKey, identity, { nonce, wrapped });
    if (secret === null) return { state: 'damaged', version };
    this.#serial += 1;
    return { state: 'whole', version, serial: this.#serial, secret, wrapped: Buffer.from(wrapped) };
  }

  #wipe(version: Version): void {
    if (version.state !== 'whole') return;
    version.secret.fill(0);
    this.#options.onGone(version.serial);
  }
}
