/** The letters that a school sends, and who carries them. The words are the carrier's: each language has its own. */
import type { Language } from '@recreio/protocol';

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
  | { readonly kind: 'email-changed' };

/** A letter to one person. */
export interface Letter {
  readonly to: string;
  /** Empty where nobody of the school has said it. */
  readonly name: string;
  readonly language: Language;
  readonly school: string;
  readonly matter: Matter;
}

/** Carries letters. What comes of one is nobody's answer: neither whether it was sent, nor how long that took (security S33). */
export interface Mail {
  /** Writes and sends later, apart from the command that asks; null writes nothing. A `write` that rejects is a fault, told by the carrier. */
  post(write: () => Promise<Letter | null>): void;
}
