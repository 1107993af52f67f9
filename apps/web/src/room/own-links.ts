import type { OwnLinks } from '@recreio/ui';
import { useMemo } from 'react';
import { ways } from '../address.tsx';
import { messageHref, roomHref } from '../side/groups.ts';

/** How links to rooms and messages of this school, in what is said in a room, are followed: on this page, with a way back to the message that had the link. */
export function useOwnLinks(room: string): OwnLinks {
  return useMemo(
    () => ({
      isOurs: (href) => {
        const { origin, pathname, search } = new URL(href);
        return origin === location.origin && /^\/sala\/[^/]+$/.test(pathname) && /^(?:\?m=[0-9a-f-]+)?$/.test(search);
      },
      follow: (href, from) => {
        const { pathname, search } = new URL(href);
        const seq = from.closest<HTMLElement>('[data-seq]')?.dataset['seq'];
        ways.leap(pathname + search, seq === undefined ? roomHref(room) : messageHref(room, Number(seq)));
      },
    }),
    [room],
  );
}
