/** What happens, for those who want to be told as it happens rather than look at a state. */
import type { Problem, RoomEvent, ServerFrame, UserEvent, WelcomeFrame } from '@recreio/protocol';

type Sent = Extract<RoomEvent, { type: 'message.sent' }>;
type Notification = Extract<UserEvent, { type: 'notification.made' }>;

/** Everything the client tells of, by name. */
export interface ClientSignals {
  /** The connection is there, and with it everything that is latest-wins ([R19]). */
  welcome: WelcomeFrame;
  /** The session is over: sign in again. `stopped` by `signOut()`, `revoked` by the server ([R12]). */
  'signed-out': { readonly reason: 'stopped' | 'revoked' };
  /** Someone spoke to me: for titles, badges and sounds ([R46]). Not told for what was resumed as already read. */
  notification: Notification;
  /** What I have to confirm has changed ([R114]). */
  notices: Extract<ServerFrame, { t: 'notices' }>;
  /** Somebody called everybody in a room of mine ([R113]). */
  called: Extract<ServerFrame, { t: 'called' }>;
  /** Something happened to me, once each and as it happens: I came into a room or was taken out, was silenced, was spoken to ([R35]). */
  own: UserEvent;
  /** A message came in a room that is open here, once each: live, or replayed after a cut; not those of pages and holes. */
  message: { readonly room: string; readonly event: Sent };
  /** How I stand to a thread has changed, on whichever device ([R82]). */
  thread: Extract<ServerFrame, { t: 'thread' }>;
  /** A draft of mine has changed, on whichever device, this one included ([R87]). */
  draft: Extract<ServerFrame, { t: 'draft' }>;
  /** What I saved for later has changed, on whichever device ([R85]). */
  saved: Extract<ServerFrame, { t: 'saved' }>;
  /** A reply was taken away in a room that is not open here ([R82]). */
  'reply-removed': Extract<ServerFrame, { t: 'reply-removed' }>;
  /** Messages were taken away: by their ids, or by their numbers where the room is not open here ([R36]). */
  removed: { readonly room: string; readonly messages: readonly string[]; readonly ordinals: readonly number[] };
  /** Something that nobody waits for was refused, or the connection itself complains. */
  problem: { readonly problem: Problem; readonly about: string };
  /** The browser's storage would not take a draft or an unsent message; they live in memory only. */
  'storage-failed': { readonly cause: unknown };
}

/** Listens to signals. */
export interface Signals {
  /** The answer ends it. */
  on<K extends keyof ClientSignals>(name: K, listener: (signal: ClientSignals[K]) => void): () => void;
}

/** Signals with the side that tells. */
export interface SignalSource extends Signals {
  tell<K extends keyof ClientSignals>(name: K, signal: ClientSignals[K]): void;
}

/** Makes a place to tell and to listen. */
export const createSignals = (): SignalSource => {
  const listeners = new Map<keyof ClientSignals, Set<(signal: never) => void>>();
  return {
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener);
      return () => {
        set.delete(listener);
      };
    },
    tell(name, signal) {
      for (const listener of Array.from(listeners.get(name) ?? [])) (listener as (signal: unknown) => void)(signal);
    },
  };
};
