/** What telling somebody once more of an urgent message asks of memory. Contract: server/src/rules/escalating.test.ts. */
import type { Language } from '@recreio/protocol';
import type { TalkSpan } from './heard-port.ts';

/** How somebody is told once more. */
export type EscalationWay = 'push' | 'mail';

/** An urgent message and somebody whom it names, lent to whoever has taken it; as a span it is of that one message. */
export interface DueEscalation extends TalkSpan {
  /** Names the push and the mail. */
  readonly id: string;
  /** By what it is lent: once it is over, nothing is settled. */
  readonly lease: string;
  /** When it was said, in ms since the Unix epoch. */
  readonly at: number;
  /** Null: nothing is decided. */
  readonly way: EscalationWay | null;
  /** Times the mail was tried in vain. */
  readonly tries: number;
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  /** They have a device that is called. */
  readonly hasDevices: boolean;
  /** The notification of the conversation was pushed with it. */
  readonly wasPushed: boolean;
  /** They have been here, and have not said that they want no mails. */
  readonly mayBeMailed: boolean;
  /** A mail that was sent told them of it: that of what they missed. */
  readonly wasMailed: boolean;
  /** What became of its own push: it waits for a device, it was handed over, or there is none, or none any more. */
  readonly ownPush: 'none' | 'waiting' | 'sent';
}

/**
 * Whether it may be told in a way. `limited`: they were told of `URGENT.toldADay` within a day; `waits`: a mail of what they missed is
 * being handed over that may tell of it, or has told of it since it was lent; or it is not lent any more.
 */
export type EscalationChoice = 'chosen' | 'limited' | 'waits';

/** What comes of one. */
type EscalationSettled =
  /** There is nothing more to do; `mailed`: its own mail was sent, and that of what was missed does not tell of it again. */
  | 'over'
  | 'mailed'
  /** It is looked at again in so many seconds; `failed` counts as a try. */
  | { readonly againInSeconds: number; readonly failed: boolean };

/** Who is to be told once more. Rows are written with the messages, in their transaction (streams/port.ts). */
export interface EscalationMemory {
  /** Everything that waits. */
  forgetAll(): Promise<void>;
  /** Takes what was said up to `saidBefore` (ms since the Unix epoch) and whose time has come, for three minutes. */
  due(most: number, saidBefore: number): Promise<readonly DueEscalation[]>;
  /**
   * Puts down how they are told, if it may be. Of another way than before it is still the one telling. `againInSeconds`: it is free, and
   * looked at again then; null: it goes on being lent. Inside a transaction only.
   */
  choose(due: DueEscalation, way: EscalationWay, againInSeconds: number | null): Promise<EscalationChoice>;
  settle(due: DueEscalation, settled: EscalationSettled): Promise<void>;
  /** Forgets what is old; counts the rest. */
  tidy(): Promise<{ readonly waiting: number }>;
}
