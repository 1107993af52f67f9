/** Numbers for monitoring: the format, the door, and that no label names anybody. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metricsDoor } from '../doors/metrics.ts';
import { overHttp } from '../testing/doors.ts';
import { type OpenDoors, openDoors } from '../testing/doors.ts';
import { health, messages } from '@recreio/protocol';
import { countFaults } from './faults.ts';
import { makeRegistry } from './registry.ts';

describe('the registry', () => {
  it('writes counters, gauges and cumulative histograms as Prometheus reads them', () => {
    const registry = makeRegistry();
    registry.counter('sent_total', 'Sent.').add({ kind: 'a"b\\c\nd' }, 2);
    registry.gauge('open', 'Open.', () => 3);
    registry.gauge('unknown', 'Left out.', () => null);
    const seconds = registry.histogram('took_seconds', 'Took.', [0.1, 1]);
    seconds.observe(0.05);
    seconds.observe(0.5);
    seconds.observe(5);
    expect(registry.text().split('\n')).toEqual([
      '# HELP sent_total Sent.',
      '# TYPE sent_total counter',
      'sent_total{kind="a\\"b\\\\c\\nd"} 2',
      '# HELP open Open.',
      '# TYPE open gauge',
      'open 3',
      '# HELP took_seconds Took.',
      '# TYPE took_seconds histogram',
      'took_seconds_bucket{le="0.1"} 1',
      'took_seconds_bucket{le="1"} 2',
      'took_seconds_bucket{le="+Inf"} 3',
      'took_seconds_sum 5.55',
      'took_seconds_count 3',
      '',
    ]);
  });

  it('[S59] labels that run away are counted as one, and memory stays', () => {
    const registry = makeRegistry();
    const counter = registry.counter('many_total', 'Many.');
    for (let i = 0; i < 5_000; i++) counter.add({ name: String(i) });
    const lines = registry.text().split('\n');
    expect(lines.length).toBeLessThan(2_010);
    expect(lines).toContain('many_total{other="true"} 3000');
  });
});

it('[S68] faults are told by where and class, never by what an error says', () => {
  const faults = countFaults(() => 1_000);
  faults.met('door', new TypeError('ana@escola.example wrote: oi'));
  faults.met('door', new TypeError('again'));
  faults.met('database', Object.assign(new Error('secret'), { code: 'ECONNRESET' }));
  expect(faults.list()).toEqual([
    { where: 'door', kind: 'TypeError', count: 2, lastAt: 1_000 },
    { where: 'database', kind: 'ECONNRESET', count: 1, lastAt: 1_000 },
  ]);
});

describe('the door for monitoring', () => {
  let folder: string;
  let doors: OpenDoors;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'recreio-metrics-'));
    doors = await openDoors();
  });
  afterAll(async () => {
    await doors.close();
    rmSync(folder, { recursive: true });
  });

  it('[S70] asks for the token where there is one, answers one address only, and is not on the people’s port', async () => {
    const tokenFile = join(folder, 'token');
    writeFileSync(tokenFile, 'a-token-of-some-length\nignored\n');
    const door = await metricsDoor({ port: 0, host: '127.0.0.1', tokenFile, text: () => 'up 1\n' });
    try {
      const base = `http://127.0.0.1:${door.port}`;
      const ask = async (path: string, authorization?: string) => {
        const answer = await fetch(`${base}${path}`, { headers: authorization ? { authorization } : {} });
        return [answer.status, await answer.text()];
      };
      expect(await ask('/metrics')).toEqual([401, '']);
      expect(await ask('/metrics', 'Bearer a-token-of-some-lengtH')).toEqual([401, '']);
      expect(await ask('/metrics', 'Bearer a-token-of-some-length')).toEqual([200, 'up 1\n']);
      expect(await ask('/', 'Bearer a-token-of-some-length')).toEqual([404, '']);
    } finally {
      await door.close();
    }
    expect((await fetch(`${doors.base}/metrics`)).status).toBe(404);
  });

  it('[S70] refuses a token that could be guessed', async () => {
    const tokenFile = join(folder, 'short');
    writeFileSync(tokenFile, 'short\n');
    await expect(metricsDoor({ port: 0, host: '127.0.0.1', tokenFile, text: () => '' })).rejects.toThrow(
      /at least 16 characters/u,
    );
  });

  it('[R121] an administrator sees how the installation is; nobody else does', async () => {
    const ana = await doors.student('Ana');
    const refused = await overHttp(doors.base, ana.token, health.get, {});
    expect('refused' in refused && refused.refused.code).toBe('not-allowed');
    await overHttp(doors.base, ana.token, messages.page, { room: ana.account });
    const outcome = await overHttp(doors.base, doors.administrator.token, health.get, {});
    if ('refused' in outcome) throw new Error(outcome.refused.code);
    expect(outcome.done).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/u),
      protocol: 1,
      database: { kind: 'server', version: expect.stringMatching(/^\d+/u), waiting: 0 },
      disk: null,
      bus: { kind: 'notify', up: true },
      sockets: 2,
    });
    expect(JSON.stringify(outcome.done)).not.toContain('escola.example');
  });
});
