/** How one device plays its part: it acts, repeats, drops out and comes back, until the story is told. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../raw/person.ts';
import { believe } from './beliefs.ts';
import type { Company } from './company.ts';
import { type Deed, nextDeed, pickRoom } from './deeds.ts';
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

/** A link that was tried so often is forgotten. */
const MOST_TRIES = 12;

/** Plays until the score says that all is told. */
export async function play(
  device: Device,
  person: Person,
  company: Company,
  random: Random,
  score: Score,
): Promise<void> {
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
    const mine = company.roomsOf(person);
    const room = pickRoom(mine, person.account, random);
    if (!room) return;
    const [deed, where] = venture(company, device, person, random) ?? [nextDeed(room, person.account, random), room];
    score.operations += 1;
    score.played();
    const acting = device.act(deed.command, deed.input);
    if (!acting) continue;
    const done = { deed, person, device, room: where };
    beside(acting.settled.then(() => believe(company, done, acting.attempt.outcome)));
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

/** What takes somebody somewhere else: a group that is being opened, one into which they were asked, a link. Null: nothing does. */
function venture(company: Company, device: Device, person: Person, random: Random): [Deed, PlayedRoom | null] | null {
  const { account } = person;
  const circle =
    company.circles.find(({ waiting }) => waiting.has(account)) ??
    (random.chance(0.02) ? random.pick(company.circles.filter(({ people }) => people.includes(person))) : undefined);
  if (circle) {
    const others = circle.people.filter((other) => other !== person);
    // Whoever is the first calls the others
    if (!circle.waiting.delete(account)) for (const other of others) circle.waiting.add(other.account);
    return [{ command: 'rooms.openGroup', input: { accounts: others.map((other) => other.account) } }, null];
  }
  const [asking] = device.askings;
  if (asking !== undefined && random.chance(0.3)) {
    device.askings.delete(asking);
    return [{ command: random.chance(0.75) ? 'members.join' : 'members.leave', input: { room: asking } }, null];
  }
  const invited = company.rooms.find(
    ({ links, people, out, owner }) =>
      links.length > 0 && owner !== person && (!people.includes(person) || out.has(account)),
  );
  const link = invited && random.chance(0.5) ? random.pick(invited.links) : undefined;
  if (!invited || !link) return null;
  link.tries += 1;
  if (link.tries >= MOST_TRIES) invited.links.splice(invited.links.indexOf(link), 1);
  return [{ command: 'invitations.redeem', input: { room: invited.id, secret: link.secret } }, invited];
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
  if (random.chance(0.01)) beside(device.read('pins', room.id, {}));
  if (random.chance(0.01)) beside(device.read('threads', '', { limit: 100 }));
  const root = random.chance(0.02) ? random.pick(room.recent)?.thread : null;
  if (root) beside(device.read('page', room.id, { thread: root, limit: 50 }));
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
