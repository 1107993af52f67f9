/**
 * What somebody ought to see, as a page of plain words would have it: what was said, what they have said about being called, how far
 * they have read, and the one function of attention over all of it. No counts, no queues, no database.
 */
import {
  type Attention,
  attentionTo,
  type Call,
  isQuiet,
  type Place,
  type QuietHours,
  type Tuning,
} from '@recreio/protocol';

/** Where things are said. */
export interface ModelRoom {
  readonly id: string;
  readonly place: Place;
  isMember: boolean;
  tuning: Tuning;
  /** Up to where it was read, and of each thread. */
  read: number;
  readonly threads: Map<string, number>;
}

/** Something that was said, as it called the one person. */
export interface ModelMessage {
  readonly room: string;
  /** The root, in a thread. */
  readonly thread: string | null;
  readonly id: string;
  readonly seq: number;
  readonly author: string;
  /** Null: a reply in a thread that is none of theirs. */
  readonly call: Call | null;
  isRemoved: boolean;
  /** It names them, and is urgent. */
  readonly isUrgent: boolean;
  /** It has to be read; by whom it is asked. */
  askedBy: string | null;
  isConfirmed: boolean;
}

/** The person. */
export class Attentive {
  readonly rooms = new Map<string, ModelRoom>();
  readonly messages: ModelMessage[] = [];
  readonly blocked = new Set<string>();
  isResting = false;
  quietHours: readonly QuietHours[] = [];

  readonly account: string;

  constructor(account: string) {
    this.account = account;
  }

  private hear(message: ModelMessage, call: Call, isRead: boolean, where: 'present' | 'away'): Attention {
    const room = this.roomOf(message.room);
    return attentionTo(
      {
        call,
        isOwn: message.author === this.account,
        isEdit: false,
        isRemoved: message.isRemoved,
        isBlocked: this.blocked.has(message.author),
        isInThread: message.thread !== null,
        isUrgent: message.isUrgent && !this.isRead(message),
        isRead,
      },
      {
        isMember: room.isMember,
        place: room.place,
        tuning: room.tuning,
        calm: { doNotDisturb: this.isResting ? { until: null } : null },
        quietHours: this.quietHours,
        timeZone: 'America/Sao_Paulo',
        where,
        now: Date.now(),
      },
    );
  }

  roomOf(id: string): ModelRoom {
    const room = this.rooms.get(id);
    if (!room) throw new Error(`${id} is no room of the model`);
    return room;
  }

  isRead({ room, thread, seq }: ModelMessage): boolean {
    const { read, threads } = this.roomOf(room);
    return seq <= (thread === null ? read : (threads.get(thread) ?? 0));
  }

  /** What a message does, by what it says; null where it is none of theirs. */
  said(message: ModelMessage, where: 'present' | 'away' = 'present'): Attention | null {
    return message.call === null ? null : this.hear(message, message.call, this.isRead(message), where);
  }

  /** What it does because it has to be read; null where it has not to be. */
  asked(message: ModelMessage, where: 'present' | 'away' = 'present'): Attention | null {
    const { askedBy, author, isConfirmed } = message;
    return askedBy === null || author === this.account ? null : this.hear(message, 'notice', isConfirmed, where);
  }

  /** Whether nothing is to disturb them now. */
  isCalm(): boolean {
    return this.isResting || isQuiet(this.quietHours, 'America/Sao_Paulo', Date.now());
  }

  /** Whether it has to be read and was not confirmed. */
  isAsked(message: ModelMessage): boolean {
    return this.asked(message, 'away') !== null && !message.isConfirmed;
  }

  /** What it does to somebody on no device: until it is confirmed it is a notice, and as loud as one. */
  away(message: ModelMessage): Attention | null {
    const asked = this.asked(message, 'away');
    return asked && !message.isConfirmed ? asked : this.said(message, 'away');
  }

  /** What a device without a page does. */
  push(message: ModelMessage): Attention['push'] {
    return this.away(message)?.push ?? 'none';
  }

  /** The mail of what was missed. */
  digest(message: ModelMessage): Attention['digest'] {
    return this.away(message)?.digest ?? 'none';
  }

  /** Whether they are told of it once more. */
  escalation(message: ModelMessage): Attention['escalation'] {
    return this.away(message)?.escalation ?? 'none';
  }

  /** Everything that a page shows. */
  surfaces(): Surfaces {
    const rooms: Surfaces['rooms'] = {};
    let title = 0;
    const inbox: Record<string, boolean> = {};
    const notices: string[] = [];
    for (const room of this.rooms.values()) if (room.isMember) rooms[room.id] = { isNew: false, count: 0, calls: 0 };
    for (const message of this.messages) {
      const said = this.said(message);
      const asked = this.asked(message);
      title += Number(said?.title ?? false) + Number(asked?.title ?? false);
      if (said && said.inbox !== 'none') inbox[message.id] = said.inbox === 'new';
      if (asked?.inbox === 'new') notices.push(message.id);
      const shown = rooms[message.room];
      if (!said || !shown) continue;
      shown.isNew ||= said.badge !== 'none';
      shown.calls += Number(said.badge === 'call');
      shown.count += Number(said.badge === 'call' || said.badge === 'count');
    }
    return { rooms, title, inbox, notices: notices.sort() };
  }
}

/** What a page shows of all that was said. */
export interface Surfaces {
  /** The badges of the rooms one is in. */
  readonly rooms: Record<string, { isNew: boolean; count: number; calls: number }>;
  /** The number in the title, on the icon and on the app. */
  readonly title: number;
  /** By message, whether it is new. */
  readonly inbox: Record<string, boolean>;
  readonly notices: readonly string[];
}
