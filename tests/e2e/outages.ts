/** What happens to the school while people talk: its server and its database are killed, once exactly during COMMIT. */
import { setTimeout as pause } from 'node:timers/promises';
import type { SharedPostgres } from '../process/postgres.ts';
import type { School } from './school.ts';

/** One thing that goes wrong. */
export type Outage = 'kill-server' | 'kill-postgres' | 'kill-postgres-during-commit';

/** What was seen of a COMMIT that nobody heard the answer of: messages that were in sight before and after the database came back. */
export interface UnheardCommit {
  readonly before: number;
  readonly after: number;
}

/** Asks again and again, not in sleeps that guess but until it is so. Rejects after a while. */
async function until<T>(what: string, look: () => Promise<T | undefined>, lateMs = 30_000): Promise<T> {
  const late = performance.now() + lateMs;
  let why: unknown;
  while (performance.now() < late) {
    try {
      const found = await look();
      if (found !== undefined) return found;
    } catch (error) {
      why = error; // the database is away or starting
    }
    await pause(20);
  }
  throw new Error(`${what} did not come about`, { cause: why });
}

async function killPostgres(postgres: SharedPostgres): Promise<void> {
  const dead = postgres.postmaster();
  process.kill(dead, 'SIGKILL');
  await until('another PostgreSQL', async () => {
    if (postgres.postmaster() === dead) return undefined;
    return await postgres.query('SELECT 1');
  });
}

async function countMessages(postgres: SharedPostgres): Promise<number> {
  const [row] = (await postgres.query('SELECT count(*)::int AS count FROM message')) as { count: number }[];
  return row?.count ?? 0;
}

/**
 * A standby that does not exist is made a condition of every COMMIT: the next one is written to the disk and then waits, and
 * there the database is killed. The server has sent COMMIT, it took effect, and no answer will ever come.
 */
async function killDuringCommit(postgres: SharedPostgres): Promise<UnheardCommit> {
  await postgres.query("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
  await postgres.query('SELECT pg_reload_conf()');
  await until('a flush that waits in COMMIT', async () => {
    const waiting = await postgres.query(
      "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND query = 'COMMIT' AND application_name = 'recreio'",
    );
    return waiting.length > 0 ? waiting : undefined;
  });
  const before = await countMessages(postgres);
  await killPostgres(postgres);
  // Whatever is written from now on waits, too, and is not in sight: the difference is what was committed and not answered
  const after = await countMessages(postgres);
  await postgres.query('ALTER SYSTEM RESET synchronous_standby_names');
  await postgres.query('SELECT pg_reload_conf()');
  return { before, after };
}

/** Does outages one after the other, each when its share of the talk has been sent. */
export class Outages {
  readonly unheard: UnheardCommit[] = [];
  readonly done: Outage[] = [];
  private readonly queue: { readonly at: number; readonly outage: Outage }[];
  private lane: Promise<void> = Promise.resolve();
  private readonly school: School;
  private readonly postgres: SharedPostgres;

  /** @param plan what happens when so many messages have been written */
  constructor(school: School, postgres: SharedPostgres, plan: readonly { at: number; outage: Outage }[]) {
    this.school = school;
    this.postgres = postgres;
    this.queue = [...plan].sort((one, other) => one.at - other.at);
  }

  /** So many messages have been written: what is due begins. The talk goes on meanwhile, but waits where the next is due before that is over. */
  async advance(written: number): Promise<void> {
    const [next] = this.queue;
    if (next === undefined || next.at > written) return;
    this.queue.shift();
    const before = this.lane;
    this.lane = before.then(() => this.commit(next.outage));
    // Told by `rest`; here it only must not count as unhandled meanwhile
    this.lane.catch(() => undefined);
    await before;
  }

  /** All that was begun is over; rejects if one could not be done. */
  rest(): Promise<void> {
    return this.lane;
  }

  private async commit(outage: Outage): Promise<void> {
    if (outage === 'kill-server') await this.school.killAndRestart();
    else if (outage === 'kill-postgres') await killPostgres(this.postgres);
    else this.unheard.push(await killDuringCommit(this.postgres));
    this.done.push(outage);
  }
}
