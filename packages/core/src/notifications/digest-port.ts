/** What mailing what was missed asks of memory, and of who knows whose a mail was. Contract: server/src/rules/digest.test.ts. */
import type { Language, MailPace } from '@recreio/protocol';
import type { HeardMemory, MessageAt, TalkSpan } from './heard-port.ts';

/** What waits of a conversation, as it was noted. */
export interface DigestSpan extends TalkSpan {
  /** Which note it is. */
  readonly note: string;
}

/** Somebody for whom it is time to look, lent to whoever has taken it. */
export interface DueDigest {
  readonly account: string;
  /** Shows that it is lent to whoever has this. */
  readonly lease: string;
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  readonly pace: MailPace;
  /** Not disabled. */
  readonly isThere: boolean;
  /** Names the next mail, however often it is tried: mail programs show one of those that have the same. */
  readonly letter: string;
  /** When the last one was sent, in ms since the Unix epoch; null: none was. */
  readonly sentAt: number | null;
  /** Times it was tried in vain. */
  readonly tries: number;
}

/** What comes of it. */
export type DigestSettled =
  /**
   * These conversations were told of, or there is nothing in them any more to tell. `sent`: in a mail, that had these urgent messages in
   * its lines; null: in none. The next has another name.
   */
  | { readonly told: readonly DigestSpan[]; readonly sent: readonly MessageAt[] | null }
  /** It is looked at again in so many seconds; `failed` counts as a try. */
  | { readonly againInSeconds: number; readonly failed: boolean };

/** How many people something waits for, and for how long. */
export interface Digests {
  readonly waiting: number;
  /** How long the one that is due longest has been, in seconds. */
  readonly lateSeconds: number;
}

/** What waits to be mailed, by person, and how far rooms' logs were looked through. */
export interface DigestMemory extends HeardMemory {
  /** From now on: nothing that was said before is looked at. */
  begin(): Promise<void>;
  /** Everything that waits. */
  forgetAll(): Promise<void>;
  /**
   * Notes each beside what waits of the same conversation; it is time at `dueAt`, in ms since the Unix epoch, or when it was before.
   * What has to be read (`isNotice`) is noted by itself: it may be much older than the rest, and what lies between was not missed.
   * Inside a transaction only.
   */
  note(spans: readonly (TalkSpan & { readonly dueAt: number; readonly isNotice: boolean })[]): Promise<void>;
  /** Takes people whose time has come for some minutes; nobody else does meanwhile. */
  due(most: number): Promise<readonly DueDigest[]>;
  /**
   * What waits for a person, what waited longest first. Where a mail is being tried that has a name already: what it was named for,
   * and nothing that came since.
   */
  spans(account: string, most: number): Promise<readonly DigestSpan[]>;
  /**
   * The name stands for these from now on, until it is settled; and it is lent for as long again, while no mail of its own is chosen for
   * what is urgent in them (escalation-port.ts). False: it is not lent to them any more. Inside a transaction only.
   */
  name(due: DueDigest, spans: readonly DigestSpan[]): Promise<boolean>;
  /** Inside a transaction where something was told. */
  settle(due: DueDigest, settled: DigestSettled): Promise<void>;
  /** Forgets what is old; counts the rest. */
  tidy(): Promise<Digests>;
}

/** Who knows whose a mail was, by the token in it. */
export interface Leaving {
  tokenOf(account: string): string;
  /** Null: it is no token of this school's. */
  accountOf(token: string): string | null;
}
