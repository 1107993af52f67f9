/** Asking once more who one is: what screens know of it. The dialog is put up by `ProofProvider`. */
import { createContext, use } from 'react';

/** Asks the person; resolves with whether they proved it. */
export type AskProof = () => Promise<boolean>;

/** Outside the house nobody can be asked. */
export const ProofContext = createContext<AskProof>(() => Promise.resolve(false));

/** How a screen asks for the proof. */
export const useProof = (): AskProof => use(ProofContext);
