/** courses.people, enrol and unenrol: who takes a course and who teaches it. docs/protocol.md R108. */
import type { courses, InputOf, OutputOf } from '@recreio/protocol';
import { actorOf, isStaff, mayAdminister } from '../accounts/policy.ts';
import type { Call } from '../handler.ts';
import { type Draft, place } from '../streams/draft.ts';
import { type Facts, key, nowIn, type RoomFact } from '../streams/facts.ts';
import { foldText } from '../text.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import type { Memory, World } from '../world.ts';
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

/** What becomes of the rooms of a course that somebody no longer takes part in: they go, and what only they own goes to a colleague. */
interface Parting {
  readonly drafts: readonly (readonly [RoomFact, readonly Draft[]])[];
  readonly stays: readonly { readonly id: string; readonly title: string }[];
}

/**
 * Rooms of a course are for those enrolled in it (R51), so they leave them with the course; administrators find every course,
 * and stay. A room keeps an owner (R54): where they are the only one, another of the staff of the course who is in it becomes
 * one; where nobody is, they stay until somebody comes.
 */
export const partFrom = (facts: Facts, heirs: ReadonlyMap<string, string>, account: string): Parting => {
  const drafts: (readonly [RoomFact, readonly Draft[]])[] = [];
  const stays: { id: string; title: string }[] = [];
  if (facts.accounts.get(account)?.role === 'administrator') return { drafts, stays };
  for (const room of facts.rooms.values()) {
    const member = facts.members.get(key(room.id, account));
    if (!member) continue;
    const leaves: Draft = { type: 'member.removed', account };
    const heir = heirs.get(room.id);
    const isNeeded = member.role === 'owner' && room.owners === 1 && room.members > 1;
    if (!isNeeded) drafts.push([room, [leaves]]);
    else if (heir !== undefined)
      drafts.push([room, [{ type: 'member.role-changed', account: heir, role: 'owner' }, leaves]]);
    else stays.push({ id: room.id, title: room.settings?.title ?? '' });
  }
  return { drafts, stays };
};

/** Writes it, in the transaction that holds the rooms. */
const leaveRooms = async (world: World, memory: Memory, facts: Facts, by: string, { drafts }: Parting) => {
  const events = drafts.flatMap(([room, some]) => place(facts, room, by, nowIn(facts, room), some, world.newId));
  if (events.length === 0) return;
  const rooms = drafts.flatMap(([{ id }]) => facts.rooms.get(id) ?? []);
  await memory.rooms.append({ events, rooms, users: events.flatMap((one) => world.follow(one, facts)), done: [] });
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
    const { facts, heirs } = await memory.courses.holdRooms(course, account);
    const parting = partFrom(facts, heirs, account);
    await leaveRooms(world, memory, facts, alive.account, parting);
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
