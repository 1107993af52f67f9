/** What Recreio is compared with: each a server process of its own on the server's core. What is not here is said, never left out. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { compile, type Way } from './load.ts';
import { pin, SERVER_CORE } from './machine.ts';

const PEERS = join(import.meta.dirname, '../peers');

/** A running server that speaks one of the generator's ways. */
export interface Serving {
  readonly way: Way;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** A system to compare with. */
export interface Peer {
  readonly name: string;
  start(folder: string): Promise<Serving>;
}

/** Starts a program that prints `port N`. */
const serving = async (way: Way, command: string, args: readonly string[], env = process.env): Promise<Serving> => {
  const child: ChildProcess = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'inherit'], env });
  const endWithUs = () => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      const found = /port (\d+)/u.exec(said);
      if (found) resolve(Number(found[1]));
    });
    child.once('error', reject);
    void gone.then(() => reject(new Error(`${command} ${args.join(' ')} ended before it listened`)));
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('a process that listens has a pid');
  pin(pid, SERVER_CORE);
  return {
    way,
    port,
    pid,
    stop: async () => {
      child.kill('SIGKILL'); // there is nothing in it to keep
      await gone;
      process.off('exit', endWithUs);
    },
  };
};

const ours = (file: string): string => join(PEERS, file);

/** `ws` with one `send` for each delivery. */
export const naiveWs: Peer = {
  name: 'ws, one send a delivery',
  start: () => serving('plain', process.execPath, [ours('ws.ts')]),
};

/** The same, storing each message in a transaction of its own first. */
export const storingWs = (databaseUrl: string): Peer => ({
  name: 'ws, one transaction a message',
  start: () => serving('plain', process.execPath, [ours('ws.ts'), databaseUrl]),
});

/** The limit of the machine. */
export const coalescedC: Peer = {
  name: 'C, coalesced (the limit)',
  start: (folder) => serving('plain', compile('broadcast', folder), ['coalesced']),
};

/** The same without the trick. */
export const eachC: Peer = {
  name: 'C, one send a delivery',
  start: (folder) => serving('plain', compile('broadcast', folder), ['each']),
};
