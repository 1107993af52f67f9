import type { Forward } from './messages.ts';

/** Whether a message only passes another on: its words are that one's address, from whichever address the school had then ([R118]). */
export const isForwardAlone = (body: string, { room, message }: Forward): boolean =>
  !/\s/.test(body) && body.endsWith(`/sala/${room}?m=${message}`);
