import { type Me, type MyRoom, URGENT } from '@recreio/protocol';
import { isStaff } from '@recreio/ui';
import { TO_ALL } from './to-all.ts';

/**
 * For how many of those whom a text names the reader may say that it is urgent ([R120]): not where the text calls everybody or half the
 * school. Undefined in rooms in which they may not at all: that is for the staff and for who moderates them, and not in private.
 */
export function urgeable(
  { kind }: Pick<MyRoom['room'], 'kind'>,
  moderates: boolean,
  me: Pick<Me, 'role'> | null,
): ((named: readonly string[]) => number) | undefined {
  const isTheirs = kind !== 'direct' && kind !== 'group' && (moderates || (me !== null && isStaff(me)));
  return isTheirs ? manyOf : undefined;
}

const manyOf = (named: readonly string[]): number =>
  named.length > URGENT.named || named.some((id) => TO_ALL.includes(id)) ? 0 : named.length;
