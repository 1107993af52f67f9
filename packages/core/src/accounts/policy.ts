/** What people of a school may do with each other. Tables and predicates, no memory. */
import type { Role, SchoolPolicies } from '@recreio/protocol';
import type { AccountFact, PairFact } from '../streams/facts.ts';
import { deny, type Denial } from '../verdict.ts';

/**
 * Whether a person may bring another into a room that only they open and no course keeps: what would be a private conversation
 * in all but name follows the same protection (privacy, decision 1), except that the school's moderators and administrators, who
 * answer for everybody, may gather a council. A block stands between them, too.
 */
export const mayBring = (
  a: { readonly id: string } & AccountFact,
  b: { readonly id: string } & AccountFact,
  pair: PairFact,
): Denial<'protected-minor' | 'not-allowed'> | null => {
  const adult = a.minor ? b : a;
  const answersForAll = adult.role === 'moderator' || adult.role === 'administrator';
  if (a.minor !== b.minor && !answersForAll && !pair.staff.includes(adult.id)) return deny('protected-minor');
  return pair.blocked ? deny('not-allowed') : null;
};

/** Who looks after people: makes accounts, disables them. */
export const mayAdminister = (role: Role): boolean => role === 'administrator';

/** Nobody's id (RFC 9562 §5.9): the operator is no account, and so can neither be disabled nor be the last administrator. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** For so long after proving who one is, what is privileged does not ask for it again (security S31), in ms. */
export const ASSURED_MS = 5 * 60_000;

/** Whether a proof is fresh enough for what is privileged. Times in ms by one clock. */
export const isAssured = (assuredAt: number | null, now: number): boolean =>
  assuredAt !== null && now - assuredAt < ASSURED_MS;

/** Who works at the school, and so is staff of the courses they are enrolled in. */
export const isStaff = (role: Role): boolean =>
  role === 'teacher' || role === 'monitor' || role === 'moderator' || role === 'administrator';

/** Whether someone is taken for under age when nobody said: students are, unless the school is one of adults (privacy, "safe by default"). */
export const minorByDefault = (role: Role, policy: SchoolPolicies['minorByDefault']): boolean =>
  policy === 'students' && role === 'student';

/** Which of the six papers a person's initials stand on: dealt by the id, so always the same. */
export const toneOf = (id: string): number => (Number.parseInt(id.slice(-6), 16) % 6) + 1;

/**
 * Whether two people may talk in private (privacy, decision 1; docs/protocol.md R52): they share a room; a minor and an adult
 * only where the adult is staff of one of the minor's courses; neither has blocked the other; and the school lets them.
 */
export const mayTalk = (
  a: { readonly id: string } & AccountFact,
  b: { readonly id: string } & AccountFact,
  pair: PairFact,
): Denial<'blocked' | 'protected-minor' | 'read-only'> | null => {
  if (pair.blocked || a.disabled || b.disabled) return deny('blocked');
  if (!pair.shareRoom) return deny('read-only', { detail: 'you share no room any more' });
  if (a.minor !== b.minor) {
    const adult = a.minor ? b : a;
    if (!pair.staff.includes(adult.id)) return deny('protected-minor');
  }
  if (pair.allowed === 'nobody' || (pair.allowed === 'with-staff' && !isStaff(a.role) && !isStaff(b.role)))
    return deny('read-only', { detail: 'the school does not allow this private conversation' });
  if (a.role === 'guardian' || b.role === 'guardian') return deny('read-only');
  return null;
};
