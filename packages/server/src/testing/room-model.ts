/**
 * A room as a page of rules in plain words would have it: no locks, no batches, no database. What the product must do whatever
 * breaks under it is compared with this.
 */

/** Somebody of the model's room, by first name. */
export type Name = string;

/** A command that changes the room. `id`: its client id; commands without one say everything with their input. */
export type Deed =
  | { readonly does: 'send'; readonly by: Name; readonly id: string; readonly body: string }
  | { readonly does: 'edit'; readonly by: Name; readonly id: string; readonly of: string; readonly body: string }
  | { readonly does: 'remove'; readonly by: Name; readonly id: string; readonly of: string }
  | { readonly does: 'react' | 'unreact'; readonly by: Name; readonly of: string; readonly emoji: string }
  | { readonly does: 'pin' | 'unpin'; readonly by: Name; readonly of: string }
  | { readonly does: 'join' | 'leave'; readonly by: Name }
  | {
      readonly does: 'add' | 'expel' | 'mute' | 'unmute' | 'ban' | 'unban';
      readonly by: Name;
      readonly id: string;
      readonly whom: Name;
    }
  | { readonly does: 'promote' | 'demote'; readonly by: Name; readonly id: string; readonly whom: Name }
  | { readonly does: 'rename'; readonly by: Name; readonly id: string; readonly title: string };

/** A message of the model, named by the client id that it was sent with. */
export interface ModelMessage {
  readonly author: Name;
  body: string | null;
  editNo: number;
  isPinned: boolean;
  readonly reactions: Set<string>;
}

/** Whether a deed was let happen; whether it was a repeat is no concern of the model's. */
export type Verdict = 'done' | 'refused';

/** The model's room. */
export class RoomModel {
  readonly members = new Map<Name, 'owner' | 'moderator' | 'member'>();
  readonly muted = new Set<Name>();
  readonly banned = new Set<Name>();
  readonly messages = new Map<string, ModelMessage>();
  title: string;
  /** What happened, in order: one line for each event of the log. */
  readonly log: string[] = [];
  private readonly done = new Set<string>();

  constructor(owner: Name, title: string) {
    this.title = title;
    this.members.set(owner, 'owner');
    this.log.push(`${owner} created`, `${owner} joined ${owner}`);
  }

  /** Does it, once for each client id, and says whether it was let happen. */
  do(deed: Deed): Verdict {
    const key = 'id' in deed ? `${deed.by} ${deed.id}` : null;
    if (key !== null && this.done.has(key)) return 'done';
    const events = this.decide(deed);
    if (events === null) return 'refused';
    if (key !== null) this.done.add(key);
    for (const event of events) this.log.push(`${deed.by} ${event}`);
    return 'done';
  }

  /** The events that follow, their effect taken already; null where it is not allowed. */
  private decide(deed: Deed): string[] | null {
    const isIn = this.members.has(deed.by);
    const maySpeak = isIn && !this.muted.has(deed.by);
    switch (deed.does) {
      case 'send':
        if (!maySpeak) return null;
        this.messages.set(deed.id, {
          author: deed.by,
          body: deed.body,
          editNo: 0,
          isPinned: false,
          reactions: new Set(),
        });
        return [`sent ${deed.id}`];
      case 'edit': {
        const message = this.messages.get(deed.of);
        if (!maySpeak || message?.author !== deed.by || message.body === null) return null;
        message.body = deed.body;
        message.editNo += 1;
        return [`edited ${deed.of}`];
      }
      case 'remove': {
        const message = this.messages.get(deed.of);
        const mayTend = this.members.get(deed.by) !== 'member';
        if (!isIn || !message || (message.author !== deed.by && !mayTend)) return null;
        if (message.body === null) return [];
        message.body = null;
        message.isPinned = false;
        message.reactions.clear();
        return [`removed ${deed.of}`];
      }
      case 'react':
      case 'unreact':
        return this.answer(deed.does, deed.by, deed.of, deed.emoji);
      case 'pin':
      case 'unpin': {
        const message = this.messages.get(deed.of);
        const mayTend = isIn && this.members.get(deed.by) !== 'member' && !this.muted.has(deed.by);
        const isPin = deed.does === 'pin';
        if (!mayTend || !message || (isPin && message.body === null)) return null;
        if (message.isPinned === isPin) return [];
        message.isPinned = isPin;
        return [`${deed.does}ned ${deed.of}`];
      }
      case 'join':
        if (isIn) return [];
        if (this.banned.has(deed.by)) return null;
        this.members.set(deed.by, 'member');
        return [`joined ${deed.by}`];
      case 'leave':
        if (!isIn || this.members.get(deed.by) === 'owner') return null;
        this.members.delete(deed.by);
        return [`left ${deed.by}`];
      case 'rename':
        if (this.members.get(deed.by) !== 'owner') return null;
        if (this.title === deed.title) return [];
        this.title = deed.title;
        return ['changed'];
      default:
        return this.tend(deed.does, deed.by, deed.whom);
    }
  }

  private answer(does: 'react' | 'unreact', by: Name, of: string, emoji: string): string[] | null {
    const message = this.messages.get(of);
    if (!this.members.has(by) || !message) return null;
    const sign = `${emoji} ${by}`;
    if (does === 'unreact') return message.reactions.delete(sign) ? [`unreacted ${of} ${emoji}`] : [];
    if (this.muted.has(by) || message.body === null) return null;
    if (message.reactions.has(sign)) return [];
    message.reactions.add(sign);
    return [`reacted ${of} ${emoji}`];
  }

  private tend(does: Exclude<Deed['does'], 'send'>, by: Name, whom: Name): string[] | null {
    const isIn = this.members.has(whom);
    if (this.members.get(by) !== 'owner' || this.members.get(whom) === 'owner') return null;
    const expel = (): string[] => (this.members.delete(whom) ? [`expelled ${whom}`] : []);
    switch (does) {
      case 'add':
        if (isIn) return [];
        if (this.banned.has(whom)) return null;
        this.members.set(whom, 'member');
        return [`joined ${whom}`];
      case 'expel':
        return isIn ? expel() : null;
      case 'mute':
        if (!isIn) return null;
        if (this.muted.has(whom)) return [];
        this.muted.add(whom);
        return [`mute began ${whom}`];
      case 'unmute':
        return this.muted.delete(whom) ? [`mute ended ${whom}`] : [];
      case 'ban': {
        const began = this.banned.has(whom) ? [] : [`ban began ${whom}`];
        this.banned.add(whom);
        return [...began, ...expel()];
      }
      case 'unban':
        return this.banned.delete(whom) ? [`ban ended ${whom}`] : [];
      default: {
        const role = does === 'promote' ? 'moderator' : 'member';
        const was = this.members.get(whom);
        if (was === undefined) return null;
        if (was === role) return [];
        this.members.set(whom, role);
        return [`role ${whom} ${role}`];
      }
    }
  }
}
