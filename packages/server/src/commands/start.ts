/** `recreio start`: opens the school, says so, and ends in order when asked to. */
import { faultOf, readyWords } from '../logs.ts';
import type { Config } from '../config.ts';
import { type Configured, EXIT, Refusal, type Verb } from './command.ts';

/** Opens the school. */
export const start: Verb = {
  name: 'start',
  summary: 'Open the school.',
  help: [
    'Brings the database to this release, listens, and prints the address. Settings come from the environment: `recreio help settings`.',
    'SIGTERM or SIGINT (Ctrl-C) ends it in order: nobody new is let in, what was sent is finished, everybody is told to come back. A second one, or SHUTDOWN_TIMEOUT_MS, ends it at once; nothing acknowledged is lost by that.',
  ],
  options: {},
  run: async (_given, { config, house, log, terminal }) => {
    const begun = performance.now();
    const ending = endings(terminal);
    try {
      // Asked to end while starting: the start comes to its end first, so that nothing is left half open
      const running = await house.start(config, log).catch((error: unknown) => {
        throw explained(error, config);
      });
      terminal.out(readyWords({ address: running.address, demo: config.demo, setUpUrl: running.setUpUrl }));
      log.info('ready', { address: running.address });
      const broken = Promise.withResolvers<never>();
      running.failed.then(broken.reject, broken.reject);
      const reason = await Promise.race([ending.first, broken.promise]).catch((error: unknown) => {
        log.fatal('fault', { where: 'server', id: null, error: faultOf(error) });
        terminal.err(`${error instanceof Error ? error.message : String(error)}\n`);
        return 'failure' as const;
      });
      log.info('stopping', { reason });
      const stopBegun = performance.now();
      const patience = Promise.withResolvers<false>();
      const timer = setTimeout(patience.resolve, config.shutdownTimeoutMs, false);
      const isOrderly = await Promise.race([
        running.stop().then(() => true),
        ending.second.then(() => false),
        patience.promise,
      ]);
      clearTimeout(timer);
      log.info('stopped', { ms: Math.round(performance.now() - stopBegun) });
      if (!isOrderly)
        terminal.err(
          `recreio: ended before everything was put away, ${Math.round((performance.now() - begun) / 1000)} s after the start; the next start repairs that.\n`,
        );
      return isOrderly && reason !== 'failure' ? EXIT.done : EXIT.failed;
    } finally {
      ending.stop();
    }
  },
};

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

/** What the system says in a code, as a sentence that names the setting. */
const explained = (error: unknown, config: Config): unknown => {
  const { host, port } = config;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const ofDatabase = typeof code === 'string' && config.database.kind === 'url' ? DATABASE[code] : undefined;
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

/** Ctrl-C reaches us from the terminal and again from a wrapper (npm) that hands it on: within this time it is one wish. */
const ECHO_MS = 1000;

/** The first and the second time that we are asked to end. */
const endings = (
  terminal: Configured['terminal'],
): { first: Promise<string>; second: Promise<string>; stop(): void } => {
  const first = Promise.withResolvers<string>();
  const second = Promise.withResolvers<string>();
  let askedAt: number | undefined;
  const stop = terminal.onEnd((signal) => {
    const now = performance.now();
    askedAt ??= now;
    (now - askedAt > ECHO_MS ? second : first).resolve(signal);
  });
  return { first: first.promise, second: second.promise, stop };
};
