import { createContext, type ReactNode } from 'react';

/** Whether Tab stops inside a message: in the one that is being read it does, not in each of the whole history. */
export const Reachable = createContext(true);

/** The language of what is said, where its room has one: a screen reader speaks it so (WCAG 3.1.2). */
export const Spoken = createContext<string | undefined>(undefined);

/** Addresses of this very app among the links of a message: which they are, and what is shown of one. */
export type OwnLinks = {
  isOurs: (href: string) => boolean;
  /** `isName`: the words are only the name or the address of where it leads, which may be said better. */
  drawn: (href: string, isName: boolean, words: ReactNode) => ReactNode;
};

/** The app's own links; absent, every link leads away. */
export const WithinSchool = createContext<OwnLinks | undefined>(undefined);
