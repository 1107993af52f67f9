/** History (P6): pages of fifty at a random depth of a long past, over HTTP, opened and checked one by one. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { quantile, short, spreadOf } from '../stage/figures.ts';
import { seedPast } from '../stage/history.ts';
import { canPin, LOAD_CORE, usageOf } from '../stage/machine.ts';
import { PAGE, type Pages } from '../stage/pages.ts';
import { bound, type Bench, profiling, type Row, type Running, type Table } from '../stage/report.ts';
import { openSchool } from '../stage/school.ts';

const run = promisify(execFile);
const READER = join(import.meta.dirname, '../stage/pages.ts');

const PER_SECOND = 200;
const ROOMS = 20;
const PER_ROOM = 10;

/** Reads for a while in a process of its own, on the generator's core. */
const readPages = async (file: string, running: Running): Promise<Pages> => {
  const args = [READER, file, String(running.isTiny ? 50 : PER_SECOND), running.isTiny ? '1' : '10'];
  const [command, all] = canPin()
    ? ['taskset', ['-c', String(LOAD_CORE), process.execPath, ...args]]
    : [process.execPath, args];
  const { stdout } = await run(command, all, { maxBuffer: 64 * 2 ** 20 });
  return JSON.parse(stdout) as Pages;
};

interface Reading {
  readonly pages: Pages;
  readonly serverCpu: number;
  readonly serverRss: number;
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

const rowOf = (system: string, readings: readonly Reading[]): Row => ({
  system,
  figure: spreadOf(readings.map(({ pages }) => quantile(pages.times, 0.5))),
  more: {
    'p99 ms': short(spreadOf(readings.map(({ pages }) => quantile(pages.times, 0.99))).median),
    refused: short(sumOf(readings.map(({ pages }) => pages.refused))),
    'pages/s': short(spreadOf(readings.map(({ pages }) => pages.times.length / pages.seconds)).median),
    'server CPU': `${Math.round(spreadOf(readings.map(({ serverCpu }) => serverCpu)).median * 100)} %`,
    'server RSS': `${short(spreadOf(readings.map(({ serverRss }) => serverRss)).median / 2 ** 20)} MiB`,
  },
});

const measureAt = async (messages: number, running: Running): Promise<Table> => {
  const rooms = running.isTiny ? 2 : ROOMS;
  running.say(`Setting up ${rooms} rooms, and writing ${short(messages)} messages`);
  const school = await openSchool(Array.from({ length: rooms }, () => PER_ROOM));
  const ours: Reading[] = [];
  const bare: Reading[] = [];
  try {
    const pasts = await seedPast(school, messages / rooms, running.say);
    const overHttp = join(running.folder, 'pages-http.json');
    const overSql = join(running.folder, 'pages-sql.json');
    const server = await school.serve(profiling(running));
    try {
      writeFileSync(overHttp, JSON.stringify({ base: server.url, pasts }));
      writeFileSync(overSql, JSON.stringify({ databaseUrl: school.database.url, pasts }));
      for (let nth = 0; nth < running.runs; nth += 1) {
        const before = usageOf(server.pid);
        const pages = await readPages(overHttp, running);
        const after = usageOf(server.pid);
        // The warm-up of a quarter counts, too, in what the server has used
        if (pages.refused > 0) running.say(server.output().slice(-4_000));
        const serverCpu = (after.cpuSeconds - before.cpuSeconds) / (pages.seconds * 1.25);
        ours.push({ pages, serverCpu, serverRss: after.rssBytes });
        if (!running.isAlone)
          bare.push({ pages: await readPages(overSql, running), serverCpu: 0, serverRss: Number.NaN });
        running.say(`  run ${nth + 1} of ${running.runs}`);
      }
    } finally {
      await server.stop();
    }
  } finally {
    await school.close();
  }
  const row = rowOf('Recreio, over HTTP, opened', ours);
  const p99 = spreadOf(ours.map(({ pages }) => quantile(pages.times, 0.99))).median;
  const at = short(messages);
  return {
    title: `A page of history at ${at} messages`,
    what: `${PAGE} messages from a random place, ${PER_SECOND} pages a second whatever comes back, in ${rooms} rooms; times from the moment a page was to be asked for. Every text is compared with what was written.`,
    unit: 'p50 ms',
    isMoreBetter: false,
    rows: bare.length > 0 ? [row, rowOf('the rows alone, by SQL, sealed', bare)] : [row],
    goals: [
      bound(`P6: p50 ≤ 5 ms at ${at}`, row.figure.median, (ms) => ms <= 5),
      bound(`P6: p99 ≤ 20 ms at ${at}`, p99, (ms) => ms <= 20),
      bound(`P6: no page refused at ${at}`, sumOf(ours.map(({ pages }) => pages.refused)), (pages) => pages === 0),
    ],
    notes:
      running.isDeep || running.isTiny ? [] : ['10 M messages only with --deep: writing them takes some ten minutes.'],
  };
};

/** P6. */
export const history: Bench = {
  name: 'history',
  about: 'pages of history at 1 M messages; with --deep at 10 M, too',
  run: async (running) => {
    const sizes = running.isTiny ? [2_000] : running.isDeep ? [1_000_000, 10_000_000] : [1_000_000];
    const tables: Table[] = [];
    for (const messages of sizes) tables.push(await measureAt(messages, running));
    return tables;
  },
};
