/** What people of a school may do with each other. Tables and predicates, no memory. */
import type { PrivateTalk, Role, SchoolPolicies } from '@recreio/protocol';
import { type AccountFact, key, type PairFact, type Ties } from '../streams/facts.ts';
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

/** Who stands in the record for whoever acts: the account; null for whoever runs the server, who has none. */
export const actorOf = ({ account }: { readonly account: string }): string | null =>
  account === NOBODY ? null : account;

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

/** How people come in now: a school that lets them in by their address, but sends no mail, cannot know whose address it is. */
export const joiningNow = (
  { joining }: Pick<SchoolPolicies, 'joining'>,
  sendsMail: boolean,
): SchoolPolicies['joining'] => (joining === 'domain' && !sendsMail ? 'closed' : joining);

/** Which of the six papers a person's initials stand on: dealt by the id, so always the same. */
export const toneOf = (id: string): number => (Number.parseInt(id.slice(-6), 16) % 6) + 1;

/** Whether the school's policy lets people talk in private, with somebody of the staff among them or without. */
const isAllowed = (policy: PrivateTalk, hasStaff: boolean): boolean =>
  policy === 'everyone' || (policy === 'with-staff' && hasStaff);

const NOT_HERE = 'the school does not allow this private conversation';

/** Whether two people know each other without sharing a room: whoever works at the school knows their colleagues. */
export const areColleagues = (a: Pick<AccountFact, 'role'>, b: Pick<AccountFact, 'role'>): boolean =>
  isStaff(a.role) && isStaff(b.role);

/**
 * Whether two people may talk in private (privacy, decision 1; docs/protocol.md R52): they share a room, or both work at the
 * school; a minor and an adult only where the adult is staff of one of the minor's courses; neither has blocked the other; and
 * the school lets them.
 */
export const mayTalk = (
  a: { readonly id: string } & AccountFact,
  b: { readonly id: string } & AccountFact,
  pair: PairFact,
): Denial<'blocked' | 'protected-minor' | 'read-only'> | null => {
  if (pair.blocked || a.disabled || b.disabled) return deny('blocked');
  if (!pair.shareRoom && !areColleagues(a, b)) return deny('read-only', { detail: 'you share no room any more' });
  if (a.minor !== b.minor) {
    const adult = a.minor ? b : a;
    if (!pair.staff.includes(adult.id)) return deny('protected-minor');
  }
  if (!isAllowed(pair.allowed, isStaff(a.role) || isStaff(b.role))) return deny('read-only', { detail: NOT_HERE });
  if (a.role === 'guardian' || b.role === 'guardian') return deny('read-only');
  return null;
};

/**
 * Whether these people may be in one private conversation as far as age and the school's policy go (privacy, decision 1; docs/protocol.md R75): a minor
 * and an adult are in a group together only where one of those who are in it already is staff of one of the minor's courses, so
 * that nobody is with a minor where nobody looks after them; and where the school wants staff in private talk, one of them is in it.
 * `coming` are those who will be in it, when they say yes.
 */
export const mayGather = (
  present: readonly string[],
  coming: readonly string[],
  accounts: ReadonlyMap<string, AccountFact>,
  { teaches, allowed }: Pick<Ties, 'teaches' | 'allowed'>,
): Denial<'protected-minor' | 'read-only'> | null => {
  const isMinor = (id: string) => accounts.get(id)?.minor !== false;
  const everybody = [...present, ...coming];
  const grown = present.filter((id) => !isMinor(id));
  const isLookedAfter = (young: string) => grown.some((id) => teaches.has(key(id, young)));
  const isMixed = everybody.some((id) => !isMinor(id));
  if (isMixed && everybody.some((id) => isMinor(id) && !isLookedAfter(id))) return deny('protected-minor');
  const hasStaff = present.some((id) => isStaff(accounts.get(id)?.role ?? 'student'));
  return isAllowed(allowed, hasStaff) ? null : deny('read-only', { detail: NOT_HERE });
};

/**
 * Who comes into a group only by saying yes (privacy, DSA art. 28): a minor always; who wants to be asked; and who has blocked one
 * of the people there, for they are not to find themselves together with them, nor is anybody to learn of the block.
 */
export const mustBeAsked = (
  id: string,
  { minor, asksFirst }: AccountFact,
  others: readonly string[],
  { blocks }: Pick<Ties, 'blocks'>,
): boolean => minor || asksFirst === true || others.some((other) => blocks.has(key(id, other)));

/**
 * Whether a person may put another into a group with these people: everybody in it could write to everybody in private, age aside
 * (`mayGather`), and a block of others aside, of which nobody learns (`mustBeAsked`).
 */
export const mayPutTogether = (
  actor: string,
  newcomer: string,
  others: readonly string[],
  accounts: ReadonlyMap<string, AccountFact>,
  ties: Ties,
): Denial<'not-found' | 'not-allowed' | 'blocked'> | null => {
  const account = accounts.get(newcomer);
  const knows = (id: string): boolean => {
    const other = accounts.get(id);
    return ties.acquainted.has(key(id, newcomer)) || (!!account && !!other && areColleagues(account, other));
  };
  // People one neither shares a room nor works with are unknown, and stay so (R5)
  if (!account || !knows(actor)) return deny('not-found');
  const isBlocked = ties.blocks.has(key(actor, newcomer)) || ties.blocks.has(key(newcomer, actor));
  if (account.disabled || isBlocked) return deny('blocked');
  if (account.role === 'guardian' || accounts.get(actor)?.role === 'guardian') return deny('not-allowed');
  return others.every(knows) ? null : deny('not-allowed', { detail: 'not all of these people share a room' });
};
