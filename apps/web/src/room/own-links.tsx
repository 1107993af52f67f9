/** Links to rooms, messages and lessons of this school, in what is said; what draws them is fetched when there is one. */
import type { OwnLinks } from '@recreio/ui';
import { lazy, type ReactNode, Suspense, useMemo } from 'react';

/** Without a network they stay words. */
const Reference = lazy(() =>
  import('./Reference.tsx').catch(() => ({ default: ({ children }: { children: ReactNode }) => <>{children}</> })),
);

const isOurs = (href: string): boolean => {
  const { origin, pathname, search } = new URL(href);
  return (
    origin === location.origin && /^\/(?:sala|aula)\/[^/]+$/.test(pathname) && /^(?:\?m=[0-9a-f-]+)?$/.test(search)
  );
};

/** How they are shown and followed: on this page, with a way back to the message that had the link, in this room or in this thread of it. */
export function useOwnLinks(room: string, thread?: string): OwnLinks {
  return useMemo(
    () => ({
      isOurs,
      drawn: (href, isName, words) => (
        <Suspense fallback={words}>
          <Reference href={href} isName={isName} room={room} thread={thread}>
            {words}
          </Reference>
        </Suspense>
      ),
    }),
    [room, thread],
  );
}
