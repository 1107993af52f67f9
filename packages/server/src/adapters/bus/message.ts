/** A message as the carriers hold it: JSON with the name of the node that told it. */
import type { BusParts } from '@recreio/core/ports.ts';

/** What a carrier tells instead of a message that is too long for it: look for yourselves. */
const POLL = { poll: true };

/** A message as text; the advice to poll when it is longer than `mostBytes` of UTF-8. */
export const textOf = (node: string, message: object, mostBytes: number): string => {
  const text = JSON.stringify({ n: node, ...message });
  return Buffer.byteLength(text) <= mostBytes ? text : JSON.stringify({ n: node, ...POLL });
};

/**
 * Hands a text to the hearer unless it is this node's own. Whoever may use the carrier may ring: what cannot be understood, or
 * not be taken, is trouble and must not end the school (security S66).
 */
export const take = (text: string, { node, heard, trouble }: BusParts): void => {
  try {
    const message: unknown = JSON.parse(text);
    if (typeof message !== 'object' || message === null || !('n' in message) || typeof message.n !== 'string')
      throw new TypeError('a message on the bus that no node of this school has written');
    // A name alone is a beat: a node listening for itself
    if (message.n !== node && Object.keys(message).length > 1) heard(message as Record<string, unknown>, message.n);
  } catch (error) {
    trouble(error as Error);
  }
};
