import { createContext } from 'react';

/** Whether Tab stops inside a message: in the one that is being read it does, not in each of the whole history. */
export const Reachable = createContext(true);

/** Addresses of this very app among the links of a message: which they are, and how one follows them. */
export type OwnLinks = { isOurs: (href: string) => boolean; follow: (href: string, from: HTMLElement) => void };

/** The app's own links; absent, every link leads away. */
export const WithinSchool = createContext<OwnLinks | undefined>(undefined);
