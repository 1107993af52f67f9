import { createContext, use, useSyncExternalStore } from 'react';
import type { Session, SessionSource } from './session.ts';

/** The page's one session. */
export const SessionContext = createContext<SessionSource | undefined>(undefined);

/** Whether somebody is signed in, and how to ask again. */
export function useSession(): { session: Session; ask: () => Promise<void> } {
  const source = use(SessionContext);
  if (source === undefined) throw new Error('useSession outside a SessionContext');
  return { session: useSyncExternalStore(source.subscribe, source.getSnapshot), ask: source.ask };
}
