/** Fan-out (P1, P2): everything that is said in one large room reaches everybody in it. */
import { short } from '../stage/figures.ts';
import { type LoadClient } from '../stage/load.ts';
import {
  asServing,
  bun,
  coalescedC,
  eachC,
  naiveWs,
  nats,
  NOT_HERE,
  type Peer,
  present,
  type Serving,
  socketIo,
} from '../stage/peers.ts';
import { type Bench, bound, type Goal, profiling, type Row, type Running, type Table, times } from '../stage/report.ts';
import { type Classroom, openSchool } from '../stage/school.ts';
import { deliveriesRow, deliveryMs, generatorNotes, seat, takeTurns, type Talking } from '../stage/talk.ts';

const BODY_BYTES = 100;
const PEERS: readonly Peer[] = [naiveWs, socketIo, bun, nats, coalescedC, eachC];

interface Size {
  readonly receivers: number;
  /** Members who speak, one message on its way each. */
  readonly inFlight: number;
  /** Members of a small room that talks beside the large one; 0: there is none. */
  readonly beside: number;
}

/** Messages a second in the small room. */
const BESIDE_PER_SECOND = 50;

/** Speakers spread evenly over the room, so that none profits from being served first. */
export const membersOf = (rooms: readonly Classroom[], inFlight: number): LoadClient[] =>
  rooms.flatMap(({ pupils }, room) => {
    const every = Math.max(1, Math.floor(pupils.length / inFlight));
    return pupils.map(({ token }, nth) => ({
      group: 0,
      room,
      isSender: nth % every === 0 && nth / every < inFlight,
      credential: token,
    }));
  });

const find = (rows: readonly Row[], peer: Peer): Row | undefined => rows.find(({ system }) => system === peer.name);

const measure = async (
  size: Size,
  running: Running,
  goals: (rows: readonly Row[], besideMs: number | null) => Goal[],
): Promise<Table> => {
  const receivers = running.isTiny ? 20 : size.receivers;
  const inFlight = running.isTiny ? 4 : size.inFlight;
  const { beside } = size;
  running.say(`Setting up a room of ${receivers}${beside > 0 ? `, and one of ${beside}` : ''}`);
  const school = await openSchool(beside > 0 ? [receivers, beside] : [receivers]);
  const { here: peers, notes: missing } = running.isAlone ? { here: [], notes: [] } : present(PEERS);
  const servers: Serving[] = [];
  const talking: Talking[] = [];
  try {
    const server = await school.serve(profiling(running));
    servers.push(asServing(server, school.database));
    const cast = {
      rooms: school.rooms.map(({ id }) => id),
      clients: [
        ...membersOf(school.rooms.slice(0, 1), inFlight),
        ...membersOf(school.rooms.slice(1), beside).map((member) => ({ ...member, group: 1, room: 1 })),
      ],
      bodyBytes: BODY_BYTES,
    };
    for (const peer of peers) servers.push(await peer.start(running.folder));
    for (const [nth, serving] of servers.entries())
      talking.push(await seat(nth === 0 ? 'Recreio' : (peers[nth - 1]?.name ?? ''), serving, cast, running));
    for (const { load } of talking) {
      load.closed(0);
      load.open(1, BESIDE_PER_SECOND);
    }
    await takeTurns(talking, running, [1_000, 4_000]);
  } finally {
    for (const { load } of talking) await load.stop();
    for (const server of servers) await server.stop();
    await school.close();
  }
  const rows = talking.map((one) => {
    const row = deliveriesRow(one);
    const p99 = short(deliveryMs(one, 1, 'p99'));
    return beside === 0 ? row : { ...row, more: { 'small room p99 ms': p99, ...row.more } };
  });
  return {
    title: `Fan-out, 1 room × ${receivers}, ${inFlight} messages in flight`,
    what: `${inFlight} members speak, each its next message when its last has come back to it; bodies of ${BODY_BYTES} bytes, events of the same members for all systems. Recreio stores every message before it delivers it; the others store nothing.${beside > 0 ? ` Meanwhile a room of ${beside} says ${BESIDE_PER_SECOND} messages a second.` : ''}`,
    unit: 'deliveries/s',
    isMoreBetter: true,
    rows,
    goals: goals(rows, talking[0] ? deliveryMs(talking[0], 1, 'p99') : null),
    notes: [...generatorNotes(talking), ...missing, ...(running.isAlone ? [] : NOT_HERE)],
  };
};

/** P1 and P2. */
export const fanOut: Bench = {
  name: 'fan-out',
  about: 'one room of 1,000 and one of 5,000',
  run: async (running) => {
    const large = await measure({ receivers: 5_000, inFlight: 8, beside: 10 }, running, (rows, besideMs) => [
      times('P2: ≥ 8 × Socket.IO', rows[0], find(rows, socketIo), 8),
      times('P2: ≥ 0.6 × uWebSockets.js', rows[0], undefined, 0.6),
      bound('P2: p99 of a small room meanwhile ≤ 100 ms', besideMs, (ms) => ms <= 100),
    ]);
    if (running.isTiny) return [large];
    const usual = await measure({ receivers: 1_000, inFlight: 40, beside: 0 }, running, (rows) => [
      times('P1: ≥ 35 × naive ws', rows[0], find(rows, naiveWs), 35),
      times('P1: ≥ 40 × Socket.IO', rows[0], find(rows, socketIo), 40),
      times('P1: ≥ 1.3 × Bun', rows[0], find(rows, bun), 1.3),
      times('P1: ≥ 0.75 × coalesced C', rows[0], find(rows, coalescedC), 0.75),
      times('P1: ≥ 120 × ejabberd', rows[0], undefined, 120),
    ]);
    return [usual, large];
  },
};
