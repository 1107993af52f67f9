/** members.add, remove, setRole, transfer, mute, unmute, ban, unban: what moderators and owners do. docs/protocol.md R54. */
import type { members, OutputOf, RestrictionKind } from '@recreio/protocol';
import { mayBring } from '../accounts/policy.ts';
import { mayModerate, mayOwn, standsAbove } from '../rooms/policy.ts';
import type { Draft } from '../streams/draft.ts';
import { type Facts, key, restrictionOf, type RoomFact } from '../streams/facts.ts';
import type { Accepted, RuleFor } from '../streams/flush.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import { bring, takeBack } from './group-answers.ts';

type Done = OutputOf<typeof members.remove>;

const about = ({ room, account, clientId }: { room: string; account: string; clientId: string }) => ({
  room,
  people: [account],
  done: clientId,
});
const does = (events: readonly Draft[], room: RoomFact): Accepted<Done> => ({
  events,
  reply: (placed) => ({ seq: placed.at(-1)?.seq ?? room.head }),
});

/** To outsiders, and in private conversations, there is nothing here to tend. */
const mustTend = (facts: Facts, room: RoomFact, actor: string): Denial<'not-found' | 'not-allowed'> | null => {
  if (!facts.members.has(key(room.id, actor))) return deny('not-found');
  return mayModerate(facts, room, actor) ? null : deny('not-allowed');
};

/** Adds a person; moderators add members and readers, owners any role. In a room of a course only those enrolled in it. */
export const add: RuleFor<typeof members.add> = {
  facts: (input) => ({ ...about(input), enrolment: true, between: true }),
  decide: (facts, input, { actor, room, now }) => {
    const circle = facts.circles.get(room.id);
    if (circle) {
      if (!facts.members.has(key(room.id, actor))) return deny('not-found');
      if (input.role !== undefined && input.role !== 'member') return deny('not-allowed');
      const events = facts.members.has(key(room.id, input.account)) ? [] : bring(facts, circle, actor, input.account);
      return isDenial(events) ? events : does(events, room);
    }
    const denied = mustTend(facts, room, actor);
    if (denied) return denied;
    const account = facts.accounts.get(input.account);
    if (!account || account.disabled) return deny('not-found');
    if (facts.members.has(key(room.id, input.account))) return does([], room);
    const role = input.role ?? 'member';
    if ((role === 'owner' || role === 'moderator') && !mayOwn(facts, room, actor)) return deny('not-allowed');
    if (room.course !== null && !facts.enrolled.has(key(room.id, input.account)) && account.role !== 'administrator')
      return deny('not-allowed', { detail: 'this person is not enrolled in the course of the room' });
    const me = facts.accounts.get(actor);
    const between = facts.pairs.get(key(actor, input.account));
    // A course answers for whom its people bring into its rooms while it runs and they are in it
    if (room.settings?.access === 'invite' && !facts.tied.has(key(room.id, actor)) && me && between) {
      const apart = mayBring({ id: actor, ...me }, { id: input.account, ...account }, between);
      if (apart) return apart;
    }
    if (restrictionOf(facts, room.id, input.account, 'ban', now)) return deny('banned');
    return does([{ type: 'member.joined', account: input.account, role, past: room.settings?.past ?? 'all' }], room);
  },
};

/** Removes a person; the event that says so is the last they are sent ([D26]). */
export const removeMember: RuleFor<typeof members.remove> = {
  facts: about,
  decide: (facts, input, { actor, room }) => {
    if (room.kind === 'group' && facts.members.has(key(room.id, actor))) {
      const events = takeBack(facts, room, actor, input.account);
      return isDenial(events) ? events : does(events, room);
    }
    const denied = mustTend(facts, room, actor);
    if (denied) return denied;
    if (!facts.members.has(key(room.id, input.account))) return deny('not-found');
    if (!standsAbove(facts, room, actor, input.account)) return deny('not-allowed');
    return does([{ type: 'member.removed', account: input.account }], room);
  },
};

