/** That a message has to be read, where it stands; what draws it is fetched when there is such a message. */
import type { Message } from '@recreio/protocol';
import { lazy, type ReactNode, Suspense } from 'react';
import { PartGuard } from '../guard.tsx';

const NoticeCard = lazy(() => import('./NoticeCard.tsx'));

/** `tends`: the reader moderates the room. */
export const noticeOf = (message: Message, tends: boolean): ReactNode => (
  <PartGuard>
    <Suspense>
      <NoticeCard message={message} tends={tends} />
    </Suspense>
  </PartGuard>
);
