/**
 * Reads random pages at a steady rate, whatever comes back (an open loop), and checks every one: fifty messages, each following the
 * one before, each with the text that was written. A process of its own:
 *
 *   node bench/stage/pages.ts FILE PER_SECOND SECONDS      FILE: {"base" or "databaseUrl", "pasts"}
 *
 * With a database's address it reads the same rows by SQL and opens none: what the pages cost without Recreio.
 */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Past } from './history.ts';

/** Messages on a page. */
export const PAGE = 50;

const FILLER = 'e a aula de hoje continua no pátio, com o caderno de perguntas e a régua de cem centímetros.';

/** What the message at a seq says: 100 characters, different for each. */
export const bodyOf = (seq: number): string => `${seq}: ${FILLER}`.slice(0, 100);

/** What the reading process prints. Times in ms from the moment a page was to be asked for. */
export interface Pages {
  readonly times: readonly number[];
  /** Pages that the server said it cannot give now. */
  readonly refused: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

interface Given {
  readonly base?: string;
  readonly databaseUrl?: string;
  readonly pasts: readonly Past[];
}

interface Message {
  readonly seq: number;
  readonly body?: string;
}

const check = (messages: readonly Message[], before: number, isOpened: boolean): void => {
  if (messages.length !== PAGE) throw new Error(`a page of ${messages.length} before ${before}`);
  for (const [nth, { seq, body }] of messages.entries()) {
    if (seq !== before - PAGE + nth) throw new Error(`seq ${seq} at ${nth} of a page before ${before}`);
    if (isOpened && body !== bodyOf(seq)) throw new Error(`message ${seq} says something else`);
  }
};

const overHttp = (base: string) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return (past: Past, before: number): Promise<boolean> =>
    new Promise((resolve, reject) => {
      const url = `${base}/api/rooms/${past.room}/messages?before=${before}&limit=${PAGE}`;
      const asked = request(url, { agent, headers: { authorization: `Bearer ${past.token}` } }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          try {
            if (answer.statusCode === 503) return resolve(false);
            if (answer.statusCode !== 200) throw new Error(`${answer.statusCode}: ${text}`);
            check((JSON.parse(text) as { messages: Message[] }).messages, before, true);
            return resolve(true);
          } catch (error) {
            return reject(error);
          }
        });
      });
      asked.on('error', reject);
      asked.end();
    });
};

const overSql = (databaseUrl: string) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  return async (past: Past, before: number): Promise<boolean> => {
    const { rows } = await pool.query<{ seq: string }>({
      name: 'page',
      text: 'SELECT * FROM message WHERE room = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3',
      values: [past.room, before, PAGE],
    });
    check(rows.map(({ seq }) => ({ seq: Number(seq) })).toReversed(), before, false);
    return true;
  };
};

const readPages = async ({ base, databaseUrl, pasts }: Given, perSecond: number, seconds: number): Promise<Pages> => {
  const read = base === undefined ? overSql(databaseUrl ?? '') : overHttp(base);
  let refused = 0;
  const one = async (intended: number): Promise<number> => {
    const past = pasts[Math.floor(Math.random() * pasts.length)];
    if (!past) throw new Error('there is no past');
    const isGiven = await read(past, past.from + PAGE + Math.floor(Math.random() * (past.to - past.from - PAGE + 1)));
    if (!isGiven) refused += 1;
    return performance.now() - intended;
  };
  // Connections, caches and compiled code first
  const warmUntil = performance.now() + (seconds * 1000) / 4;
  while (performance.now() < warmUntil) await Promise.all(Array.from({ length: 8 }, () => one(0)));
  refused = 0;
  const begun = performance.now();
  const before = process.cpuUsage();
  const all: Promise<number>[] = [];
  while (all.length < perSecond * seconds) {
    const due = Math.floor(((performance.now() - begun) / 1000) * perSecond);
    while (all.length < Math.min(due, perSecond * seconds)) all.push(one(begun + (all.length * 1000) / perSecond));
    await pause(1);
  }
  const times = await Promise.all(all);
  const used = process.cpuUsage(before);
  return { times, refused, seconds: (performance.now() - begun) / 1000, cpuSeconds: (used.user + used.system) / 1e6 };
};

if (import.meta.main) {
  const [file = '', perSecond = '', seconds = ''] = process.argv.slice(2);
  const given = JSON.parse(readFileSync(file, 'utf8')) as Given;
  const pages = await readPages(given, Number(perSecond), Number(seconds));
  process.stdout.write(JSON.stringify(pages), () => process.exit(0));
}
