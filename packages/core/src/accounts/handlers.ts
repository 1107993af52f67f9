/** The rules of the accounts' commands, by name. */
import type { CommandName, Commands } from '@recreio/protocol';
import type { HandlerFor } from '../handler.ts';
import * as administer from './administer.ts';
import * as factors from './factors.ts';
import * as devices from './devices.ts';
import * as links from './links.ts';
import * as oidc from './oidc.ts';
import * as passkeys from './passkeys.ts';
import * as people from './people.ts';
import * as prove from './prove.ts';
import * as recover from './recover.ts';
import * as sessions from './sessions.ts';

/** Part of the table of all rules; what disabling means for rooms, which are further down the line, goes with `accounts.disable` (rooms/entrust.ts). */
export const HANDLERS: {
  readonly [N in Exclude<Extract<CommandName, `accounts.${string}`>, 'accounts.disable'>]: HandlerFor<Commands[N]>;
} = {
  'accounts.welcome': sessions.welcome,
  'accounts.signIn': sessions.signIn,
  'accounts.enterDemo': sessions.enterDemo,
  'accounts.signOut': sessions.signOut,
  'accounts.sessions': sessions.sessions,
  'accounts.revokeSession': sessions.revokeSession,
  'accounts.ticket': sessions.ticket,
  'accounts.me': people.me,
  'accounts.updateMe': people.updateMe,
  'accounts.changePassword': links.changePassword,
  'accounts.profiles': people.profiles,
  'accounts.find': people.find,
  'accounts.block': people.block,
  'accounts.unblock': people.unblock,
  'accounts.blocks': people.blocks,
  'accounts.readLink': links.readLink,
  'accounts.redeemLink': links.redeemLink,
  'accounts.list': administer.list,
  'accounts.invite': administer.invite,
  'accounts.import': administer.importPeople,
  'accounts.update': administer.update,
  'accounts.resetLink': administer.resetLink,
  'accounts.enable': administer.enable,
  'accounts.factors': factors.factors,
  'accounts.stepUp': prove.stepUp,
  'accounts.beginTotp': factors.beginTotp,
  'accounts.confirmTotp': factors.confirmTotp,
  'accounts.removeTotp': factors.removeTotp,
  'accounts.newRecoveryCodes': factors.newRecoveryCodes,
  'accounts.resetFactors': factors.resetFactors,
  'accounts.forgotPassword': recover.forgotPassword,
  'accounts.changeEmail': recover.changeEmail,
  'accounts.confirmEmail': recover.confirmEmail,
  'accounts.beginOidc': oidc.beginOidc,
  'accounts.finishOidc': oidc.finishOidc,
  'accounts.linkOidc': oidc.linkOidc,
  'accounts.unlinkOidc': oidc.unlinkOidc,
  'accounts.askPasskey': passkeys.askPasskey,
  'accounts.signInWithPasskey': passkeys.signInWithPasskey,
  'accounts.beginPasskey': passkeys.beginPasskey,
  'accounts.addPasskey': passkeys.addPasskey,
  'accounts.renamePasskey': passkeys.renamePasskey,
  'accounts.removePasskey': passkeys.removePasskey,
  'accounts.sessionsOf': devices.sessionsOf,
  'accounts.endSessionsOf': devices.endSessionsOf,
};
