/** Fan-out (P1, P2): everything that is said in one large room reaches everybody in it. */
import { type LoadClient } from '../stage/load.ts';
import { coalescedC, eachC, naiveWs, type Peer, type Serving } from '../stage/peers.ts';
import { type Bench, type Goal, profiling, type Row, type Running, type Table, times } from '../stage/report.ts';
import { type Classroom, openSchool } from '../stage/school.ts';
import { deliveriesRow, generatorNotes, seat, takeTurns, type Talking } from '../stage/talk.ts';

const BODY_BYTES = 100;

interface Size {
  readonly receivers: number;
  /** Members who speak, one message on its way each. */
  readonly inFlight: number;
}

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

const measure = async (size: Size, running: Running, goals: (rows: readonly Row[]) => Goal[]): Promise<Table> => {
  const receivers = running.isTiny ? 20 : size.receivers;
  const inFlight = running.isTiny ? 4 : size.inFlight;
  running.say(`Setting up a room of ${receivers}`);
  const school = await openSchool([receivers]);
  const servers: Serving[] = [];
  const talking: Talking[] = [];
  try {
    const server = await school.serve(profiling(running));
    servers.push({ way: 'recreio', port: server.port, pid: server.pid, stop: () => server.stop() });
    const cast = {
      rooms: school.rooms.map(({ id }) => id),
      clients: membersOf(school.rooms, inFlight),
      bodyBytes: BODY_BYTES,
    };
    const peers = running.isAlone ? [] : [naiveWs, coalescedC, eachC];
    for (const peer of peers) servers.push(await peer.start(running.folder));
    for (const [nth, serving] of servers.entries())
      talking.push(await seat(nth === 0 ? 'Recreio' : (peers[nth - 1]?.name ?? ''), serving, cast, running));
    for (const { load } of talking) load.closed(0);
    await takeTurns(talking, running, [1_000, 4_000]);
  } finally {
    for (const { load } of talking) await load.stop();
    for (const server of servers) await server.stop();
    await school.close();
  }
  const rows = talking.map((one) => deliveriesRow(one));
  return {
    title: `Fan-out, 1 room × ${receivers}, ${inFlight} messages in flight`,
    what: `${inFlight} members speak, each its next message when its last has come back to it; bodies of ${BODY_BYTES} bytes, events of the same members for all systems. Recreio stores every message before it delivers it; the others store nothing.`,
    unit: 'deliveries/s',
    isMoreBetter: true,
    rows,
    goals: goals(rows),
    notes: generatorNotes(talking),
  };
};

/** P1 and P2. */
export const fanOut: Bench = {
  name: 'fan-out',
  about: 'one room of 1,000 and one of 5,000',
  run: async (running) => [
    await measure({ receivers: 1_000, inFlight: 40 }, running, (rows) => [
      times('P1: ≥ 35 × naive ws', rows[0], find(rows, naiveWs), 35),
      times('P1: ≥ 0.75 × coalesced C', rows[0], find(rows, coalescedC), 0.75),
    ]),
    await measure({ receivers: 5_000, inFlight: 8 }, running, () => []),
  ],
};
