/** What one may do in a room, and the clock by which that changes. */
import type { MyRoom } from '@recreio/protocol';
import { useEffect, useState } from 'react';
import { useServerNow } from '../acting.ts';
import { useClient } from '../client.tsx';
import type { RoomPowers } from './talk.ts';

/** The same powers as long as nothing of them changes, so that no message is drawn anew. */
export function usePowers(powers: RoomPowers): RoomPowers {
  const [kept, setKept] = useState(powers);
  const names = Object.keys(powers) as (keyof RoomPowers)[];
  const isSame = names.every((name) => kept[name] === powers[name]);
  if (!isSame) setKept(powers);
  return isSame ? kept : powers;
}

/** The server's time in ms; told anew each minute, and exactly when a silence ends. */
export function useNowFor(my: MyRoom): number {
  const client = useClient();
  const minutely = useServerNow();
  const [, setTurn] = useState(0);
  const until = my.mine.muted?.until;
  useEffect(() => {
    if (!until) return undefined;
    const ms = Date.parse(until) - client.serverNow();
    // Longer than a timer can wait: the page is not open that long
    if (ms <= 0 || ms > 2 ** 31 - 1) return undefined;
    const timer = setTimeout(() => setTurn((turn) => turn + 1), ms + 50);
    return () => clearTimeout(timer);
  }, [until, client]);
  return until ? client.serverNow() : minutely;
}
