/** Reading what is kept of a person when it is known who they are, before anything else of the connection is taken. */
import type { ServerFrame } from '@recreio/protocol';
import { type Clock, pause } from './clock.ts';
import type { DraftBook } from './drafts.ts';
import type { Keeping } from './keeping.ts';
import type { KeepingView } from './kept.ts';
import type { Outbox } from './outbox.ts';

/** What opening needs. */
export interface OpeningOptions {
  readonly keeping: Keeping;
  readonly clock: Clock;
  readonly drafts: DraftBook;
  readonly outbox: Outbox;
  readonly view: KeepingView;
  /** This person is welcomed; whoever was there before is not any more. */
  onOther(whose: string): void;
  /** Takes a frame, in order. */
  hear(frame: ServerFrame): void;
}

/** The way of frames into the client. */
export interface Opening {
  /** Hands frames on; from a welcome of somebody new on they wait until what is kept is read. */
  receive(frame: ServerFrame): void;
  /** The connection is gone: what waited of it is superseded by the next welcome. */
  lost(): void;
  /** Somebody has signed in: what is said from now on is theirs, and what the one before had begun is nowhere to be seen, before the welcome. */
  signedIn(account: string): void;
  /** Whose unsent words are in memory, or are being read. */
  whose(): string | undefined;
  /** Forgets whose they are, and them. */
  forget(): void;
}

/** A storage that has not answered by now does not hold up the screen; what it holds comes in when it does. */
const WAIT_MS = 1_000;

/** Lays the way. */
export const createOpening = ({ keeping, clock, drafts, outbox, view, onOther, hear }: OpeningOptions): Opening => {
  let whose: string | undefined;
  let held: ServerFrame[] | undefined;

  const read = async (account: string): Promise<void> => {
    try {
      const kept = await keeping.open(account);
      if (whose !== account) return;
      drafts.adopt(kept.drafts);
      outbox.adopt(kept.unsent);
      view.unreadable(kept.unreadable);
      view.told(undefined);
    } catch (cause) {
      view.told(cause);
    }
  };

  /** Drafts are there before the box to write in is. */
  const open = async (account: string): Promise<void> => {
    onOther(account);
    whose = account;
    drafts.open(account);
    outbox.open(account);
    await Promise.race([read(account), pause(clock, WAIT_MS)]);
    const waiting = held ?? [];
    held = undefined;
    for (const frame of waiting) receive(frame);
  };

  const receive = (frame: ServerFrame): void => {
    if (held !== undefined) held.push(frame);
    else if (frame.t === 'welcome' && frame.me.id !== whose) {
      held = [frame];
      void open(frame.me.id);
    } else hear(frame);
  };

  return {
    receive,
    lost() {
      held = undefined;
    },
    signedIn(account) {
      if (account === whose) return;
      held = undefined;
      whose = undefined; // what is kept of them is read at the welcome
      drafts.open(account);
      outbox.open(account);
    },
    whose: () => whose,
    forget() {
      held = undefined;
      whose = undefined;
      outbox.forget();
      drafts.forget();
    },
  };
};
