/**
 * How far people have read, told to those of a room who have it open and may know (docs/protocol.md R83): ephemeral, at most once a
 * second a room. It rides on the word of markers that nodes tell each other anyway.
 */
import { readingFor, type Readers, showsReading } from '@recreio/core';
import type { SchoolPolicies } from '@recreio/protocol';
import { encode } from './frames.ts';
import type { Hub } from './hub.ts';

/** What it is made of. */
export interface ReadingParts {
  readonly hub: Pick<Hub, 'inRoom'>;
  readonly readers: (room: string) => Promise<Readers>;
  readonly policies: () => SchoolPolicies;
  /** Whether it is kept back for now: it is hard to keep up (contract D32). */
  readonly isSilent?: (() => boolean) | undefined;
  readonly monotonic: () => number;
  readonly trouble: (where: string, error: unknown) => void;
}

/** A room in which it is not shown is not looked at again for this long: it may be large, and is read in all the time. */
const NOT_SHOWN_MS = 30_000;

/** Makes it. */
export const makeReading = ({ hub, readers, policies, isSilent, monotonic, trouble }: ReadingParts) => {
  /** Whose markers moved since the last telling, by room. */
  const moved = new Map<string, Set<string>>();
  const notShownUntil = new Map<string, number>();

  const tell = async (room: string, accounts: ReadonlySet<string>): Promise<void> => {
    const policy = policies();
    const found = await readers(room);
    if (!showsReading(policy, found)) {
      notShownUntil.set(room, monotonic() + NOT_SHOWN_MS);
      return;
    }
    for (const { connection } of hub.inRoom(room).subscriptions) {
      const read = readingFor(connection.actor.account, policy, found)?.filter(({ account }) => accounts.has(account));
      if (read && read.length > 0) connection.outbound.offer(encode({ t: 'reading', room, read: [...read] }));
    }
  };

  return {
    /** Somebody has read further, here or on another node. */
    moved: (room: string, account: string): void => {
      if (policies().receipts === 'off' || (notShownUntil.get(room) ?? 0) > monotonic()) return;
      for (const _ of hub.inRoom(room).subscriptions) {
        const accounts = moved.get(room) ?? new Set();
        moved.set(room, accounts.add(account));
        return;
      }
    },
    /** Every second. */
    tick: (): void => {
      const now = monotonic();
      for (const [room, until] of notShownUntil) if (until <= now) notShownUntil.delete(room);
      const due = [...moved];
      moved.clear();
      if (isSilent?.()) return;
      for (const [room, accounts] of due) tell(room, accounts).catch((error: unknown) => trouble('reading', error));
    },
  };
};
