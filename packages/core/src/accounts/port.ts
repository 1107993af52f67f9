/** What accounts ask of memory and of secrets. */
import type { AccountRecord, Language, Me, Profile, Role, Session } from '@recreio/protocol';
import type { Actor } from '../actor.ts';

/** A person with a live session, as every command but a room's finds them. */
export interface Alive extends Actor {
  readonly me: Me;
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
  readonly needsSetUp: boolean;
}

/** What a one-time link is for. */
export interface LinkRecord {
  readonly id: string;
  readonly kind: 'set-up' | 'invitation' | 'password';
  readonly account: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly expiresAt: string;
}

/** A new account. */
export interface NewAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly minor: boolean;
  readonly language: Language;
  readonly courses: readonly string[];
}

/** Accounts, sessions, tickets, links and blocks. Hashes are of tokens with 256 random bits, so one unsalted SHA-256 is enough. */
export interface AccountsMemory {
  installation(): Promise<Installation>;
  /** The account and session, if both are alive now; sees `lastSeenAt` at most once a minute. */
  alive(actor: Actor): Promise<Alive | null>;
  /** Whose live session a token opens. */
  byToken(tokenHash: string): Promise<Actor | null>;
  forSignIn(email: string): Promise<SignInRecord | null>;
  openSession(session: { readonly id: string; readonly account: string; readonly tokenHash: string; readonly device: string }): Promise<void>;
  sessions(account: string): Promise<readonly Omit<Session, 'current'>[]>;
  /** Ends sessions of an account (all, one, or all but one) and records it for every node ([D27]). Returns how many ended. */
  endSessions(account: string, which: { readonly only?: string; readonly except?: string }): Promise<number>;
  addTicket(ticket: { readonly hash: string; readonly session: string; readonly seconds: number }): Promise<string>;
  /** Uses a ticket up: of many who try at once, one gets the actor. */
  takeTicket(hash: string): Promise<Actor | null>;
  setLanguage(account: string, language: Language): Promise<Me>;
  /** Profiles of those of the ids who share a room with the viewer (or are the viewer). */
  profiles(viewer: string, ids: readonly string[]): Promise<readonly Profile[]>;
  /** People the viewer may write to in private, by a part of the folded name: share a room, minors' protection, no block. */
  talkable(viewer: Me, folded: string, limit: number): Promise<readonly Profile[]>;
  block(blocker: string, blocked: string): Promise<void>;
  unblock(blocker: string, blocked: string): Promise<void>;
  blocks(blocker: string): Promise<readonly Profile[]>;
  /** The people of the demo school that can be entered as. */
  demoPeople(): Promise<readonly { readonly account: string; readonly name: string; readonly role: Role }[]>;

  // ---- administration ----
  password(account: string): Promise<string | null>;
  setPassword(account: string, phc: string): Promise<void>;
  record(account: string): Promise<AccountRecord | null>;
  list(where: { readonly folded: string; readonly role: Role | null; readonly after: string | null; readonly limit: number }): Promise<{ readonly people: readonly AccountRecord[]; readonly total: number; readonly next: string | null }>;
  /** False when the e-mail is taken. Makes the author's key in the same transaction. */
  create(account: NewAccount): Promise<boolean>;
  emailsTaken(emails: readonly string[]): Promise<readonly string[]>;
  coursesByName(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  change(account: string, to: { readonly name?: string; readonly role?: Role; readonly minor?: boolean }): Promise<void>;
  /** Passes the gate exclusively, so that no flush that began before it writes after it ([D25], [D27]). */
  setDisabled(account: string, disabled: boolean, reason: string | null): Promise<void>;
  /** How many active administrators there are besides one account. */
  otherAdministrators(account: string): Promise<number>;
  addLink(link: { readonly id: string; readonly hash: string; readonly kind: LinkRecord['kind']; readonly account: string | null; readonly seconds: number }): Promise<string>;
  readLink(hash: string): Promise<LinkRecord | null>;
  /** Uses a link up; null when it was used or has expired. Of many who try at once, one gets it. */
  takeLink(hash: string): Promise<LinkRecord | null>;
  nameSchool(school: string): Promise<void>;
  /** Serialises everything under a name until the transaction ends. */
  lock(name: string): Promise<void>;
}

/** Secrets: random tokens and slow password hashes. */
export interface Secrets {
  /** 256 random bits in base64url, and what is stored of them. */
  newToken(): { readonly token: string; readonly hash: string };
  hashToken(token: string): string;
  hashPassword(password: string): Promise<string>;
  /** Takes as long for a missing hash as for a wrong password (security S33). */
  verifyPassword(phc: string | null, password: string): Promise<boolean>;
}
