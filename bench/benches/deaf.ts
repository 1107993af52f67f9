/** Readers who never read (contract D22): half of a large room takes nothing from its connections, and nobody else is to feel it. */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { DEFAULT_LIMITS } from '@recreio/protocol';
import { short, spreadOf } from '../stage/figures.ts';
import type { LoadClient, RunResult, Woken } from '../stage/load.ts';
import { usageOf } from '../stage/machine.ts';
import { asServing } from '../stage/peers.ts';
import { bound, type Bench, profiling, type Row, type Running, type Table } from '../stage/report.ts';
import { openSchool, type School } from '../stage/school.ts';
import { loadFor } from '../stage/talk.ts';
import { membersOf } from './fan-out.ts';

const BODY_BYTES = 200;
const PER_SECOND = 50;
const SPEAKERS = 10;
/** Most on their way at once while connecting. */
const WIDTH = 200;

/** Within so long after what waits for it is full such a connection is closed. */
const CLOSED_MS = 10_000;
/** The kernel takes no more after some 13 s at this rate; a busy machine is given longer. */
const HELD_MS = 25_000;
/** The others alone are measured so long. */
const ALONE_MS = 30_000;
/** The kernel's buffers are full when they have not grown for so long. */
const STILL_MS = 3_000;
/** They are woken so long before that time is over: what they tell then is about less than that. */
const EARLY_MS = 500;
/** At the worst, with everything that is said in one frame a second, it is the bytes that fill it. */
const FILLING_MS = (DEFAULT_LIMITS.outboundBytes / (PER_SECOND * 2 * BODY_BYTES)) * 1000;
/** So often the server's memory is looked at. */
const LOOK_MS = 250;

/** Bytes that the kernel holds for the connections of a port and could not hand on (`tx_queue`, proc_net_tcp(5)). */
const heldBytes = (port: number): number => {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/u))
    .filter(([, address]) => address?.endsWith(local))
    .reduce((sum, [, , , , queues]) => sum + Number.parseInt(queues?.split(':')[0] ?? '0', 16), 0);
};

/** The least that a kernel holds for one of them before it takes no more (the middle of `tcp_wmem`, tcp(7)). */
const LEAST_HELD = 16 * 1024;

/** Resolves when the kernel takes no more for those who do not read: from here on what they miss waits in the server. */
const heldIsFull = async (port: number, count: number): Promise<void> => {
  let most = 0;
  let stillSinceMs = performance.now();
  while (most < count * LEAST_HELD || performance.now() - stillSinceMs < STILL_MS) {
    await pause(100);
    const held = heldBytes(port);
    if (held <= most * 1.01) continue;
    most = held;
    stillSinceMs = performance.now();
  }
};

/** One run of the room, on a server of its own. `rssBytes`: the most that was seen while there was talk. */
interface Told {
  readonly result: RunResult;
  readonly rssBytes: number;
  readonly woken: Woken | null;
}

/** The most memory of a process, until it is asked. */
const watchRss = (pid: number): (() => number) => {
  let most = 0;
  const look = () => void (most = Math.max(most, usageOf(pid).rssBytes));
  const timer = setInterval(look, LOOK_MS);
  return () => {
    look();
    clearInterval(timer);
    return most;
  };
};

const tell = async (
  school: School,
  clients: readonly LoadClient[],
  deafFrom: number,
  { isTiny, ...running }: Running,
): Promise<Told> => {
  const server = await school.serve(profiling({ isTiny, ...running }));
  const cast = { rooms: school.rooms.map(({ id }) => id), clients, bodyBytes: BODY_BYTES };
  const load = loadFor(asServing(server, school.database), cast, { isTiny, ...running });
  const count = clients.length - deafFrom;
  try {
    await load.connect(0, clients.length, WIDTH);
    load.open(0, PER_SECOND);
    const talkMs = count > 0 ? HELD_MS + STILL_MS + FILLING_MS + CLOSED_MS : ALONE_MS;
    const mostRss = watchRss(server.pid);
    const run = load.run(isTiny ? 50 : 1_000, isTiny ? 300 : talkMs);
    let woken: Woken | null = null;
    if (count > 0) {
      if (!isTiny) await heldIsFull(server.port, count);
      const { outboundFrames: frames, outboundBytes: bytes } = DEFAULT_LIMITS;
      const afterMs = isTiny ? 0 : CLOSED_MS - EARLY_MS;
      woken = await load.wake(deafFrom, clients.length, { frames, bytes, sinceMs: STILL_MS, afterMs });
    }
    const result = await run;
    return { result, rssBytes: mostRss(), woken };
  } finally {
    await load.stop();
    await server.stop();
  }
};

