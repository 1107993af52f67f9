/** What goes wrong in a story, and when: a queue of faults, shuffled by the seed, each at its share of the story. */
import type { Proxy } from '../process/proxy.ts';
import { FAULT_KINDS, type FaultKind, HARM, laneOf } from './harm.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';
import type { Stage } from './stage.ts';

/** How many of each, in a whole story. */
export type FaultPlan = Readonly<Record<FaultKind, number>>;

/** What was done. */
export type FaultCount = Record<FaultKind, number>;

/** None of any. */
const none = (): FaultCount => Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0])) as FaultCount;

/** One fault of a story. */
export interface Due {
  /** Its place in the whole story's queue, by which it is named when a story is told again without others. */
  readonly nth: number;
  readonly kind: FaultKind;
  readonly node: 0 | 1;
  /** Of the story's operations, when it begins, 0–1. */
  readonly share: number;
}

/** The faults of a story in their order: the same for the same plan and chance, whoever else is left out. */
export function faultsOf(plan: FaultPlan, random: Random): Due[] {
  const kinds = FAULT_KINDS.flatMap((kind) => Array.from({ length: plan[kind] }, () => kind));
  // Shuffled by the seed (Fisher–Yates)
  for (let at = kinds.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    const [one, two] = [kinds[at], kinds[other]];
    if (one !== undefined && two !== undefined) [kinds[at], kinds[other]] = [two, one];
  }
  return kinds.map((kind, nth) => ({
    nth,
    kind,
    node: random.chance(0.5) ? 0 : 1,
    share: (nth + 1) / kinds.length,
  }));
}

/** Does faults: each at its share of the story's operations, those of one part after the other. */
export class Faults {
  readonly done = none();
  private readonly queue: readonly Due[];
  private begun = 0;
  private readonly atWork = new Set<string>();
  private readonly lanes = new Map<string, Promise<void>>();
  private readonly parts: { stage: Stage; recorder: Recorder; random: Random; wires: readonly Proxy[] };

  constructor(
    queue: readonly Due[],
    parts: { stage: Stage; recorder: Recorder; random: Random; wires: readonly Proxy[] },
  ) {
    this.queue = queue;
    this.parts = parts;
  }

  private get ended(): number {
    return Object.values(this.done).reduce((sum, count) => sum + count, 0);
  }

  /** Whether those that are due have been done, so that the story need not wait for them. */
  get isBehind(): boolean {
    return this.begun - this.ended > 6;
  }

  /** Begins the faults that are due when this share (0–1) of the story has been played. */
  advance(share: number): void {
    for (let due = this.queue[this.begun]; due && due.share <= share; due = this.queue[this.begun]) {
      this.begun += 1;
      const lane = laneOf(due.kind, due.node);
      const before = this.lanes.get(lane) ?? Promise.resolve();
      this.lanes.set(lane, this.commitAfter(before, due));
    }
  }

  /** What has been done, and what is being done, in words. */
  progress(): string {
    return `${this.ended} of ${this.queue.length} faults done, ${this.begun - this.ended} at work: ${[...this.atWork].join(', ')}`;
  }

  /** All that were begun have ended; everything runs again. */
  async rest(): Promise<void> {
    await Promise.all(this.lanes.values());
  }

  private async commitAfter(before: Promise<void>, { nth, kind, node }: Due): Promise<void> {
    await before;
    this.atWork.add(`${kind} ${node}`);
    await HARM[kind]({ ...this.parts, random: this.parts.random.fork(`fault ${nth}`), node });
    this.atWork.delete(`${kind} ${node}`);
    this.done[kind] += 1;
  }
}
