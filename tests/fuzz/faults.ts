/** What goes wrong in a story: processes killed and paused, connections of the database broken, wires cut, answers lost. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Proxy } from '../process/proxy.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';
import type { Stage } from './stage.ts';

/** One kind of fault. */
export type FaultKind =
  | 'kill-server'
  | 'pause-server'
  | 'end-backend'
  | 'kill-backend'
  | 'kill-postmaster'
  | 'cut-wires'
  | 'lose-answer'
  | 'slow-wire';

/** How many of each, in a whole story. */
export type FaultPlan = Readonly<Record<FaultKind, number>>;

/** What was done. */
export type FaultCount = Record<FaultKind, number>;

/** Those that hurt a process, as opposed to a wire. */
export const KILLS_AND_PAUSES: readonly FaultKind[] = [
  'kill-server',
  'pause-server',
  'end-backend',
  'kill-backend',
  'kill-postmaster',
];

/** The supervisor of the database gives up after 5 deaths within a minute; so far apart, in ms, they stay. */
const POSTMASTER_APART_MS = 15_000;

/** Does faults: each at its share of the story's operations, those of one part after the other. */
export class Faults {
  readonly done: FaultCount = {
    'kill-server': 0,
    'pause-server': 0,
    'end-backend': 0,
    'kill-backend': 0,
    'kill-postmaster': 0,
    'cut-wires': 0,
    'lose-answer': 0,
    'slow-wire': 0,
  };
  private readonly queue: FaultKind[];
  private readonly total: number;
  private begun = 0;
  private readonly atWork = new Set<string>();
  private readonly lanes = new Map<string, Promise<void>>();
  private lastPostmasterMs = Number.NEGATIVE_INFINITY;
  private readonly parts: { stage: Stage; recorder: Recorder; random: Random; wires: readonly Proxy[] };

  constructor(plan: FaultPlan, parts: { stage: Stage; recorder: Recorder; random: Random; wires: readonly Proxy[] }) {
    this.parts = parts;
    const all = Object.entries(plan).flatMap(([kind, count]) => Array.from({ length: count }, () => kind as FaultKind));
    // Shuffled by the seed (Fisher–Yates)
    for (let at = all.length - 1; at > 0; at--) {
      const other = parts.random.below(at + 1);
      const [one, two] = [all[at], all[other]];
      if (one !== undefined && two !== undefined) [all[at], all[other]] = [two, one];
    }
    this.queue = all;
    this.total = all.length;
  }

  /** Whether those that are due have been done, so that the story need not wait for them. */
  get isBehind(): boolean {
    return this.begun - Object.values(this.done).reduce((sum, count) => sum + count, 0) > 6;
  }

  /** Begins the faults that are due when this share (0–1) of the story has been played. */
  advance(share: number): void {
    while (this.begun < Math.min(this.total, Math.floor(share * this.total))) {
      const kind = this.queue[this.begun++];
      if (kind !== undefined) this.begin(kind);
    }
  }

  /** What has been done, and what is being done, in words. */
  progress(): string {
    const ended = Object.values(this.done).reduce((sum, count) => sum + count, 0);
    return `${ended} of ${this.total} faults done, ${this.begun - ended} at work: ${[...this.atWork].join(', ')}`;
  }

  /** All that were begun have ended; everything runs again. */
  async rest(): Promise<void> {
    await Promise.all(this.lanes.values());
  }

  private begin(kind: FaultKind): void {
    const { random } = this.parts;
    const node = random.chance(0.5) ? 0 : 1;
    const lane = kind.includes('server')
      ? `server ${node}`
      : kind.includes('wire') || kind === 'lose-answer'
        ? kind
        : 'database';
    const before = this.lanes.get(lane) ?? Promise.resolve();
    this.lanes.set(lane, this.commitAfter(before, kind, node));
  }

  private async commitAfter(before: Promise<void>, kind: FaultKind, node: 0 | 1): Promise<void> {
    await before;
    this.atWork.add(`${kind} ${node}`);
    await this.commit(kind, node);
    this.atWork.delete(`${kind} ${node}`);
    this.done[kind] += 1;
  }

  private async commit(kind: FaultKind, node: 0 | 1): Promise<void> {
    const { stage, random, recorder, wires } = this.parts;
    const target = stage.nodes[node];
    switch (kind) {
      case 'kill-server': {
        const over = recorder.outage();
        target.process.kill('SIGKILL');
        await target.process.gone;
        await target.restart();
        return over();
      }
      case 'pause-server': {
        const over = recorder.outage();
        target.process.kill('SIGSTOP');
        await pause(20 + random.below(random.chance(0.1) ? 1500 : 250));
        target.process.kill('SIGCONT');
        return over();
      }
      case 'end-backend':
      case 'kill-backend': {
        const over = recorder.outage();
        const pid = random.pick(await this.backends());
        if (pid !== undefined) killQuietly(pid, kind === 'end-backend' ? 'SIGTERM' : 'SIGKILL');
        await this.backends(); // until it takes connections again
        return over();
      }
      case 'kill-postmaster': {
        await pause(Math.max(0, this.lastPostmasterMs + POSTMASTER_APART_MS - performance.now()));
        const over = recorder.outage();
        this.lastPostmasterMs = performance.now();
        const pid = stage.postgres.postmaster();
        killQuietly(pid, 'SIGKILL');
        await this.backends(pid);
        return over();
      }
      case 'cut-wires':
        for (const wire of wires) if (random.chance(0.15)) wire.cut();
        return;
      case 'lose-answer':
        for (const wire of wires) if (random.chance(0.15)) wire.loseNextAnswer();
        return;
      case 'slow-wire': {
        const some = wires.filter(() => random.chance(0.3));
        for (const wire of some) wire.delay(10 + random.below(120));
        await pause(300);
        for (const wire of some) wire.delay(0);
      }
    }
  }

  /** The product's backends, as soon as the database answers, after the death of a first process if one is named. */
  private async backends(deadPostmaster?: number): Promise<number[]> {
    const lateMs = performance.now() + 30_000;
    while (true) {
      try {
        if (deadPostmaster !== undefined && this.parts.stage.postgres.postmaster() === deadPostmaster)
          throw new Error('not started again yet');
        return await this.parts.stage.postgres.backends();
      } catch (error) {
        if (performance.now() > lateMs) throw error;
        await pause(50);
      }
    }
  }
}

/** One that has ended meanwhile is no loss. */
function killQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
