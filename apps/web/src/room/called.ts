/** Which messages of the open room called the reader by a word of theirs: said as they come, and not which word it was ([R119]). */
import { useCallback, useEffect, useRef } from 'react';
import { useClient } from '../client.tsx';

/** Whether a message did, by its id; one and the same function as long as the room is. */
export function useCallsByWord(room: string): (message: string) => boolean {
  const client = useClient();
  const called = useRef(new Set<string>());
  useEffect(() => {
    const messages = called.current;
    const stop = client.events.on('notification', ({ data }) => {
      if (data.kind === 'keyword' && data.room === room) messages.add(data.message);
    });
    return () => {
      stop();
      messages.clear();
    };
  }, [client, room]);
  return useCallback((message) => called.current.has(message), []);
}
