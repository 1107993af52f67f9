/** The rules of the invitations' commands, by name. */
import type { CommandName, Commands } from '@recreio/protocol';
import type { HandlerFor } from '../handler.ts';
import { read, redeem } from './come.ts';
import { list, make, revoke } from './make.ts';

/** Part of the table of all rules. */
export const HANDLERS: { readonly [N in Extract<CommandName, `invitations.${string}`>]: HandlerFor<Commands[N]> } = {
  'invitations.make': make,
  'invitations.list': list,
  'invitations.revoke': revoke,
  'invitations.read': read,
  'invitations.redeem': redeem,
};
