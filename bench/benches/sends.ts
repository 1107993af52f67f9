/** Durable sends (P4): how long until a message is answered, which is when it is stored. An open loop: nobody waits for anybody. */
import { asServing, storingWs, type Peer, type Serving } from '../stage/peers.ts';
import { bound, type Bench, profiling, type Running, type Table } from '../stage/report.ts';
import { openSchool } from '../stage/school.ts';
import { short } from '../stage/figures.ts';
import { generatorNotes, over, resources, seat, takeTurns, type Talking } from '../stage/talk.ts';
import { membersOf } from './fan-out.ts';

const BODY_BYTES = 100;

/** Rates, with the ms that P4 allows for p50 and p99. */
const RATES = [
  { perSecond: 500, p50: 1.5, p99: 8 },
  { perSecond: 3_000, p50: 3, p99: 12 },
] as const;

const tableOf = (talking: readonly Talking[], rate: (typeof RATES)[number], what: string): Table => {
  const ackMs = (one: Talking, of: 'p50' | 'p99' | 'p999') =>
    over(one, ({ groups }) => groups[0]?.ack[of] ?? Number.NaN);
  const [ours] = talking;
  const rows = talking.map((one) => ({
    system: one.system,
    figure: ackMs(one, 'p50'),
    more: {
      'p99 ms': short(ackMs(one, 'p99').median),
      'p99.9 ms': short(ackMs(one, 'p999').median),
      'answers/s': short(over(one, (r) => (r.groups[0]?.answers ?? 0) / r.seconds).median),
      ...resources(one),
    },
  }));
  const p50 = ours ? ackMs(ours, 'p50').median : null;
  const p99 = ours ? ackMs(ours, 'p99').median : null;
  return {
    title: `Answer to a stored message at ${rate.perSecond}/s`,
    what,
    unit: 'p50 ms',
    isMoreBetter: false,
    rows,
    goals: [
      bound(`P4: p50 ≤ ${rate.p50} ms at ${rate.perSecond}/s`, p50, (ms) => ms <= rate.p50),
      bound(`P4: p99 ≤ ${rate.p99} ms at ${rate.perSecond}/s`, p99, (ms) => ms <= rate.p99),
    ],
    notes: generatorNotes(talking),
  };
};

const measure = async (running: Running): Promise<Table[]> => {
  const [rooms, members] = running.isTiny ? [3, 4] : [100, 10];
  running.say(`Setting up ${rooms} rooms of ${members}`);
  const school = await openSchool(Array.from({ length: rooms }, () => members));
  const servers: Serving[] = [];
  const tables: Table[] = [];
  let talking: Talking[] = [];
  try {
    const server = await school.serve(profiling(running));
    servers.push(asServing(server, school.database));
    const cast = {
      rooms: school.rooms.map(({ id }) => id),
      clients: membersOf(school.rooms, members),
      bodyBytes: BODY_BYTES,
    };
    const peers: Peer[] = running.isAlone ? [] : [storingWs(school.database)];
    for (const peer of peers) servers.push(await peer.start(running.folder));
    const seated: Talking[] = [];
    for (const [nth, serving] of servers.entries())
      seated.push(await seat(nth === 0 ? 'Recreio' : (peers[nth - 1]?.name ?? ''), serving, cast, running));
    talking = seated;
    for (const rate of RATES) {
      for (const { load, results } of talking) {
        load.open(0, running.isTiny ? 50 : rate.perSecond);
        results.length = 0;
      }
      await takeTurns(talking, running, [2_000, 6_000]);
      tables.push(
        tableOf(
          talking,
          rate,
          `${rooms} rooms × ${members}, everybody connected with the room open and speaking in turn; bodies of ${BODY_BYTES} bytes; from the moment a message was meant to leave (coordinated omission counts). ${rate.perSecond * members} deliveries a second besides.`,
        ),
      );
    }
  } finally {
    for (const { load } of talking) await load.stop();
    for (const server of servers) await server.stop();
    await school.close();
  }
  return tables;
};

/** P4. */
export const sends: Bench = {
  name: 'sends',
  about: 'the answer to a stored message at 500/s and 3,000/s',
  run: measure,
};
