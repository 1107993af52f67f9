/** One story from beginning to end: played by chance, with faults, then quiet, then read by everybody. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Proxy } from '../process/proxy.ts';
import { signIn } from '../raw/person.ts';
import type { WireEvent } from '../raw/wire.ts';
import { Device } from './device.ts';
import { type FaultCount, type FaultPlan, Faults } from './faults.ts';
import type { History } from './history.ts';
import { play, type Score } from './play.ts';
import { randomOf } from './random.ts';
import { Recorder } from './recorder.ts';
import { openRooms, type PlayedRoom, type Stage } from './stage.ts';

/** How long a story is. */
export interface Plot {
  readonly seed: number;
  readonly rooms: number;
  readonly operations: number;
  /** People who sign in on a second device, and are signed out there. */
  readonly visits: number;
  readonly faults: FaultPlan;
}

/** A told story. */
export interface Told {
  readonly history: History;
  readonly operations: number;
  readonly repeats: number;
  readonly resumes: number;
  readonly faults: FaultCount;
}

/** How long all may take to become quiet and whole after the last fault, in ms: recovery within 10 s (D30), and some. */
const QUIET_MS = 20_000;
/** The newest messages that people of a room talk about. */
const RECENT = 40;

/** Tells a story on a stage. */
export async function tell(stage: Stage, plot: Plot, say: (line: string) => void = () => undefined): Promise<Told> {
  const random = randomOf(plot.seed);
  const recorder = new Recorder();
  const rooms = await openRooms(stage, recorder, plot.rooms);
  const byId = new Map(rooms.map((room) => [room.id, room]));
  const witness = { learn: (room: string, event: WireEvent) => learn(byId.get(room), event) };
  const people = [...stage.staff, ...stage.students];
  const taken: (readonly Proxy[])[] = [];
  const devices = people.map((person, nth) => {
    const wires = stage.takeWires();
    taken.push(wires);
    const mine = rooms.filter((room) => room.owner === person || room.people.includes(person)).map(({ id }) => id);
    return {
      person,
      random: random.fork(`person ${nth}`),
      device: new Device(person.name, person, {
        wires,
        recorder,
        random: random.fork(`device ${nth}`),
        witness,
        rooms: mine,
      }),
    };
  });
  const faults = new Faults(plot.faults, { stage, recorder, random: random.fork('faults'), wires: taken.flat() });
  let visited = 0;
  const visits: Promise<void>[] = [];
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
      visits.push(visit(stage, recorder, guest, rooms, witness, visited, random.fork(`visit ${visited}`)));
    },
  };
  const progress = setInterval(() => {
    const open = devices.filter(({ device }) => device.isOpen).length;
    say(
      `  ${score.operations} of ${score.total} operations, ${open} of ${devices.length} connected, ${faults.progress()}`,
    );
  }, 5_000);
  await Promise.all(devices.map(({ device, person, random: own }) => play(device, person, rooms, own, score)));
  faults.advance(1);
  await Promise.all(visits);
  await faults.rest();
  clearInterval(progress);
  say('  waiting until all is quiet');
  await becomeQuiet(devices.map(({ device }) => device));
  say('  everybody reads everything');
  await readAll(
    devices.map(({ device }) => device),
    rooms,
  );
  const story = {
    history: recorder.history(),
    operations: score.operations,
    repeats: score.repeats,
    resumes: devices.reduce((sum, { device }) => sum + device.resumes, 0),
    faults: faults.done,
  };
  // Written down first: closing at the end is no part of the story
  const connections = recorder.connections.map((connection) => ({ ...connection }));
  await Promise.all(devices.map(({ device }) => device.end()));
  for (const wires of taken) stage.handBack(wires);
  return { ...story, history: { ...story.history, limits: recorder.limits, connections } };
}

function learn(room: PlayedRoom | undefined, { type, actor, data }: WireEvent): void {
  if (!room || actor === undefined) return;
  const message = typeof data.message === 'object' ? data.message : null;
  if (type === 'message.sent' && message && !room.recent.some(({ id }) => id === message.id)) {
    room.recent.push({ id: message.id, author: actor });
    if (room.recent.length > RECENT) room.recent.shift();
  }
}

