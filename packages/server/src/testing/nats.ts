/** A real NATS server for a test file; without the program the tests say so and are skipped, but never in continuous integration. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** Why there is no NATS here; null when there is. */
export const natsMissing = (): string | null => {
  if (spawnSync('nats-server', ['--version']).status === 0) return null;
  const why = 'nats-server is not installed (apt-get install nats-server)';
  if (process.env['CI'] === 'true') throw new Error(why);
  process.stderr.write(`SKIPPED, the bus over NATS: ${why}\n`);
  return why;
};

/** A server on a port of this machine. */
export interface NatsServer {
  readonly port: number;
  /** Kills it, and returns when it is dead. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  restart(): Promise<void>;
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

const listening = /Listening for client connections on 127\.0\.0\.1:(\d+)/u;

/** Starts one; `args` are more of its own. */
export const openNats = async (args: readonly string[] = []): Promise<NatsServer> => {
  let child: ChildProcess | null = null;
  const start = async (port: number): Promise<number> => {
    const made = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port), ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child = made;
    let said = '';
    return await new Promise((resolve, reject) => {
      made.stderr?.on('data', (text: Buffer) => {
        said += text;
        const [, found] = listening.exec(said) ?? [];
        if (found && said.includes('Server is ready')) resolve(Number(found));
      });
      made.once('exit', () => reject(new Error(`nats-server ended: ${said}`)));
    });
  };
  const kill = async (): Promise<void> => {
    const dying = child;
    child = null;
    if (!dying || dying.exitCode !== null) return;
    dying.kill('SIGKILL');
    await once(dying, 'exit');
  };
  const port = await start(-1);
  return {
    port,
    kill,
    restart: async () => {
      if (!child) await start(port);
    },
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    close: kill,
  };
};
