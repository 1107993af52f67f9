/**
 * `npm run bench [-- NAME…] [--json] [--runs N] [--alone] [--tiny] [--deep] [--write] [--profile FOLDER]`: how fast Recreio
 * is, each figure beside its baselines in the same run. A run in which a delivery was lost, doubled or out of order has no figure.
 */
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { deaf } from './benches/deaf.ts';
import { fanOut } from './benches/fan-out.ts';
import { history } from './benches/history.ts';
import { idle } from './benches/idle.ts';
import { manyRooms } from './benches/many-rooms.ts';
import { reconnect } from './benches/reconnect.ts';
import { sends } from './benches/sends.ts';
import { starts } from './benches/start.ts';
import { web } from './benches/web.ts';
import { hasCompiler } from './stage/load.ts';
import { conditions, describeMachine } from './stage/machine.ts';
import { installPeers } from './stage/peers.ts';
import { type Result, writePage } from './stage/page.ts';
import { type Bench, shown, unjudged } from './stage/report.ts';

const BENCHES: readonly Bench[] = [fanOut, manyRooms, sends, idle, reconnect, deaf, history, starts, web];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
    alone: { type: 'boolean', default: false },
    tiny: { type: 'boolean', default: false },
    deep: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const stop = (why: string): never => {
  say(`bench: ${why}`);
  process.exit(2);
};

const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name));
const runs = Number(options.runs);
if (unknown.length > 0 || !Number.isInteger(runs) || runs < 1) {
  const list = BENCHES.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`).join('\n');
  stop(
    `${unknown.length > 0 ? `there is no ${unknown.join(', ')}` : '--runs takes a whole number'}; there are\n${list}`,
  );
}
if (!hasCompiler()) stop('the load generator is written in C and there is no C compiler (`cc`): install gcc or clang.');

const folder = mkdtempSync(join(tmpdir(), 'recreio-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const profileFolder = options.profile === undefined ? null : resolve(options.profile);
if (profileFolder !== null) mkdirSync(profileFolder, { recursive: true });

// A smoke test takes what is there: it downloads nothing
if (!options.alone && !options.tiny) installPeers(say);
if (options.write && (options.tiny || options.alone)) stop('--write is for whole results: without --tiny and --alone.');
const machine = [...describeMachine(), ...conditions(folder)];
if (!options.json) say(machine.join('\n'));
const chosen = BENCHES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const found: Result[] = [];
for (const bench of chosen) {
  const tables = await bench.run({
    runs: options.tiny ? 1 : runs,
    isTiny: options.tiny,
    isAlone: options.alone,
    isDeep: options.deep,
    profileFolder,
    folder,
    say,
  });
  const judged = options.tiny ? tables.map(unjudged) : tables;
  found.push({ bench: bench.name, at: new Date().toISOString(), machine, runs, tables: judged });
  if (!options.json) for (const table of judged) process.stdout.write(`${shown(table)}\n`);
}
if (options.json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
if (options.write) {
  const order = BENCHES.map(({ name }) => name);
  writePage(found, order);
}
