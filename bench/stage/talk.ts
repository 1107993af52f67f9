/** Systems side by side: all are up and connected, and take turns with their runs, so that a noisy minute hits everybody. */
import { type Spread, short, spreadOf } from './figures.ts';
import { compile, type Load, type Loading, type RunResult, startLoad } from './load.ts';
import type { Serving } from './peers.ts';
import type { Row, Running } from './report.ts';

/** A system with its clients. */
export interface Talking {
  readonly system: string;
  readonly load: Load;
  readonly results: RunResult[];
}

/** Who is in which room, whoever serves it. */
export type Cast = Pick<Loading, 'rooms' | 'clients' | 'bodyBytes'>;

/** Most clients on their way at once while connecting; a bench of connecting says so itself. */
const WIDTH = 200;

/** A generator for a server, with nobody connected yet. */
export const loadFor = (serving: Serving, cast: Cast, { folder }: Running): Load =>
  startLoad(compile('load', folder), {
    ...cast,
    way: serving.way,
    port: serving.port,
    serverPid: serving.pid,
    databasePid: serving.databasePid,
    folder,
  });

/** Connects everybody to a server. */
export const seat = async (system: string, serving: Serving, cast: Cast, running: Running): Promise<Talking> => {
  const load = loadFor(serving, cast, running);
  const { say } = running;
  const { seconds, retries } = await load.connect(0, cast.clients.length, WIDTH);
  say(
    `  ${system}: ${cast.clients.length} connected in ${short(seconds)} s${retries > 0 ? `, ${retries} of them sent away first` : ''}`,
  );
  return { system, load, results: [] };
};

/** Runs each in turn, so often. */
export const takeTurns = async (
  talking: readonly Talking[],
  { runs, isTiny, say }: Running,
  [warmMs, measureMs]: readonly [number, number],
): Promise<void> => {
  for (let nth = 0; nth < runs; nth += 1) {
    for (const { system, load, results } of talking) {
      const result = await load
        .run(isTiny ? 50 : nth === 0 ? 2 * warmMs : warmMs, isTiny ? 200 : measureMs)
        .catch((error: unknown) => {
          throw new Error(`${system}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
        });
      results.push(result);
      say(
        `  run ${nth + 1} of ${runs}, ${system}: ${short((result.groups[0]?.deliveries ?? 0) / result.seconds)} deliveries/s`,
      );
    }
  }
};

/** A value of every run. */
export const over = ({ results }: Talking, value: (result: RunResult) => number): Spread =>
  spreadOf(results.map(value));

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** The columns that every table has: CPU of both sides, memory of the server. */
export const resources = (talking: Talking): Readonly<Record<string, string>> => ({
  'server CPU': percent(over(talking, (r) => r.serverCpuSeconds / r.seconds).median),
  'server RSS': `${short(over(talking, (r) => r.serverRssBytes / 2 ** 20).median)} MiB`,
  'PostgreSQL CPU': percent(over(talking, (r) => r.databaseCpuSeconds / r.seconds).median),
  'generator CPU': percent(over(talking, (r) => r.cpuSeconds / r.seconds).median),
});

/** Says where the generator, and not the server, was the limit. */
export const generatorNotes = (talking: readonly Talking[]): string[] =>
  talking
    .filter((one) => over(one, (r) => r.cpuSeconds / r.seconds).median > 0.95)
    .map(({ system }) => `The generator was the limit for "${system}": it could have done more.`);

/** Latency in ms of the group's deliveries, median over the runs. */
export const deliveryMs = (talking: Talking, group: number, of: 'p50' | 'p99'): number =>
  over(talking, ({ groups }) => groups[group]?.delivery[of] ?? Number.NaN).median;

/** A row of deliveries a second within a group. */
export const deliveriesRow = (talking: Talking, group = 0): Row => ({
  system: talking.system,
  figure: over(talking, (r) => (r.groups[group]?.deliveries ?? 0) / r.seconds),
  more: {
    // What a busy machine leaves of the truth: it says how much was done with the time that the server got
    'per CPU second': short(over(talking, (r) => (r.groups[group]?.deliveries ?? 0) / r.serverCpuSeconds).median),
    'p50 ms': short(deliveryMs(talking, group, 'p50')),
    'p99 ms': short(deliveryMs(talking, group, 'p99')),
    ...resources(talking),
  },
});
