/** courses.people, enrol and unenrol: who takes a course and who teaches it. docs/protocol.md R108. */
import type { courses, InputOf, LeftRoom, OutputOf } from '@recreio/protocol';
import { actorOf, isStaff, mayAdminister } from '../accounts/policy.ts';
import type { Call } from '../handler.ts';
import { leftRoom, type RoomDrafts, succession, writeIn } from '../rooms/pass-on.ts';
import type { HeldRooms } from '../rooms/port.ts';
import type { Draft } from '../streams/draft.ts';
import { key, type RoomFact } from '../streams/facts.ts';
import { foldText } from '../text.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import type { World } from '../world.ts';
import { recordOf, tends } from './tend.ts';

/** Who is enrolled, in pages; with the first, who is not and is still in rooms of the course: of them `unenrol` makes an end. */
export const people = async (
  world: World,
  { course, text, after, limit }: InputOf<typeof courses.people>,
  { alive }: Call,
): Promise<OutputOf<typeof courses.people> | Denial<'not-found'>> => {
  const { memory } = world;
  if (!(await tends(memory, alive, course)) || !(await memory.courses.get(course))) return deny('not-found');
  const where = { folded: foldText(text ?? ''), after: after ?? null, limit: limit ?? 50 };
  const page = await memory.courses.people(course, where);
  const outside = after === undefined ? await memory.courses.outside(course) : [];
  return {
    people: [...page.people],
    total: page.total,
    next: page.next,
    // Administrators find every course (R51), and are not asked to leave
    outside: outside.filter(({ profile }) => !mayAdminister(profile.role)),
  };
};

/** Who works at the school is staff of the course, nobody else is; each who comes has an entry in the record. */
export const enrol = async (
  world: World,
  { course, accounts }: InputOf<typeof courses.enrol>,
  { alive }: Call,
): Promise<OutputOf<typeof courses.enrol> | Denial<'not-allowed' | 'not-found'>> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  const done = await world.transact(async (memory) => {
    if (!(await memory.courses.hold(course))) return deny('not-found', { detail: 'course' });
    const roles = await memory.courses.roles(accounts);
    const coming = accounts.flatMap((account) => {
      const role = roles.get(account);
      return role === undefined ? [] : { account, staff: isStaff(role) };
    });
    if (coming.length < accounts.length) return deny('not-found', { detail: 'account' });
    const came = await memory.courses.enrol(course, coming);
    await memory.courses.stir({ accounts: came });
    for (const target of came)
      await memory.audit.write({ actor: actorOf(alive), act: 'courses.enrol', target, detail: { course } });
    return { came, record: await recordOf(memory, course) };
  });
  if (isDenial(done)) return done;
  for (const account of done.came) world.presence.me(account);
  return done.record;
};

/** What becomes of the rooms of a course that somebody no longer takes part in. */
interface Parting {
  readonly drafts: RoomDrafts;
  readonly stays: readonly LeftRoom[];
}

/**
 * Rooms of a course are for those enrolled in it (R51), so they leave them with the course; administrators find every course,
 * and stay. A room keeps an owner (R115): where nobody in it could be one, they stay until somebody comes.
 */
const partFrom = (held: HeldRooms, account: string): Parting => {
  const { facts } = held;
  const drafts: (readonly [RoomFact, readonly Draft[]])[] = [];
  const stays: LeftRoom[] = [];
  if (facts.accounts.get(account)?.role === 'administrator') return { drafts, stays };
  for (const room of facts.rooms.values()) {
    const member = facts.members.get(key(room.id, account));
    if (!member) continue;
    const isNeeded = member.role === 'owner' && room.members > 1;
    const events = isNeeded ? succession(held, room, account) : [];
    if (events === null) stays.push(leftRoom(room));
    else drafts.push([room, [...events, { type: 'member.removed', account }]]);
  }
  return { drafts, stays };
};

/** Who is not enrolled any more, or never was, and is still in rooms of the course, leaves those: a repeat finishes what is left. */
export const unenrol = async (
  world: World,
  { course, account }: InputOf<typeof courses.unenrol>,
  { alive }: Call,
): Promise<OutputOf<typeof courses.unenrol> | Denial<'not-allowed' | 'not-found'>> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  const done = await world.transact(async (memory) => {
    if (!(await memory.courses.hold(course))) return deny('not-found', { detail: 'course' });
    if (!(await memory.courses.roles([account])).has(account)) return deny('not-found', { detail: 'account' });
    // First, and behind whoever makes a room of the course at this moment: then the rooms are all there
    const wasEnrolled = await memory.courses.unenrol(course, account);
    const held = await memory.rooms.hold({ course }, account);
    const parting = partFrom(held, account);
    await writeIn(world, memory, held.facts, alive.account, parting.drafts);
    if (wasEnrolled) await memory.courses.stir({ accounts: [account] });
    const left = parting.drafts.length;
    if (wasEnrolled || left > 0)
      await memory.audit.write({
        actor: actorOf(alive),
        act: 'courses.unenrol',
        target: account,
        detail: { course, rooms: left, stays: parting.stays.map(({ id }) => id) },
      });
    return { course: await recordOf(memory, course), left, stays: [...parting.stays] };
  });
  if (!isDenial(done)) world.presence.me(account);
  return done;
};
