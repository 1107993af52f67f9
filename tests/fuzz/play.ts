/** How one device plays its part: it acts, repeats, drops out and comes back, until the story is told. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../raw/person.ts';
import { believe, nextDeed, pickRoom } from './deeds.ts';
import type { Device } from './device.ts';
import type { Attempt, Intent } from './history.ts';
import type { Random } from './random.ts';
import type { PlayedRoom } from './stage.ts';

/** What the players share. */
export interface Score {
  /** Commands tried for the first time. */
  operations: number;
  /** The same command sent again over another connection. */
  repeats: number;
  readonly total: number;
  /** Whether faults must catch up first. */
  isBehind(): boolean;
  /** Told after each operation. */
  played(): void;
}

/** Most commands a device has on their way; the server allows 32. */
const ON_THEIR_WAY = 4;

/** Plays until the score says that all is told. */
export async function play(
  device: Device,
  person: Person,
  rooms: readonly PlayedRoom[],
  random: Random,
  score: Score,
): Promise<void> {
  const mine = rooms.filter(({ people, owner }) => owner === person || people.includes(person));
  const old: { command: string; input: Intent }[] = [];
  const aside = new Set<Promise<unknown>>();
  const beside = (work: Promise<unknown>) => {
    aside.add(work);
    void work.finally(() => aside.delete(work));
  };
  while (score.operations < score.total && device.turnedAway === null) {
    if (!device.isOpen && !(await device.connect())) {
      await pause(30 + random.below(150)); // a client's backoff, shortened
      continue;
    }
    for (const lost of device.unanswered.splice(0))
      if (random.chance(0.85) && 'clientId' in lost.input) repeat(device, lost, score, beside, random);
    if (device.waiting >= ON_THEIR_WAY || aside.size >= ON_THEIR_WAY || score.isBehind()) {
      await pause(5 + random.below(20));
      continue;
    }
    const room = pickRoom(mine, random);
    if (!room) return;
    const deed = nextDeed(room, person.account, random);
    score.operations += 1;
    score.played();
    const acting = device.act(deed.command, deed.input);
    if (!acting) continue;
    beside(acting.settled.then(() => acting.attempt.outcome.kind === 'done' && believe(room, deed, person.account)));
    if ('clientId' in deed.input) {
      old.push(deed);
      if (random.chance(0.13))
        repeat(device, acting.attempt, score, beside, random, random.chance(0.5) ? undefined : acting.settled);
    }
    const before = random.chance(0.02) ? random.pick(old) : undefined;
    if (before) repeat(device, before, score, beside, random);
    // The same id for something else: the answer must be a conflict
    if (deed.command === 'messages.send' && random.chance(0.025))
      beside(
        acting.settled.then(() =>
          device.actOverHttp(deed.command, { ...deed.input, body: `outra coisa ${deed.input.clientId}` }),
        ),
      );
    readSomething(device, room, random, beside);
    comeAndGo(device, room, random);
    await pause(random.below(12)); // people think; the other players have their turn
  }
  await Promise.all(aside);
}

/** Sends a command again over another connection: an HTTP request to any of the nodes, or the new socket. */
function repeat(
  device: Device,
  { command, input }: Pick<Attempt, 'command' | 'input'>,
  score: Score,
  beside: (work: Promise<unknown>) => void,
  random: Random,
  after: Promise<void> = Promise.resolve(),
): void {
  score.repeats += 1;
  const again = async () => {
    await after;
    const overSocket = random.chance(0.2) ? device.act(command, input) : null;
    if (overSocket) await overSocket.settled;
    else await device.actOverHttp(command, input);
  };
  beside(again());
}

function readSomething(
  device: Device,
  room: PlayedRoom,
  random: Random,
  beside: (work: Promise<unknown>) => void,
): void {
  const at = device.places.get(room.id)?.seq ?? 0;
  if (random.chance(0.02))
    beside(device.read('page', room.id, random.chance(0.5) ? {} : { before: 1 + random.below(at + 1), limit: 50 }));
  if (random.chance(0.02)) beside(device.read('events', room.id, { after: random.below(at + 1), limit: 100 }));
  const hole = device.holes.pop();
  if (hole) beside(device.read('events', hole.room, { after: hole.range.from - 1, limit: 500 }));
}

function comeAndGo(device: Device, room: PlayedRoom, random: Random): void {
  const dice = random.next();
  if (dice < 0.006) device.drop();
  else if (dice < 0.012) device.reopen(room.id);
  // Who was removed and is back opens the room again
  else if (dice < 0.1) for (const id of device.closedRooms()) device.open(id);
}
