/** The threads one follows. Their part of the SDK is fetched beside the page: nothing of the first picture waits for it. */
import type { Client } from '@recreio/client';
import type { Threads, ThreadsView } from '@recreio/client/threads';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useClient } from './client.tsx';

const nothing = () => () => undefined;

/** The list; undefined while its part is on its way, or could not be had, which a reload of the page mends. */
function useList(client: Client): Threads | undefined {
  const [list, setList] = useState<Threads>();
  useEffect(() => {
    let isWanted = true;
    import('@recreio/client/threads').then(
      ({ threadsOf }) => {
        if (isWanted) setList(threadsOf(client));
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

/** The threads one follows as they are now. `isLooking`: what they say is shown, not their count alone. */
export function useThreads(isLooking = false): ThreadsView | undefined {
  const list = useList(useClient());
  useEffect(() => (isLooking ? list?.look() : undefined), [list, isLooking]);
  return useSyncExternalStore(list?.subscribe ?? nothing, () => list?.getSnapshot());
}
