/** The master key's file: one line of text, mode 0400, complete on disk or not there. */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MasterKeyError } from './trouble.ts';
import { KEY_BYTES } from './wrap.ts';

const LABEL = 'recreio-master-key-1:';
/** A key file has 65 bytes; whatever is longer is not one, and is not read whole. */
const LONGEST = 256;
const FOR_OTHERS = 0o077;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const openToRead = async (path: string): Promise<FileHandle | null> => {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const code = codeOf(error);
    // A directory that may not be entered is no answer to "is it there"; only these two are.
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new MasterKeyError(
      'unreadable',
      `The master key in ${path} cannot be read (${code}). Give the file to the user that runs Recreio: chown, then chmod 0400.`,
    );
  }
};

const parse = (path: string, text: string): Buffer => {
  if (text.trim() === '')
    throw new MasterKeyError(
      'empty',
      `The master key file ${path} is empty. Bring the key back from your copy; ` +
        'if this installation never ran, delete the file and start again to have one made.',
    );
  const match = /^recreio-master-key-1:([A-Za-z0-9_-]{43})\n?$/.exec(text);
  const key = Buffer.from(match?.[1] ?? '', 'base64url');
  if (key.length !== KEY_BYTES)
    throw new MasterKeyError(
      'malformed',
      `The file ${path} is not a Recreio master key. Bring the key back from your copy.`,
    );
  return key;
};

/** Reads a key file; null when there is none. Mode and owner are asked of the opened file, so it cannot be swapped between. */
export const readKeyFile = async (path: string): Promise<Buffer | null> => {
  const file = await openToRead(path);
  if (file === null) return null;
  try {
    const { mode, uid, size } = await file.stat();
    if ((mode & constants.S_IFMT) !== constants.S_IFREG || size > LONGEST)
      throw new MasterKeyError('malformed', `${path} is not a Recreio master key file.`);
    const ours = process.getuid?.() ?? uid;
    if ((mode & FOR_OTHERS) !== 0 || (uid !== ours && uid !== 0))
      throw new MasterKeyError(
        'open-to-others',
        `The master key in ${path} can be read by other users. Give it to the user that runs Recreio and close it: ` +
          `chown ${ours} ${path} && chmod 0400 ${path}. If somebody may have read it, change the key.`,
      );
    return parse(path, await file.readFile('utf8'));
  } finally {
    await file.close();
  }
};

/** Makes the entries of a directory survive a power cut. */
export const syncDirectory = async (path: string): Promise<void> => {
  const directory = await open(path, constants.O_RDONLY);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
};

const writeNew = async (path: string, key: Buffer): Promise<void> => {
  const made = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}.new`;
  try {
    const file = await open(draft, 'wx', 0o400);
    try {
      await file.writeFile(`${LABEL}${key.toString('base64url')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    // A link, not a rename: a key that is already there is never written over, and nobody ever reads half of one
    await link(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  await syncDirectory(dirname(path));
  if (made === undefined) return;
  // Directories that were made on the way are entries, too.
  for (let at = dirname(path); at !== dirname(made); at = dirname(at)) await syncDirectory(dirname(at));
};

/**
 * Writes a new key to the first of these places that can be written, and says which. Null when another start has made one there in the
 * meantime: it is to be read. Throws MasterKeyError `unreadable`.
 */
export const makeKeyFile = async (paths: readonly string[], key: Buffer): Promise<string | null> => {
  const refusals: string[] = [];
  for (const path of paths) {
    try {
      await writeNew(path, key);
      return path;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return null;
      refusals.push(`${path} (${codeOf(error) || String(error)})`);
    }
  }
  throw new MasterKeyError(
    'unreadable',
    `No place for the master key could be written: ${refusals.join(', ') || 'none is known'}. ` +
      'Set RECREIO_MASTER_KEY_FILE to a path outside the data directory that the user running Recreio may write.',
  );
};
