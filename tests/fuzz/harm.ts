/** What each kind of fault does, from its beginning to its end. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Proxy } from '../process/proxy.ts';
import type { DatabaseWire } from './database-wire.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';
import type { Stage } from './stage.ts';

/** One kind of fault. */
export type FaultKind = keyof typeof HARM;

/** What a fault may touch. `node`: which of the two servers it is about, if it is about one. */
export interface Reach {
  readonly stage: Stage;
  readonly recorder: Recorder;
  readonly random: Random;
  readonly wires: readonly Proxy[];
  readonly node: 0 | 1;
}

type Harm = (reach: Reach) => Promise<void>;

/** The supervisor of the database gives up after 5 deaths within a minute; so far apart, in ms, they stay. */
const POSTMASTER_APART_MS = 15_000;
/** A server gives a silent database up after 6 s (contract D30); a COMMIT that arrives later than that finds its repeat under way. */
const LATE_COMMIT_MS = 6_200;

let lastPostmasterMs = Number.NEGATIVE_INFINITY;

/** A harm during which parts may be slow to act on what they should. */
const outage =
  (work: Harm): Harm =>
  async (reach) => {
    const over = reach.recorder.outage();
    await work(reach);
    over();
  };

const server = ({ stage, node }: Reach) => stage.nodes[node];
const wireOf = (reach: Reach): DatabaseWire => server(reach).database;

/** How long the next COMMIT is waited for, in ms; where nothing is written, nothing can be lost. */
const ARMED_MS = 2_000;

/** A wire is armed, and the next COMMIT on it meets its fate. */
const nextCommit = (arm: (wire: DatabaseWire, random: Random) => void): Harm =>
  outage(async (reach) => {
    const wire = wireOf(reach);
    const lateMs = performance.now() + ARMED_MS;
    arm(wire, reach.random);
    while (wire.isArmed) {
      if (performance.now() > lateMs) wire.disarm();
      await pause(20);
    }
  });

/** Each kind's deed. */
export const HARM = {
  'kill-server': outage(async (reach) => {
    const target = server(reach);
    target.process.kill('SIGKILL');
    await target.process.gone;
    await target.restart();
  }),
  'pause-server': outage(async (reach) => {
    const target = server(reach);
    target.process.kill('SIGSTOP');
    await pause(20 + reach.random.below(reach.random.chance(0.1) ? 1500 : 250));
    target.process.kill('SIGCONT');
  }),
  'end-backend': outage((reach) => endBackend(reach, 'SIGTERM')),
  'kill-backend': outage((reach) => endBackend(reach, 'SIGKILL')),
  'kill-postmaster': async (reach) => {
    await pause(Math.max(0, lastPostmasterMs + POSTMASTER_APART_MS - performance.now()));
    const over = reach.recorder.outage();
    lastPostmasterMs = performance.now();
    const pid = reach.stage.postgres.postmaster();
    signal(pid, 'SIGKILL');
    await backends(reach.stage, pid);
    over();
  },
  'pause-database': outage(async ({ stage, random }) => {
    const pids = [stage.postgres.postmaster(), ...(await everyProcess(stage))];
    const stopped = pids.filter((pid) => signal(pid, 'SIGSTOP'));
    // Now and then longer than a server waits for its database
    await pause(random.chance(0.15) ? 7_000 : 50 + random.below(1_500));
    for (const pid of stopped) signal(pid, 'SIGCONT');
    await backends(stage);
  }),
  'cut-database': outage(async (reach) => wireOf(reach).cut()),
  'swallow-database': outage(async (reach) => {
    wireOf(reach).swallow();
    await pause(reach.random.chance(0.2) ? 7_000 : 300 + reach.random.below(2_500));
    wireOf(reach).mend();
  }),
  'slow-database': outage(async (reach) => {
    wireOf(reach).delay(5 + reach.random.below(150));
    await pause(1_000);
    wireOf(reach).delay(0);
  }),
  'lose-commit-answer': nextCommit((wire) => wire.loseNextAnswer()),
  'lose-commit': nextCommit((wire) => wire.loseNextCommit()),
  'late-commit': nextCommit((wire, random) =>
    wire.holdNextCommit(random.chance(0.5) ? LATE_COMMIT_MS + random.below(2_000) : 500),
  ),
  'lying-bus': async ({ stage, random }) => {
    const wires = stage.nodes.map(({ database }) => database);
    for (const wire of wires)
      wire.lie(
        random.chance(0.25)
          ? { drops: 1, doubles: 0, delays: 0, delayMs: 1 }
          : { drops: 0.3, doubles: 0.3, delays: 0.3, delayMs: 600 },
      );
    await pause(2_500);
    for (const wire of wires) wire.lie(null);
  },
  'cut-wires': async ({ wires, random }) => {
    for (const wire of wires) if (random.chance(0.15)) wire.cut();
  },
  'cut-all': async ({ wires }) => {
    for (const wire of wires) wire.cut();
  },
  'lose-answer': async ({ wires, random }) => {
    for (const wire of wires) if (random.chance(0.15)) wire.loseNextAnswer();
  },
  'slow-wire': async ({ wires, random }) => {
    const some = wires.filter(() => random.chance(0.3));
    for (const wire of some) wire.delay(10 + random.below(120));
    await pause(300);
    for (const wire of some) wire.delay(0);
  },
  'deaf-wire': async ({ wires, random }) => {
    const some = wires.filter(() => random.chance(0.1));
    for (const wire of some) wire.stopReading(true);
    await pause(5_500); // longer than a full buffer is borne (contract D22)
    for (const wire of some) wire.stopReading(false);
  },
} satisfies Record<string, Harm>;

