/**
 * What a supervisor and a load balancer ask (contract, "Health"). /livez: restart me; /readyz: send me people; /startupz: wait.
 * A database that is away makes this process unready and never unalive: a restart would not bring it back.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** What health is read from; main.ts hands it over. */
export interface Probes {
  /** The longest the event loop stood still lately, in ms. */
  loopLagMs(): number;
  /** Writes something to the database and waits for COMMIT; rejects when it cannot. */
  writeDatabase(): Promise<void>;
  /** Whether the database has exactly the migrations of this release. */
  isMigrated(): Promise<boolean>;
  /** What is not as it should be and yet no reason to send nobody: `bus`, `disk`, `key-file`, `strain`. */
  degraded(): readonly string[];
  /** An orderly end has begun. */
  isDraining(): boolean;
  hasStarted(): boolean;
  /** ms from a clock that never goes back. */
  monotonicMs(): number;
}

/** One answer. `checks` name what is wrong without saying anything of where. */
interface Health {
  readonly status: 'ok' | 'failing' | 'draining' | 'starting';
  readonly checks: Readonly<Record<string, 'ok' | 'failing'>>;
  /** What goes on in spite of: present where there is something. */
  readonly degraded?: readonly string[];
}

/** Where a machine asks, by whatever address; no school is told of here. */
export const PROBES: ReadonlySet<string> = new Set(['/livez', '/readyz', '/startupz']);

const LAG_MS = 1000;
/** An answer about the database may be this old, and must come within this. */
const PROBE_MS = 2000;

/** Registers /livez, /readyz and /startupz: open to everybody, so they say nothing but ok or not. */
export const registerHealth = (app: FastifyInstance, probes: Probes): void => {
  const database = recently(probes.monotonicMs, () => probes.writeDatabase().then(() => true));
  const migrations = recently(probes.monotonicMs, () => probes.isMigrated());

  app.get('/livez', async (_request, reply) => {
    const checks = { loop: word(probes.loopLagMs() < LAG_MS) };
    return answer(reply, { status: checks.loop, checks });
  });
  app.get('/readyz', async (_request, reply) => {
    if (probes.isDraining()) return answer(reply, { status: 'draining', checks: {} });
    if (!probes.hasStarted()) return answer(reply, { status: 'starting', checks: {} });
    const [writes, schema] = await Promise.all([database(), migrations()]);
    const checks = { database: word(writes), migrations: word(schema) };
    const status = Object.values(checks).every((check) => check === 'ok') ? 'ok' : 'failing';
    // A disk that is nearly full is shared by all: were it a reason to send nobody, nobody could read or remove (contract D31)
    const degraded = probes.degraded();
    return answer(reply, { status, checks, ...(degraded.length > 0 ? { degraded } : {}) });
  });
  app.get('/startupz', async (_request, reply) =>
    answer(reply, { status: probes.hasStarted() ? 'ok' : 'starting', checks: {} }),
  );
};

/** The longest delay of the event loop over the last one to two seconds. Call `stop` at the end. */
export const watchLoop = (): { lagMs(): number; stop(): void } => {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  let before = 0;
  const turn = setInterval(() => {
    before = delay.max;
    delay.reset();
  }, 1000);
  turn.unref();
  return {
    lagMs: () => Math.max(before, delay.max) / 1e6,
    stop: () => {
      clearInterval(turn);
      delay.disable();
    },
  };
};

const word = (isGood: boolean): 'ok' | 'failing' => (isGood ? 'ok' : 'failing');

const answer = (reply: FastifyReply, health: Health): FastifyReply =>
  reply
    .code(health.status === 'ok' ? 200 : 503)
    .header('cache-control', 'no-store')
    .send(health);

/** Asks at most once in a while and never twice at a time, however many poll; slow counts as failing. */
const recently = (nowMs: () => number, probe: () => Promise<boolean>): (() => Promise<boolean>) => {
  let goodAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<boolean> | undefined;
  const ask = async (): Promise<boolean> => {
    const began = nowMs();
    try {
      const isGood = await probe();
      if (isGood) goodAt = began;
      return isGood;
    } catch {
      return false; // what is wrong is the database's own log line; here it is only that it is
    } finally {
      asking = undefined;
    }
  };
  return async () => {
    if (nowMs() - goodAt <= PROBE_MS) return true;
    asking ??= ask();
    const { promise: late, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(resolve, PROBE_MS, false);
    try {
      return await Promise.race([asking, late]);
    } finally {
      clearTimeout(timer);
    }
  };
};
