/** Devices that are called, and told what goes, for tests: until none waits. */
import type { CallingParts } from '../notifications/calling.ts';
import { tellInTurn } from '../notifications/taking-away.ts';
import { callInTurn } from '../notifications/turns.ts';

/** Sends all that is due, turn after turn. */
export const sendAll = async (parts: CallingParts): Promise<void> => {
  const turns = callInTurn(parts, () => false);
  while ((await turns.begin()) > 0) await turns.ended();
};

/** These people have read something: all their devices are told. */
export const takeAway = async (parts: CallingParts, accounts: readonly string[]): Promise<void> => {
  const telling = tellInTurn(parts, () => false);
  for (let left = accounts; left.length > 0; await telling.ended()) left = await telling.begin(left);
};
