/** The letters that a school sends, and who carries them. The words are the carrier's: each language has its own. */
import type { Language, MailPace } from '@recreio/protocol';

/** A conversation in which something waits for the reader, in their language. */
export interface MissedTalk {
  /** Where, or, where the school allows it, who. */
  readonly title: string;
  /** How much; where the school allows it, what. */
  readonly body: string;
  readonly url: string;
}

/** What a letter is about. */
export type Matter =
  /** A link with which a new password is chosen. */
  | { readonly kind: 'password'; readonly url: string }
  /** A link that shows that a new address is the person's. */
  | { readonly kind: 'confirm-email'; readonly url: string }
  /** A link that shows that an address at the school is somebody's, with which they make their account. */
  | { readonly kind: 'join'; readonly url: string }
  /** To who asked for an account and has one. */
  | { readonly kind: 'known' }
  /** A link with which somebody who was admitted chooses a password. */
  | { readonly kind: 'admitted'; readonly url: string }
  /** To the old address: it does not sign in any more. */
  | { readonly kind: 'email-changed' }
  /** What they missed, many messages in one. */
  | {
      readonly kind: 'missed';
      /** Names it: of two with one name one is seen. */
      readonly letter: string;
      readonly messages: number;
      /** The newest first. */
      readonly talks: readonly MissedTalk[];
      /** Conversations that are not listed. */
      readonly more: number;
      /** `urgent`: it is of one urgent message, whenever that stays unread. */
      readonly pace: Exclude<MailPace, 'never'> | 'urgent';
      readonly settingsUrl: string;
      /** Where a person says that they want no more of them, and where their mail program does (RFC 8058). */
      readonly leaveUrl: string;
      readonly oneClickUrl: string;
    };

/** A letter to one person. */
export interface Letter {
  readonly to: string;
  /** Empty where nobody of the school has said it. */
  readonly name: string;
  readonly language: Language;
  readonly school: string;
  readonly matter: Matter;
}

/** What became of handing a letter over. */
export type Posted =
  | { readonly outcome: 'sent' }
  /** It may be taken later. */
  | { readonly outcome: 'later'; readonly why: string }
  /** It would be refused again. */
  | { readonly outcome: 'refused'; readonly why: string };

/** Carries letters. What comes of one is nobody's answer: neither whether it was sent, nor how long that took (security S33). */
export interface Mail {
  /** Writes and sends later, apart from the command that asks; null writes nothing. A `write` that rejects is a fault, told by the carrier. */
  post(write: () => Promise<Letter | null>): void;
  /** Hands one over, once: whoever asks keeps it until it is taken. Rejects only for a fault of our own: it would be the same again. */
  hand(letter: Letter): Promise<Posted>;
  /** So many are handed over beside one another; more would stand in line. */
  readonly atOnce: number;
}
