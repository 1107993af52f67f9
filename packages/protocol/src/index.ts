/** The door of the words: what a client needs to know, and nothing else. */
export * as accounts from './accounts.ts';
export type { Me, Privacy, Profile, Role, Session } from './accounts.ts';
export * as administer from './administer.ts';
export type { AccountRecord, AccountState } from './administer.ts';
export { attentionTo, isResting } from './attention.ts';
export type { Attention, Call, Listener, Said, Whereabouts } from './attention.ts';
export { badgeOf, BIG_ROOM, isHushed, levelOf, placeOf } from './badges.ts';
export type { Place, RoomBadge, Tuning } from './badges.ts';
export * as audit from './audit.ts';
export type { AuditEntry } from './audit.ts';
export { isQuiet, quietHoursOf } from './calm.ts';
export type { Calm, Hush, Level, MailPace, QuietHours, RoomTuning } from './calm.ts';
export { CORRIDOR_PROBLEMS, command } from './command.ts';
export type { Command, CommandKind, HttpRoute, InputOf, OutputOf, ProblemsOf, Quota } from './command.ts';
export { COMMANDS } from './commands.ts';
export type { CommandName, Commands, CommandsOfKind } from './commands.ts';
export * as courses from './courses.ts';
export type { CourseRecord, Enrolled, LessonRecord, Outside } from './courses.ts';
export { isForwardAlone } from './forward-alone.ts';
export { RoomEvent, UserEvent } from './events.ts';
export type { RestrictionKind, RoomEventData, RoomEventType, UserEventType } from './events.ts';
export * as factors from './factors.ts';
export type { Factors } from './factors.ts';
export { foldText } from './fold.ts';
export * as health from './health.ts';
export type { Health } from './health.ts';
export { ClientId, Cursor, Id, Instant, roomStream, Seq, StreamName, streamTarget, userStream } from './ids.ts';
export * as invitations from './invitations.ts';
export type { Audience, Invitation, InvitedRole } from './invitations.ts';
export * as joining from './joining.ts';
export type { JoinAsk } from './joining.ts';
export { callForSame, distinctKeywords, faultOfKeyword, listening, wordsIn } from './keywords.ts';
export type { Listening } from './keywords.ts';
export * as lessons from './lessons.ts';
export type { Course, Lesson } from './lessons.ts';
export { type Language, LANGUAGES, type SchoolLanguages, type SchoolLook } from './look.ts';
export {
  CATEGORIES_MOST,
  COURSE,
  DEFAULT_LIMITS,
  DRAFTS,
  GROUP,
  INVITATION,
  JOINING,
  KEYWORD,
  URGENT,
  Limits,
  CALLS_TO_ALL,
  NOTICES,
  NOTICES_SHOWN,
  PINS,
  SAVED,
  TEXT,
} from './limits.ts';
export type { LeftRoom } from './left-room.ts';
export * as members from './members.ts';
export type { Member } from './members.ts';
export * as messages from './messages.ts';
export type {
  Forward,
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
export { mayRingAt, PUSHES_A_DAY } from './pace.ts';
export type { Pace } from './pace.ts';
export * as passkeys from './passkeys.ts';
export type { Passkey, PasskeyProof } from './passkeys.ts';
export * as presence from './presence.ts';
export { CLOSE, mayComeBack, Problem, PROBLEMS, problem } from './problems.ts';
export type { ProblemCode, ProblemExtra, ProblemRow, Retry } from './problems.ts';
export * as digest from './digest.ts';
export * as push from './push.ts';
export { PUSH_DEVICES } from './push.ts';
export { goesWith, pushTag, urgentTag } from './push-tag.ts';
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
