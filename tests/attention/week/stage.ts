/** What a week is lived on: the school on PostgreSQL (`living.ts`), or one that remembers just enough (`remembered.ts`) and is as quick as a test has to be. */
import type { School } from '@recreio/core/testing/world.ts';
import type { Memory, World } from '@recreio/core';

/** A school whose time is the test's. */
export interface Stage {
  readonly school: Pick<School, 'person' | 'device' | 'room' | 'tend' | 'does' | 'say'>;
  readonly world: Pick<World, 'memory' | 'transact' | 'push' | 'site' | 'leaving'>;
  readonly memory: Memory;
  /** It is `now`, in ms. */
  put(now: number): Promise<void>;
  /** These have been here, and may be mailed; nobody else is. */
  met(accounts: readonly string[]): Promise<void>;
  /** When the next push is due, in ms; Infinity: none waits. */
  dueAt(): Promise<number>;
  close(): Promise<void>;
}

/** Who carries what is sent to the devices of the week. */
export type Carrier = World['push'];
