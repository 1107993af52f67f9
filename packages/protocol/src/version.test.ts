import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Command } from './command.ts';
import { COMMANDS } from './commands.ts';
import { RoomEvent, UserEvent } from './events.ts';
import { CLOSE, PROBLEMS, Problem } from './problems.ts';
import { ClientFrame, ServerFrame } from './streams.ts';
import { PROTOCOL_VERSION, SUBPROTOCOL } from './version.ts';

/**
 * The shapes of version 1. If this test fails, the words have changed. Ask: could a client written for this number
 * misunderstand a frame, an answer or a refusal? If so, raise PROTOCOL_VERSION and SUBPROTOCOL. Then write the new hash here.
 */
const PINNED = { version: 1, hash: 'b69583b333efa8498da2e685c599aee18e1f2ffb0e817fc4cd7d8a81c6629149' };

/** What people read, and the order of members, are not part of a shape. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([name, inner]) => !(['description', 'title'].includes(name) && typeof inner === 'string'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, shapeOf(inner)]);
};

const hashOf = (words: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(shapeOf(words)))
    .digest('hex');

const commands = Object.values(COMMANDS).map((command: Command) => {
  const { name, who, input, output, problems, http, socket } = command;
  return { name, who, input, output, problems: [...problems].sort(), http, socket };
});
const words = {
  commands,
  events: [RoomEvent, UserEvent],
  frames: [ClientFrame, ServerFrame],
  PROBLEMS,
  Problem,
  CLOSE,
};

describe('the version of the protocol', () => {
  it('[R18] stands beside the hash of all shapes: none changes unnoticed', () => {
    expect({ version: PROTOCOL_VERSION, hash: hashOf(words) }).toEqual(PINNED);
  });

  it('[R16] is the one that the subprotocol names', () => {
    expect(SUBPROTOCOL).toBe(`recreio.v${PROTOCOL_VERSION}`);
  });

  it('[R18] a shape that changes anywhere changes the hash, and a description does not', () => {
    const [first, ...others] = commands;
    expect(hashOf({ ...words, commands: others })).not.toBe(hashOf(words));
    expect(hashOf({ ...words, commands: [{ ...first, who: 'nobody' }, ...others] })).not.toBe(hashOf(words));
    expect(hashOf({ type: 'string', description: 'One thing.' })).toBe(
      hashOf({ description: 'Another.', type: 'string' }),
    );
  });
});
