/** docs/generated/bench.md and its charts, from the newest results of each bench; those of other benches stay as they were. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chart } from './chart.ts';
import { short, shortSpread } from './figures.ts';
import { type Table, verdict } from './report.ts';

/** What one bench found, where and when. */
export interface Result {
  readonly bench: string;
  /** RFC 3339. */
  readonly at: string;
  readonly machine: readonly string[];
  readonly runs: number;
  readonly tables: readonly Table[];
}

const FOLDER = join(import.meta.dirname, '../../docs/generated');
const RESULTS = join(FOLDER, 'bench/results.json');

const chartName = (bench: string, nth: number): string => `bench/${bench}-${nth + 1}.svg`;

const goalsOf = (tables: readonly Table[]): string[] => {
  const goals = tables.flatMap(({ goals: those }) => those);
  if (goals.length === 0) return [];
  return [
    '| goal | reached | |',
    '|---|---:|---|',
    ...goals.map(
      ({ text, reached, isMet }) =>
        `| ${text} | ${reached === null ? 'not measured here' : short(reached)} | ${verdict(isMet)} |`,
    ),
    '',
  ];
};

const tableOf = (table: Table, file: string): string[] => {
  const columns = [...new Set(table.rows.flatMap(({ more }) => Object.keys(more)))];
  const [ours] = table.rows;
  return [
    `### ${table.title}`,
    '',
    table.what,
    '',
    `![${table.title}, ${table.unit}](${file})`,
    '',
    `| | ${table.unit}, median (min–max) | Recreio is | ${columns.join(' | ')} |`,
    `|---|---:|---:|${columns.map(() => '---:|').join('')}`,
    ...table.rows.map((row) => {
      const ratio = row === ours || !ours ? '' : `${short(ours.figure.median / row.figure.median)} ×`;
      return `| ${[row.system, shortSpread(row.figure), ratio, ...columns.map((name) => row.more[name] ?? '')].join(' | ')} |`;
    }),
    '',
    ...table.notes.map((note) => `- ${note}`),
    ...(table.notes.length > 0 ? [''] : []),
  ];
};

/** Writes the page, with these results in the place of the same benches' earlier ones. `order` is the order of the benches. */
export const writePage = (fresh: readonly Result[], order: readonly string[]): void => {
  const before = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Result[]) : [];
  const results = order.flatMap((name) => {
    const found = fresh.find(({ bench }) => bench === name) ?? before.find(({ bench }) => bench === name);
    return found ? [found] : [];
  });
  rmSync(join(FOLDER, 'bench'), { recursive: true, force: true });
  mkdirSync(join(FOLDER, 'bench'), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 1)}\n`);
  const lines = [
    '# How fast Recreio is',
    '',
    'Made by `npm run bench -- --write`; do not edit. Each figure stands beside its baselines of the same run: compare the ratios, since',
    'absolute figures change with the machine and the day. Recreio runs as it ships: signed in, with all rules, encryption and',
    'idempotency, a real server process on a real PostgreSQL. A run in which a single delivery was lost, doubled or out of order has',
    'no figure. Latencies count from the moment a message was meant to leave. In the charts the arrow points to the better end, and the',
    'thin line goes from the worst run to the best.',
    '',
  ];
  for (const { bench, at, machine, runs, tables } of results) {
    lines.push(`## ${bench}`, '', ...goalsOf(tables));
    for (const [nth, table] of tables.entries()) {
      writeFileSync(join(FOLDER, chartName(bench, nth)), chart(table));
      lines.push(...tableOf(table, chartName(bench, nth)));
    }
    lines.push(`<sub>${at.slice(0, 10)}, ${runs} runs each. ${machine.join(' · ')}</sub>`, '');
  }
  writeFileSync(join(FOLDER, 'bench.md'), lines.join('\n'));
};
