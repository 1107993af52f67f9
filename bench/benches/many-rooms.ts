/** Many rooms (P3): a hundred small rooms that all talk at once; every message is stored before it is delivered. */
import { short } from '../stage/figures.ts';
import { asServing, storingWs, type Peer, type Serving } from '../stage/peers.ts';
import { bound, type Bench, profiling, type Running, type Table, times } from '../stage/report.ts';
import { openSchool } from '../stage/school.ts';
import { deliveryMs, generatorNotes, over, resources, seat, takeTurns, type Talking } from '../stage/talk.ts';
import { membersOf } from './fan-out.ts';

const BODY_BYTES = 100;

const measure = async (running: Running): Promise<Table[]> => {
  const [rooms, members, inFlight] = running.isTiny ? [3, 4, 2] : [100, 10, 4];
  running.say(`Setting up ${rooms} rooms of ${members}`);
  const school = await openSchool(Array.from({ length: rooms }, () => members));
  const servers: Serving[] = [];
  const talking: Talking[] = [];
  const peers: Peer[] = running.isAlone ? [] : [storingWs(school.database)];
  try {
    const server = await school.serve(profiling(running));
    servers.push(asServing(server, school.database));
    const cast = {
      rooms: school.rooms.map(({ id }) => id),
      clients: membersOf(school.rooms, inFlight),
      bodyBytes: BODY_BYTES,
    };
    for (const peer of peers) servers.push(await peer.start(running.folder));
    for (const [nth, serving] of servers.entries())
      talking.push(await seat(nth === 0 ? 'Recreio' : (peers[nth - 1]?.name ?? ''), serving, cast, running));
    for (const { load } of talking) load.closed(0);
    await takeTurns(talking, running, [2_000, 5_000]);
  } finally {
    for (const { load } of talking) await load.stop();
    for (const server of servers) await server.stop();
    await school.close();
  }
  const rows = talking.map((one) => ({
    system: one.system,
    figure: over(one, (r) => (r.groups[0]?.deliveries ?? 0) / r.seconds / members),
    more: {
      'per CPU second': short(over(one, (r) => (r.groups[0]?.deliveries ?? 0) / members / r.serverCpuSeconds).median),
      'p50 ms': short(deliveryMs(one, 0, 'p50')),
      'p99 ms': short(deliveryMs(one, 0, 'p99')),
      ...resources(one),
    },
  }));
  return [
    {
      title: `Many rooms, ${rooms} × ${members}, stored before delivery`,
      what: `${inFlight} members of each room speak, each its next message when its last has come back; bodies of ${BODY_BYTES} bytes; a message in is ${members} deliveries out.`,
      unit: 'messages/s in',
      isMoreBetter: true,
      rows,
      goals: [
        times('P3: ≥ 5.5 × one transaction a message', rows[0], rows[1], 5.5),
        bound('P3: ≥ 15,000 messages/s', rows[0]?.figure.median ?? null, (value) => value >= 15_000),
      ],
      notes: generatorNotes(talking),
    },
  ];
};

/** P3. */
export const manyRooms: Bench = { name: 'many-rooms', about: '100 rooms × 10, stored before delivery', run: measure };
