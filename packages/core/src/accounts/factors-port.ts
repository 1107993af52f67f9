/** What second factors ask of memory. Secrets are sealed and opened there; codes are compared in core. */

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
