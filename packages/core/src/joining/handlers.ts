/** The rules of coming to the school uninvited, by name. */
import type { CommandName, Commands } from '@recreio/protocol';
import type { HandlerFor } from '../handler.ts';
import { admit, asks, decline } from './answer.ts';
import { ask, enter, read } from './ask.ts';

/** Part of the table of all rules. */
export const HANDLERS: { readonly [N in Extract<CommandName, `joining.${string}`>]: HandlerFor<Commands[N]> } = {
  'joining.ask': ask,
  'joining.read': read,
  'joining.enter': enter,
  'joining.asks': asks,
  'joining.admit': admit,
  'joining.decline': decline,
};
