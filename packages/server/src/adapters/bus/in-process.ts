/** The bus where one process is the whole school: the embedded database lets no second one in. In tests it joins several. */
import type { Bus, BusParts, OpenBus } from '@recreio/core/ports.ts';
import { take, textOf } from './message.ts';

/** A street of one process, for as many nodes as live in it. What is told arrives in a later turn, as text, as elsewhere. */
export const inProcess = (): OpenBus => {
  const ends = new Set<BusParts>();
  return (parts: BusParts): Bus => {
    ends.add(parts);
    setImmediate(() => {
      if (ends.has(parts)) parts.up();
    });
    return {
      publish: (message) => {
        if (!ends.has(parts) || ends.size === 1) return;
        const text = textOf(parts.node, message, Number.POSITIVE_INFINITY);
        for (const end of ends) {
          if (end === parts) continue;
          setImmediate(() => {
            if (ends.has(end)) take(text, end);
          });
        }
      },
      isUp: () => ends.has(parts),
      close: async () => void ends.delete(parts),
    };
  };
};