/** Owners give roles; an owner gives up only their own. Guardians, and who is disabled, own no rooms. */
export const setRole: RuleFor<typeof members.setRole> = {
  facts: about,
  decide: (facts, input, { actor, room }) => {
    if (!facts.members.has(key(room.id, actor))) return deny('not-found');
    if (!mayOwn(facts, room, actor)) return deny('not-allowed');
    const target = facts.members.get(key(room.id, input.account));
    if (!target) return deny('not-found');
    if (target.role === input.role) return does([], room);
    if (target.role === 'owner' && input.account !== actor) return deny('not-allowed');
    const account = facts.accounts.get(input.account);
    if (input.role === 'owner' && (account?.disabled !== false || account.role === 'guardian'))
      return deny('not-allowed');
    if (target.role === 'owner' && room.owners === 1) return deny('last-owner');
    return does([{ type: 'member.role-changed', account: input.account, role: input.role }], room);
  },
};

/** One's own ownership goes to another member, who is active and no guardian; both changes are one step (docs/protocol.md R66). */
export const transfer: RuleFor<typeof members.transfer> = {
  facts: about,
  decide: (facts, input, { actor, room }) => {
    const me = facts.members.get(key(room.id, actor));
    if (!me) return deny('not-found');
    if (me.role !== 'owner') return deny('not-allowed');
    const target = facts.members.get(key(room.id, input.account));
    const account = facts.accounts.get(input.account);
    if (!target || !account || account.disabled || input.account === actor) return deny('not-found');
    if (account.role === 'guardian')
      return deny('not-allowed', { detail: 'a guardian accompanies; rooms are owned by others' });
    const events: Draft[] =
      target.role === 'owner' ? [] : [{ type: 'member.role-changed', account: input.account, role: 'owner' }];
    return does([...events, { type: 'member.role-changed', account: actor, role: 'moderator' }], room);
  },
};

/** Until when a restriction lasts, in ms by the database's clock; whole milliseconds, null when open-ended. */
const untilOf = (now: number, seconds: number | undefined): number | null =>
  seconds === undefined ? null : now + seconds * 1000;

const restrict = (kind: RestrictionKind): RuleFor<typeof members.mute> => ({
  facts: about,
  decide: (facts, input, { actor, room, now }) => {
    const denied = mustTend(facts, room, actor);
    if (denied) return denied;
    const isMember = facts.members.has(key(room.id, input.account));
    if (!facts.accounts.has(input.account) || (kind === 'mute' && !isMember)) return deny('not-found');
    if (!standsAbove(facts, room, actor, input.account)) return deny('not-allowed');
    const until = untilOf(now, input.seconds);
    const standing = facts.restrictions.get(key(room.id, input.account, kind));
    const events: Draft[] =
      standing && standing.until === until
        ? []
        : [{ type: 'restriction.began', account: input.account, kind, until, reason: input.reason }];
    if (kind === 'ban' && isMember) events.push({ type: 'member.removed', account: input.account });
    return does(events, room);
  },
});

const release = (kind: RestrictionKind): RuleFor<typeof members.unmute> => ({
  facts: about,
  decide: (facts, input, { actor, room }) => {
    const denied = mustTend(facts, room, actor);
    if (denied) return denied;
    if (!facts.accounts.has(input.account)) return deny('not-found');
    if (input.account === actor || !standsAbove(facts, room, actor, input.account)) return deny('not-allowed');
    if (!facts.restrictions.has(key(room.id, input.account, kind))) return does([], room);
    return does([{ type: 'restriction.ended', account: input.account, kind }], room);
  },
});

/** From the mute's seq on nothing of the person is accepted here ([D25]). */
export const mute = restrict('mute');
/** Ends it. */
export const unmute = release('mute');
/** The restriction, and the removal right behind it. */
export const ban = restrict('ban');
/** Ends it; the person is not put back. */
export const unban = release('ban');
