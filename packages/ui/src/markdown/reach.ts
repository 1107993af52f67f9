import { createContext } from 'react';

/** Whether Tab stops inside a message: in the one that is being read it does, not in each of the whole history. */
export const Reachable = createContext(true);
