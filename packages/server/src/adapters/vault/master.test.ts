import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fingerprintInDirectory } from './fingerprint.ts';
import { masterKeyPlaces, type Surroundings } from './location.ts';
import { type MasterKey, openMasterKey } from './master.ts';
import { MasterKeyError, type MasterKeyTrouble } from './trouble.ts';

let root: string;
let dataDir: string;
let home: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'recreio-master-'));
  dataDir = join(root, 'data');
  home = join(root, 'home');
});
afterEach(() => rm(root, { recursive: true }));

const surroundings = (changes: Partial<Surroundings> = {}): Surroundings => ({
  configured: undefined,
  dataDir,
  home,
  configHome: undefined,
  workingDir: root,
  ...changes,
});
const start = (changes: Partial<Surroundings> = {}): Promise<MasterKey> => {
  const where = surroundings(changes);
  return openMasterKey(masterKeyPlaces(where), fingerprintInDirectory(where.dataDir ?? dataDir));
};
/** Every file below the root with its content: to see that a refused start wrote nothing. */
const everything = async (): Promise<Record<string, string>> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.sort().map(async (file) => [file, await readFile(file, 'utf8')] as const)),
  );
};
/** How a start is refused, and whether it wrote anything. */
const refusal = async (changes: Partial<Surroundings> = {}): Promise<{ trouble: string; wrote: boolean }> => {
  const before = JSON.stringify(await everything());
  const trouble = await Promise.resolve()
    .then(() => start(changes))
    .then(
      () => 'none: it started',
      (error: unknown) => (error instanceof MasterKeyError ? error.trouble : String(error)),
    );
  return { trouble, wrote: before !== JSON.stringify(await everything()) };
};
const refused = (trouble: MasterKeyTrouble): { trouble: string; wrote: boolean } => ({ trouble, wrote: false });

