/**
 * The door of the rules for adapters: the types of the ports, and the pure values that a port's language is made of. An
 * adapter knows nothing else of core, so that nothing is decided beside a table (docs/decisions/0026-ports-door.md).
 */
export type { Actor } from './actor.ts';
export type { AccountsMemory, Installation, LinkRecord, Secrets, SignInRecord } from './accounts/port.ts';
export type { Act, AuditMemory, Chain } from './audit/port.ts';
export type { CoursesMemory } from './courses/port.ts';
export type {
  FactorsMemory,
  FactorsRecord,
  PasskeyRecord,
  Passkeys,
  IdentitiesMemory,
  PasskeysMemory,
  TotpRecord,
} from './accounts/factors-port.ts';
export type { Letter, Mail, Posted } from './accounts/mail.ts';
export type { DraftsMemory, SavedMemory, StandingIn, ThreadMoved, ThreadsMemory } from './messages/port.ts';
export type { JoiningMemory, NewAsk } from './joining/port.ts';
export type { NoticesMemory, NotificationsMemory, RoomTuned, TunedRoom } from './notifications/port.ts';
export type { Heard, HeardMemory, MessageAt, TalkSpan } from './notifications/heard-port.ts';
export type { DueEscalation, EscalationChoice, EscalationMemory } from './notifications/escalation-port.ts';
export type { Digests, DigestMemory, DigestSpan, DueDigest, Leaving } from './notifications/digest-port.ts';
export type {
  DueSpan,
  Handed,
  PushCarrier,
  PushIdentity,
  PushMemory,
  PushQueue,
  PushSpan,
  ShownSpan,
  Subscription,
} from './notifications/push-port.ts';
export type { Identity, Provider } from './accounts/provider.ts';
export type { Visibility } from './presence/policy.ts';
export type { Finding, HeldRooms, Marker, RoomsMemory } from './rooms/port.ts';
export type { Picture, Redraw, SchoolMemory } from './school/port.ts';
export type { Bus, BusParts, OpenBus } from './streams/bus.ts';
/** How `at` is written. */
export { instant } from './streams/draft.ts';
export type { Placed, UserDraft } from './streams/draft.ts';
export type { InvitationsMemory, NewInvitation } from './invitations/port.ts';
/** How facts are found again: the key of a row in their maps. */
export { key } from './streams/facts.ts';
export type {
  AccountFact,
  AskingFact,
  CircleFact,
  DoneFact,
  Facts,
  ForwardFact,
  HotSettings,
  InvitationFact,
  InThread,
  MemberFact,
  PairFact,
  PriorFact,
  RoomFact,
  Ties,
  ThreadFact,
} from './streams/facts.ts';
/** What an adapter throws when the connection breaks during a flush. */
export { FlushBroken } from './streams/port.ts';
export type {
  Bell,
  DoneRecord,
  FactsFor,
  FlushTransaction,
  LogMemory,
  MessagePage,
  MessagePast,
  PlacedForUser,
  StreamsMemory,
  Stretch,
  Written,
} from './streams/port.ts';
/** How names are kept for searching: what is looked for is folded the same way. */
export { foldText } from './text.ts';
/** What an adapter throws when what it stands for is away or full, and when it is unknown whether a transaction took effect. */
export { Indeterminate, StorageFull, Unavailable } from './verdict.ts';
export type { Memory } from './world.ts';
