/** Start (P8): from the command to the line that says "ready", with an answer to a request behind it. */
import { join } from 'node:path';
import { makeFolder } from '../../tests/process/folder.ts';
import { startServer } from '../../tests/process/server.ts';
import { spreadOf } from '../stage/figures.ts';
import { naiveWs } from '../stage/peers.ts';
import { bound, type Bench, type Running, type Table } from '../stage/report.ts';

/** Starts, asks, and stops; ms from the start to the answer. */
const once = async (dataDir: string, env: Readonly<Record<string, string>>): Promise<number> => {
  const began = performance.now();
  const server = await startServer({ dataDir, masterKeyFile: `${dataDir}.key`, env: { LOG_LEVEL: 'warn', ...env } });
  const answer = await fetch(`${server.url}/readyz`);
  const took = performance.now() - began;
  const text = await answer.text();
  await server.stop();
  if (answer.status !== 200) throw new Error(`ready, and yet ${answer.status}: ${text}`);
  return took;
};

const measure = async (running: Running): Promise<Table[]> => {
  const kinds = [
    { name: 'Recreio, an empty school', env: { RECREIO_PRODUCTION: '1' } },
    { name: 'Recreio, the demo school', env: { RECREIO_DEMO: '1' } },
  ];
  const first = new Map<string, number[]>();
  const later = new Map<string, number[]>();
  const bare: number[] = [];
  const runs = Math.min(running.runs, 5);
  for (let nth = 0; nth < runs; nth += 1) {
    for (const { name, env } of running.isTiny ? kinds.slice(0, 1) : kinds) {
      const folder = makeFolder('bench-start');
      try {
        const dataDir = join(folder.path, 'data');
        first.set(name, [...(first.get(name) ?? []), await once(dataDir, env)]);
        later.set(name, [...(later.get(name) ?? []), await once(dataDir, env)]);
      } finally {
        folder.remove();
      }
      running.say(`  run ${nth + 1} of ${runs}, ${name}`);
    }
    const began = performance.now();
    const serving = await naiveWs.start(running.folder);
    bare.push(performance.now() - began);
    await serving.stop();
  }
  const table = (title: string, times: ReadonlyMap<string, number[]>, text: string, ms: number): Table => ({
    title,
    what: 'Packages installed, files in the cache of the system. From starting the process to the answer of /readyz; the first start makes a database, keys and tables.',
    unit: 'ms',
    isMoreBetter: false,
    rows: [
      ...[...times].map(([system, values]) => ({ system, figure: spreadOf(values), more: {} })),
      { system: 'ws, nothing but a socket', figure: spreadOf(bare), more: {} },
    ],
    goals: [bound(text, spreadOf(times.get(kinds[0]?.name ?? '') ?? []).median, (value) => value <= ms)],
    notes: [],
  });
  return [
    table('First start', first, 'P8: first start ≤ 5,000 ms', 5_000),
    table('Later starts', later, 'P8: later starts ≤ 1,500 ms', 1_500),
  ];
};

/** P8. */
export const starts: Bench = { name: 'start', about: 'the first start, and later ones', run: measure };
