import { type Client, NoAnswerError, ProblemError } from '@recreio/client';
import type { accounts, OutputOf } from '@recreio/protocol';

/** What the door says before anyone is signed in. */
export type Welcome = OutputOf<typeof accounts.welcome>;

/** Why nobody is signed in any more: by one's own wish, or because the session ended elsewhere. */
export type OutReason = 'left' | 'revoked';

/** Whether somebody is signed in on this page. */
export type Session =
  | { readonly name: 'asking' }
  /** The server did not answer; `ask` asks again. */
  | { readonly name: 'unreachable' }
  | { readonly name: 'out'; readonly welcome: Welcome; readonly why?: OutReason }
  | { readonly name: 'in'; readonly welcome: Welcome };

/** The session with what moves it; fits `useSyncExternalStore`. */
export interface SessionSource {
  getSnapshot(): Session;
  subscribe(listener: () => void): () => void;
  /** Asks the server how things stand. */
  ask(): Promise<void>;
}

/**
 * Follows whether somebody is signed in: the server's welcome decides at first, then signing in and out do.
 * Nothing of the person is asked for before the welcome says that there is one.
 */
export function createSession(client: Client): SessionSource {
  let session: Session = { name: 'asking' };
  let why: OutReason | undefined;
  const listeners = new Set<() => void>();
  const set = (next: Session): void => {
    session = next;
    for (const listener of listeners) listener();
  };

  const ask = async (): Promise<void> => {
    if (session.name === 'unreachable') set({ name: 'asking' });
    try {
      const welcome = await client.call('accounts.welcome', {});
      if (welcome.signedIn || client.me.getSnapshot() !== null) set({ name: 'in', welcome });
      else set({ name: 'out', welcome, ...(why === undefined ? {} : { why }) });
    } catch (error) {
      if (!(error instanceof ProblemError || error instanceof NoAnswerError)) throw error;
      if (session.name === 'asking') set({ name: 'unreachable' });
    }
  };

  client.me.subscribe(() => {
    if (client.me.getSnapshot() === null || session.name !== 'out') return;
    why = undefined;
    set({ name: 'in', welcome: session.welcome });
  });
  client.events.on('signed-out', ({ reason }) => {
    why = reason === 'revoked' ? 'revoked' : 'left';
    // The screen leaves at once; the demo's people and the rest of the welcome do not change with the session
    if (session.name === 'in') set({ name: 'out', welcome: { ...session.welcome, signedIn: false }, why });
  });

  return {
    getSnapshot: () => session,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ask,
  };
}
