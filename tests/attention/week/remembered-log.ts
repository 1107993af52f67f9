/** A school that remembers what was said and who has read it: as much of it as is asked by who calls people that are away. No more, no SQL. */
import { type Heard, instant, type TalkSpan } from '@recreio/core/ports.ts';

/** Somebody. */
export interface Someone {
  readonly id: string;
  readonly name: string;
  readonly minor: boolean;
  timeZone: string | null;
  restsUntil: string | null;
  isMet: boolean;
}

/** Something that was said. */
export interface Message {
  readonly id: string;
  readonly room: string;
  readonly seq: number;
  /** In ms, and as it is written. */
  readonly at: number;
  readonly instant: string;
  readonly author: string;
  readonly thread: string | null;
  /** Whom it calls by themselves, as what. */
  readonly calls: ReadonlyMap<string, string>;
  readonly everyone: boolean;
  asked: { readonly by: string; readonly at: number } | null;
  readonly confirmed: Set<string>;
}

/** What happened in a room, in order: it was said, or it has to be read from now on. */
interface Entry {
  readonly does: 'said' | 'asked';
  readonly message: Message;
}

/** Where it was said. */
export interface Room {
  readonly id: string;
  readonly kind: 'topic' | 'direct' | 'group';
  readonly announces: boolean;
  readonly title: string;
  readonly owner: string;
  readonly members: Set<string>;
  readonly entries: Entry[];
  /** Who follows each thread. */
  readonly threads: Map<string, Set<string>>;
}

/** The school's log. */
export class RememberedLog {
  readonly people = new Map<string, Someone>();
  readonly rooms = new Map<string, Room>();
  readonly messages = new Map<string, Message>();
  readonly markers = new Map<string, number>();

  room(id: string): Room {
    const room = this.rooms.get(id);
    if (!room) throw new Error(`there is no room ${id}`);
    return room;
  }

  someone(id: string): Someone {
    const someone = this.people.get(id);
    if (!someone) throw new Error(`there is nobody ${id}`);
    return someone;
  }

  message(id: string): Message {
    const message = this.messages.get(id);
    if (!message) throw new Error(`there is no message ${id}`);
    return message;
  }

  markRead(account: string, talk: string, seq: number): void {
    const name = `${account} ${talk}`;
    this.markers.set(name, Math.max(seq, this.markers.get(name) ?? 0));
  }

  /** What was said, or has to be read since, beyond an entry of the room. */
  since(room: Room, seq: number): readonly Message[] {
    return [...new Set(room.entries.slice(seq).map(({ message }) => message))];
  }

  /** What stands between, of one conversation. */
  between({ room, thread, from, to }: TalkSpan): readonly Message[] {
    return this.room(room)
      .entries.slice(from - 1, to)
      .flatMap(({ does, message }) => (does === 'said' && message.thread === thread ? [message] : []));
  }

  /** Whether anybody is called by it who is not everybody. */
  speaks(room: Room, { calls, everyone, asked }: Message): boolean {
    return room.announces || everyone || asked !== null || calls.size > 0;
  }

  /** As it concerns somebody now. */
  heard(message: Message, account: string): Heard {
    const { asked, author, seq, thread } = message;
    const room = this.room(message.room);
    const { minor, timeZone, restsUntil } = this.someone(account);
    const isAsked = asked !== null && asked.by !== account && !message.confirmed.has(account);
    return {
      account,
      room: room.id,
      thread,
      seq,
      at: isAsked ? instant(asked.at) : message.instant,
      author,
      authorName: this.someone(author).name,
      call: isAsked ? 'notice' : (message.calls.get(account) ?? (message.everyone ? 'everyone' : null)),
      isRead: !isAsked && (this.markers.get(`${account} ${thread ?? room.id}`) ?? 0) >= seq,
      isUrgent: false,
      isMailed: false,
      isBeingMailed: false,
      isBlocked: false,
      place: {
        kind: room.kind,
        announces: room.announces,
        members: room.members.size,
        role: room.owner === account ? 'owner' : 'member',
      },
      tuning: {},
      minor,
      language: 'pt-BR',
      timeZone,
      resting: restsUntil === null ? null : { until: restsUntil },
      title: room.title,
    };
  }
}
