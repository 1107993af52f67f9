import fastify from 'fastify';
import { describe, expect, it, vi } from 'vitest';
import { type Probes, registerHealth, watchLoop } from './health.ts';

/** An app whose probes a test turns; `asked` counts writes to the database. */
const clinic = (changes: Partial<Probes> = {}) => {
  const state = { nowMs: 0, asked: 0 };
  const app = fastify();
  registerHealth(app, {
    loopLagMs: () => 5,
    writeDatabase: () => {
      state.asked += 1;
      return Promise.resolve();
    },
    isMigrated: () => Promise.resolve(true),
    degraded: () => [],
    isDraining: () => false,
    hasStarted: () => true,
    monotonicMs: () => state.nowMs,
    ...changes,
  });
  const ask = async (url: string) => {
    const { statusCode, headers, body } = await app.inject({ url });
    return {
      status: statusCode,
      cache: headers['cache-control'],
      said: JSON.parse(body) as { status: string; checks: Record<string, string>; degraded?: readonly string[] },
    };
  };
  return { state, ask };
};

const broken = () => Promise.reject(new Error('connect to postgres://ana:s3cret@db failed'));

describe('health', () => {
  it('a healthy server is alive, ready and started, and nothing caches that', async () => {
    const { ask } = clinic();
    for (const url of ['/livez', '/readyz', '/startupz']) {
      expect(await ask(url)).toMatchObject({ status: 200, cache: 'no-store', said: { status: 'ok' } });
    }
  });

  it('without its database it is alive but not ready, and says no more than that', async () => {
    const { ask } = clinic({ writeDatabase: broken });
    expect((await ask('/livez')).status).toBe(200);
    expect(await ask('/readyz')).toMatchObject({
      status: 503,
      said: { status: 'failing', checks: { database: 'failing', migrations: 'ok' } },
    });
    expect(JSON.stringify(await ask('/readyz'))).not.toContain('s3cret');
  });

  it('on another schema than its own it is not ready', async () => {
    const { ask } = clinic({ isMigrated: () => Promise.resolve(false) });
    expect(await ask('/readyz')).toMatchObject({ status: 503, said: { checks: { migrations: 'failing' } } });
  });

  it('[D20] [D31] with the bus down or the disk nearly full it is ready, and says that it is degraded', async () => {
    const { ask } = clinic({ degraded: () => ['bus', 'disk'] });
    expect(await ask('/readyz')).toMatchObject({ status: 200, said: { status: 'ok', degraded: ['bus', 'disk'] } });
  });

  it('while ending it is not ready but alive', async () => {
    const { ask } = clinic({ isDraining: () => true });
    expect(await ask('/readyz')).toMatchObject({ status: 503, said: { status: 'draining' } });
    expect((await ask('/livez')).status).toBe(200);
  });

  it('before it has started it is alive, and neither started nor ready', async () => {
    const { ask } = clinic({ hasStarted: () => false });
    expect((await ask('/livez')).status).toBe(200);
    expect((await ask('/startupz')).status).toBe(503);
    expect((await ask('/readyz')).said.status).toBe('starting');
  });

  it('with a loop that stands still for a second it asks to be restarted', async () => {
    const { ask } = clinic({ loopLagMs: () => 1000 });
    expect(await ask('/livez')).toMatchObject({ status: 503, said: { checks: { loop: 'failing' } } });
  });

  it('the database is asked again only when the answer is older than two seconds, however many ask', async () => {
    const { ask, state } = clinic();
    await Promise.all([ask('/readyz'), ask('/readyz'), ask('/readyz')]);
    state.nowMs = 2000;
    await ask('/readyz');
    expect(state.asked).toBe(1);
    state.nowMs = 2001;
    await ask('/readyz');
    expect(state.asked).toBe(2);
  });

  it('a failure is not remembered: it is ready as soon as the database is', async () => {
    let isThere = false;
    const { ask } = clinic({ writeDatabase: () => (isThere ? Promise.resolve() : broken()) });
    expect((await ask('/readyz')).status).toBe(503);
    isThere = true;
    expect((await ask('/readyz')).status).toBe(200);
  });

  it('a database that does not answer is failing after two seconds', async () => {
    const { ask } = clinic({ writeDatabase: () => new Promise(() => undefined) });
    expect((await ask('/readyz')).said.checks['database']).toBe('failing');
  });
});

describe('the watch on the loop', () => {
  it('sees that it stood still', async () => {
    const loop = watchLoop();
    await vi.waitFor(() => expect(loop.lagMs()).toBeGreaterThan(0)); // it has begun to look
    const until = performance.now() + 150;
    while (performance.now() < until);
    await vi.waitFor(() => expect(loop.lagMs()).toBeGreaterThan(100));
    loop.stop();
  });
});
