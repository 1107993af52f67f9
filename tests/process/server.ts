import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** How a server of a test is started. */
export interface Starting {
  readonly dataDir: string;
  /** 0: any free one. A server that is started again keeps its port by naming it. */
  readonly port?: number;
  readonly databaseUrl?: string;
  readonly masterKeyFile?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly readyMs?: number;
}

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** The token of the set-up link, if it printed one. */
  readonly setUpToken: string | null;
  /** Standard output and error so far. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when it is gone, with how it went. */
  readonly gone: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Asks it to end, and waits. */
  stop(): Promise<void>;
}

/** What a server of a test inherits: nothing that could make it someone's real one. */
const inherited = ({ PATH, HOME, TMPDIR }: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries({ PATH, HOME, TMPDIR }).filter(([, value]) => value !== undefined));

/** Starts `recreio start` as an operator would, on a loopback address; resolves when it says that it is ready. */
export async function startServer(starting: Starting): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['packages/server/src/main.ts', 'start'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...inherited(process.env),
      HOST: '127.0.0.1',
      PORT: String(starting.port ?? 0),
      DATA_DIR: starting.dataDir,
      ...(starting.databaseUrl === undefined ? {} : { DATABASE_URL: starting.databaseUrl }),
      ...(starting.masterKeyFile === undefined ? {} : { RECREIO_MASTER_KEY_FILE: starting.masterKeyFile }),
      ...starting.env,
    },
  });
  // A test run that is ended from outside leaves no server behind
  const endWithUs = () => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.off('exit', endWithUs));
  const said = listen(child);
  const gone = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  const ready = /Recreio is ready at (http:\/\/\S+)/;
  const url = await said.until(ready, gone, starting.readyMs ?? 60_000).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('a process that speaks has a pid');
  return {
    url: `http://127.0.0.1:${new URL(url).port}`,
    port: Number(new URL(url).port),
    pid,
    setUpToken: /\/convite#([\w-]{20,})/.exec(said.text())?.[1] ?? null,
    output: said.text,
    kill: (signal) => void child.kill(signal),
    gone,
    stop: async () => {
      child.kill('SIGTERM');
      child.kill('SIGCONT'); // a paused process would not hear
      const late = setTimeout(() => child.kill('SIGKILL'), 35_000);
      await gone;
      clearTimeout(late);
    },
  };
}

/** Gathers what a process says and finds a line in it. */
function listen(child: ChildProcess) {
  let text = '';
  const heard = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      heard.forEach((hear) => hear());
    });
  }
  const until = (pattern: RegExp, gone: Promise<unknown>, timeoutMs: number): Promise<string> =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        heard.delete(hear);
        act();
      };
      const hear = () => {
        const found = pattern.exec(text)?.[1];
        if (found !== undefined) settle(() => resolve(found));
      };
      const fail = (why: string) =>
        settle(() => reject(new Error(`the server ${why}; it said:\n${text.slice(-4000)}`)));
      const timer = setTimeout(() => fail(`was not ready within ${timeoutMs} ms`), timeoutMs);
      heard.add(hear);
      void gone.then(() => fail('ended before it was ready'));
    });
  return { text: () => text, until };
}
