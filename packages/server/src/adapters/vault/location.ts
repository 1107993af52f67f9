/** Where the master key may lie: where the operator says, or in one of a few places outside the data directory. */
import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { MasterKeyError } from './trouble.ts';

/** Places for the key file, as absolute paths. With `configured` there is only that one. */
export interface Candidates {
  readonly configured: string | undefined;
  /** Directories in order of preference; the file in them is named by the fingerprint. */
  readonly directories: readonly string[];
}

/** Where the process runs: what decides the places. */
export interface Surroundings {
  /** RECREIO_MASTER_KEY_FILE. */
  readonly configured: string | undefined;
  /** The data directory; undefined when the database is elsewhere (DATABASE_URL). */
  readonly dataDir: string | undefined;
  /** HOME and XDG_CONFIG_HOME; either may be missing. */
  readonly home: string | undefined;
  readonly configHome: string | undefined;
  /** What relative paths are relative to. */
  readonly workingDir: string;
}

/** The path with the symbolic links of its existing part resolved, so that a link cannot lead back into the data. */
const real = (path: string): string => {
  const missing: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    try {
      return join(realpathSync(at), ...missing);
    } catch (error) {
      if (dirname(at) === at) throw error;
      missing.unshift(basename(at));
    }
  }
};

const isInside = (path: string, directory: string): boolean => {
  const way = relative(real(directory), real(path));
  return way === '' || !(way === '..' || way.startsWith('../') || isAbsolute(way));
};

/**
 * Decides the places: RECREIO_MASTER_KEY_FILE; else `recreio/keys` in the user's configuration; else, for a user without
 * a home, a directory beside the data directory. A place inside the data directory would travel with every copy of the
 * data, key and lock together: throws MasterKeyError `inside-data` when that is configured, and skips it otherwise.
 */
export const masterKeyPlaces = (where: Surroundings): Candidates => {
  const dataDir = where.dataDir === undefined ? undefined : resolve(where.workingDir, where.dataDir);
  if (where.configured !== undefined) {
    const configured = resolve(where.workingDir, where.configured);
    if (dataDir !== undefined && isInside(configured, dataDir))
      throw new MasterKeyError(
        'inside-data',
        `RECREIO_MASTER_KEY_FILE (${configured}) is inside the data directory (${dataDir}): whoever copies the data would ` +
          'have the key with it. Choose a place outside.',
      );
    return { configured, directories: [] };
  }
  const directories = [
    ...(where.configHome !== undefined && isAbsolute(where.configHome)
      ? [join(where.configHome, 'recreio', 'keys')]
      : []),
    ...(where.home !== undefined && isAbsolute(where.home) ? [join(where.home, '.config', 'recreio', 'keys')] : []),
    ...(dataDir === undefined ? [] : [`${dataDir}.keys`]),
  ];
  return {
    configured: undefined,
    directories: directories.filter((directory) => dataDir === undefined || !isInside(directory, dataDir)),
  };
};

/** The files where the key of that fingerprint may be. Named by it, so a data directory can move and keep its key. */
export const candidateFiles = ({ configured, directories }: Candidates, fingerprint: string): string[] =>
  configured === undefined ? directories.map((directory) => join(directory, `${fingerprint}.key`)) : [configured];
