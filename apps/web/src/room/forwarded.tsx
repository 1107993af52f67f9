/** The message that another passes on, where it stands; what draws it is fetched when there is such a message. */
import type { Forward } from '@recreio/protocol';
import { lazy, type ReactNode, Suspense } from 'react';
import { PartGuard } from '../guard.tsx';

const ForwardCard = lazy(() => import('./ForwardCard.tsx'));

/** It, for whoever reads. */
export const forwardedOf = (forward: Forward): ReactNode => (
  <PartGuard>
    <Suspense>
      <ForwardCard forward={forward} />
    </Suspense>
  </PartGuard>
);
