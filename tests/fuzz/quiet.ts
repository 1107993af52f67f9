/** The end of a story: nothing is hurt any more, who has no answer asks again, everybody has a last word, and reads everything. */
import { setTimeout as pause } from 'node:timers/promises';
import { uuidv7 } from '../raw/uuid.ts';
import type { Device } from './device.ts';
import type { Attempt, Reading } from './history.ts';
import { insist } from './insist.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';
import type { PlayedRoom } from './stage.ts';

/** How long all may take to become quiet and whole after the last fault, in ms: recovery within 10 s (D30), and as much to tell. */
const QUIET_MS = 20_000;

/**
 * Waits until everybody is connected and answered and stands at the head of each of their rooms; or time is up, and the judge
 * will say what is missing.
 */
export async function becomeQuiet(devices: readonly Device[], recorder: Recorder, random: Random): Promise<void> {
  await Promise.all(
    devices
      .filter(({ turnedAway }) => turnedAway === null)
      .map((device) =>
        insist(async () => {
          if (!(await device.lookAround())) throw new Error('not answered yet');
        }),
      ),
  );
  recorder.calm(
    devices
      .filter(({ turnedAway }) => turnedAway === null)
      .map(({ name, holder, wanted }) => ({
        name,
        person: holder.account,
        session: holder.session,
        rooms: [...wanted],
      })),
  );
  const staying = devices.filter(({ turnedAway }) => turnedAway === null);
  const lateMs = performance.now() + QUIET_MS;
  await Promise.all([gather(staying, lateMs), settle(staying, recorder, lateMs)]);
  await Promise.all(staying.map((device) => lastWord(device, random)));
  await standAtHeads(staying, performance.now() + QUIET_MS);
}

/** Everybody is connected, and has each of their rooms open. */
async function gather(devices: readonly Device[], lateMs: number): Promise<void> {
  while (performance.now() < lateMs) {
    await Promise.all(devices.map(async (device) => device.isOpen || (await device.connect(false))));
    for (const device of devices) for (const room of device.closedRooms()) device.open(room, false);
    if (devices.every(({ isOpen }) => isOpen)) return;
    await pause(100);
  }
}

const intentionOf = ({ person, command, input }: Attempt): string =>
  `${person} ${input.clientId} ${command === 'messages.send' ? input.room : ''}`;

/** What nobody answered is sent again by its author, in the order it was meant, until it is answered (D3). */
async function settle(devices: readonly Device[], recorder: Recorder, lateMs: number): Promise<void> {
  const answered = new Set(
    recorder.attempts.filter(({ outcome }) => outcome.kind !== 'unknown').map((attempt) => intentionOf(attempt)),
  );
  const open = new Map<string, Attempt>();
  for (const attempt of recorder.attempts) {
    const intention = attempt.input.clientId === undefined ? null : intentionOf(attempt);
    if (intention !== null && !answered.has(intention) && !open.has(intention)) open.set(intention, attempt);
  }
  await Promise.all(
    devices.map(async (device) => {
      const isFirst = devices.find(({ holder }) => holder.account === device.holder.account) === device;
      for (const { person, command, input } of isFirst ? open.values() : []) {
        if (person !== device.holder.account) continue;
        while (performance.now() < lateMs) {
          const { outcome } = await device.actOverHttp(command, input);
          if (outcome.kind === 'done' || (outcome.kind === 'refused' && !isPassing(outcome.code))) break;
          await pause(100);
        }
      }
    }),
  );
}

/** Refusals that say: later. */
const isPassing = (code: string): boolean => code === 'unavailable' || code === 'busy' || code === 'rate-limited';

/** A message that nothing disturbs: it is taken or refused, and all who are there see it. */
async function lastWord(device: Device, random: Random): Promise<void> {
  const room = random.pick([...device.openRooms()]);
  if (room === undefined) return;
  const clientId = uuidv7(random.bytes);
  await device.act('messages.send', { room, clientId, body: `por fim ${clientId}` })?.settled;
}

/** Everybody stands at the head of each of their rooms, and still does after more than a poll of the heads (D20). */
async function standAtHeads(devices: readonly Device[], lateMs: number): Promise<void> {
  const areWhole = (): boolean => {
    const heads = new Map<string, number>();
    for (const { places } of devices)
      for (const [room, { seq }] of places) heads.set(room, Math.max(heads.get(room) ?? 0, seq));
    return devices.every(
      (device) =>
        device.isOpen &&
        device.waiting === 0 &&
        [...device.openRooms()].every((room) => device.places.get(room)?.seq === heads.get(room)),
    );
  };
  while (performance.now() < lateMs) {
    await gather(devices, lateMs);
    const isWhole = areWhole();
    await pause(isWhole ? 1_500 : 100);
    if (isWhole && areWhole()) return;
  }
}

/** Threads of a page that are opened: by who reads all of a room, and by the others. */
const SOME = 12;
const ONE = 1;

type Asked = Parameters<Device['read']>[2];

/** What is answered for good: the person is out (not-found), or this is it. */
const readOnce = (device: Device, kind: Reading['kind'], room: string, asked: Asked) =>
  insist(async () => {
    const answer = await device.read(kind, room, asked, true);
    if (answer === null || (answer.status !== 200 && answer.status !== 404)) throw new Error('not read yet');
    return answer.body;
  });

/** Everybody reads everything: the log from its beginning, and the pages from the newest back. */
export async function readAll(devices: readonly Device[], rooms: readonly PlayedRoom[]): Promise<void> {
  await Promise.all(
    devices.map(async (device) => {
      for (const room of rooms.filter(({ id }) => device.wanted.has(id))) {
        // Of each room somebody reads all
        const isOwner = room.kind === 'group' || room.owner.account === device.holder.account;
        const read = (kind: Reading['kind'], asked: Asked = {}) => readOnce(device, kind, room.id, asked);
        for (let after = 0, head = 1; after < head; ) {
          const stretch = await read('events', { after, limit: 500 });
          if (stretch.to === undefined || stretch.to <= after) break;
          [after, head] = [stretch.to, stretch.head ?? 0];
        }
        let before: number | undefined;
        for (let pages = 0; pages < (isOwner ? 1_000 : 2); pages++) {
          const page = await read('page', { limit: 100, ...(before === undefined ? {} : { before }) });
          const answered = (page.messages ?? []).filter(({ replies }) => replies !== undefined);
          for (const { id } of answered.slice(isOwner ? -SOME : -ONE)) await read('page', { thread: id, limit: 100 });
          if (page.before !== true || page.from === undefined) break;
          before = page.from;
        }
        await read('pins');
      }
      await readOnce(device, 'threads', '', { limit: 100 });
    }),
  );
}
