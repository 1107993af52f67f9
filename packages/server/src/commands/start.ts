/** `recreio start`: opens the school, says so, and ends in order when asked to. */
import { describe } from '../config.ts';
import { faultOf, readyWords } from '../logs.ts';
import { type Configured, EXIT, type Verb } from './command.ts';

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
    for (const { setting, value, isDefault } of describe(config)) log.info('setting', { setting, value, isDefault });
    const ending = endings(terminal);
    try {
      const starting = house.start(config, log);
      // Asked to end while starting: let the start come to its end, so that nothing is left half open
      const running = await starting;
      terminal.out(readyWords({ address: running.address, demo: config.demo, setUpUrl: running.setUpUrl }));
      log.info('ready', { address: running.address });
      const broken = Promise.withResolvers<never>();
      running.failed?.then(broken.reject, broken.reject);
      const reason = await Promise.race([ending.first, broken.promise]).catch((error: unknown) => {
        log.fatal('fault', { where: 'server', id: null, error: faultOf(error) });
        terminal.err(`${error instanceof Error ? error.message : String(error)}\n`);
        return 'failure' as const;
      });
      log.info('stopping', { reason });
      const stopBegun = performance.now();
      const isOrderly = await Promise.race([
        running.stop().then(() => true),
        ending.second.then(() => false),
        after(config.shutdownTimeoutMs, false),
      ]);
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

/** The first and the second time that we are asked to end. */
const endings = (
  terminal: Configured['terminal'],
): { first: Promise<string>; second: Promise<string>; stop(): void } => {
  const first = Promise.withResolvers<string>();
  const second = Promise.withResolvers<string>();
  let isAsked = false;
  const stop = terminal.onEnd((signal) => {
    (isAsked ? second : first).resolve(signal);
    isAsked = true;
  });
  return { first: first.promise, second: second.promise, stop };
};

const after = <T>(ms: number, value: T): Promise<T> => {
  const { promise, resolve } = Promise.withResolvers<T>();
  setTimeout(resolve, ms, value).unref();
  return promise;
};