/** A second device of somebody: it comes, talks, is signed out from the first, and tries again. */
async function visit(
  stage: Stage,
  recorder: Recorder,
  { person, device }: { person: Stage['students'][number]; device: Device },
  rooms: readonly PlayedRoom[],
  witness: { learn(room: string, event: WireEvent): void },
  nth: number,
  random: ReturnType<typeof randomOf>,
): Promise<void> {
  const base = () => stage.nodes[random.below(2)]?.process.url ?? '';
  const session = await insist(() => signIn(base(), person.email, person.password));
  const mine = rooms.filter(({ people }) => people.includes(person));
  const wires = stage.takeWires();
  const second = new Device(
    `${person.name} visit ${nth}`,
    { ...person, ...session },
    { wires, recorder, random, witness, rooms: mine.map(({ id }) => id) },
  );
  await insist(async () => {
    if (!(await second.connect(false))) throw new Error('not connected yet');
  });
  const score: Score = { operations: 0, repeats: 0, total: 15, isBehind: () => false, played: () => undefined };
  await play(second, person, rooms, random, score);
  await insist(async () => {
    const revoked = await device.actOverHttp('accounts.revokeSession', { session: session.session });
    // not-found: an earlier try did it, and its answer was lost
    if (
      revoked.outcome.kind !== 'done' &&
      !(revoked.outcome.kind === 'refused' && revoked.outcome.code === 'not-found')
    )
      throw new Error('not revoked yet');
  });
  second.act('messages.send', {
    room: mine[0]?.id ?? '',
    clientId: crypto.randomUUID().replace(/^(.{14})./, '$17'),
    body: 'depois do fim',
  });
  await second.read('page', mine[0]?.id ?? '', {});
  await pause(5_500); // the window in which its socket may still be told something, and beyond
  second.drop();
  stage.handBack(wires);
}

/** Tries until it works, for half a minute: parts are down on purpose. */
async function insist<T>(work: () => Promise<T>): Promise<T> {
  const lateMs = performance.now() + 30_000;
  while (true) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > lateMs) throw error;
      await pause(100);
    }
  }
}

/** Everybody is connected and stands at the head of each of their rooms, or time is up and the judge will say what is missing. */
async function becomeQuiet(devices: readonly Device[]): Promise<void> {
  const lateMs = performance.now() + QUIET_MS;
  while (performance.now() < lateMs) {
    await Promise.all(devices.map(async (device) => device.isOpen || (await device.connect(false))));
    const heads = new Map<string, number>();
    for (const { places } of devices)
      for (const [room, { seq }] of places) heads.set(room, Math.max(heads.get(room) ?? 0, seq));
    for (const device of devices) for (const room of device.closedRooms()) device.open(room, false);
    const isWhole = devices.every(
      (device) =>
        device.isOpen &&
        device.waiting === 0 &&
        [...device.openRooms()].every((room) => device.places.get(room)?.seq === heads.get(room)),
    );
    await pause(isWhole ? 1_500 : 100); // once more than a poll of the heads (D20)
    if (
      isWhole &&
      devices.every(
        (device) =>
          device.isOpen &&
          [...device.openRooms()].every((room) => (device.places.get(room)?.seq ?? 0) >= (heads.get(room) ?? 0)),
      )
    )
      return;
  }
}

/** Everybody reads everything: the log from its beginning, and the pages from the newest back. */
async function readAll(devices: readonly Device[], rooms: readonly PlayedRoom[]): Promise<void> {
  await Promise.all(
    devices.map(async (device) => {
      for (const room of rooms.filter(({ id }) => device.wanted.has(id))) {
        const isOwner = room.owner.account === device.holder.account;
        const read = (kind: 'events' | 'page', asked: { after?: number; before?: number; limit: number }) =>
          insist(async () => {
            const answer = await device.read(kind, room.id, asked, true);
            // not-found is an answer: the person is out
            if (answer === null || (answer.status !== 200 && answer.status !== 404)) throw new Error('not read yet');
            return answer.body;
          });
        for (let after = 0, head = 1; after < head; ) {
          const stretch = await read('events', { after, limit: 500 });
          if (stretch.to === undefined || stretch.to <= after) break;
          [after, head] = [stretch.to, stretch.head ?? 0];
        }
        let before: number | undefined;
        for (let pages = 0; pages < (isOwner ? 1_000 : 2); pages++) {
          const page = await read('page', { limit: 100, ...(before === undefined ? {} : { before }) });
          if (page.before !== true || page.from === undefined) break;
          before = page.from;
        }
      }
    }),
  );
}
