/** One story from beginning to end: played by chance, with faults, then quiet, then read by everybody. */
import type { Proxy } from '../process/proxy.ts';
import type { WireEvent } from '../raw/wire.ts';
import { Company } from './company.ts';
import { Device } from './device.ts';
import { type Due, type FaultCount, type FaultPlan, Faults, faultsOf } from './faults.ts';
import { sleep, visit } from './guests.ts';
import type { History } from './history.ts';
import { insist } from './insist.ts';
import { play, type Score } from './play.ts';
import { becomeQuiet, readAll } from './quiet.ts';
import { randomOf } from './random.ts';
import { Recorder } from './recorder.ts';
import { openLoudRoom, openRooms, type Stage } from './stage.ts';

/** How long a story is, and what is in it. */
export interface Plot {
  readonly seed: number;
  readonly rooms: number;
  readonly operations: number;
  /** People who sign in on a second device, and are signed out there. */
  readonly visits: number;
  /** People who stop reading on a second device while their room is loud. */
  readonly sleepers: number;
  readonly faults: FaultPlan;
  /** What is kept of it when it is told again for its shortest form; left out: everything. */
  readonly kept?: Kept;
}

/** What is left of a story: students and faults by their numbers in the whole of it. */
export interface Kept {
  readonly students: readonly number[];
  readonly faults: readonly number[];
}

/** A told story. */
export interface Told {
  readonly history: History;
  readonly operations: number;
  readonly repeats: number;
  readonly resumes: number;
  readonly faults: FaultCount;
  /** What the wires to the database did to commits, and how often they lied about notifications. */
  readonly commitsHurt: number;
  readonly busLies: number;
}

/** The faults of a plot, in order. */
export const faultsIn = ({ seed, faults, kept }: Plot): Due[] =>
  faultsOf(faults, randomOf(seed).fork('faults')).filter(({ nth }) => !kept || kept.faults.includes(nth));

/** Tells a story on a stage. */
export async function tell(stage: Stage, plot: Plot, say: (line: string) => void = () => undefined): Promise<Told> {
  const random = randomOf(plot.seed);
  const recorder = new Recorder(stage.students.map(({ account }) => account));
  const rooms = await openRooms(stage, recorder, plot.rooms);
  const loud = plot.sleepers > 0 ? await openLoudRoom(stage, recorder) : null;
  if (loud) rooms.push(loud);
  const company = new Company(stage, recorder, rooms);
  const witness = { learn: (room: string, event: WireEvent) => company.learn(room, event) };
  const taken: (readonly Proxy[])[] = [];
  // Staff always play: an owner sees the whole of a room, and without that nobody could say that something is missing
  const isKept = (nth: number) =>
    nth < stage.staff.length || !plot.kept || plot.kept.students.includes(nth - stage.staff.length);
  const devices = [...stage.staff, ...stage.students].flatMap((person, nth) => {
    if (!isKept(nth)) return [];
    const wires = stage.takeWires();
    taken.push(wires);
    const mine = rooms.filter((room) => room.owner === person || room.people.includes(person)).map(({ id }) => id);
    const belong = (room: string) => company.belong(device, person, room);
    const own = { wires, recorder, random: random.fork(`device ${nth}`), witness: { ...witness, belong }, rooms: mine };
    const device = new Device(person.name, person, own);
    return [{ person, random: random.fork(`person ${nth}`), device }];
  });
  const hurt = () => hurtOn(stage);
  const before = hurt();
  const faults = new Faults(faultsIn(plot), {
    stage,
    recorder,
    random: random.fork('harm'),
    wires: taken.flat(),
  });
  let visited = 0;
  const guests: Promise<void>[] = [];
  const asleep: Device[] = [];
  const scene = (name: string) => ({ stage, recorder, witness, random: random.fork(name), taken });
  const score: Score = {
    operations: 0,
    repeats: 0,
    total: plot.operations,
    isBehind: () => faults.isBehind,
    played: () => {
      const share = score.operations / score.total;
      faults.advance(share);
      const guest = devices[(visited * 5 + 4) % devices.length];
      if (visited >= plot.visits || share < (visited + 0.5) / plot.visits || !guest) return;
      visited += 1;
      guests.push(visit(scene(`visit ${visited}`), guest, company, visited));
    },
  };
  const speaker = devices.find(({ person }) => person === loud?.owner)?.device;
  // Before anything else is hurt: a full buffer takes its time, and a connection that breaks meanwhile has none any more
  if (loud && speaker) {
    await insist(async () => {
      if (!(await speaker.connect(false))) throw new Error('not connected yet');
    });
    for (const [nth, person] of loud.people.slice(0, plot.sleepers).entries())
      asleep.push(await sleep(scene(`sleeper ${nth}`), person, loud, speaker));
  }
  const progress = setInterval(() => {
    const open = devices.filter(({ device }) => device.isOpen).length;
    say(
      `  ${score.operations} of ${score.total} operations, ${open} of ${devices.length} connected, ${faults.progress()}`,
    );
  }, 5_000);
  await Promise.all(devices.map(({ device, person, random: own }) => play(device, person, company, own, score)));
  faults.advance(1);
  await Promise.all(guests);
  await faults.rest();
  clearInterval(progress);
  const staying = [...devices.map(({ device }) => device), ...asleep];
  say('  waiting until all is quiet');
  await becomeQuiet(staying, recorder, random.fork('last words'));
  say('  everybody reads everything');
  await readAll(staying, rooms);
  const after = hurt();
  const told = {
    history: recorder.history(),
    operations: score.operations,
    repeats: score.repeats,
    resumes: staying.reduce((sum, { resumes }) => sum + resumes, 0),
    faults: faults.done,
    commitsHurt: after.commits - before.commits,
    busLies: after.lies - before.lies,
  };
  // Written down first: closing at the end is no part of the story
  const connections = recorder.connections.map((connection) => ({ ...connection }));
  await Promise.all(staying.map((device) => device.end()));
  for (const wires of taken) stage.handBack(wires);
  return { ...told, history: { ...told.history, limits: recorder.limits, connections, quiet: recorder.quiet } };
}

/** What the wires to the database have done so far. */
const hurtOn = ({ nodes }: Stage) => {
  const done = nodes.map(({ database }) => database.done);
  return {
    commits: done.reduce(
      (sum, { answersLost, commitsLost, commitsLate }) => sum + answersLost + commitsLost + commitsLate,
      0,
    ),
    lies: done.reduce((sum, { lies }) => sum + lies, 0),
  };
};
