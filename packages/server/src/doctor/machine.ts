/** Findings about the machine: the runtime, the limit of open files. */
import { readFileSync } from 'node:fs';
import type { Config } from '../config.ts';
import { type Finding, ok, warning, wrong } from './finding.ts';

/** The oldest Node.js that runs the server as it is written. */
const OLDEST_NODE = 24;
/** Files besides sockets: the database, logs, the program itself. */
const BESIDES_SOCKETS = 200;
/** With so many a large school has what it needs, whatever MAX_SOCKETS would allow. */
const PLENTY = 16_384;

/** How the machine is. */
export const machineFindings = ({ admission, given }: Config): Finding[] => [
  nodeFinding(process.versions.node),
  ...filesFindings(admission.sockets, openFiles(), given.includes('MAX_SOCKETS')),
];

const nodeFinding = (version: string): Finding =>
  Number.parseInt(version, 10) < OLDEST_NODE
    ? wrong(
        'node',
        `Node.js ${version} is too old.`,
        `Use ${OLDEST_NODE} or newer, or start by \`npm start\`, which brings its own.`,
      )
    : ok('node', `Node.js ${version}.`);

/** What the limit of open files allows. `limit` null: unknown. `isAsked`: somebody wants so many sockets; the default is a limit only. */
export const filesFindings = (sockets: number, limit: number | null, isAsked: boolean): Finding[] => {
  if (limit === null) return [];
  if (!isAsked && limit >= PLENTY && limit < sockets + BESIDES_SOCKETS)
    return [ok('open-files', `This process may open ${limit} files: enough for ${limit - BESIDES_SOCKETS} sockets.`)];
  return limit < sockets + BESIDES_SOCKETS
    ? [
        warning(
          'open-files',
          `This process may open ${limit} files, and MAX_SOCKETS is ${sockets}.`,
          `Raise the limit (LimitNOFILE=${sockets + BESIDES_SOCKETS} in the unit, or ulimit -n), or lower MAX_SOCKETS.`,
        ),
      ]
    : [ok('open-files', `This process may open ${limit === Infinity ? 'any number of' : limit} files.`)];
};

/** The soft limit of this very process; null where the system does not tell. */
const openFiles = (): number | null => {
  try {
    const found = /^Max open files\s+(\S+)/mu.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return found === undefined ? null : found === 'unlimited' ? Infinity : Number(found);
  } catch {
    return null; // not Linux
  }
};
