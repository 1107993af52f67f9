/**
 * Where drafts and unsent messages outlive the page, by account: a port. `shelf.ts` is the one of browsers; without one they
 * live in memory.
 */
import type { Problem } from '@recreio/protocol';
import { type Draft, type Intention, talkName } from './intention.ts';

/** An unsent message as it was kept. */
export interface KeptMessage {
  readonly intention: Intention;
  /** Grows with each message written in this browser, whatever its clock says. */
  readonly order: number;
  /** The server's refusal, for good: it is not tried again unless somebody says so. */
  readonly refused?: Problem;
}

/** What is kept of a person. */
export interface Kept {
  /** In the order written. */
  readonly unsent: readonly KeptMessage[];
  /** By room. */
  readonly drafts: ReadonlyMap<string, Draft>;
  /** How many things are there that cannot be read any more: the key is lost, or they were damaged. */
  readonly unreadable: number;
}

/** Keeps what is not sent. Any promise may reject, or take long: then it lives in memory, and the person is told. */
export interface Keeping {
  /** Whether what is kept here outlives the page. */
  readonly isDurable: boolean;
  open(account: string): Promise<Kept>;
  /**
   * Keeps a message, and in the same step lets the draft of its room or thread go: at every moment the words are in one of the two.
   * Resolves with its order once it is on the disk; those of one caller are kept in the order of the calls.
   */
  put(account: string, intention: Intention, refused?: Problem): Promise<number>;
  /** Whether the message is still kept: it was neither answered nor discarded, in this tab or another. */
  has(account: string, clientId: string): Promise<boolean>;
  /** Notes a refusal for good; null takes it back. */
  refuse(account: string, clientId: string, refused: Problem | null): Promise<void>;
  remove(account: string, clientId: string): Promise<void>;
  /** Null lets the draft go. */
  putDraft(account: string, room: string, draft: Draft | null): Promise<void>;
  /** Forgets everything of the person. */
  clear(account: string): Promise<void>;
  /** Lets go of what cannot be read any more. */
  clearUnreadable(account: string): Promise<void>;
}

interface Shelf {
  readonly unsent: Map<string, KeptMessage>;
  readonly drafts: Map<string, Draft>;
}

/** A keeping that lives as long as the page or program. */
export const memoryKeeping = (): Keeping => {
  const shelves = new Map<string, Shelf>();
  let order = 0;
  const shelfOf = (account: string): Shelf => {
    const shelf = shelves.get(account) ?? { unsent: new Map(), drafts: new Map() };
    shelves.set(account, shelf);
    return shelf;
  };
  return {
    isDurable: false,
    async open(account) {
      const { unsent, drafts } = shelfOf(account);
      return { unsent: [...unsent.values()], drafts: new Map(drafts), unreadable: 0 };
    },
    async put(account, intention, refused) {
      const { unsent, drafts } = shelfOf(account);
      drafts.delete(talkName(intention.room, intention.thread));
      const there = unsent.get(intention.clientId);
      if (there !== undefined) return there.order;
      order += 1;
      unsent.set(intention.clientId, { intention, order, ...(refused === undefined ? {} : { refused }) });
      return order;
    },
    has: async (account, clientId) => shelfOf(account).unsent.has(clientId),
    async refuse(account, clientId, refused) {
      const { unsent } = shelfOf(account);
      const there = unsent.get(clientId);
      if (there === undefined) return;
      const { intention, order } = there;
      unsent.set(clientId, { intention, order, ...(refused === null ? {} : { refused }) });
    },
    async remove(account, clientId) {
      shelfOf(account).unsent.delete(clientId);
    },
    async putDraft(account, room, draft) {
      const { drafts } = shelfOf(account);
      if (draft === null) drafts.delete(room);
      else drafts.set(room, draft);
    },
    async clear(account) {
      shelves.delete(account);
    },
    clearUnreadable: async () => undefined,
  };
};

/** A keeping whose code is still on its way; fetched again where that came to nothing. */
export const lateKeeping = (load: () => Promise<Keeping>): Keeping => {
  let loading: Promise<Keeping> | undefined;
  const there = (): Promise<Keeping> => {
    const mine = (loading ??= load());
    mine.catch(() => {
      if (loading === mine) loading = undefined;
    });
    return mine;
  };
  return {
    isDurable: true,
    open: async (account) => (await there()).open(account),
    put: async (account, intention, refused) => (await there()).put(account, intention, refused),
    has: async (account, clientId) => (await there()).has(account, clientId),
    refuse: async (account, clientId, refused) => (await there()).refuse(account, clientId, refused),
    remove: async (account, clientId) => (await there()).remove(account, clientId),
    putDraft: async (account, room, draft) => (await there()).putDraft(account, room, draft),
    clear: async (account) => (await there()).clear(account),
    clearUnreadable: async (account) => (await there()).clearUnreadable(account),
  };
};
