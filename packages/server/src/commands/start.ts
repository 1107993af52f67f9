/** `recreio start`: opens the school, says so, and ends in order when asked to. */
import { faultOf, readyWords } from '../logs.ts';
import { type Configured, EXIT, type Verb } from './command.ts';
import { explained } from './trouble.ts';

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
