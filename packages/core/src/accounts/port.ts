/** What accounts ask of memory and of secrets. Everything folded is folded here in core: memory compares, it decides nothing. */
import type { AccountRecord, AccountState, Language, Me, Privacy, Profile, Role, Session } from '@recreio/protocol';
import type { Actor } from '../actor.ts';
import type { FactorsMemory, IdentitiesMemory, PasskeysMemory } from './factors-port.ts';

/** A person with a live session, as every command but a room's finds them. */
export interface Alive extends Actor {
  readonly me: Me;
  /** When they last proved in full who they are on this device, in ms by the database's clock; null: not since there is such a thing. */
  readonly assuredAt: number | null;
}

/** What a sign-in needs of an account. */
export interface SignInRecord {
  readonly account: string;
  /** A PHC string; null while the person has not chosen a password. */
  readonly password: string | null;
  readonly disabled: boolean;
}

/** The school and the state of the installation. */
export interface Installation {
  readonly epoch: string;
  readonly school: string;
  /** No active administrator: nobody is left, or nobody has come yet, who could invite anyone. */
  readonly needsSetUp: boolean;
}

/** What a one-time link is for: a set-up has no account yet, the others have one. */
export interface LinkRecord {
  readonly id: string;
  readonly kind: 'set-up' | 'invitation' | 'password';
  readonly account: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly expiresAt: string;
}

/** A link that is about to be; `seconds` it lives. */
export interface NewLink {
  readonly id: string;
  readonly hash: string;
  readonly kind: LinkRecord['kind'];
  readonly account: string | null;
  readonly seconds: number;
  /** Those before it go on working. */
  readonly beside?: true;
}

/** A new account. Whoever is staff of the school is staff of the courses, too. */
export interface NewAccount {
  readonly id: string;
  readonly name: string;
  readonly nameFolded: string;
  readonly email: string;
  readonly emailFolded: string;
  readonly role: Role;
  readonly minor: boolean;
  readonly language: Language;
  /** Which of the six papers the initials stand on. */
  readonly tone: number;
  readonly courses: readonly string[];
  readonly staff: boolean;
}

/** What administrators change of an account; `staff` comes with `role`, for the courses the person is enrolled in. */
export interface AccountChange {
  readonly name?: { readonly text: string; readonly folded: string };
  readonly role?: { readonly role: Role; readonly staff: boolean };
  readonly minor?: boolean;
}

/** A course as a file of people names it. */
export interface CourseName {
  readonly id: string;
  readonly title: string;
  readonly group: string;
}

/** Accounts, sessions, tickets, links and blocks. Hashes are of tokens with 256 random bits, so one unsalted SHA-256 is enough. */
export interface AccountsMemory extends FactorsMemory, IdentitiesMemory, PasskeysMemory {
  installation(): Promise<Installation>;
  /** The account and session, if both are alive now, with the database's clock in ms since the Unix epoch; sees `lastSeenAt` at most once a minute, which also puts the end of the session off. */
  alive(actor: Actor): Promise<(Alive & { readonly now: number }) | null>;
  /** Whose live session a token opens. */
  byToken(tokenHash: string): Promise<Actor | null>;
  forSignIn(emailFolded: string): Promise<SignInRecord | null>;
  /** The same by id, held until the transaction ends: nobody disables the account or changes its password meanwhile. */
  hold(account: string): Promise<SignInRecord | null>;
  openSession(session: {
    readonly id: string;
    readonly account: string;
    readonly tokenHash: string;
    readonly device: string;
    /** Whether its person was asked just now who they are. */
    readonly assured: boolean;
  }): Promise<void>;
  sessions(account: string): Promise<readonly Omit<Session, 'current'>[]>;
  /** Ends sessions of an account (all, one, or all but one) and records it for every node ([D27]). Returns how many ended. */
  endSessions(account: string, which: { readonly only?: string; readonly except?: string }): Promise<number>;
  /** Returns when it expires. */
  addTicket(ticket: { readonly hash: string; readonly session: string; readonly seconds: number }): Promise<string>;
  /** Uses a ticket up: of many who try at once, one gets the actor, if the session is still alive. */
  takeTicket(hash: string): Promise<Actor | null>;
  /** What a person changes of themselves; only what is given changes, and null takes away. */
  changeMe(
    account: string,
    to: {
      readonly language?: Language;
      readonly pronouns?: string | null;
      readonly timeZone?: string | null;
      readonly privacy?: Readonly<Partial<Privacy>>;
    },
  ): Promise<Me>;
  /** Profiles of those of the ids whom the viewer can meet in a room: who are, or were, in one the viewer is in now; and the viewer. */
  profiles(viewer: string, ids: readonly string[]): Promise<readonly Profile[]>;
  /**
   * People the viewer may write to in private, by a part of the folded name; the same answer as `mayTalk`. Those with a word
   * that begins so come first, then those of the viewer's own courses, then by name.
   */
  talkable(
    viewer: Pick<Me, 'id' | 'role' | 'minor' | 'disabled'>,
    folded: string,
    limit: number,
  ): Promise<readonly Profile[]>;
  block(blocker: string, blocked: string): Promise<void>;
  unblock(blocker: string, blocked: string): Promise<void>;
  blocks(blocker: string): Promise<readonly Profile[]>;
  /** The people of the demo school that can be entered as. */
  demoPeople(): Promise<readonly { readonly account: string; readonly name: string; readonly role: Role }[]>;

