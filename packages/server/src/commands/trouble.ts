/** Why something of the operator's cannot be used: the codes of the system and of PostgreSQL, as sentences that say what to do. */
import type { Config } from '../config.ts';
import { reasonOf } from '../doctor/finding.ts';
import { Refusal } from './command.ts';

/** Why a database of the operator's cannot be used, by the code of the system or of PostgreSQL. */
const DATABASE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at that host and port. Is PostgreSQL running there?',
  ENOTFOUND: 'there is no host of that name.',
  EAI_AGAIN: 'the name of the host cannot be looked up now.',
  EHOSTUNREACH: 'that host cannot be reached from here.',
  ENETUNREACH: 'that host cannot be reached from here.',
  ETIMEDOUT: 'that host does not answer.',
  ENOENT: 'there is no socket in that folder. Is PostgreSQL running?',
  '28P01': 'the password is wrong for that user.',
  '28000': 'PostgreSQL does not let that user in from here; see its pg_hba.conf.',
  '3D000': 'there is no database of that name; create it, empty, with that user as its owner.',
  '42501': 'that user may not create tables there; make it the owner of the database.',
  '25006':
    'it can only be read there: a standby, or a database that is set to be read. Name the one that takes writes.',
  '53300': 'PostgreSQL has no connection left. Lower DATABASE_POOL, or raise its max_connections.',
};

/** Why a file or folder cannot be used. */
const FILES: Readonly<Record<string, string>> = {
  EACCES:
    'this user may not go or write there. Set DATA_DIR or RECREIO_MASTER_KEY_FILE to another place, or change its owner.',
  EPERM:
    'this user may not do that there. Set DATA_DIR or RECREIO_MASTER_KEY_FILE to another place, or change its owner.',
  EROFS: 'that disk is read-only. Set DATA_DIR or RECREIO_MASTER_KEY_FILE to a place that can be written to.',
  ENOENT: 'nothing can be made there. Set DATA_DIR or RECREIO_MASTER_KEY_FILE to a place on a disk.',
  ENOSPC: 'that disk is full. Make space, or set DATA_DIR to another disk.',
  ENOTDIR: 'a part of that path is a file, not a folder. See DATA_DIR and RECREIO_MASTER_KEY_FILE.',
};

/** Why the database cannot be used, as a sentence; in its own words where we have none. */
export const whyNoDatabase = (error: unknown): string => sentenceOf(error) ?? `${reasonOf(error)}.`;

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

const sentenceOf = (error: unknown): string | undefined => {
  const code = codeOf(error);
  return typeof code === 'string' ? DATABASE[code] : undefined;
};

/** What the system says in a code, as a sentence that names the setting. */
export const explained = (error: unknown, config: Config): unknown => {
  const { host, port } = config;
  const code = codeOf(error);
  const ofDatabase = config.database.kind === 'url' ? sentenceOf(error) : undefined;
  if (ofDatabase !== undefined) return new Refusal(`DATABASE_URL: ${ofDatabase}`);
  if (typeof code === 'string' && code in FILES && error instanceof Error && 'path' in error)
    return new Refusal(`${String(error.path)}: ${FILES[code]}`);
  if (code === 'EADDRINUSE')
    return new Refusal(
      `the port ${port} of ${host} is taken by another program. Stop that one, or set PORT to another (0 takes any free one).`,
    );
  if (code === 'EACCES' && error instanceof Error && 'syscall' in error && error.syscall === 'listen')
    return new Refusal(
      `this user may not listen on port ${port}. Set PORT to one from 1024 on, or give the process CAP_NET_BIND_SERVICE.`,
    );
  if (code === 'EADDRNOTAVAIL') return new Refusal(`HOST is ${host}, which is no address of this machine.`);
  return error;
};
