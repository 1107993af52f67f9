/**
 * Memberships as the last flush left them. They are exact without any message between nodes: whatever changes one is an
 * event of the room's log, so they hold for as long as the room, locked, still stands at the seq where they were read.
 */
import { key, type Facts, type MemberFact, type Placed } from '@recreio/core/ports.ts';

interface KnownRoom {
  readonly isThemed: boolean;
  /** The seq at which the memberships were true. */
  head: number;
  /** By account; null: no member. */
  readonly members: Map<string, MemberFact | null>;
}

/** How many memberships a process keeps; some 200 bytes each. */
const MEMBERSHIPS = 100_000;

/** What is remembered between flushes; a class because it has a life: it fills, ages and is emptied. */
export class KnownMembers {
  /** The one that was used last is last. */
  private readonly rooms = new Map<string, KnownRoom>();
  private count = 0;
  private readonly most: number;

  constructor(most: number = MEMBERSHIPS) {
    this.most = most;
  }

  /** Whether a room is known to be no private conversation, of two or of a few; kinds never change. */
  isThemed(room: string): boolean {
    return this.rooms.get(room)?.isThemed === true;
  }

  /** The seq at which a room's memberships were true; undefined where nothing is known. */
  headOf(room: string): number | undefined {
    return this.rooms.get(room)?.head;
  }

  /** Whether it is known if this person is a member. */
  has(room: string, account: string): boolean {
    return this.rooms.get(room)?.members.has(account) === true;
  }

  /** The membership; null where there is none or nothing is known. */
  get(room: string, account: string): MemberFact | null {
    return this.rooms.get(room)?.members.get(account) ?? null;
  }

  /** After COMMIT: the memberships that a flush looked at, as its own events left them. */
  keep(facts: Facts, looked: readonly (readonly [string, string])[], events: readonly Placed[]): void {
    for (const { id, head, kind } of facts.rooms.values()) {
      const there = this.rooms.get(id);
      if (there) this.rooms.delete(id);
      const room = there ?? {
        isThemed: kind !== 'direct' && kind !== 'group',
        head,
        members: new Map<string, MemberFact | null>(),
      };
      // Set again, so that the rooms stand in the order of their use
      this.rooms.set(id, room);
      if (there && !this.continues(there, head, events, id)) this.empty(there);
      room.head = head;
    }
    const begun = new Set<string>();
    for (const event of events) {
      if ('account' in event && this.rooms.get(event.room)?.members.delete(event.account)) this.count -= 1;
      // Who comes back may see what they saw before, which nobody looked at while they were no member: it is read the next time
      if (event.type === 'member.joined') begun.add(key(event.room, event.account));
    }
    for (const [id, account] of looked) {
      const room = facts.rooms.has(id) ? this.rooms.get(id) : undefined;
      if (!room || begun.has(key(id, account))) continue;
      if (!room.members.has(account)) this.count += 1;
      room.members.set(account, facts.members.get(key(id, account)) ?? null);
    }
    for (const [id, room] of this.rooms) {
      if (this.count <= this.most) break;
      this.empty(room);
      this.rooms.delete(id);
    }
  }

  /** Forgets everything: who knows what the database is when it comes back. */
  clear(): void {
    this.rooms.clear();
    this.count = 0;
  }

  /** Whether a room moved from where it was known by these events alone. */
  private continues(known: KnownRoom, head: number, events: readonly Placed[], id: string): boolean {
    if (known.head === head) return true;
    const first = events.find(({ room }) => room === id);
    return first !== undefined && first.seq === known.head + 1;
  }

  private empty(room: KnownRoom): void {
    this.count -= room.members.size;
    room.members.clear();
  }
}
