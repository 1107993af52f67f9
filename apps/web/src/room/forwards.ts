/** Passing a message on without words of one's own. Pure. */
import type { Forward } from '@recreio/protocol';
import { messageHref } from '../side/groups.ts';

/** What is said then: its address, which other clients can follow. */
export const addressOf = ({ room, message }: Forward, origin: string): string =>
  new URL(messageHref(room, message), origin).href;
