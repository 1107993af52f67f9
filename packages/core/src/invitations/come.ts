/** invitations.read and redeem: for whoever was given a link. docs/protocol.md R64. */
import type { InputOf, invitations, OutputOf } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { instant } from '../streams/draft.ts';
import { key, restrictionOf } from '../streams/facts.ts';
import type { RuleFor } from '../streams/flush.ts';
import { deny, type Denial } from '../verdict.ts';
import type { World } from '../world.ts';
import { mayComeBy } from './policy.ts';

/** Used, over, revoked and invented ones are alike; who could not come in by it is shown nothing of the room. */
export const read = async (
  world: World,
  { secret }: InputOf<typeof invitations.read>,
  { alive: { account, me } }: Call,
): Promise<OutputOf<typeof invitations.read> | Denial<'link-used' | 'protected-minor' | 'not-allowed'>> => {
  const opened = await world.memory.invitations.open(world.secrets.hashToken(secret), account);
  if (!opened) return deny('link-used');
  const { fact, now, room, rules, by, expiresAt, joined, enrolled } = opened;
  const holder = { id: account, role: me.role, minor: me.minor, disabled: false, enrolled };
  // Who is in the room already knows it, however the link stands
  const denied = joined ? null : mayComeBy(fact, room, holder, now);
  return denied ?? { room, rules, by, role: fact.role, expiresAt, joined };
};

/** Counts a use with the membership that it lets begin, under the room's lock: of two hundred at once, a single-use link lets one in. */
export const redeem: RuleFor<typeof invitations.redeem> = {
  facts: ({ room, secret }) => ({ room, invitation: secret, enrolment: true }),
  decide: (facts, { secret }, { actor, room, now }) => {
    const invitation = facts.invitations.get(key(secret, actor));
    const me = facts.accounts.get(actor);
    if (invitation?.room !== room.id || !room.settings || !me) return deny('not-found');
    if (facts.members.has(key(room.id, actor))) return { events: [], reply: () => ({ seq: room.head }) };
    const enrolled = facts.enrolled.get(key(room.id, actor));
    const { access, past } = room.settings;
    const holder = { id: actor, ...me, enrolled: enrolled !== undefined };
    const denied = mayComeBy(invitation, { course: room.course, access }, holder, now);
    if (denied) return denied;
    const ban = restrictionOf(facts, room.id, actor, 'ban', now);
    if (ban) return deny('banned', { until: ban.until === null ? null : instant(ban.until) });
    return {
      events: [
        {
          type: 'member.joined',
          account: actor,
          // Guardians read along wherever they are
          role: me.role === 'guardian' ? 'reader' : invitation.role,
          past,
          invitation: invitation.id,
        },
      ],
      reply: ([placed]) => ({ seq: placed?.seq ?? room.head }),
    };
  },
};