  // ---- administration ----
  setPassword(account: string, phc: string): Promise<void>;
  record(account: string): Promise<AccountRecord | null>;
  /** By a part of the folded name or e-mail, in the order of names. */
  list(where: {
    readonly folded: string;
    readonly role: Role | null;
    readonly state: AccountState | null;
    readonly course: string | null;
    readonly after: string | null;
    readonly limit: number;
  }): Promise<{ readonly people: readonly AccountRecord[]; readonly total: number; readonly next: string | null }>;
  /** False when an e-mail is taken: then the transaction must not go on. Makes the authors' keys in the same transaction. */
  create(accounts: readonly NewAccount[]): Promise<boolean>;
  /** Those of the folded e-mails that somebody has. */
  emailsTaken(emailsFolded: readonly string[]): Promise<ReadonlySet<string>>;
  /** Those that run. */
  courses(): Promise<readonly CourseName[]>;
  /** Names of the staff, for `resembling`. */
  staff(): Promise<readonly { readonly id: string; readonly name: string }[]>;
  change(account: string, to: AccountChange): Promise<void>;
  /** Disabling passes the gate exclusively, so that no flush that began before it writes after it ([D25], [D27]); it ends sessions and links. */
  setDisabled(account: string, disabled: boolean, reason: string | null): Promise<void>;
  /** How many active administrators there are besides one account. */
  otherAdministrators(account: string): Promise<number>;
  /** Makes links, and invalidates those before them of the same accounts (of the same kind, where there is no account yet), unless a link is to stand beside them. Returns when they expire, in order. */
  addLinks(links: readonly NewLink[]): Promise<readonly string[]>;
  readLink(hash: string): Promise<LinkRecord | null>;
  /** Uses a link up; null when it was used or has expired, or its account is disabled. Of many who try at once, one gets it. */
  takeLink(hash: string): Promise<LinkRecord | null>;
  /** The unused links of an account stop working. */
  endLinks(account: string): Promise<void>;
  /** Keeps a new address until it is confirmed; the one before it of the same account stops waiting. */
  beginEmailChange(change: {
    readonly hash: string;
    readonly account: string;
    readonly email: string;
    readonly emailFolded: string;
    readonly seconds: number;
  }): Promise<void>;
  /** Uses one up; null when it was used, replaced, or has expired. */
  takeEmailChange(
    hash: string,
  ): Promise<{ readonly account: string; readonly email: string; readonly emailFolded: string } | null>;
  /** Also lets go of an address that waits to be confirmed. */
  changeEmail(account: string, to: { readonly email: string; readonly emailFolded: string }): Promise<void>;
  nameSchool(school: string): Promise<void>;
  /** Serialises everything under a name until the transaction ends. */
  lock(name: string): Promise<void>;
}

/** Secrets: random tokens, codes, and slow password hashes. The slow ones reject with `Unavailable` when too many wait. */
export interface Secrets {
  /** 256 random bits in base64url, and what is stored of them: SHA-256 in hex. */
  newToken(): { readonly token: string; readonly hash: string };
  /** 128 random bits in base64url: short enough for a square to scan, for links that end soon. */
  newSecret(): { readonly token: string; readonly hash: string };
  hashToken(token: string): string;
  /** 160 random bits (RFC 4226 §4, R6), and a recovery code of 120 with what is stored of it. */
  newTotpSecret(): Uint8Array;
  newRecoveryCode(): { readonly code: string; readonly hash: string };
  /** The six digits of a 30-second step (RFC 6238 §4; HMAC-SHA-1, as every app can). */
  totp(secret: Uint8Array, step: number): string;
  hashPassword(password: string): Promise<string>;
  /** Takes as long for a missing hash as for a wrong password (security S33). */
  verifyPassword(phc: string | null, password: string): Promise<boolean>;
}
