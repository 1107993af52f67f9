/** What every doorbell between nodes must do; what it need not do (order, once, at all) is the hub's to bear (contract D20). */
import { afterEach, describe, expect, test, vi } from 'vitest';

/** A node's end of a bus. */
export interface BusEnd {
  publish(message: object): void;
  close(): Promise<void>;
}

/** Opens a node's end; `heard` gets what other nodes published. */
export type OpenBus = (node: string, heard: (message: Record<string, unknown>) => void) => Promise<BusEnd>;

/** The sentences of the port. */
export const busContract = (implementation: string, open: OpenBus): void => {
  describe(`the bus over ${implementation}`, () => {
    const ends: BusEnd[] = [];
    afterEach(async () => {
      for (const end of ends.splice(0)) await end.close();
    });
    const node = async (name: string): Promise<{ end: BusEnd; heard: Record<string, unknown>[] }> => {
      const heard: Record<string, unknown>[] = [];
      const end = await open(name, (message) => heard.push(message));
      ends.push(end);
      return { end, heard };
    };

    test('every other node hears, the one that rings does not', async () => {
      const [one, two, three] = [await node('one'), await node('two'), await node('three')];
      one.end.publish({ rooms: [['sala', 7]] });
      two.end.publish({ rooms: [['sala', 8]] });
      await vi.waitFor(() => expect(three.heard).toHaveLength(2));
      await vi.waitFor(() =>
        expect([one.heard, two.heard]).toMatchObject([[{ rooms: [['sala', 8]] }], [{ rooms: [['sala', 7]] }]]),
      );
    });

    test('what is too long to be told becomes the advice to look for oneself', async () => {
      const [one, two] = [await node('one'), await node('two')];
      one.end.publish({ rooms: Array.from({ length: 1_000 }, (_, i) => [`sala-${i}-ção`, i]) });
      await vi.waitFor(() => expect(two.heard).toHaveLength(1));
      const [message] = two.heard;
      expect(message?.['poll'] === true || Array.isArray(message?.['rooms'])).toBe(true);
    });

    test('a text is told as it is', async () => {
      const [one, two] = [await node('one'), await node('two')];
      const text = `it's "quoted" \\ $1 \u2028 ção 😀`;
      one.end.publish({ w: text });
      await vi.waitFor(() => expect(two.heard).toMatchObject([{ w: text }]));
    });

    test('who has closed hears nothing, and the others do', async () => {
      const [one, two, three] = [await node('one'), await node('two'), await node('three')];
      await two.end.close();
      one.end.publish({ rooms: [] });
      await vi.waitFor(() => expect(three.heard).toHaveLength(1));
      expect(two.heard).toEqual([]);
    });
  });
};
