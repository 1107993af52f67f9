/** Everything rules reach beyond themselves, in one value that `main.ts` puts together. No ambient clock, user or config. */
import type { Limits, Quota } from '@recreio/protocol';
import type { Passkeys } from './accounts/factors-port.ts';
import type { Mail } from './accounts/mail.ts';
import type { AccountsMemory, Secrets } from './accounts/port.ts';
import type { Provider } from './accounts/provider.ts';
import type { AuditMemory } from './audit/port.ts';
import type { CoursesMemory } from './courses/port.ts';
import type { InvitationsMemory } from './invitations/port.ts';
import type { DraftsMemory, SavedMemory, ThreadsMemory } from './messages/port.ts';
import type { JoiningMemory } from './joining/port.ts';
import type { Strain } from './overload.ts';
import type { LookAtHealth } from './health/port.ts';
import type { DigestMemory, Leaving } from './notifications/digest-port.ts';
import type { EscalationMemory } from './notifications/escalation-port.ts';
import type { NotificationsMemory } from './notifications/port.ts';
import type { PushCarrier, PushMemory } from './notifications/push-port.ts';
import type { Presence } from './presence/port.ts';
import type { RoomsMemory } from './rooms/port.ts';
import type { Redraw, SchoolMemory } from './school/port.ts';
import type { Flusher, Follow } from './streams/flush.ts';
import type { StreamsMemory } from './streams/port.ts';

/** The memory of all nouns, over a pool or inside one transaction. */
export interface Memory {
  readonly accounts: AccountsMemory;
  readonly rooms: RoomsMemory;
  readonly invitations: InvitationsMemory;
  readonly streams: StreamsMemory;
  readonly school: SchoolMemory;
  readonly courses: CoursesMemory;
  readonly audit: AuditMemory;
  readonly joining: JoiningMemory;
  readonly threads: ThreadsMemory;
  readonly saved: SavedMemory;
  readonly notifications: NotificationsMemory;
  readonly drafts: DraftsMemory;
  readonly push: PushMemory;
  readonly digest: DigestMemory;
  readonly escalation: EscalationMemory;
}

/** Takes from a bucket; null when there was enough, else ms until there is. */
export type TakeQuota = (quota: Quota, who: string) => number | null;

/** What the site is, from the configuration. */
export interface Site {
  /** Origin under which people reach it, without a trailing slash. */
  readonly publicUrl: string;
  readonly demo: boolean;
}

/** The world of the rules. */
export interface World {
  readonly flusher: Flusher;
  readonly memory: Memory;
  /** One transaction; the bell rings for what it appended, after COMMIT. */
  readonly transact: <T>(work: (memory: Memory) => Promise<T>) => Promise<T>;
  /** What events mean for people's own streams. */
  readonly follow: Follow;
  readonly presence: Presence;
  readonly secrets: Secrets;
  /** Makes a picture safe to show. */
  readonly redraw: Redraw;
  readonly passkeys: Passkeys;
  /** The school’s own sign-in; null where it has none. */
  readonly provider: Provider | null;
  /** Null where the school sends no mail. */
  readonly mail: Mail | null;
  /** Whose the mails of what was missed are. */
  readonly leaving: Leaving;
  /** Who carries calls to devices; whether the school wants that is its own to say. */
  readonly push: PushCarrier;
  readonly quota: TakeQuota;
  /** How hard it is to keep up now; left out where nothing measures it, which is as good as `none` (contract D32). */
  readonly strain?: () => Strain;
  readonly limits: Limits;
  readonly health: LookAtHealth;
  readonly site: Site;
  readonly newId: () => string;
}
