/** Proving once more who one is: asked for by whatever the server answered with `step-up-required`, then that is done again. */
import { lazy, type ReactNode, Suspense, useCallback, useRef, useState } from 'react';
import { type AskProof, ProofContext } from './proof.ts';

const Prove = lazy(() => import('./screens/account/Prove.tsx'));

/** Asks in a dialog over whatever is open. Several who ask at once wait for one answer. */
export function ProofProvider({ children }: { children: ReactNode }) {
  const [isAsking, setAsking] = useState(false);
  const waiting = useRef<((isProved: boolean) => void)[]>([]);
  const ask = useCallback<AskProof>(
    () =>
      new Promise((resolve) => {
        waiting.current.push(resolve);
        setAsking(true);
      }),
    [],
  );
  function answer(isProved: boolean) {
    setAsking(false);
    for (const resolve of waiting.current.splice(0)) resolve(isProved);
  }
  return (
    <ProofContext value={ask}>
      {children}
      {isAsking && (
        <Suspense>
          <Prove onDone={answer} />
        </Suspense>
      )}
    </ProofContext>
  );
}
