/** Every command there is. The doors serve what is listed here, core refuses to compile without a handler for each. */
import * as accounts from './accounts.ts';
import * as administer from './administer.ts';
import * as audit from './audit.ts';
import type { Command } from './command.ts';
import * as courses from './courses.ts';
import * as drafts from './drafts.ts';
import * as invitations from './invitations.ts';
import * as factors from './factors.ts';
import * as health from './health.ts';
import * as joining from './joining.ts';
import * as lessons from './lessons.ts';
import * as members from './members.ts';
import * as messages from './messages.ts';
import * as notices from './notices.ts';
import * as notifications from './notifications.ts';
import * as oidc from './oidc.ts';
import * as passkeys from './passkeys.ts';
import * as presence from './presence.ts';
import * as digest from './digest.ts';
import * as push from './push.ts';
import * as recovery from './recovery.ts';
import * as rooms from './rooms.ts';
import * as saved from './saved.ts';
import * as school from './school.ts';
import * as streams from './streams.ts';
import * as threads from './threads.ts';

/** Name → declaration. */
export const COMMANDS = {
  'accounts.welcome': accounts.welcome,
  'accounts.signIn': accounts.signIn,
  'accounts.enterDemo': accounts.enterDemo,
  'accounts.signOut': accounts.signOut,
  'accounts.sessions': accounts.sessions,
  'accounts.revokeSession': accounts.revokeSession,
  'accounts.ticket': accounts.ticket,
  'accounts.me': accounts.me,
  'accounts.updateMe': accounts.updateMe,
  'accounts.changePassword': accounts.changePassword,
  'accounts.profiles': accounts.profiles,
  'accounts.find': accounts.find,
  'accounts.block': accounts.block,
  'accounts.unblock': accounts.unblock,
  'accounts.blocks': accounts.blocks,
  'accounts.readLink': accounts.readLink,
  'accounts.redeemLink': accounts.redeemLink,
  'accounts.list': administer.list,
  'accounts.invite': administer.invite,
  'accounts.import': administer.importPeople,
  'accounts.update': administer.update,
  'accounts.resetLink': administer.resetLink,
  'accounts.disable': administer.disable,
  'accounts.enable': administer.enable,
  'school.get': school.get,
  'school.logo': school.logo,
  'school.update': school.update,
  'school.setLogo': school.setLogo,
  'audit.list': audit.list,
  'accounts.factors': factors.factors,
  'accounts.stepUp': factors.stepUp,
  'accounts.beginTotp': factors.beginTotp,
  'accounts.confirmTotp': factors.confirmTotp,
  'accounts.removeTotp': factors.removeTotp,
  'accounts.newRecoveryCodes': factors.newRecoveryCodes,
  'accounts.resetFactors': factors.resetFactors,
  'accounts.forgotPassword': recovery.forgotPassword,
  'accounts.changeEmail': recovery.changeEmail,
  'accounts.confirmEmail': recovery.confirmEmail,
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
  'health.get': health.get,
  'rooms.all': rooms.all,
  'rooms.entrust': rooms.entrust,
  'accounts.sessionsOf': administer.sessionsOf,
  'accounts.endSessionsOf': administer.endSessionsOf,
  'joining.ask': joining.ask,
  'joining.read': joining.read,
  'joining.enter': joining.enter,
  'joining.asks': joining.asks,
  'joining.admit': joining.admit,
  'joining.decline': joining.decline,
  'lessons.courses': lessons.courses,
  'courses.list': courses.list,
  'courses.get': courses.get,
  'courses.create': courses.create,
  'courses.update': courses.update,
  'courses.putLesson': courses.putLesson,
  'courses.removeLesson': courses.removeLesson,
  'courses.people': courses.people,
  'courses.enrol': courses.enrol,
  'courses.unenrol': courses.unenrol,
  'rooms.create': rooms.create,
  'rooms.update': rooms.update,
  'rooms.archive': rooms.archive,
  'rooms.get': rooms.get,
  'rooms.mine': rooms.mine,
  'rooms.directory': rooms.directory,
  'rooms.categories': rooms.categories,
  'rooms.setCategories': rooms.setCategories,
  'rooms.openDirect': rooms.openDirect,
  'rooms.openGroup': rooms.openGroup,
  'rooms.askings': rooms.askings,
  'members.list': members.list,
  'members.join': members.join,
  'members.leave': members.leave,
  'members.add': members.add,
  'members.remove': members.remove,
  'members.setRole': members.setRole,
  'members.transfer': members.transfer,
  'members.mute': members.mute,
  'members.unmute': members.unmute,
  'members.ban': members.ban,
  'members.unban': members.unban,
  'members.bans': members.bans,
  'invitations.make': invitations.make,
  'invitations.list': invitations.list,
  'invitations.revoke': invitations.revoke,
  'invitations.read': invitations.read,
  'invitations.redeem': invitations.redeem,
  'messages.send': messages.send,
  'messages.edit': messages.edit,
  'messages.remove': messages.remove,
  'messages.react': messages.react,
  'messages.unreact': messages.unreact,
  'messages.page': messages.page,
  'messages.get': messages.get,
  'messages.locate': messages.locate,
  'messages.pin': messages.pin,
  'messages.unpin': messages.unpin,
  'messages.pins': messages.pins,
  'messages.history': messages.history,
  'drafts.put': drafts.put,
  'drafts.mine': drafts.mine,
  'messages.save': saved.save,
  'messages.unsave': saved.unsave,
  'messages.saved': saved.saved,
  'messages.tidySaved': saved.tidySaved,
  'messages.markRead': messages.markRead,
  'messages.markUnread': messages.markUnread,
  'notices.require': notices.requireReading,
  'notices.withdraw': notices.withdraw,
  'notices.confirm': notices.confirm,
  'notices.mine': notices.mine,
  'notices.state': notices.state,
  'notifications.setRoom': notifications.setRoom,
  'notifications.setCalm': notifications.setCalm,
  'notifications.keywords': notifications.keywords,
  'notifications.setKeywords': notifications.setKeywords,
  'notifications.inbox': notifications.inbox,
  'digest.leave': digest.leave,
  'push.key': push.key,
  'push.subscribe': push.subscribe,
  'push.unsubscribe': push.unsubscribe,
  'push.devices': push.devices,
  'presence.typing': presence.typing,
  'presence.here': presence.here,
  'presence.reading': presence.reading,
  'streams.read': streams.read,
  'streams.readMine': streams.readMine,
  'threads.follow': threads.follow,
  'threads.unfollow': threads.unfollow,
  'threads.markRead': threads.markRead,
  'threads.mine': threads.mine,
} as const satisfies Record<string, Command>;

export type Commands = typeof COMMANDS;
export type CommandName = keyof Commands;
/** Names of the commands of one kind. */
export type CommandsOfKind<K extends Command['kind']> = {
  [N in CommandName]: Commands[N]['kind'] extends K ? N : never;
}[CommandName];