/** All kinds. */
export const FAULT_KINDS = Object.keys(HARM) as FaultKind[];

/** Those that hurt a process, as opposed to a wire. */
export const KILLS_AND_PAUSES: readonly FaultKind[] = [
  'kill-server',
  'pause-server',
  'end-backend',
  'kill-backend',
  'kill-postmaster',
  'pause-database',
];

/** Faults of one lane happen one after the other; those of two may overlap. */
export const laneOf = (kind: FaultKind, node: 0 | 1): string => {
  if (kind.endsWith('-server')) return `server ${node}`;
  if (kind.endsWith('backend') || kind.endsWith('postmaster') || kind === 'pause-database') return 'database';
  if (kind.endsWith('-database') || kind.includes('commit')) return `wire of ${node}`;
  return kind;
};

async function endBackend({ stage, random }: Reach, how: NodeJS.Signals): Promise<void> {
  const pid = random.pick(await backends(stage));
  if (pid !== undefined) signal(pid, how);
  await backends(stage); // until it takes connections again
}

/** What the database answers, as soon as it does. */
async function insist<T>(ask: () => Promise<T>): Promise<T> {
  const lateMs = performance.now() + 30_000;
  while (true) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > lateMs) throw error;
      await pause(50);
    }
  }
}

/** The product's backends, after the death of a first process if one is named. */
const backends = (stage: Stage, deadPostmaster?: number): Promise<number[]> =>
  insist(async () => {
    if (deadPostmaster !== undefined && stage.postgres.postmaster() === deadPostmaster)
      throw new Error('not started again yet');
    return await stage.postgres.backends();
  });

/** Every process of the database but the first: those that serve, and those that write. */
const everyProcess = (stage: Stage): Promise<number[]> =>
  insist(async () => {
    const rows = (await stage.postgres.query('select pid from pg_stat_activity order by pid')) as { pid: number }[];
    return rows.map(({ pid }) => pid);
  });

/** Whether there was anybody to be told; one that has ended meanwhile is no loss. */
function signal(pid: number, what: NodeJS.Signals): boolean {
  try {
    process.kill(pid, what);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    return false;
  }
}
