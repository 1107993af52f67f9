/**
 * The master key: one file, outside the data directory, in no database and in no backup (security.md, E1).
 *
 * Called before anything else is opened. On an installation's first start it makes the key; on every later start the
 * key must be the one whose fingerprint is recorded, or nothing starts and nothing is written.
 */
import { createHash } from 'node:crypto';
import { type Candidates, candidateFiles } from './location.ts';
import { makeKeyFile, readKeyFile } from './keyfile.ts';
import { MasterKeyError } from './trouble.ts';
import { newKey } from './wrap.ts';

/** The master key in memory and where it came from. */
export interface MasterKey {
  /** 32 bytes. */
  readonly key: Buffer;
  /** Names the key without giving it away: 32 hex digits. */
  readonly fingerprint: string;
  readonly path: string;
  /** This start made it: tell the operator where it is and to keep a copy. */
  readonly made: boolean;
}

/** Where an installation remembers which master key it has: a file in the data directory, or the database. */
export interface FingerprintRecord {
  /** The recorded fingerprint, or null. */
  recorded(): Promise<string | null>;
  /** Whether there is data already, which a new key could not open. */
  established(): Promise<boolean>;
  /** Keeps the fingerprint of a new installation, durably. */
  record(fingerprint: string): Promise<void>;
}

const FINGERPRINT_BYTES = 16;

/** SHA-256 over a label and the key, cut to 128 bits: safe to print, since the key has 256 bits of chance. */
export const fingerprintOf = (key: Buffer): string =>
  createHash('sha256')
    .update('recreio-master-fingerprint/1')
    .update(key)
    .digest()
    .subarray(0, FINGERPRINT_BYTES)
    .toString('hex');

const readExpected = async (candidates: Candidates, expected: string): Promise<MasterKey> => {
  const files = candidateFiles(candidates, expected);
  let closed: MasterKeyError | undefined;
  for (const path of files) {
    const key = await readKeyFile(path).catch((error: unknown) => {
      // A home that may not be entered says nothing about the places after it.
      if (!(error instanceof MasterKeyError && error.trouble === 'unreadable')) throw error;
      closed ??= error;
      return null;
    });
    if (key === null) continue;
    const fingerprint = fingerprintOf(key);
    if (fingerprint !== expected) throw MasterKeyError.wrong(path, expected);
    return { key, fingerprint, path, made: false };
  }
  if (closed !== undefined) throw closed;
  throw new MasterKeyError(
    'missing',
    `The master key of this installation (fingerprint ${expected}) is not there. Looked for ${files.join(' and ')}. ` +
      'Bring it back from your copy, mode 0400, or point RECREIO_MASTER_KEY_FILE to it. Without it no message can be read.',
  );
};

const readProvided = async (path: string): Promise<MasterKey | null> => {
  const key = await readKeyFile(path);
  return key && { key, fingerprint: fingerprintOf(key), path, made: false };
};

const makeFirst = async (candidates: Candidates): Promise<MasterKey> => {
  const { configured } = candidates;
  const provided = configured === undefined ? null : await readProvided(configured);
  if (provided) return provided;
  const key = newKey();
  const fingerprint = fingerprintOf(key);
  const path = await makeKeyFile(candidateFiles(candidates, fingerprint), key);
  // Made by another server that is started at the same time: it is the key of both
  if (path === null) return makeFirst(candidates);
  return { key, fingerprint, path, made: true };
};

/**
 * The master key of this installation: read and checked, or made when the installation is new. Throws MasterKeyError.
 * The key is on disk, with its directory, before its fingerprint is recorded: a crash between leaves an unused file.
 */
export const openMasterKey = async (candidates: Candidates, record: FingerprintRecord): Promise<MasterKey> => {
  const expected = await record.recorded();
  if (expected !== null) return readExpected(candidates, expected);
  if (await record.established())
    throw new MasterKeyError(
      'fingerprint-lost',
      'There is data, but no record of the master key it was made with (master-key.fingerprint). ' +
        'Bring that file back with the data directory; a new key could not open what is there.',
    );
  const master = await makeFirst(candidates);
  await record.record(master.fingerprint);
  return master;
};
