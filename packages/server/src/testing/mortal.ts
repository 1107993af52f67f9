/** Nodes that can be struck at every await of a flush: their connection breaks, or they die. */
import { FlushBroken, type FlushTransaction, type LogMemory } from '@recreio/core';
import type { Node, Schoolhouse } from './world.ts';

/** Where it strikes: at the beginning of a step, or when the step has been done and nobody has been told. */
export const STEPS = [
  'begin',
  'begin done',
  'read',
  'read done',
  'commit',
  'commit done',
  'rollback',
  'rollback done',
  'ring',
] as const;
/** One of them. */
export type Step = (typeof STEPS)[number];

/** The connection breaks and the process goes on; or the process dies, and whoever asked repeats it elsewhere. */
export interface Crash {
  readonly step: Step;
  readonly how: 'breaks' | 'dies';
}

/** A node that can be struck; struck dead, it answers nobody any more. */
export interface Mortal {
  readonly node: Node;
  /** Settles when the process dies. */
  readonly death: Promise<'dead'>;
  /** At the next such step; null: at none. */
  strike(crash: Crash | null): void;
  /** Whether the last one has struck. */
  readonly struck: () => boolean;
}

/** Opens one. */
export const mortal = async (house: Schoolhouse): Promise<Mortal> => {
  let next: Crash | null = null;
  let hasStruck = false;
  const { promise: death, resolve: die } = Promise.withResolvers<'dead'>();
  const at = async (step: Step, tx: FlushTransaction | null): Promise<void> => {
    if (next?.step !== step) return;
    const { how } = next;
    next = null;
    hasStruck = true;
    // What the database does with a connection that has ended; behind COMMIT and ROLLBACK nothing is left to undo
    if (step === 'read' || step === 'read done' || step === 'commit' || step === 'rollback') await tx?.rollback();
    if (how === 'breaks')
      throw new FlushBroken(step.startsWith('commit'), new Error('Connection terminated unexpectedly'));
    die('dead');
    await closed();
    await new Promise(() => undefined);
  };
  let closed = async (): Promise<void> => undefined;
  const log = (real: LogMemory & { close?(): Promise<void> }): LogMemory => {
    // A dead process has no connections
    closed = async () => await real.close?.();
    return {
      begin: async () => {
        await at('begin', null);
        const tx = await real.begin();
        await at('begin done', null);
        const step = async <T>(name: 'read' | 'commit' | 'rollback', work: () => Promise<T>): Promise<T> => {
          await at(name, tx);
          const result = await work();
          await at(`${name} done`, tx);
          return result;
        };
        return {
          read: (requests) => step('read', () => tx.read(requests)),
          commit: (written) => step('commit', () => tx.commit(written)),
          rollback: () => step('rollback', () => tx.rollback()),
        };
      },
    };
  };
  const ring = () => {
    if (next?.step !== 'ring') return;
    next = null;
    hasStruck = true;
    die('dead'); // its answer has not left the process
  };
  const node = await house.node({ log, bell: { ring } });
  return {
    node,
    death,
    strike: (crash) => {
      next = crash;
      hasStruck = false;
    },
    struck: () => hasStruck,
  };
};
