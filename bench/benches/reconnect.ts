/** Mass reconnect (P5): everybody is cut at once and comes back at once, with cursors; something was said meanwhile. */
import { short, spreadOf } from '../stage/figures.ts';
import type { Connected } from '../stage/load.ts';
import { done } from '../../tests/raw/person.ts';
import { uuidv7 } from '../../tests/raw/uuid.ts';
import { usageOf } from '../stage/machine.ts';
import { asServing, naiveWs, type Serving } from '../stage/peers.ts';
import { bound, type Bench, profiling, type Row, type Running, type Table } from '../stage/report.ts';
import { openSchool } from '../stage/school.ts';
import { type Cast, loadFor } from '../stage/talk.ts';
import { membersOf } from './fan-out.ts';

const PER_ROOM = 25;
const CLIENTS = 10_000;
/** Descriptors that a process needs besides its sockets. */
const OTHER_FILES = 500;

/** How many clients the system's limit of open files lets one process have. */
const affordable = (): number => {
  const limit = process.report.getReport() as { userLimits?: { open_files?: { soft: number | 'unlimited' } } };
  const soft = limit.userLimits?.open_files?.soft ?? 1024;
  return soft === 'unlimited' ? CLIENTS : Math.min(CLIENTS, Math.floor((soft - OTHER_FILES) / PER_ROOM) * PER_ROOM);
};

interface Return {
  readonly connected: Connected;
  readonly cpuSeconds: number;
}

/** Connects everybody, then cuts and brings back, so often. What is open afterwards is proven by talking. */
const comeBack = async (
  serving: Serving,
  cast: Cast,
  running: Running,
  between: () => Promise<void>,
): Promise<Return[]> => {
  const load = loadFor(serving, cast, running);
  const all = cast.clients.length;
  const returns: Return[] = [];
  try {
    await load.connect(0, all, 200);
    load.closed(0);
    for (let nth = 0; nth < Math.min(running.runs, 3); nth += 1) {
      await load.cut(0, all);
      await between();
      const before = usageOf(serving.pid);
      const connected = await load.connect(0, all, all);
      returns.push({ connected, cpuSeconds: usageOf(serving.pid).cpuSeconds - before.cpuSeconds });
      running.say(`  all ${all} back in ${short(connected.seconds)} s, ${connected.retries} times sent away first`);
      await load.run(200, 500);
    }
  } finally {
    await load.stop();
  }
  return returns;
};

const rowOf = (system: string, returns: readonly Return[]): Row => ({
  system,
  figure: spreadOf(returns.map(({ connected }) => connected.seconds)),
  more: {
    'p50 ms': short(spreadOf(returns.map(({ connected }) => connected.took.p50)).median),
    'p99 ms': short(spreadOf(returns.map(({ connected }) => connected.took.p99)).median),
    'sent away first': short(spreadOf(returns.map(({ connected }) => connected.retries)).median),
    'per CPU second': short(spreadOf(returns.map((one) => one.connected.clients / one.cpuSeconds)).median),
  },
});

const measure = async (running: Running): Promise<Table[]> => {
  const clients = running.isTiny ? 2 * PER_ROOM : affordable();
  const rooms = clients / PER_ROOM;
  running.say(`Setting up ${rooms} rooms of ${PER_ROOM}`);
  const school = await openSchool(Array.from({ length: rooms }, () => PER_ROOM));
  const rows: Row[] = [];
  try {
    const cast: Cast = { rooms: school.rooms.map(({ id }) => id), clients: membersOf(school.rooms, 1), bodyBytes: 100 };
    const server = await school.serve(profiling(running));
    const serving = asServing(server, school.database);
    const sayInEach = async (): Promise<void> => {
      for (const { id, pupils } of school.rooms) {
        const [first] = pupils;
        if (!first) throw new Error('a room has somebody in it');
        await done(server.url, first, 'messages.send', { room: id, clientId: uuidv7(), body: 'Até já!' });
      }
    };
    try {
      rows.push(rowOf('Recreio', await comeBack(serving, cast, running, sayInEach)));
    } finally {
      await server.stop();
    }
    if (!running.isAlone) {
      running.say(`  ${naiveWs.name}`);
      const bare = await naiveWs.start(running.folder);
      try {
        rows.push(rowOf('ws, nobody signs in', await comeBack(bare, cast, running, async () => undefined)));
      } finally {
        await bare.stop();
      }
    }
  } finally {
    await school.close();
  }
  return [
    {
      title: `Mass reconnect, ${clients} clients at once`,
      what: `All are cut without a goodbye; one message is said in each of the ${rooms} rooms; then all knock in the same moment. Back is who is upgraded, signed in, welcomed, and has the room open at the old cursor; a contiguous stream is proven by talking afterwards. Who is sent away with Retry-After comes again after that time.`,
      unit: 'seconds until the last is back',
      isMoreBetter: false,
      rows,
      goals: [
        bound(
          `P5: ${CLIENTS} clients back within 10 s, nobody refused for good`,
          rows[0]?.figure.median ?? null,
          (s) => s <= 10,
        ),
      ],
      notes:
        clients < CLIENTS && !running.isTiny
          ? [`Only ${clients} clients: the limit of open files allows no more.`]
          : [],
    },
  ];
};

/** P5, second half. */
export const reconnect: Bench = { name: 'reconnect', about: '10,000 clients that all reconnect at once', run: measure };
