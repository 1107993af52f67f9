/** accounts.disable, as far as rooms go, and rooms.entrust: a room does not stay with somebody who is gone. docs/protocol.md R115. */
import type { administer, InputOf, LeftRoom, OutputOf, rooms } from '@recreio/protocol';
import { disable as shut } from '../accounts/administer.ts';
import { actorOf, isStaff, mayAdminister } from '../accounts/policy.ts';
import type { Call } from '../handler.ts';
import type { Draft } from '../streams/draft.ts';
import { key, nowIn, restrictionOf } from '../streams/facts.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import type { World } from '../world.ts';
import { handOver, isThereFor, ownersOf, writeIn } from './pass-on.ts';
import { isPrivate } from './policy.ts';

/**
 * Gives away what somebody owns who is disabled. In a transaction of its own, behind the one that shut the account: people are
 * protected at once, whoever holds rooms, and from then on nothing of theirs can come in between.
 */
const passOn = async (world: World, account: string, { alive }: Call): Promise<readonly LeftRoom[]> =>
  await world.transact(async (memory) => {
    const held = await memory.rooms.hold({ owner: account }, account);
    if (held.facts.accounts.get(account)?.disabled !== true) return [];
    const { drafts, stays } = handOver(held, account);
    await writeIn(world, memory, held.facts, alive.account, drafts);
    if (drafts.length > 0)
      await memory.audit.write({
        actor: actorOf(alive),
        act: 'accounts.disable',
        target: account,
        detail: { rooms: drafts.length, stays: stays.map(({ id }) => id) },
      });
    return stays;
  });

/** Shuts an account; what only they own goes to somebody in it. A repeat does what is left to do. */
export const disable = async (
  world: World,
  input: InputOf<typeof administer.disable>,
  call: Call,
): Promise<OutputOf<typeof administer.disable> | Denial<'not-allowed' | 'not-found' | 'last-owner'>> => {
  const record = await shut(world, input, call);
  return isDenial(record) ? record : { ...record, stays: [...(await passOn(world, input.account, call))] };
};

/**
 * Only where nobody owns the room who is there for it. Whom the administrator brings is of the staff, and sees of a room that is
 * by invitation what is said from then on: by this way nobody reads what was said without them (R53).
 */
export const entrust = async (
  world: World,
  { room: id, account }: InputOf<typeof rooms.entrust>,
  { alive }: Call,
): Promise<OutputOf<typeof rooms.entrust> | Denial<'not-allowed' | 'not-found' | 'banned'>> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  return await world.transact(async (memory) => {
    const held = await memory.rooms.hold({ room: id }, account);
    const { facts, standing } = held;
    const room = facts.rooms.get(id);
    const who = facts.accounts.get(account);
    if (!room?.settings || isPrivate(room)) return deny('not-found', { detail: 'room' });
    if (!who || who.disabled) return deny('not-found', { detail: 'account' });
    const owners = ownersOf(held, room);
    if (owners.includes(account)) return { seq: room.head };
    if (owners.length > 0) return deny('not-allowed', { detail: 'the room has an owner' });
    if (who.role === 'guardian')
      return deny('not-allowed', { detail: 'a guardian accompanies; rooms are owned by others' });
    if (!isThereFor(facts, room, account))
      return deny('not-allowed', { detail: 'this person is not enrolled in the course of the room' });
    const isIn = facts.members.has(key(id, account));
    if (!isIn && !isStaff(who.role)) return deny('not-allowed', { detail: 'only the staff is brought into a room' });
    if (restrictionOf(facts, id, account, 'ban', nowIn(facts, room))) return deny('banned');
    const past = room.settings.access === 'open' ? room.settings.past : 'since-joining';
    const gone = (standing.get(id) ?? []).filter((one) => facts.members.get(key(id, one))?.role === 'owner');
    // Nor by way of somebody they would add: that owner says so first, in the log
    const isKept = !isIn && past === 'since-joining' && room.settings.past === 'all' && !room.archived;
    const drafts: Draft[] = [
      ...(isKept ? [{ type: 'room.changed' as const, settings: { past } as const }] : []),
      isIn
        ? { type: 'member.role-changed', account, role: 'owner' }
        : { type: 'member.joined', account, role: 'owner', past },
      ...gone.map((one): Draft => ({ type: 'member.role-changed', account: one, role: 'moderator' })),
    ];
    const placed = await writeIn(world, memory, facts, alive.account, [[room, drafts]]);
    await memory.audit.write({ actor: actorOf(alive), act: 'rooms.entrust', target: id, detail: { to: account } });
    return { seq: placed.at(-1)?.seq ?? room.head };
  });
};
