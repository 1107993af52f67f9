import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { makeRoom } from '../../bench/peers/event.ts';
import { chart } from '../../bench/stage/chart.ts';
import { quantile, short, spreadOf } from '../../bench/stage/figures.ts';
import { compile, hasCompiler, startLoad } from '../../bench/stage/load.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

describe('figures', () => {
  it('[house] a spread has the median between the worst and the best, of odd and even numbers of runs', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
    expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, min: 1, max: 4 });
    expect(quantile([5, 1, 4, 2, 3], 0.99)).toBe(5);
  });

  it('[house] figures are said with three digits', () => {
    expect([0.123, 12.34, 999, 9_994, 68_000, 3_290_000].map(short)).toEqual([
      '0.12',
      '12.3',
      '999',
      '9994',
      '68.0 k',
      '3.29 M',
    ]);
  });

  it('[house] a chart draws twice as long what is twice as much, and says all of it to who cannot see it', () => {
    const row = (system: string, value: number) => ({ system, figure: spreadOf([value]), more: {} });
    const svg = chart({
      title: 'One & all',
      what: '',
      unit: 'per second',
      isMoreBetter: true,
      rows: [row('Recreio', 2_000), row('<other>', 1_000)],
      goals: [],
      notes: [],
    });
    const [ours, theirs] = [...svg.matchAll(/class="(?:ours|theirs)"[^>]* width="(\d+)"/gu)].map(([, width]) =>
      Number(width),
    );
    expect(ours).toBeGreaterThan(100);
    expect(Number(ours) / Number(theirs)).toBeCloseTo(2, 1);
    expect(svg).toContain('aria-label="One &amp; all, per second: Recreio 2000; &lt;other&gt; 1000"');
  });
});

/** What a faulty server does with the tenth message, for one member of the room. */
type Fault = 'none' | 'loses' | 'doubles' | 'swaps' | 'renumbers';

/** A small broadcast with a fault; each client of it is in one room. */
const faultyServer = async (fault: Fault) => {
  const wss = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((resolve) => wss.once('listening', resolve));
  const members: WebSocket[] = [];
  const room = makeRoom();
  let said = 0;
  let kept: string | null = null;
  wss.on('connection', (socket) => {
    members.push(socket);
    socket.on('message', (data) => {
      said += 1;
      const event = room.eventOf(JSON.parse(String(data)));
      const json = JSON.stringify(event);
      for (const [nth, member] of members.entries()) {
        // Not the speaker, so that the talk goes on
        const isVictim = nth === members.length - 1;
        if (!isVictim || fault === 'none' || said < 10) member.send(json);
        else if (fault === 'loses') {
          if (said > 10) member.send(json);
        } else if (fault === 'doubles') {
          member.send(json);
          member.send(json);
        } else if (fault === 'renumbers') {
          member.send(json.replace(/"seq":(\d+)/u, (_, seq: string) => `"seq":${Number(seq) + 1}`));
        } else if (kept === null) kept = json;
        else {
          member.send(json);
          member.send(kept);
          kept = null;
        }
      }
    });
  });
  return { port: (wss.address() as AddressInfo).port, close: () => wss.close() };
};

describe('the load generator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recreio-bench-test-'));
  let program = '';
  beforeAll(() => {
    if (hasCompiler()) program = compile('load', folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const talkTo = async (fault: Fault) => {
    const server = await faultyServer(fault);
    const load = startLoad(program, {
      way: 'plain',
      port: server.port,
      serverPid: process.pid,
      bodyBytes: 60,
      rooms: ['0'],
      clients: [true, false, false].map((isSender) => ({ group: 0, room: 0, isSender, credential: '-' })),
      folder,
    });
    try {
      // One after the other: the last to come is the victim
      for (const nth of [0, 1, 2]) await load.connect(nth, nth + 1, 1);
      load.closed(0);
      return await load.run(50, 150);
    } finally {
      await load.stop();
      server.close();
    }
  };

  it.runIf(hasCompiler())('[house] counts every delivery of an honest server', async () => {
    const { groups } = await talkTo('none');
    expect(groups[0]?.deliveries).toBeGreaterThan(30);
    expect(groups[0]?.delivery.p50).toBeGreaterThan(0);
  });

  it.runIf(hasCompiler()).each(['loses', 'doubles', 'swaps', 'renumbers'] as const)(
    '[house] gives no figure of a server that %s a delivery',
    async (fault) => {
      await expect(talkTo(fault)).rejects.toThrow(
        /violations, the first: client 2: (a seq that does not follow|a message lost)/u,
      );
    },
  );
});

describe('npm run bench', () => {
  const bench = (args: readonly string[]) =>
    run(process.execPath, ['bench/bench.ts', ...args], { cwd: root, maxBuffer: 2 ** 24 });

  it('[house] names the benches there are to who asks for another', () => {
    const { status, stderr } = spawnSync(process.execPath, ['bench/bench.ts', 'quick'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr).toContain('there is no quick');
    expect(stderr).toMatch(/fan-out[\s\S]*sends[\s\S]*history/u);
  });

  it('[house] says what it lacks where there is no C compiler', () => {
    const bare = mkdtempSync(join(tmpdir(), 'recreio-bench-path-'));
    symlinkSync('/bin/sh', join(bare, 'sh'));
    const env = { ...process.env, PATH: bare };
    const { status, stderr } = spawnSync(process.execPath, ['bench/bench.ts', '--tiny'], {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    rmSync(bare, { recursive: true });
    expect(status).toBe(2);
    expect(stderr).toContain('there is no C compiler');
  });

  it
    .runIf(hasCompiler())
    .each(['fan-out', 'many-rooms', 'sends', 'idle', 'reconnect', 'deaf', 'history', 'start', 'web'])(
    '[house] %s runs through, in small',
    async (name) => {
      const { stdout } = await bench([name, '--tiny', '--json']);
      const [result] = JSON.parse(stdout) as {
        bench: string;
        tables: { rows: { system: string; figure: { median: number } }[] }[];
      }[];
      expect(result?.bench).toBe(name);
      const rows = result?.tables.flatMap((table) => table.rows) ?? [];
      expect(rows.map(({ system }) => system)[0]).toMatch(/^Recreio/u);
      expect(rows.length).toBeGreaterThanOrEqual(2);
      expect(rows.filter(({ figure }) => !Number.isFinite(figure.median))).toEqual([]);
    },
    120_000,
  );
});
