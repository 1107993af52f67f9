/** Idle memory (P5): what a connection costs that is signed in, has its room open, sees who is present, and says nothing. */
import { setTimeout as pause } from 'node:timers/promises';
import { short } from '../stage/figures.ts';
import { usageOf } from '../stage/machine.ts';
import { asServing, bun, naiveWs, nats, type Peer, present, type Serving, socketIo } from '../stage/peers.ts';
import { bound, type Bench, profiling, type Row, type Running, type Table } from '../stage/report.ts';
import { openSchool } from '../stage/school.ts';
import { type Cast, loadFor } from '../stage/talk.ts';
import { membersOf } from './fan-out.ts';

const PEERS: readonly Peer[] = [naiveWs, socketIo, bun, nats];
/** A class. */
const PER_ROOM = 25;
/** Most on their way at once. */
const WIDTH = 200;
/** Memory counts as settled when it has stayed within 1 % for so long; it is waited for half a minute at most. */
const SETTLED_MS = 3_000;
const PATIENCE_MS = 30_000;

const settledRss = async (pid: number, isTiny: boolean): Promise<number> => {
  const deadline = performance.now() + (isTiny ? 0 : PATIENCE_MS);
  let since = performance.now();
  let rss = usageOf(pid).rssBytes;
  while (performance.now() < deadline && performance.now() - since < SETTLED_MS) {
    await pause(250);
    const next = usageOf(pid).rssBytes;
    if (Math.abs(next - rss) > rss / 100) {
      rss = next;
      since = performance.now();
    }
  }
  return usageOf(pid).rssBytes;
};

interface Cost {
  readonly kilobytes: number;
  readonly perCpuSecond: number;
  readonly perSecond: number;
  readonly rssBytes: number;
}

/** The second half of the clients against the first: what a process needs besides, and its first garbage, is no connection's. */
const costOf = async (serving: Serving, cast: Cast, running: Running): Promise<Cost> => {
  const load = loadFor(serving, cast, running);
  try {
    const half = cast.clients.length / 2;
    await load.connect(0, half, WIDTH);
    const first = await settledRss(serving.pid, running.isTiny);
    const before = usageOf(serving.pid);
    const { seconds } = await load.connect(half, 2 * half, WIDTH);
    const after = usageOf(serving.pid);
    const second = await settledRss(serving.pid, running.isTiny);
    return {
      kilobytes: (second - first) / 1024 / half,
      perCpuSecond: half / (after.cpuSeconds - before.cpuSeconds),
      perSecond: half / seconds,
      rssBytes: second,
    };
  } finally {
    await load.stop();
  }
};

const rowOf = (system: string, cost: Cost): Row => ({
  system,
  figure: { median: cost.kilobytes, min: cost.kilobytes, max: cost.kilobytes },
  more: {
    'connects per CPU second': short(cost.perCpuSecond),
    'connects/s': short(cost.perSecond),
    'RSS with all': `${short(cost.rssBytes / 2 ** 20)} MiB`,
  },
});

const measure = async (running: Running): Promise<Table[]> => {
  const rooms = running.isTiny ? 2 : 240;
  const clients = rooms * PER_ROOM;
  running.say(`Setting up ${rooms} rooms of ${PER_ROOM}`);
  const { here, notes } = running.isAlone ? { here: [], notes: [] } : present(PEERS);
  const school = await openSchool(Array.from({ length: rooms }, () => PER_ROOM));
  const rows: Row[] = [];
  let ours: Cost | null = null;
  let bare: Cost | null = null;
  try {
    const cast: Cast = { rooms: school.rooms.map(({ id }) => id), clients: membersOf(school.rooms, 0), bodyBytes: 100 };
    const server = await school.serve(profiling(running));
    try {
      ours = await costOf(asServing(server, school.database), cast, running);
    } finally {
      await server.stop();
    }
    rows.push(rowOf('Recreio', ours));
    for (const peer of here) {
      running.say(`  ${peer.name}`);
      const serving = await peer.start(running.folder);
      try {
        const cost = await costOf(serving, cast, running);
        if (peer === naiveWs) bare = cost;
        rows.push(rowOf(peer.name, cost));
      } finally {
        await serving.stop();
      }
    }
  } finally {
    await school.close();
  }
  return [
    {
      title: `Idle connections, ${clients}`,
      what: `${rooms} rooms of ${PER_ROOM}. Memory: what the second ${clients / 2} connections add to the process's RSS when it has settled; the kernel's some 5 KB a connection come on top for everybody. Recreio's connections are signed in, have their room open and see who is present; the others' are only open.`,
      unit: 'KB a connection',
      isMoreBetter: false,
      rows,
      goals: [
        bound('P5: ≤ 12 KB RSS', ours.kilobytes, (value) => value <= 12),
        bound('P5: ≤ 4 KB above a bare ws', bare && ours.kilobytes - bare.kilobytes, (value) => value <= 4),
        bound('P5: ≥ 2,500 connect + sign-in + subscribe per CPU second', ours.perCpuSecond, (value) => value >= 2_500),
      ],
      notes: [
        'One run: memory given back to nobody does not shrink, so a second run in the same process would measure the first.',
        ...notes,
      ],
    },
  ];
};

/** P5, first half. */
export const idle: Bench = {
  name: 'idle',
  about: 'memory of an idle connection, and what connecting costs',
  run: measure,
};
