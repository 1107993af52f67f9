/** What calling devices asks of memory, and of whoever carries it. Contract: server/src/rules/push.test.ts. */
import type { Language, Place, PushDevice, PushNote, QuietHours, RoomTuning } from '@recreio/protocol';

/** The school towards push services: a pair of keys (RFC 8292), made once. Base64url. */
export interface PushIdentity {
  /** An uncompressed point of P-256. */
  readonly publicKey: string;
  /** 32 bytes. It is kept sealed, and in no log. */
  readonly privateKey: string;
}

/** Where a browser is reached, and with which keys. */
export interface Subscription {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** A message as it concerns one person, as it stands now. */
export interface Heard {
  readonly account: string;
  readonly room: string;
  /** The root, in a thread. */
  readonly thread: string | null;
  readonly seq: number;
  readonly at: string;
  readonly author: string;
  /** As what it called them, by their own stream, or with everybody (docs/protocol.md R113); null: it did not. */
  readonly call: string | null;
  readonly isRead: boolean;
  /** They have blocked who said it. */
  readonly isBlocked: boolean;
  readonly place: Place;
  readonly tuning: RoomTuning;
  readonly minor: boolean;
  readonly language: Language;
  readonly timeZone: string | null;
  readonly resting: { readonly until: string | null } | null;
  /** As `Calm`: left out as the school has them. */
  readonly quietHours?: QuietHours | null;
  /** The room's; empty where it has none. */
  readonly title: string;
  readonly authorName: string;
}

/** Something a device is to be told of: a conversation, and from where to where in its log. */
export interface PushSpan {
  readonly account: string;
  readonly room: string;
  readonly thread: string | null;
  readonly from: number;
  readonly to: number;
}

/** One whose time has come, lent to whoever has taken it. */
export interface DueSpan extends PushSpan {
  readonly device: string;
  /** Times it was tried in vain. */
  readonly tries: number;
  /** Null: the session has ended, the account is disabled, or what was kept cannot be opened. */
  readonly subscription: Subscription | null;
}

/** What comes of a span. */
export type Settled =
  /** It was handed over. */
  | 'sent'
  /** Nothing of it calls any more. */
  | 'done'
  /** It is looked at again in so many seconds; `failed` counts as a try. */
  | { readonly againInSeconds: number; readonly failed: boolean }
  /** It is given up. */
  | 'dropped';

/** How many wait, and for how long. */
export interface PushQueue {
  readonly devices: number;
  readonly waiting: number;
  /** How long the one that is due longest has been, in seconds. */
  readonly lateSeconds: number;
}

/** Devices that are called, the queue, and how far rooms' logs were looked through. */
export interface PushMemory {
  identity(): Promise<PushIdentity | null>;
  /** Keeps it unless there is one. */
  putIdentity(identity: PushIdentity): Promise<void>;
  /** In the place of what the browser was known by; beyond `most` the oldest of the person go. */
  subscribe(
    of: { readonly id: string; readonly account: string; readonly session: string; readonly service: string },
    subscription: Subscription,
    most: number,
  ): Promise<string>;
  unsubscribe(account: string, device: string): Promise<void>;
  /** With the session of each. */
  devices(account: string): Promise<readonly (Omit<PushDevice, 'current'> & { readonly session: string })[]>;
  /** From now on: nothing that was said before is looked at. */
  begin(): Promise<void>;
  /** Every device, and what waited for them. */
  forgetAll(): Promise<void>;

  /** Rooms in whose logs something was written that was not looked through; nothing where no device is called. */
  behind(most: number): Promise<readonly string[]>;
  /**
   * Messages that were written since the rooms were looked through last, as they concern each member who has a device; from now
   * on they have been. A room that another node looks through is left to it. Inside a transaction only.
   */
  lookThrough(rooms: readonly string[]): Promise<readonly Heard[]>;
  /** Notes each for every device of its person, due in so many seconds: beside what waits there of the same conversation. */
  note(spans: readonly (PushSpan & { readonly inSeconds: number })[]): Promise<void>;
  /** Takes those whose time has come for a minute; nobody else does meanwhile. */
  due(most: number): Promise<readonly DueSpan[]>;
  /** What of a span stands, as it concerns the person now, in the order of the log. Nothing of what they cannot see. */
  heard(span: PushSpan): Promise<readonly Heard[]>;
  /** The text of a message; null where there is none. */
  words(room: string, seq: number): Promise<string | null>;
  /** Tags of what the device shows and was read meanwhile; they are told once. */
  read(device: string): Promise<readonly string[]>;
  settle(span: DueSpan, settled: Settled): Promise<void>;
  /** The device is none any more. */
  gone(device: string): Promise<void>;
  /** Forgets devices whose sessions have ended, and what is old; counts the rest. */
  tidy(): Promise<PushQueue>;
}

/** What became of handing one over. */
export type Handed =
  | { readonly outcome: 'sent' }
  /** There is no such subscription any more. */
  | { readonly outcome: 'gone' }
  /** Later, at the earliest in so many seconds where the service said so. */
  | { readonly outcome: 'later'; readonly afterSeconds?: number; readonly why: string }
  /** It would be refused again. */
  | { readonly outcome: 'refused'; readonly why: string };

/** Who carries calls to devices. */
export interface PushCarrier {
  newIdentity(): PushIdentity;
  /** The host of a push service; null: nothing is sent there, or the keys are none. */
  serviceOf(subscription: Subscription): string | null;
  /** Seals it for the one browser and hands it over. Of several with one tag the service keeps the last. Never rejects for what the network does. */
  hand(subscription: Subscription, note: PushNote, identity: PushIdentity, publicUrl: string): Promise<Handed>;
}
