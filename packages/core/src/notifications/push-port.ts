/** What calling devices asks of memory, and of whoever carries it. Contract: server/src/rules/push.test.ts. */
import type { Call, PushDevice, PushNote } from '@recreio/protocol';
import type { HeardMemory, TalkSpan } from './heard-port.ts';

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

/** Something a device is to be told of. */
export interface PushSpan extends TalkSpan {
  /** The escalation of one urgent message, which has a notification of its own; null: it is of a conversation. */
  readonly urgent: string | null;
}

/** One whose time has come, lent to whoever has taken it. */
export interface DueSpan extends PushSpan {
  readonly device: string;
  /** The host of its push service. */
  readonly service: string;
  /** By what it is lent: once it is over, nothing is settled. */
  readonly lease: string;
  /** How often something had been noted for it by then: what comes meanwhile is not settled with it. */
  readonly noted: number;
  /** Times its device was tried in vain while it waited (`triesOf`). */
  readonly tries: number;
  /** When its device was called last, the newest `PUSHES_A_DAY`, in ms, in order. */
  readonly rang: readonly number[];
  /** Up to where it was pushed last, and when, in ms; null: nothing of it is shown. */
  readonly sent: { readonly seq: number; readonly at: number } | null;
  /** Null: the session has ended, the account is disabled, or what was kept cannot be opened. */
  readonly subscription: Subscription | null;
}

/** What a device shows, as far as is known here. */
export interface ShownSpan extends PushSpan {
  readonly device: string;
  /** As of `DueSpan`. */
  readonly service: string;
  /** The one that has it called. */
  readonly session: string;
  /** As of `DueSpan`: what it shows is of then. */
  readonly noted: number;
  /** It was told that nothing waits there any more, and may show that. */
  readonly isOver: boolean;
  /** As of `DueSpan`. */
  readonly subscription: Subscription | null;
}

/** What of the number on the app is in no room's own count. */
export interface Aside {
  /** What is unread and speaks to the person in threads. */
  readonly threads: readonly { readonly room: string; readonly call: Call }[];
  /** How many messages they have to read. */
  readonly notices: number;
}

/** What comes of a span. */
export type Settled =
  /** It was handed over, and counts for the pace of the device. */
  | 'rang'
  /** It was handed over. */
  | 'sent'
  /** It was told of with another's push, and shows nothing of its own. */
  | 'told'
  /** Nothing of it calls any more. */
  | 'done'
  /** It is looked at again in so many seconds, untried. */
  | { readonly againInSeconds: number }
  /** It is given up. */
  | 'dropped';

/** How many devices may be taken. */
export interface Places {
  readonly free: number;
  /** Devices of one push service, those included that have a place already. */
  readonly ofOne: number;
  /** How many of each service have one. */
  readonly taken: ReadonlyMap<string, number>;
}

/** How many wait, and for how long. */
export interface PushQueue {
  readonly devices: number;
  readonly waiting: number;
  /** How long the one that is due longest has been, in seconds. */
  readonly lateSeconds: number;
}

/** Devices that are called, the queue, and how far rooms' logs were looked through. */
export interface PushMemory extends HeardMemory {
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

  /** Notes each for every device of its person, due in so many seconds: beside what waits there of the same conversation. */
  note(spans: readonly (PushSpan & { readonly inSeconds: number })[]): Promise<void>;
  /**
   * Takes all that waits for devices for which something's time has come, for a minute, those first that have waited longest; nobody
   * else takes anything of them meanwhile. Inside a transaction only.
   */
  due(places: Places): Promise<readonly DueSpan[]>;
  /** The minute begins anew, for all that was taken of its device; false: it is another's by now, there is no such device any more, or its session has ended. */
  renew(span: DueSpan): Promise<boolean>;
  /** What a device, or those of all these people, show: so many of each device at most, its newest first. */
  shown(
    of: { readonly device: string } | { readonly accounts: readonly string[] },
    most: number,
  ): Promise<readonly ShownSpan[]>;
  /**
   * The device was told to take these away, and that nothing waits any more where `left` is: it may show that. What calls again
   * meanwhile, or has called by now, stays as it is.
   */
  tookAway(device: string, spans: readonly ShownSpan[], left: ShownSpan | null): Promise<void>;
  aside(account: string): Promise<Aside>;
  settle(span: DueSpan, settled: Settled): Promise<void>;
  /**
   * The device's service wants to be left alone for so many seconds: nothing of the device is due sooner, also what is noted meanwhile.
   * What is lent by this span's lease is given back, and was tried so many times more.
   */
  rest(span: DueSpan, seconds: number, tries: number): Promise<void>;
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
