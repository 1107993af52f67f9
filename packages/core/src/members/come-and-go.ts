/** members.join and members.leave: what a person does for themselves. */
import type { members } from '@recreio/protocol';
import { key, restrictionOf } from '../streams/facts.ts';
import { instant } from '../streams/draft.ts';
import type { RuleFor } from '../streams/flush.ts';
import { deny, isDenial } from '../verdict.ts';
import { accept, askingOf } from './group-answers.ts';

/** Enters an open room, staff of its course as moderators of it; or a group into which one was asked. */
export const join: RuleFor<typeof members.join> = {
  facts: ({ room }) => ({ room, enrolment: true }),
  decide: (facts, _input, { actor, room, now }) => {
    if (facts.members.has(key(room.id, actor))) return { events: [], reply: () => ({ seq: room.head }) };
    const circle = askingOf(facts, room, actor) && facts.circles.get(room.id);
    if (circle) {
      const events = accept(facts, circle, actor);
      return isDenial(events) ? events : { events, reply: ([placed]) => ({ seq: placed?.seq ?? room.head }) };
    }
    const role = facts.accounts.get(actor)?.role;
    const enrolled = facts.enrolled.get(key(room.id, actor));
    const finds =
      room.settings?.access === 'open' &&
      role !== 'guardian' &&
      (room.course === null || enrolled !== undefined || role === 'administrator');
    if (!finds || !room.settings) return deny('not-found');
    const ban = restrictionOf(facts, room.id, actor, 'ban', now);
    if (ban) return deny('banned', { until: ban.until === null ? null : instant(ban.until) });
    return {
      events: [
        {
          type: 'member.joined',
          account: actor,
          role: enrolled === 'staff' ? 'moderator' : 'member',
          past: room.settings.past,
        },
      ],
      reply: ([placed]) => ({ seq: placed?.seq ?? room.head }),
    };
  },
};

/** Leaves, or says no to a group; a room keeps at least one owner unless nobody is left in it. */
export const leave: RuleFor<typeof members.leave> = {
  facts: ({ room }) => ({ room }),
  decide: (facts, _input, { actor, room }) => {
    const me = facts.members.get(key(room.id, actor));
    if (!me && askingOf(facts, room, actor))
      return {
        events: [{ type: 'asking.ended', account: actor }],
        reply: ([placed]) => ({ seq: placed?.seq ?? room.head }),
      };
    if (!me) return deny('not-found');
    if (room.kind === 'direct')
      return deny('not-allowed', { detail: 'a private conversation of two cannot be left; block the person instead' });
    if (me.role === 'owner' && room.owners === 1 && room.members > 1) return deny('last-owner');
    return {
      events: [{ type: 'member.left', account: actor }],
      reply: ([placed]) => ({ seq: placed?.seq ?? room.head }),
    };
  },
};
