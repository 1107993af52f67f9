/**
 * Everything that remembers, in the order in which it must be opened: the key before the database writes anything, the schema
 * before the vault. For one command of the command line; closing is the same list backwards.
 */
import { fileURLToPath } from 'node:url';
import { follow, type World } from '@recreio/core';
import { DEFAULT_LIMITS } from '@recreio/protocol';
import { ensureInstallation } from './adapters/postgres/accounts/records.ts';
import { openPool } from './adapters/postgres/connect.ts';
import { makeMemory } from './adapters/postgres/memory.ts';
import { migrate, migrations } from './adapters/postgres/migrate.ts';
import { dataDirOf, makeDataDir, openEmbedded, openUrl } from './adapters/postgres/open.ts';
import { secrets } from './adapters/secrets.ts';
import { fingerprintInDatabase, fingerprintInDirectory } from './adapters/vault/fingerprint.ts';
import { masterKeyPlaces } from './adapters/vault/location.ts';
import { openMasterKey } from './adapters/vault/master.ts';
import { openVault } from './adapters/vault/vault.ts';
import type { Opened } from './commands/house.ts';
import { Refusal } from './commands/command.ts';
import { type Config, publicUrlOf } from './config.ts';
import { newId } from './ids.ts';
import { faultOf, type Log, sentences } from './logs.ts';

/** The root of the project: what a relative place is relative to by default. */
const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));

/** A command needs few connections: one for its transaction, and one beside it. */
const CONNECTIONS = 2;

/**
 * Opens the school's memory without letting anybody in. With `migrating`, brings the database to this release; without it,
 * rejects when it is not there yet. Rejects when another process holds the embedded database or a key is wrong.
 */
export const openStorage = async (
  config: Config,
  log: Log,
  { migrating }: { readonly migrating: boolean },
): Promise<Opened> => {
  const say = sentences(log);
  const closing: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closing.reverse()) await end();
  };
  try {
    const dataDir = config.database.kind === 'embedded' ? dataDirOf(config.database.dataDir, PROJECT) : null;
    if (dataDir?.note !== undefined) say.info(dataDir.note);
    const places = masterKeyPlaces({ ...config.masterKey, dataDir: dataDir?.path, workingDir: process.cwd() });
    if (dataDir !== null) makeDataDir(dataDir.path);
    const keyBefore = dataDir === null ? null : await openMasterKey(places, fingerprintInDirectory(dataDir.path));

    const database =
      config.database.kind === 'url' ? openUrl(config.database.url) : await openEmbedded(dataDir?.path ?? '', say);
    closing.push(() => database.stop());
    for (const note of database.notes) say.info(note);
    const pool = openPool(database.connection(), CONNECTIONS, (error) =>
      log.warn('fault', { where: 'database', id: null, error: faultOf(error) }),
    );
    closing.push(() => pool.end());
    const master = keyBefore ?? (await openMasterKey(places, fingerprintInDatabase(pool)));
    if (master.made)
      say.warn(
        `The master key was made in ${master.path}. Keep a copy of it elsewhere: without it nothing that was said can be read.`,
      );

    const { rows } = await pool.query<{ there: boolean }>("SELECT to_regclass('migration') IS NOT NULL AS there");
    const done = rows[0]?.there ? (await pool.query<{ name: string }>('SELECT name FROM migration')).rows.length : 0;
    if (!migrating && done !== (await migrations()).length)
      throw new Refusal(
        'the database is not at this release. Run `recreio migrate` with the same settings, or start the server once.',
      );
    const applied = migrating ? await migrate(pool) : [];
    await ensureInstallation(pool, { epoch: newId(), school: config.schoolName ?? 'Recreio' });
    const vault = await openVault(pool, master);
    const { memory, transact } = makeMemory({
      pool,
      vault,
      newId,
      bell: () => ({ ring: () => undefined }),
      revoked: () => undefined,
    });
    const world: World = {
      // Running servers read what a command ended from the database; nobody is connected to this process
      flusher: { submit: () => Promise.reject(new Error('the command line says nothing in rooms')), idle: () => true },
      presence: {
        typing: () => undefined,
        here: () => ({ here: [], count: 0 }),
        marker: () => undefined,
        me: () => undefined,
      },
      memory,
      transact,
      follow,
      secrets: secrets(),
      quota: () => null,
      limits: DEFAULT_LIMITS,
      newId,
      site: { publicUrl: publicUrlOf(config, config.port), demo: config.demo },
    };
    return { world, applied, close };
  } catch (error) {
    await close();
    throw error;
  }
};
