/** What speaks to the reader. Its part of the SDK is fetched beside the page: nothing of the first picture waits for it. */
import type { Client } from '@recreio/client';
import type { Inbox, InboxView } from '@recreio/client/inbox';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useClient } from './client.tsx';

const nothing = () => () => undefined;

/** The list; undefined while its part is on its way, or could not be had, which a reload of the page mends. */
export function useInboxList(): Inbox | undefined {
  const client: Client = useClient();
  const [list, setList] = useState<Inbox>();
  useEffect(() => {
    let isWanted = true;
    import('@recreio/client/inbox').then(
      ({ inboxOf }) => {
        if (isWanted) setList(inboxOf(client));
        return undefined;
      },
      // Without the network there is nothing to count either
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [client]);
  return list;
}

/** What speaks to the reader as it is now. `isLooking`: it is shown, not counted alone. */
export function useInbox(list: Inbox | undefined, isLooking = false): InboxView | undefined {
  useEffect(() => (isLooking ? list?.look() : undefined), [list, isLooking]);
  return useSyncExternalStore(list?.subscribe ?? nothing, () => list?.getSnapshot());
}
