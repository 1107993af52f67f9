import { NoAnswerError, ProblemError } from '@recreio/client';
import type { Direct, MyRoom } from '@recreio/protocol';
import type { Presence } from '@recreio/ui';
import { useEffect, useState } from 'react';
import { useClient, useConnection, useRooms } from '../client.tsx';

/** The conversations that are near the top; presence of the others is seen when they are opened. */
const mostAsked = 12;
/** The server tells presence of open rooms only; for the list it is asked at most this often, and only when somebody looks. */
const atMostEveryMs = 60_000;

/**
 * Those whom I talk to in private and who are here, as it was when the page was last looked at.
 * Asked on connecting and when the page is seen again, not by a timer: a thousand open pages would ask all day.
 */
export function useNearby(): ReadonlyMap<string, Presence> {
  const client = useClient();
  const isReady = useConnection().name === 'ready';
  const { isKnown } = useRooms();
  const [nearby, setNearby] = useState<ReadonlyMap<string, Presence>>(() => new Map());
  useEffect(() => {
    if (!isReady || !isKnown) return undefined;
    let isWanted = true;
    let askedAt = Number.NEGATIVE_INFINITY;
    const ask = async () => {
      if (document.visibilityState !== 'visible' || Date.now() - askedAt < atMostEveryMs) return;
      askedAt = Date.now();
      const directs = client.rooms
        .getSnapshot()
        .list.map(({ room }: MyRoom) => room)
        .filter((room): room is Direct => room.kind === 'direct')
        .slice(0, mostAsked);
      const found = await Promise.all(
        directs.map(async ({ id, with: { id: person } }) => {
          try {
            const { here } = await client.call('presence.here', { room: id });
            // Who is not told of may be out, or not for my eyes: neither is said
            return here.includes(person) ? [[person, 'here'] as const] : [];
          } catch (error) {
            // Without an answer nothing is said of that person; the next look asks again
            if (error instanceof ProblemError || error instanceof NoAnswerError) return [];
            throw error;
          }
        }),
      );
      if (isWanted) setNearby(new Map(found.flat()));
    };
    const look = () => void ask();
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      isWanted = false;
      document.removeEventListener('visibilitychange', look);
    };
  }, [client, isReady, isKnown]);
  return nearby;
}
