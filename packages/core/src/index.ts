/** The door of the rules. */
export type { Actor, Caller } from './actor.ts';
export type {
  AccountsMemory,
  Alive,
  Installation,
  LinkRecord,
  NewAccount,
  Secrets,
  SignInRecord,
} from './accounts/port.ts';
export type {
  FactorsMemory,
  FactorsRecord,
  PasskeyRecord,
  Passkeys,
  IdentitiesMemory,
  PasskeysMemory,
  TotpRecord,
} from './accounts/factors-port.ts';
export { courseNameOf } from './accounts/course-names.ts';
export type { Letter, Mail, Posted } from './accounts/mail.ts';
export type { Identity, Provider } from './accounts/provider.ts';
export { execute } from './execute.ts';
export type { Executed } from './execute.ts';
export type { DraftsMemory, SavedMemory, StandingIn, ThreadMoved, ThreadsMemory } from './messages/port.ts';
export type { NotificationsMemory, RoomTuned, TunedRoom } from './notifications/port.ts';
export { type CallingParts, lookThrough } from './notifications/calling.ts';
export { callInTurn } from './notifications/turns.ts';
export { tellInTurn } from './notifications/taking-away.ts';
export { escalate, type EscalatingParts } from './notifications/escalating.ts';
export { type DigestParts, gatherMissed, mailMissed } from './notifications/digest.ts';
export type { Digests, Leaving } from './notifications/digest-port.ts';
export type { Handed, PushCarrier, PushMemory, PushQueue } from './notifications/push-port.ts';
export { follow } from './notifications/follow.ts';
export { givesUp, isShed, STRAINS } from './overload.ts';
export type { Strain } from './overload.ts';
export type { LookAtHealth } from './health/port.ts';
export type { Presence } from './presence/port.ts';
export { maySeePresent } from './presence/policy.ts';
export type { Visibility } from './presence/policy.ts';
export { readingFor, showsReading } from './presence/reading.ts';
export type { Readers } from './presence/reading.ts';
export { BUCKETS, quotas } from './quota.ts';
export type { Finding, Marker, NewRoom, RoomsMemory } from './rooms/port.ts';
export { instant, place, toEvent } from './streams/draft.ts';
export type { Draft, MessageRef, Placed, UserDraft } from './streams/draft.ts';
export { covers, key } from './streams/facts.ts';
export type {
  AccountFact,
  DoneFact,
  Facts,
  FactsRequest,
  InThread,
  MemberFact,
  MessageFact,
  PairFact,
  PriorFact,
  RestrictionFact,
  RoomFact,
  ThreadFact,
} from './streams/facts.ts';
export type { Bus, BusParts, OpenBus } from './streams/bus.ts';
export { flusher } from './streams/flush.ts';
export type { Flusher, Follow } from './streams/flush.ts';
export { FlushBroken } from './streams/port.ts';
export type {
  Bell,
  DoneRecord,
  FactsFor,
  FlushTransaction,
  LogMemory,
  MessagePage,
  PlacedForUser,
  RoomStanding,
  Standing,
  StreamsMemory,
  Stretch,
  Written,
} from './streams/port.ts';
export { cleanLine, foldText } from './text.ts';
export { deny, Indeterminate, isDenial, problemOf, StorageFull, Unavailable } from './verdict.ts';
export type { Denial, Outcome } from './verdict.ts';
export type { Memory, Site, World } from './world.ts';
