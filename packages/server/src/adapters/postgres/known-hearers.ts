/**
 * Who listens for what in which room, as flushes have read it. It is exact without a word between nodes: whatever changes it counts up
 * `hearing` in the room's own row, which a flush reads with its lock, and says in the member's row at which number it did.
 */
import { listening } from '@recreio/protocol';

/** What was found of somebody in a room: their words as they lie sealed; null where they have none any more. */
export interface Found {
  readonly account: string;
  readonly sealed: Buffer | null;
}

interface Room {
  /** The number at which it was true. */
  hearing: number;
  /** Whoever left the room may still be among them until they are found again, or the room is forgotten. */
  readonly listeners: Set<string>;
}

/**
 * So many listeners of all rooms a process remembers, some 100 bytes each; besides, each person's words once, in however many rooms they
 * are, some 3 kB at most. 3000 people who all have words, in 60 rooms each, fit.
 */
const LISTENERS = 200_000;

/** What is remembered between flushes; a class because it has a life: it fills, ages and is emptied. */
export class KnownHearers {
  /** The one in which something was said last is last. */
  private readonly rooms = new Map<string, Room>();
  /** What their words were read from, and in how many rooms they are remembered. */
  private readonly people = new Map<string, { sealed: Buffer; rooms: number }>();
  private words = listening<string>();
  private listeners = 0;
  private readonly most: number;

  constructor(most: number = LISTENERS) {
    this.most = most;
  }

  /** The number at which a room was read last; undefined where nothing is known of it. */
  hearingOf(room: string): number | undefined {
    return this.rooms.get(room)?.hearing;
  }

  /** Remembers what was read of a room: everybody, or those who listen for something else since it was read before. What is not known yet is opened. */
  keep(
    room: string,
    hearing: number,
    found: readonly Found[],
    open: (account: string, sealed: Buffer) => readonly string[],
  ) {
    const there = this.rooms.get(room) ?? { hearing, listeners: new Set<string>() };
    there.hearing = hearing;
    this.rooms.set(room, there);
    for (const { account, sealed } of found) {
      if (sealed === null) {
        if (there.listeners.delete(account)) this.leave(account);
        continue;
      }
      if (!there.listeners.has(account)) this.enter(there, account);
      const person = this.people.get(account);
      if (person?.sealed.equals(sealed) === true) continue;
      this.people.set(account, { sealed, rooms: person?.rooms ?? 1 });
      this.words.set(account, open(account, sealed));
    }
  }

  /** Who of a room listens for something in a text, in no order. */
  heard(room: string, text: string): Set<string> {
    const heard = new Set<string>();
    const there = this.rooms.get(room);
    if (!there) return heard;
    // Set again, so that the rooms stand in the order of their use
    this.rooms.delete(room);
    this.rooms.set(room, there);
    const { listeners } = there;
    for (const whose of this.words.heardIn(text)) {
      const [few, many] = whose.size < listeners.size ? [whose, listeners] : [listeners, whose];
      for (const account of few) if (many.has(account)) heard.add(account);
    }
    return heard;
  }

  /**
   * Forgets the rooms in which nothing was said for longest, until the rest is not too much. One that is too much alone goes by itself
   * and takes no others along: what it would leave room for is not there.
   */
  trim(): void {
    for (const [room, { listeners }] of this.rooms) if (listeners.size > this.most) this.forget(room);
    for (const room of this.rooms.keys()) {
      if (this.listeners <= this.most) break;
      this.forget(room);
    }
  }

  /** Forgets everything: who knows what the database is when it comes back. */
  clear(): void {
    this.rooms.clear();
    this.people.clear();
    this.words = listening();
    this.listeners = 0;
  }

  private forget(room: string): void {
    for (const account of this.rooms.get(room)?.listeners ?? []) this.leave(account);
    this.rooms.delete(room);
  }

  private enter({ listeners }: Room, account: string): void {
    listeners.add(account);
    this.listeners += 1;
    const person = this.people.get(account);
    if (person) person.rooms += 1;
  }

  /** Whoever is remembered in no room is forgotten. */
  private leave(account: string): void {
    this.listeners -= 1;
    const person = this.people.get(account);
    if (!person) return;
    person.rooms -= 1;
    if (person.rooms > 0) return;
    this.people.delete(account);
    this.words.set(account, []);
  }
}
