import type { RoomView } from '@recreio/client';
import { useState } from 'react';

/**
 * Who is in a room; without a connection, who was when it went (`isPast`), so that a blink of the wire moves nothing on the screen.
 * Null while it was never known. One for each room: give what uses it the room's id as its key.
 */
export function useLastHere(view: RoomView): { here: RoomView['here']; isPast: boolean } {
  const [last, setLast] = useState(view.here);
  if (view.here !== null && view.here !== last) setLast(view.here);
  return { here: view.here ?? last, isPast: view.here === null && last !== null };
}
