import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';

/** Where the programs and, when the project's own folder will not do, the data lie if the server is started by root. */
export const systemDir = '/var/lib/recreio';

/** The operating system's user that the database runs as, and the one (this process) that connects to it. */
export type RunAs = {
  /** Set when it is another user than ours, which only root can arrange. */
  ids: { uid: number; gid: number } | undefined;
  /** The name of this process's user, which is the only one the database lets in. */
  connectsAs: string;
};

/**
 * Chooses who runs the database: ourselves, or, as PostgreSQL refuses to run as root, the owner of the existing cluster
 * or `nobody`, who exists on every Linux.
 * @param clusterDir the cluster's folder; it need not exist yet
 */
export function chooseRunAs(clusterDir: string): RunAs {
  const us = userInfo();
  const owner = existsSync(clusterDir) ? statSync(clusterDir) : undefined;
  if (us.uid !== 0) {
    if (owner !== undefined && owner.uid !== us.uid) {
      throw new Error(
        `The database in ${clusterDir} belongs to another user (uid ${owner.uid}; this is ${us.username}, uid ${us.uid}). ` +
          'Start Recreio as that user, or name another folder in DATA_DIR.',
      );
    }
    return { ids: undefined, connectsAs: us.username };
  }
  if (owner !== undefined && owner.uid !== 0)
    return { ids: { uid: owner.uid, gid: owner.gid }, connectsAs: us.username };
  return { ids: nobody(), connectsAs: us.username };
}

/** Throws, saying what to do, when the user that runs the database could not get into a folder. */
export function assertReachable(path: string, runAs: RunAs): void {
  const barrier = barrierTo(path, runAs);
  if (barrier === undefined) return;
  throw new Error(
    `Started by root, the database runs as another user (uid ${runAs.ids?.uid}), who cannot enter ${barrier}. ` +
      `Set DATA_DIR to a folder whose parents everybody may enter, for example ${systemDir}/data, or start Recreio as the owner of ${barrier}.`,
  );
}

/** Whether the user that runs the database can get into a folder. */
export function canReach(path: string, runAs: RunAs): boolean {
  return barrierTo(path, runAs) === undefined;
}

/**
 * The folder for the data when DATA_DIR names none: `data` in the project, or one below /var/lib/recreio when root starts
 * us in a place that the database's user cannot enter (as anything below /root).
 * @returns the folder, and a sentence to print when it is not the usual one
 */
export function defaultDataDir(projectDir: string): { path: string; note?: string } {
  const usual = join(projectDir, 'data');
  if (userInfo().uid !== 0) return { path: usual };
  const barrier = barrierTo(usual, chooseRunAs(join(usual, 'postgres')));
  if (barrier === undefined) return { path: usual };
  // A short hash of the place, so that two checkouts do not share a database.
  const place = createHash('sha256').update(realpathSync(projectDir)).digest('hex').slice(0, 12);
  const path = join(systemDir, place, 'data');
  return { path, note: `The data are in ${path}: the database does not run as root and cannot enter ${barrier}.` };
}

/** Makes a folder of ours that others may pass through but not list. */
export function makePassable(path: string): void {
  if (existsSync(path)) return;
  mkdirSync(path, { recursive: true, mode: 0o711 });
}

/** Whether this process may write into an existing folder. */
export function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The first folder on the way to a path that the database's user may not enter. */
function barrierTo(path: string, { ids }: RunAs): string | undefined {
  if (ids === undefined) return undefined;
  const way: string[] = [];
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder)) way.unshift(realpathSync(folder));
    if (folder === dirname(folder)) break;
  }
  return way.find((folder) => {
    const { mode, uid, gid } = lstatSync(folder);
    if (uid === ids.uid) return (mode & 0o100) === 0;
    if (gid === ids.gid) return (mode & 0o010) === 0;
    return (mode & 0o001) === 0;
  });
}

function nobody(): { uid: number; gid: number } {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name === 'nobody') return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'PostgreSQL refuses to run as root and there is no user `nobody` here. Start Recreio as an ordinary user.',
  );
}
