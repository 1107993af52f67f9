/** Second devices of people: one that is signed out from the first, and one that stops reading while much is said. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Proxy } from '../process/proxy.ts';
import type { WireEvent } from '../raw/wire.ts';
import { type Person, signIn } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import type { Company } from './company.ts';
import { Device } from './device.ts';
import { insist } from './insist.ts';
import { play, type Score } from './play.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';
import type { PlayedRoom, Stage } from './stage.ts';

/** What a guest needs of the story. */
export interface Scene {
  readonly stage: Stage;
  readonly recorder: Recorder;
  readonly witness: { learn(room: string, event: WireEvent): void };
  readonly random: Random;
  /** Wires in use until the story's end. */
  readonly taken: (readonly Proxy[])[];
}

/** Signs a person in on one more device, with wires of its own, and connects it. */
async function arrive(
  { stage, recorder, witness, random }: Scene,
  person: Person,
  name: string,
  rooms: readonly PlayedRoom[],
) {
  const base = () => stage.nodes[random.below(2)]?.process.url ?? '';
  const session = await insist(() => signIn(base(), person.email, person.password));
  const wires = stage.takeWires();
  const holder = { ...person, ...session };
  const device = new Device(`${person.name} ${name}`, holder, {
    wires,
    recorder,
    random,
    witness,
    rooms: rooms.map(({ id }) => id),
  });
  const connect = () =>
    insist(async () => {
      if (!device.isOpen && !(await device.connect(false))) throw new Error('not connected yet');
    });
  await connect();
  return { device, wires, connect };
}

/** A second device of somebody: it comes, talks, is signed out from the first, and tries again. */
export async function visit(
  scene: Scene,
  { person, device }: { person: Person; device: Device },
  company: Company,
  nth: number,
): Promise<void> {
  const mine = company.rooms.filter(({ people, weight }) => weight > 0 && people.includes(person));
  const { device: second, wires } = await arrive(scene, person, `visit ${nth}`, mine);
  const score: Score = { operations: 0, repeats: 0, total: 15, isBehind: () => false, played: () => undefined };
  await play(second, person, company, scene.random, score);
  await insist(async () => {
    const { outcome } = await device.actOverHttp('accounts.revokeSession', { session: second.holder.session });
    // not-found: an earlier try did it, and its answer was lost
    if (outcome.kind !== 'done' && !(outcome.kind === 'refused' && outcome.code === 'not-found'))
      throw new Error('not revoked yet');
  });
  const [first] = mine;
  if (first) {
    second.act('messages.send', { room: first.id, clientId: uuidv7(), body: 'depois do fim' });
    await second.read('page', first.id, {});
  }
  await pause(5_500); // the window in which its socket may still be told something, and beyond
  second.drop();
  scene.stage.handBack(wires);
}

/** Long enough that some hundreds fill every buffer between a server and one who does not read. */
const LONG = 'a palavra que não acaba '.repeat(600);
/** What is said while somebody sleeps: about 7 MB, above the 4 MiB that a kernel keeps and the 1 MiB that a server does (D22). */
const SAID = 460;
/** A sleeper whose connection was broken by another fault sleeps again, so often. */
const MOST_SLEEPS = 4;
/** How long some megabytes take to be read, on a machine that does much else. */
const WAKING_MS = 10_000;
/** The close code of one who reads too slowly and may come back. */
const TOO_SLOW = 4008;

/** A second device that stops reading while its room is loud, is put out for it, and comes back; it stays until the end. */
export async function sleep(scene: Scene, person: Person, room: PlayedRoom, speaker: Device): Promise<Device> {
  const { device, wires, connect } = await arrive(scene, person, 'asleep', [room]);
  scene.taken.push(wires);
  for (let sleeps = 0; sleeps < MOST_SLEEPS; sleeps++) {
    await connect();
    const { connection } = device;
    const isOpen = () => connection?.code === null;
    await pause(200); // the stream is open by now, or another sleep will find it so
    for (const wire of wires) wire.stopReading(true);
    await beLoud(room, speaker, scene.random);
    await pause(6_000); // full for 5 s, and then closed
    for (const wire of wires) wire.stopReading(false);
    // What lies in the buffers comes first, and then the close
    const lateMs = performance.now() + WAKING_MS;
    while (isOpen() && performance.now() < lateMs) await pause(50);
    if (connection?.code === TOO_SLOW) break;
  }
  await connect();
  return device;
}

async function beLoud(room: PlayedRoom, speaker: Device, random: Random): Promise<void> {
  for (let said = 0; said < SAID; ) {
    const clientId = uuidv7(random.bytes);
    const acting =
      speaker.waiting < 12
        ? speaker.act('messages.send', { room: room.id, clientId, body: `${LONG}${clientId}` })
        : null;
    if (acting) said += 1;
    else if (speaker.turnedAway !== null) return;
    else await pause(5);
  }
}
