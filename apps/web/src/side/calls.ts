/** How loudly rooms call, as the order of the list keeps it: what is read does not jump away under the finger. */
import type { RoomsSnapshot } from '@recreio/client';
import type { MyRoom } from '@recreio/protocol';
import { useEffect, useState } from 'react';
import { badgeOfRoom } from '../calling/waiting.ts';

/** Rooms that call: 2 speaks to me, 1 has something unread. Who is quiet is not in it. */
export type Calls = ReadonlyMap<string, 1 | 2>;

/** 0, 1 or 2. */
export const callOf = (calls: Calls, room: string): number => calls.get(room) ?? 0;

/** Those of before, each at its loudest; the very same map when none has become louder. `now` in ms. */
export function louder(before: Calls, list: readonly MyRoom[], now: number): Calls {
  const risen = list.flatMap((my): [string, 1 | 2][] => {
    const { calls, isNew } = badgeOfRoom(my, now);
    const loud = calls > 0 ? 2 : isNew ? 1 : 0;
    return loud > callOf(before, my.room.id) ? [[my.room.id, loud === 2 ? 2 : 1]] : [];
  });
  return risen.length === 0 ? before : new Map([...before, ...risen]);
}

/** The calls since the page was last come to: a room that is read keeps its place until the person has been away. */
export function useCalls({ list }: RoomsSnapshot, now: number): Calls {
  const [kept, setKept] = useState<Calls>(() => new Map());
  const calls = louder(kept, list, now);
  if (calls !== kept) setKept(calls);
  useEffect(() => {
    const comeBack = () => {
      if (document.visibilityState === 'visible') setKept(new Map());
    };
    document.addEventListener('visibilitychange', comeBack);
    return () => document.removeEventListener('visibilitychange', comeBack);
  }, []);
  return calls;
}
