/** What every doorbell between nodes must do; what it need not do (order, once, at all) is the hub's to bear (contract D20). */
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Bus, OpenBus } from '../../streams/bus.ts';

/** A carrier that a test can take away. */
export interface Carrier {
  readonly open: OpenBus;
  /** What two nodes are joined by goes away at once; null where nothing can, because nothing lies between them. */
  readonly faults: {
    cut(): Promise<void> | void;
    mend(): Promise<void> | void;
    /** Something that no node has written arrives at each. */
    garbage(text: string): Promise<void> | void;
  } | null;
  /** Waits that long for a line to come back, in ms. */
  readonly backMs?: number;
}

interface Node {
  readonly bus: Bus;
  readonly heard: { readonly message: Record<string, unknown>; readonly from: string }[];
  readonly troubles: Error[];
  /** How often it came up. */
  ups: number;
}

/** The sentences of the port. */
export const busContract = (implementation: string, carrier: () => Carrier): void => {
  describe(`the bus over ${implementation}`, () => {
    const nodes: Node[] = [];
    afterEach(async () => {
      await carrier().faults?.mend();
      for (const { bus } of nodes.splice(0)) await bus.close();
    });
    const begin = (name: string): Node => {
      const made: Omit<Node, 'bus'> & { bus?: Bus } = { heard: [], troubles: [], ups: 0 };
      made.bus = carrier().open({
        node: name,
        heard: (message, from) => {
          if (message['refuse'] === true) throw new RangeError('a word of another release');
          made.heard.push({ message, from });
        },
        up: () => {
          made.ups += 1;
        },
        trouble: (error) => made.troubles.push(error),
      });
      nodes.push(made as Node);
      return made as Node;
    };
    const isUp = (node: Node) =>
      vi.waitFor(() => expect([node.bus.isUp(), node.ups]).toEqual([true, expect.any(Number)]), { timeout: 15_000 });
    const open = async (name: string): Promise<Node> => {
      const node = begin(name);
      await isUp(node);
      await vi.waitFor(() => expect(node.ups).toBe(1));
      return node;
    };
    /** Rings until it is heard: what was told while a line was away is lost, and may be. */
    const reaches = async (one: Node, other: Node, seq: number): Promise<void> => {
      await vi.waitFor(
        () => {
          one.bus.publish({ rooms: [['sala', seq]] });
          expect(other.heard.map(({ message }) => message)).toContainEqual(
            expect.objectContaining({ rooms: [['sala', seq]] }),
          );
        },
        { timeout: carrier().backMs ?? 15_000, interval: 50 },
      );
    };

    test('[D20] every other node hears who rang, the one that rings does not', async () => {
      const [one, two, three] = [await open('one'), await open('two'), await open('three')];
      one.bus.publish({ rooms: [['sala', 7]] });
      two.bus.publish({ rooms: [['sala', 8]] });
      await vi.waitFor(() => expect(three.heard).toHaveLength(2));
      await vi.waitFor(() =>
        expect([one.heard, two.heard]).toMatchObject([
          [{ from: 'two', message: { rooms: [['sala', 8]] } }],
          [{ from: 'one', message: { rooms: [['sala', 7]] } }],
        ]),
      );
    });

    test('[D20] what is too long to be told becomes the advice to look for oneself', async () => {
      const [one, two] = [await open('one'), await open('two')];
      one.bus.publish({ rooms: Array.from({ length: 10_000 }, (_, i) => [`sala-${i}-ção`, i]) });
      await vi.waitFor(() => expect(two.heard).toHaveLength(1));
      const [{ message } = { message: {} }] = two.heard as { message: Record<string, unknown> }[];
      expect(message['poll'] === true || (message['rooms'] as unknown[]).length === 10_000).toBe(true);
    });

    test('[D20] a text is told as it is', async () => {
      const [one, two] = [await open('one'), await open('two')];
      const text = `it's "quoted" \\ $1 \u2028 ção 😀`;
      one.bus.publish({ w: text });
      await vi.waitFor(() => expect(two.heard).toMatchObject([{ message: { w: text } }]));
    });

    test('[D20] who has closed hears nothing and may still ring, and the others do hear', async () => {
      const [one, two, three] = [await open('one'), await open('two'), await open('three')];
      await two.bus.close();
      one.bus.publish({ rooms: [] });
      await vi.waitFor(() => expect(three.heard).toHaveLength(1));
      two.bus.publish({ rooms: [] });
      expect([two.heard, two.bus.isUp()]).toEqual([[], false]);
    });

    test('[S66] a message that the hearer cannot bear is trouble and nothing more', async () => {
      const [one, two] = [await open('one'), await open('two')];
      one.bus.publish({ refuse: true });
      await vi.waitFor(() => expect(two.troubles.map(({ name }) => name)).toEqual(['RangeError']));
      await reaches(one, two, 1);
    });

    test('[D20] a node opens at once where there is no carrier, rings without a word, and is up when it comes', async (context) => {
      const { faults } = carrier();
      if (!faults) return context.skip('nothing lies between the nodes');
      await faults.cut();
      const [one, two] = [begin('one'), begin('two')];
      expect([one.bus.isUp(), two.bus.isUp()]).toEqual([false, false]);
      for (let seq = 0; seq < 1_000; seq++) one.bus.publish({ rooms: [['sala', seq]] });
      await vi.waitFor(() => expect([one.troubles, two.troubles]).toMatchObject([[expect.any(Error)], [{}]]));
      await faults.mend();
      await isUp(one);
      await isUp(two);
      await reaches(one, two, 1_001);
      return undefined;
    });

    test('[D20] a line that is cut comes back by itself, says so once, and what was told meanwhile is forgotten', async (context) => {
      const { faults } = carrier();
      if (!faults) return context.skip('nothing lies between the nodes');
      const [one, two] = [await open('one'), await open('two')];
      await reaches(one, two, 1);
      await faults.cut();
      await vi.waitFor(() => expect([one.bus.isUp(), two.bus.isUp()]).toEqual([false, false]), { timeout: 15_000 });
      one.bus.publish({ rooms: [['sala', 2]] });
      await faults.mend();
      await reaches(one, two, 3);
      await reaches(two, one, 4);
      expect([one.ups, two.ups]).toEqual([2, 2]);
      expect([one.troubles.length, two.troubles.length]).toEqual([1, 1]);
      return undefined;
    });

    test('[S66] garbage is trouble and nothing more', async (context) => {
      const { faults } = carrier();
      if (!faults) return context.skip('nothing lies between the nodes');
      const [one, two] = [await open('one'), await open('two')];
      const garbage = ['not JSON', 'null', '7', '{"rooms":[["sala",9]]}', '{"n":7}', '\u0001'.repeat(200)];
      for (const text of garbage) await faults.garbage(text);
      await vi.waitFor(() => expect(two.troubles).toHaveLength(garbage.length));
      expect(two.heard).toEqual([]);
      await reaches(one, two, 1);
      return undefined;
    });
  });
};
