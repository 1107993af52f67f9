/** What ways to prove who one is ask of memory and of the world. Secrets are sealed and opened in memory; codes are compared in core. */
import type { Passkey } from '@recreio/protocol';

/** The secret of a person's app, and how its codes went lately. Times in ms by the database's clock. */
export interface TotpRecord {
  readonly secret: Uint8Array;
  /** Null until a first code of it was given: so long it is asked of nobody. */
  readonly confirmedAt: number | null;
  /** The newest step whose code was taken. */
  readonly lastStep: number;
  /** Wrong codes since the last right one, and when the last of them came. */
  readonly failures: number;
  readonly failedAt: number | null;
  readonly now: number;
}

/** How a person can prove who they are. */
export interface FactorsRecord {
  readonly password: boolean;
  /** RFC 3339; null without confirmed codes. */
  readonly totpSince: string | null;
  readonly recoveryCodes: number;
  readonly demo: boolean;
}

/** Second factors. What changes them is called in a transaction that holds the account. */
export interface FactorsMemory {
  factors(account: string): Promise<FactorsRecord>;
  totp(account: string): Promise<TotpRecord | null>;
  /** Puts an unconfirmed secret in the place of whatever unconfirmed one there was. */
  beginTotp(account: string, secret: Uint8Array): Promise<void>;
  confirmTotp(account: string): Promise<void>;
  /** The code of a step was right: it and those before it are spent, and wrong ones are forgotten. */
  spendStep(account: string, step: number): Promise<void>;
  missedCode(account: string): Promise<void>;
  /** Takes the secret and the recovery codes away; false when there was neither. */
  removeTotp(account: string): Promise<boolean>;
  /** Puts new ones in the place of all before. */
  putRecoveryCodes(account: string, hashes: readonly string[]): Promise<void>;
  /** Uses one up: of many who try at once, one does. */
  takeRecoveryCode(account: string, hash: string): Promise<boolean>;
  /** The session's person has just proved who they are; its time (RFC 3339), null when the session is over. */
  assure(session: string): Promise<string | null>;
}

/** A passkey as it is checked. */
export interface PasskeyRecord {
  readonly id: string;
  readonly account: string;
  /** The credential id in base64url. */
  readonly credential: string;
  /** COSE (RFC 9052 §7). */
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
}

/** What a challenge is for: an answer to one is none to another. */
export type ChallengePurpose = 'passkey' | 'new-passkey' | 'oidc';

/** Passkeys, and challenges that wait for their answer. */
export interface PasskeysMemory {
  putChallenge(challenge: {
    readonly hash: string;
    readonly purpose: ChallengePurpose;
    readonly account: string | null;
    readonly seconds: number;
    /** What the answer is checked with, and nobody else may know. */
    readonly secret?: Uint8Array;
  }): Promise<void>;
  /** Uses one up; null when it was, has expired, or was for something else. */
  takeChallenge(
    hash: string,
    purpose: ChallengePurpose,
  ): Promise<{ readonly account: string | null; readonly secret: Uint8Array | null } | null>;
  passkeys(account: string): Promise<readonly (PasskeyRecord & Passkey)[]>;
  passkeyBy(credential: string): Promise<PasskeyRecord | null>;
  /** Null when somebody has that very key. */
  addPasskey(passkey: PasskeyRecord & { readonly backedUp: boolean; readonly name: string }): Promise<Passkey | null>;
  usedPasskey(id: string, now: { readonly counter: number; readonly backedUp: boolean }): Promise<void>;
  /** Whether the account has it. */
  renamePasskey(account: string, id: string, name: string): Promise<boolean>;
  /** All of an account, or one; whether there were any. */
  removePasskeys(account: string, only?: string): Promise<boolean>;
}

/** Who people are at the school's own provider. */
export interface IdentitiesMemory {
  accountBy(identity: { readonly issuer: string; readonly subject: string }): Promise<string | null>;
  /** The subject that an account is linked to at an issuer, or at any. */
  identityOf(account: string, issuer: string | null): Promise<string | null>;
  linkIdentity(account: string, identity: { readonly issuer: string; readonly subject: string }): Promise<void>;
  /** Whether there were any. */
  unlinkIdentities(account: string): Promise<boolean>;
}

/** A credential's JSON, as the browser gives it. */
export interface CredentialAnswer {
  readonly id: string;
  readonly response: Readonly<Record<string, unknown>>;
}

/** What an answer must be about. */
export interface PasskeyQuestion {
  readonly challenge: string;
  /** The only origin that may have asked for it. */
  readonly publicUrl: string;
  readonly rpId: string;
}

/** WebAuthn's checks. Null where an answer is not the right one, for whatever reason. */
export interface Passkeys {
  register(
    answer: CredentialAnswer,
    question: PasskeyQuestion,
  ): Promise<(Omit<PasskeyRecord, 'id' | 'account'> & { readonly backedUp: boolean }) | null>;
  verify(
    answer: CredentialAnswer,
    question: PasskeyQuestion,
    key: PasskeyRecord,
  ): Promise<{ readonly counter: number; readonly backedUp: boolean } | null>;
}