const rssMiB = ({ rssBytes }: Told): number => rssBytes / 2 ** 20;

const rowOf = (system: string, told: readonly Told[]): Row => {
  const over = (value: (one: RunResult) => number) => spreadOf(told.map(({ result }) => value(result)));
  const rss = spreadOf(told.map(rssMiB)).median;
  return {
    system,
    figure: over(({ groups }) => groups[0]?.delivery.p99 ?? Number.NaN),
    more: {
      'p50 ms': short(over(({ groups }) => groups[0]?.delivery.p50 ?? Number.NaN).median),
      'deliveries/s': short(over(({ groups, seconds }) => (groups[0]?.deliveries ?? 0) / seconds).median),
      'server RSS at most': `${short(rss)} MiB`,
      'server CPU': `${Math.round(100 * over(({ serverCpuSeconds, seconds }) => serverCpuSeconds / seconds).median)} %`,
    },
  };
};

const measure = async (running: Running): Promise<Table[]> => {
  const members = running.isTiny ? 20 : 1_000;
  const others = members / 2;
  running.say(`Setting up a room of ${members}`);
  const school = await openSchool([members]);
  const without: Told[] = [];
  const withThem: Told[] = [];
  try {
    // The speakers are among those who read
    const pupils = membersOf(school.rooms, 0).map((client, nth) => ({
      ...client,
      isSender: nth < Math.min(SPEAKERS, others),
      isDeaf: nth >= others,
    }));
    for (let nth = 1; nth <= running.runs; nth += 1) {
      running.say(`  run ${nth} of ${running.runs}, without them`);
      without.push(await tell(school, pupils.slice(0, others), others, running));
      running.say(`  run ${nth} of ${running.runs}, with ${others} who never read`);
      withThem.push(await tell(school, pupils, others, running));
    }
  } finally {
    await school.close();
  }
  const rows = [rowOf(`Recreio, ${others} of ${members} never read`, withThem), rowOf('the others alone', without)];
  const woken = withThem.flatMap((one) => one.woken ?? []);
  const closed = woken.reduce((sum, { slow }) => sum + slow, 0);
  const latestMs = closed === 0 ? null : Math.max(...woken.map(({ mostMs }) => mostMs));
  const aboveMiB = spreadOf(withThem.map((one, nth) => rssMiB(one) - rssMiB(without[nth] ?? one))).median;
  const ratio = (rows[0]?.figure.median ?? Number.NaN) / (rows[1]?.figure.median ?? Number.NaN);
  return [
    {
      title: `Readers who never read, ${others} in a room of ${members}`,
      what: `${PER_SECOND} messages a second of ${BODY_BYTES} bytes; p99 of the ${others} who read, from the moment a message was meant to leave, while ${others} others are connected, have the room open and take nothing, against the same without these.`,
      unit: 'p99 ms',
      isMoreBetter: false,
      rows,
      goals: [
        bound('D22: all of them closed with 4008', closed / (others * running.runs), (share) => share === 1),
        bound(
          'D22: closed so many seconds after their buffer was full, ≤ 10',
          latestMs && latestMs / 1000,
          (s) => s <= 10,
        ),
        bound(`RSS above the run without them in MiB, ≤ 64 + ${others}`, aboveMiB, (mib) => mib <= 64 + others),
        bound('p99 of the others over that without them, ≤ 2', ratio, (times) => times <= 2),
      ],
      notes: [
        ...woken.map(({ open, other }) => `Still open when woken: ${open}; ended in another way: ${other}.`),
        `What waits for one of them is full with ${DEFAULT_LIMITS.outboundFrames} frames or ${DEFAULT_LIMITS.outboundBytes / 2 ** 20} MiB after the kernel takes no more: counted by what the first of the others was sent meanwhile. They were woken ${(CLOSED_MS - EARLY_MS) / 1000} s later, read what the kernel still had, and then the close: it took no longer than the figure says.`,
        'Their sockets have segments of 1,460 bytes and a receive buffer of 16 KiB, as over a network; with what loopback does by itself the two kernels hold some megabytes for each, and it takes minutes until the server is asked for anything.',
        'Each run has a server of its own.',
      ],
    },
  ];
};

/** Issue 3, "Shown by" 5. */
export const deaf: Bench = { name: 'deaf', about: '500 of 1,000 in a room who never read', run: measure };