describe('master key', () => {
  test('[E1] the first start makes it outside the data directory, for its user alone; later starts find it', async () => {
    const first = await start();
    expect(first.made).toBe(true);
    expect(first.path).toBe(join(home, '.config', 'recreio', 'keys', `${first.fingerprint}.key`));
    expect((await stat(first.path)).mode & 0o777).toBe(0o400);
    expect((await stat(dirname(first.path))).mode & 0o777).toBe(0o700);
    const second = await start();
    expect(second).toEqual({ ...first, made: false });
  });

  test('[E1] neither the data directory nor the fingerprint gives the key away', async () => {
    const { key, fingerprint } = await start();
    expect(await readFile(join(dataDir, 'master-key.fingerprint'), 'utf8')).toBe(`${fingerprint}\n`);
    expect(await readdir(dataDir)).toEqual(['master-key.fingerprint']);
    expect(key.toString('hex')).not.toContain(fingerprint);
  });

  test('[E1] a data directory that moved keeps its key', async () => {
    const first = await start();
    const elsewhere = join(root, 'elsewhere');
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, 'master-key.fingerprint'), await readFile(join(dataDir, 'master-key.fingerprint')));
    expect((await start({ dataDir: elsewhere })).fingerprint).toBe(first.fingerprint);
  });

  test('[E1] a key file named by RECREIO_MASTER_KEY_FILE is made there, or used when it is there already', async () => {
    const configured = join(root, 'secrets', 'school.key');
    const first = await start({ configured });
    expect(first).toMatchObject({ made: true, path: configured });
    const again = await start({ configured, dataDir: join(root, 'another') });
    expect(again).toEqual({ ...first, made: false });
  });

  test('[E1] servers that are started at once, with one place for the key, have one key', async () => {
    const configured = join(root, 'secrets', 'school.key');
    const inDatabase = { recorded: async () => null, established: async () => false, record: async () => undefined };
    const places = masterKeyPlaces(surroundings({ configured }));
    const opened = await Promise.all(Array.from({ length: 8 }, () => openMasterKey(places, inDatabase)));
    expect(new Set(opened.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(opened.filter(({ made }) => made)).toHaveLength(1);
    expect(await readdir(dirname(configured))).toEqual(['school.key']);
  });

  test('[E1] without a home it lies beside the data directory', async () => {
    expect((await start({ home: undefined })).path).toMatch(`${dataDir}.keys/`);
  });

  test('[E1] a home that cannot be written leads to the next place, and the key is found there again', async () => {
    await writeFile(home, 'a file where the home should be');
    const first = await start();
    expect(first.path).toMatch(`${dataDir}.keys/`);
    expect((await start()).path).toBe(first.path);
  });

  test('[E1] a missing key refuses to start', async () => {
    const { path } = await start();
    await rm(path);
    expect(await refusal()).toEqual(refused('missing'));
  });

  test('[E1] the wrong key refuses to start', async () => {
    const { path } = await start();
    const other = await start({ dataDir: join(root, 'other') });
    expect(other.path).not.toBe(path);
    expect(await refusal({ configured: other.path })).toEqual(refused('wrong'));
    await chmod(path, 0o600);
    await writeFile(path, await readFile(other.path));
    expect(await refusal()).toEqual(refused('wrong'));
  });

  test.each([
    ['empty', ''],
    ['empty', '\n'],
    ['malformed', 'recreio-master-key-1:AAAA\n'],
    ['malformed', 'x'.repeat(1_000)],
    ['malformed', `recreio-master-key-2:${'A'.repeat(43)}\n`],
  ] as const)('[E1] a key file that is %s refuses to start, also the first time (%#)', async (trouble, text) => {
    const configured = join(root, 'school.key');
    await writeFile(configured, text, { mode: 0o400 });
    expect(await refusal({ configured })).toEqual(refused(trouble));
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'master-key.fingerprint'), `${'0'.repeat(32)}\n`);
    expect(await refusal({ configured })).toEqual(refused(trouble));
  });

  test.each([0o440, 0o404, 0o640, 0o600 | 0o001, 0o420])('[E1] mode %o refuses to start', async (mode) => {
    const { path } = await start();
    await chmod(path, mode);
    expect(await refusal()).toEqual(refused('open-to-others'));
  });

  test('[E1] a directory in place of the key refuses to start', async () => {
    const configured = join(root, 'keys');
    await mkdir(configured);
    expect(await refusal({ configured })).toEqual(refused('malformed'));
  });

  test('[E1] a key inside the data directory is refused, also through a link or dots', async () => {
    await mkdir(dataDir);
    await symlink(dataDir, join(root, 'link'));
    expect(await refusal({ configured: join(dataDir, 'school.key') })).toEqual(refused('inside-data'));
    expect(await refusal({ configured: join(dataDir, 'deep', 'er', 'school.key') })).toEqual(refused('inside-data'));
    expect(await refusal({ configured: join(root, 'link', 'school.key') })).toEqual(refused('inside-data'));
    expect(await refusal({ configured: 'home/../data/school.key' })).toEqual(refused('inside-data'));
    // A name that only begins alike is outside.
    expect((await start({ configured: `${dataDir}.key` })).made).toBe(true);
  });

  test('[E1] a home inside the data directory is not used', () => {
    expect(masterKeyPlaces(surroundings({ home: join(dataDir, 'home') })).directories).toEqual([`${dataDir}.keys`]);
  });

  test('[E1] data without a record of its key refuses to start instead of getting a new key', async () => {
    await mkdir(join(dataDir, 'postgres'), { recursive: true });
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '18\n');
    expect(await refusal()).toEqual(refused('fingerprint-lost'));
  });

  test('[E1] a damaged record refuses to start', async () => {
    await start();
    await writeFile(join(dataDir, 'master-key.fingerprint'), 'zzz');
    expect(await refusal()).toEqual(refused('fingerprint-lost'));
  });
});
