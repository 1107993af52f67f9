/** presence.reading: how far the others have read, where the school and they themselves show it (docs/protocol.md R83). */
import { type InputOf, type OutputOf, type presence, READERS, type SchoolPolicies } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { key } from '../streams/facts.ts';
import { deny, type Denial } from '../verdict.ts';
import type { World } from '../world.ts';

/** Somebody in a room, and how far they have read. */
export interface Reader {
  readonly account: string;
  readonly seq: number;
  readonly minor: boolean;
  /** Neither shows it nor is shown it. */
  readonly hides: boolean;
}

/** Who reads in a room: at most `READERS` and one more, which is as good as all of them. */
export interface Readers {
  readonly isPrivate: boolean;
  readonly people: readonly Reader[];
  /** key(blocker, blocked) among them. */
  readonly blocks: ReadonlySet<string>;
}

type Policy = Pick<SchoolPolicies, 'receipts' | 'receiptsWithMinors'>;

/** Whether a room shows who has read at all: never a large one, and where somebody under age is only if the school says so. */
export const showsReading = ({ receipts, receiptsWithMinors }: Policy, { isPrivate, people }: Readers): boolean =>
  receipts !== 'off' &&
  (isPrivate || receipts === 'small') &&
  people.length <= READERS &&
  (receiptsWithMinors || people.every(({ minor }) => !minor));

/** How far the others have read, for one of them; null where it is not shown to them. Who hides theirs is not shown others', and a block hides both. */
export const readingFor = (
  viewer: string,
  policy: Policy,
  readers: Readers,
): readonly { readonly account: string; readonly seq: number }[] | null => {
  const me = readers.people.find(({ account }) => account === viewer);
  if (!me || me.hides || !showsReading(policy, readers)) return null;
  return readers.people
    .filter(({ account, hides }) => {
      const isApart = readers.blocks.has(key(viewer, account)) || readers.blocks.has(key(account, viewer));
      return account !== viewer && !hides && !isApart;
    })
    .map(({ account, seq }) => ({ account, seq }));
};

/** To its members. */
export const reading = async (
  world: World,
  { room }: InputOf<typeof presence.reading>,
  { alive }: Call,
): Promise<OutputOf<typeof presence.reading> | Denial<'not-found'>> => {
  if (!(await world.memory.rooms.isMember(alive.account, room))) return deny('not-found');
  const { policies } = await world.memory.school.read();
  if (policies.receipts === 'off') return { isShown: false, read: [] };
  const found = readingFor(alive.account, policies, await world.memory.rooms.readers(room, READERS + 1));
  return { isShown: found !== null, read: [...(found ?? [])] };
};
