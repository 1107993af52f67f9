/** What coming to the school uninvited asks of memory. */
import type { JoinAsk, Language } from '@recreio/protocol';

/** Somebody who asks. */
export interface NewAsk {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly emailFolded: string;
  readonly words: string;
  readonly language: Language;
}

/** An address that somebody says is theirs, until they show it. */
export interface NewProof {
  readonly hash: string;
  readonly email: string;
  readonly emailFolded: string;
  readonly seconds: number;
}

/** Asks, and addresses that wait to be shown. */
export interface JoiningMemory {
  /** How many asks wait for an answer. */
  open(): Promise<number>;
  /** Keeps an ask, unless one of that address is there, open or declined lately. The same work either way (security S33). */
  ask(ask: NewAsk): Promise<void>;
  /** Longest waiting first. */
  asks(): Promise<readonly JoinAsk[]>;
  /** An open ask, held until the transaction ends: of two who answer it at once, one gets it. */
  hold(id: string): Promise<NewAsk | null>;
  forget(id: string): Promise<void>;
  /** Declines an open ask: it is out of sight, and keeps its address from asking again for a month. False where it is gone. */
  decline(id: string): Promise<boolean>;
  /** Keeps an address until it is shown; the one before it of the same address stops working. */
  prove(proof: NewProof): Promise<void>;
  readProof(hash: string): Promise<{ readonly email: string; readonly expiresAt: string } | null>;
  /** Uses one up: of many who try at once, one gets it. */
  takeProof(hash: string): Promise<boolean>;
}
