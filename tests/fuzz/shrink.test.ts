import { describe, expect, it } from 'vitest';
import { shortPlot } from './plots.ts';
import { fewest, keptText, shortened, shrink, wholeOf } from './shrink.ts';
import { faultsIn, type Plot } from './story.ts';

const never = () => false;
const hundred = Array.from({ length: 100 }, (_, nth) => nth);

describe('the shortest story', () => {
  it.each([
    ['one part', [42]],
    ['two parts far apart', [3, 97]],
    ['three neighbours', [50, 51, 52]],
    ['nothing at all', []],
  ])('[shrink] of a hundred parts, of which %s matter, has exactly those', async (_what, needed) => {
    let asked = 0;
    const fails = async (some: readonly number[]) => {
      asked += 1;
      return needed.every((part) => some.includes(part));
    };
    expect(await fewest(hundred, fails, never)).toEqual(needed);
    expect(asked).toBeLessThan(60);
  });

  it('[shrink] is never one that was not seen to fail, also where failing is a matter of luck', async () => {
    const seen = new Set([hundred.join()]);
    let luck = 7;
    const rest = await fewest(
      hundred,
      async (some) => {
        luck = (luck * 1_103_515_245 + 12_345) % 2 ** 31;
        const hasFailed = some.includes(11) && luck % 3 > 0;
        if (hasFailed) seen.add(some.join());
        return hasFailed;
      },
      never,
    );
    expect(rest).toContain(11);
    expect(rest.length).toBeLessThan(100);
    expect(seen).toContain(rest.join());
  });

  it('[shrink] ends when the time is over, with the shortest so far', async () => {
    let asked = 0;
    const rest = await fewest(
      hundred,
      async (some) => {
        asked += 1;
        return some.includes(42);
      },
      () => asked >= 4,
    );
    expect(asked).toBe(4);
    expect(rest).toContain(42);
    expect(rest.length).toBeLessThanOrEqual(50);
  });

  it('[shrink] of a whole plot has what it takes to fail and little else, and can be told again from its text', async () => {
    const plot = shortPlot(5);
    const students = 20;
    const needed = faultsIn(plot).filter(({ kind }) => kind === 'late-commit');
    expect(needed).toHaveLength(1);
    const fails = async ({ kept, operations }: Plot) =>
      operations >= 200 &&
      needed.every(({ nth }) => kept?.faults.includes(nth)) &&
      (kept?.students.includes(9) ?? false);
    const short = await shrink(plot, students, fails, never);
    expect(short.kept).toEqual({ students: [9], faults: needed.map(({ nth }) => nth) });
    expect(short.operations).toBeLessThan(400);
    expect(short.visits).toBe(0);
    expect(faultsIn(short)).toEqual(needed);
    expect(shortened(plot, keptText(short))).toEqual(short);
    expect(wholeOf(plot, students).students).toHaveLength(20);
    for (const text of ['', '{}', '{"operations":-1}', 'null']) expect(shortened(plot, text)).toBeNull();
  });
});
