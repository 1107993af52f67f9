/**
 * What sealing and opening a message costs on this machine (security E1; the goal is 10 µs): `node bench/seal.ts`.
 * One thread, keys in memory, medians of seven runs after a warm-up; every opened text is compared with the sealed one.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { KIND, type Place } from '../packages/server/src/adapters/vault/binding.ts';
import { randomPool } from '../packages/server/src/adapters/vault/random.ts';
import { extract, openContent, type Sealed, sealContent } from '../packages/server/src/adapters/vault/seal.ts';

const MESSAGES = 20_000;
const RUNS = 7;
const versions = { rkVersion: 1, akVersion: 1 };
const take = randomPool();
const prk = extract(randomBytes(32), randomBytes(32));

const places: Place[] = Array.from({ length: MESSAGES }, (_, n) => ({
  room: randomUUID(),
  message: randomUUID(),
  editNo: 0,
  author: randomUUID(),
  kind: KIND.message,
  replyTo: n % 5 === 0 ? randomUUID() : null,
  thread: null,
  mentions: n % 10 === 0 ? [randomUUID()] : [],
}));

const microseconds = (work: () => void): number => {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1_000 / MESSAGES;
};

const measure = (bytes: number): string => {
  const body = 'ação '.repeat(bytes).slice(0, bytes);
  const seals: number[] = [];
  const opens: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    let sealed: Sealed[] = [];
    const seal = microseconds(() => {
      sealed = places.map((place) => sealContent(prk, place, versions, { body }, take));
    });
    let wrong = 0;
    const open = microseconds(() => {
      for (const [n, place] of places.entries()) {
        const opened = openContent(prk, place, sealed[n] as Sealed);
        if (typeof opened === 'string' || opened.body !== body) wrong += 1;
      }
    });
    if (wrong > 0) throw new Error(`${wrong} of ${MESSAGES} messages did not open.`);
    // The first run warms up.
    if (run > 0) {
      seals.push(seal);
      opens.push(open);
    }
  }
  const say = (values: number[]): string => {
    const sorted = values.toSorted((a, b) => a - b);
    return `${sorted[RUNS >> 1]?.toFixed(1)} (${sorted[0]?.toFixed(1)}–${sorted.at(-1)?.toFixed(1)})`;
  };
  return `${bytes} characters: seal ${say(seals)} µs, open ${say(opens)} µs`;
};

const lines = [20, 200, 2_000].map(measure);
process.stdout.write(
  `node ${process.version}, ${MESSAGES} messages × ${RUNS} runs, median (min–max)\n${lines.join('\n')}\n`,
);
