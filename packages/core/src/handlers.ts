/** Name → handler, one for every command: leaving one out, or denying with an undeclared problem, does not compile. */
import { DEFAULT_LIMITS, type CommandName, type Commands } from '@recreio/protocol';
import * as accounts from './accounts/handlers.ts';
import * as audit from './audit/list.ts';
import * as courses from './courses/handlers.ts';
import type { HandlerFor } from './handler.ts';
import * as invitations from './invitations/handlers.ts';
import * as joining from './joining/handlers.ts';
import * as comeAndGo from './members/come-and-go.ts';
import { openGroup } from './members/group.ts';
import * as membersList from './members/list.ts';
import * as tend from './members/tend.ts';
import * as health from './health/get.ts';
import { edit } from './messages/edit.ts';
import { pin, unpin } from './messages/pin.ts';
import { react, unreact } from './messages/react.ts';
import * as reading from './messages/read.ts';
import { remove } from './messages/remove.ts';
import * as drafts from './messages/drafts.ts';
import * as saving from './messages/save.ts';
import { send } from './messages/send.ts';
import * as threads from './messages/threads.ts';
import * as keywords from './notifications/keywords.ts';
import { leave } from './notifications/leave.ts';
import * as notices from './notifications/notices.ts';
import * as push from './notifications/push.ts';
import * as notifications from './notifications/tell.ts';
import { reading as readers } from './presence/reading.ts';
import * as presence from './presence/signal.ts';
import { create, openDirect } from './rooms/create.ts';
import * as categories from './rooms/categories.ts';
import { all } from './rooms/administer.ts';
import { disable, entrust } from './rooms/entrust.ts';
import * as find from './rooms/find.ts';
import { archive, update } from './rooms/update.ts';
import * as school from './school/settings.ts';

/** The table of the rules. */
export const HANDLERS: { readonly [N in CommandName]: HandlerFor<Commands[N]> } = {
  ...accounts.HANDLERS,
  'accounts.disable': disable,
  'school.get': school.get,
  'school.logo': school.logo,
  'school.update': school.update,
  'school.setLogo': school.setLogo,
  'audit.list': audit.list,
  'health.get': health.get,
  'rooms.all': all,
  'rooms.entrust': entrust,
  ...joining.HANDLERS,
  'lessons.courses': find.courses,
  ...courses.HANDLERS,
  'rooms.create': create,
  'rooms.update': update,
  'rooms.archive': archive,
  'rooms.get': find.get,
  'rooms.mine': find.mine,
  'rooms.directory': find.directory,
  'rooms.categories': categories.categories,
  'rooms.setCategories': categories.setCategories,
  'rooms.openDirect': openDirect,
  'rooms.openGroup': openGroup,
  'rooms.askings': find.askings,
  'members.list': membersList.list,
  'members.join': comeAndGo.join,
  'members.leave': comeAndGo.leave,
  'members.add': tend.add,
  'members.remove': tend.removeMember,
  'members.setRole': tend.setRole,
  'members.transfer': tend.transfer,
  'members.mute': tend.mute,
  'members.unmute': tend.unmute,
  'members.ban': tend.ban,
  'members.unban': tend.unban,
  'members.bans': membersList.bans,
  ...invitations.HANDLERS,
  'messages.send': send(DEFAULT_LIMITS),
  'messages.edit': edit(DEFAULT_LIMITS),
  'messages.remove': remove,
  'messages.react': react,
  'messages.unreact': unreact,
  'messages.page': reading.page,
  'messages.get': reading.get,
  'messages.locate': reading.locate,
  'messages.pin': pin,
  'messages.unpin': unpin,
  'messages.pins': reading.pins,
  'messages.history': reading.history,
  'drafts.put': drafts.put,
  'drafts.mine': drafts.mine,
  'messages.save': saving.save,
  'messages.unsave': saving.unsave,
  'messages.saved': saving.saved,
  'messages.tidySaved': saving.tidySaved,
  'messages.markRead': reading.markRead,
  'messages.markUnread': reading.markUnread,
  'notices.require': notices.requireReading,
  'notices.withdraw': notices.withdraw,
  'notices.confirm': notices.confirm,
  'notices.mine': notices.mine,
  'notices.state': notices.state,
  'notifications.setRoom': notifications.setRoom,
  'notifications.setCalm': notifications.setCalm,
  'notifications.keywords': keywords.list,
  'notifications.setKeywords': keywords.set,
  'notifications.inbox': notifications.inbox,
  'digest.leave': leave,
  'push.key': push.key,
  'push.subscribe': push.subscribe,
  'push.unsubscribe': push.unsubscribe,
  'push.devices': push.devices,
  'presence.typing': presence.typing,
  'presence.here': presence.here,
  'presence.reading': readers,
  'streams.read': reading.read,
  'streams.readMine': reading.readMine,
  'threads.follow': threads.follow,
  'threads.unfollow': threads.unfollow,
  'threads.markRead': threads.markRead,
  'threads.mine': threads.mine,
};
