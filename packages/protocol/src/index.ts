/** The door of the words: what a client needs to know, and nothing else. */
export * as accounts from './accounts.ts';
export type { AccountRecord, AccountState, Me, Privacy, Profile, Role, Session } from './accounts.ts';
export { attentionTo, isResting } from './attention.ts';
export type { Attention, Call, Listener, Said, Whereabouts } from './attention.ts';
export { badgeOf, BIG_ROOM, isHushed, levelOf, placeOf } from './badges.ts';
export type { Place, RoomBadge, Tuning } from './badges.ts';
export * as audit from './audit.ts';
export type { AuditEntry } from './audit.ts';
export { isQuiet, quietHoursOf } from './calm.ts';
export type { Calm, Hush, Level, QuietHours, RoomTuning } from './calm.ts';
export { CORRIDOR_PROBLEMS, command } from './command.ts';
export type { Command, CommandKind, HttpRoute, InputOf, OutputOf, ProblemsOf, Quota } from './command.ts';
export { COMMANDS } from './commands.ts';
export type { CommandName, Commands, CommandsOfKind } from './commands.ts';
export * as courses from './courses.ts';
export type { CourseRecord, Enrolled, LessonRecord, Outside } from './courses.ts';
export { RoomEvent, UserEvent } from './events.ts';
export type { RestrictionKind, RoomEventData, RoomEventType, UserEventType } from './events.ts';
export * as factors from './factors.ts';
export type { Factors } from './factors.ts';
export * as health from './health.ts';
export type { Health } from './health.ts';
export { ClientId, Cursor, Id, Instant, roomStream, Seq, StreamName, streamTarget, userStream } from './ids.ts';
export * as invitations from './invitations.ts';
export type { Audience, Invitation, InvitedRole } from './invitations.ts';
export * as joining from './joining.ts';
export type { JoinAsk } from './joining.ts';
export * as lessons from './lessons.ts';
export type { Course, Lesson } from './lessons.ts';
export type { Language, SchoolLanguages, SchoolLook } from './look.ts';
export {
  CATEGORIES_MOST,
  COURSE,
  DEFAULT_LIMITS,
  DRAFTS,
  GROUP,
  INVITATION,
  JOINING,
  Limits,
  CALLS_TO_ALL,
  NOTICES,
  NOTICES_SHOWN,
  PINS,
  SAVED,
  TEXT,
} from './limits.ts';
export * as members from './members.ts';
export type { Member } from './members.ts';
export * as messages from './messages.ts';
export type {
  Message,
  MessageContent,
  Pinned,
  Range,
  Reaction,
  Replies,
  Revision,
  ThreadStanding,
  UnreadFrom,
} from './messages.ts';
export * as notices from './notices.ts';
export type { Confirmation } from './notices.ts';
export * as notifications from './notifications.ts';
export type { InboxItem } from './notifications.ts';
export * as oidc from './oidc.ts';
export * as passkeys from './passkeys.ts';
export type { Passkey, PasskeyProof } from './passkeys.ts';
export * as presence from './presence.ts';
export { CLOSE, mayComeBack, Problem, PROBLEMS, problem } from './problems.ts';
export type { ProblemCode, ProblemExtra, ProblemRow, Retry } from './problems.ts';
export * as push from './push.ts';
export { PUSH_DEVICES } from './push.ts';
export { pushTag } from './push-tag.ts';
export type { PushDevice, PushNote } from './push.ts';
export * as recovery from './recovery.ts';
export * as rooms from './rooms.ts';
export type {
  AnyRoom,
  Asking,
  Category,
  Direct,
  DirectoryEntry,
  Group,
  Mine,
  MyRoom,
  Room,
  RoomKind,
  RoomRecord,
  RoomRole,
  RoomSettings,
} from './rooms.ts';
export * as drafts from './drafts.ts';
export type { SyncedDraft } from './drafts.ts';
export * as saved from './saved.ts';
export type { SavedMessage } from './saved.ts';
export * as school from './school.ts';
export { DEFAULT_POLICIES, LOGO_BYTES, READERS } from './school.ts';
export type { Joining, PrivateTalk, Push, School, SchoolPolicies } from './school.ts';
export * as streams from './streams.ts';
export { ClientFrame, ServerFrame } from './streams.ts';
export type { WelcomeFrame } from './streams.ts';
export * as threads from './threads.ts';
export type { FollowedThread } from './threads.ts';
export { PROTOCOL_VERSION, SUBPROTOCOL } from './version.ts';
