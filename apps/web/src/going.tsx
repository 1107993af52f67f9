import { createContext, use } from 'react';

/** Goes to an address of the app: a new entry of the history, or in the place of this one. */
export type Go = (href: string, how?: 'push' | 'replace') => void;

/** How to go; the routes give it. */
export const GoContext = createContext<Go | undefined>(undefined);

/** Goes to an address of the app. */
export function useGo(): Go {
  const go = use(GoContext);
  if (go === undefined) throw new Error('useGo outside the routes');
  return go;
}
