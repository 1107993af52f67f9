import type { CallOutput, RoomView } from '@recreio/client';
import { useEffect, useRef } from 'react';
import { type Asked, useAsked } from '../asked.ts';

/** What is pinned in a room, read again whenever the board changes. Nothing is asked where nothing is pinned. */
export function useBoard({ id, pins, pinsVersion }: RoomView): Asked<CallOutput<'messages.pins'>> {
  const asked = useAsked('messages.pins', { room: id }, { enabled: pins > 0 });
  const { refetch } = asked;
  const read = useRef(pinsVersion);
  useEffect(() => {
    if (read.current === pinsVersion) return;
    read.current = pinsVersion;
    if (pins > 0) void refetch();
  }, [pinsVersion, pins, refetch]);
  return asked;
}
