/** What the people of a group decide about who is in it: bringing, asking, answering, taking back (docs/protocol.md R74, R75). Pure. */
import { GROUP } from '@recreio/protocol';
import { mayGather, mayPutTogether, mustBeAsked } from '../accounts/policy.ts';
import type { Draft } from '../streams/draft.ts';
import { type AskingFact, type CircleFact, type Facts, key, type RoomFact } from '../streams/facts.ts';
import { deny, type Denial } from '../verdict.ts';

/** The open question to a person, if there is one. */
export const askingOf = (facts: Facts, room: RoomFact, account: string): AskingFact | null => {
  const asking = facts.circles.get(room.id)?.askings.get(account);
  return asking && !asking.declined ? asking : null;
};

/** As `mayGather`, for commands that bring people together rather than speak. */
export const mustGather = (
  ...gathered: Parameters<typeof mayGather>
): Denial<'protected-minor' | 'not-allowed'> | null => {
  const denied = mayGather(...gathered);
  return denied && (denied.deny === 'read-only' ? deny('not-allowed', denied.extra) : deny(denied.deny));
};

/** Says yes: from now on, and with nothing of what was said before (R74). The protection holds as things stand now. */
export const accept = (
  facts: Facts,
  circle: CircleFact,
  account: string,
): readonly Draft[] | Denial<'protected-minor' | 'not-allowed'> =>
  mustGather([...circle.members, account], [], facts.accounts, circle) ?? [
    { type: 'member.joined', account, role: 'member', past: 'since-joining' },
  ];

/** Brings a person, or asks them. */
export const bring = (
  facts: Facts,
  circle: CircleFact,
  actor: string,
  newcomer: string,
): readonly Draft[] | Denial<'not-found' | 'not-allowed' | 'protected-minor' | 'blocked'> => {
  const asking = circle.askings.get(newcomer);
  const apart = mayPutTogether(actor, newcomer, circle.members, facts.accounts, circle);
  if (apart) return apart;
  if (asking?.declined) return deny('not-allowed', { detail: 'this person did not want to be in it' });
  if (asking) return [];
  const open = [...circle.askings.values()].filter(({ declined }) => !declined).length;
  if (circle.members.length + open >= GROUP.people)
    return deny('not-allowed', { detail: `a group is for ${GROUP.people} people; open a room for more` });
  const account = facts.accounts.get(newcomer);
  if (!account) return deny('not-found');
  const isAsked = mustBeAsked(newcomer, account, circle.members, circle);
  const unprotected = isAsked
    ? mustGather(circle.members, [newcomer], facts.accounts, circle)
    : mustGather([...circle.members, newcomer], [], facts.accounts, circle);
  if (unprotected) return unprotected;
  return [
    isAsked
      ? { type: 'asking.began', account: newcomer }
      : { type: 'member.joined', account: newcomer, role: 'member', past: 'since-joining' },
  ];
};

/** Takes a question back: who has put it, or anybody there when they are gone. People themselves are not taken out. */
export const takeBack = (
  facts: Facts,
  room: RoomFact,
  actor: string,
  account: string,
): readonly Draft[] | Denial<'not-found' | 'not-allowed'> => {
  const asking = askingOf(facts, room, account);
  if (!asking) return facts.members.has(key(room.id, account)) ? deny('not-allowed') : deny('not-found');
  if (asking.by !== actor && facts.members.has(key(room.id, asking.by))) return deny('not-allowed');
  return [{ type: 'asking.ended', account }];
};
