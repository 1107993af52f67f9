import { type Client, NoAnswerError, ProblemError } from '@recreio/client';
import type { UserEvent } from '@recreio/protocol';
import { useEffect, useState } from 'react';
import { useClient } from '../client.tsx';

/** How I came to be no more in a room. `until` in ms, null open-ended; both only with a ban. */
export interface Parting {
  readonly reason: 'left' | 'removed' | 'banned';
  readonly why?: string | undefined;
  readonly until?: number | null;
}

type Began = Extract<UserEvent, { type: 'sanction.began' }>;
const endOf = ({ data }: Began): number | null => (data.until === null ? null : Date.parse(data.until));

/** How I came to be no more in this room, once it has happened while the caller looked. For a caller with the room as its key. */
export function useParting(room: string): Parting | undefined {
  const client = useClient();
  const [parting, setParting] = useState<Parting>();
  useEffect(() => {
    let ban: Began | undefined;
    return client.events.on('own', (event) => {
      if (!('room' in event.data) || event.data.room !== room) return;
      if (event.type === 'sanction.began' && event.data.kind === 'ban') ban = event;
      if (event.type === 'membership.began') setParting(undefined);
      else if (event.type === 'membership.ended') setParting({ reason: event.data.reason });
      // The ban and the end of the membership come in one turn, in either order
      const banned = ban;
      if (banned !== undefined && event.type !== 'membership.began')
        setParting({ reason: 'banned', why: banned.data.reason, until: endOf(banned) });
    });
  }, [client, room]);
  return parting;
}

const page = 500;

/** The newest silence that this room, or the whole school, gave me, in my own stream of the last 30 days. */
async function readReason(client: Client, room: string): Promise<string | undefined> {
  let found: string | undefined;
  for (let after = 0; ; ) {
    const { events, to, head } = await client.call('streams.readMine', { after, limit: page });
    for (const event of events) {
      const isHere = event.type === 'sanction.began' && (event.data.room === room || event.data.room === null);
      if (isHere && event.data.kind === 'mute') found = event.data.reason;
    }
    if (to >= head || to <= after) return found;
    after = to;
  }
}

/** Why I am silenced in this room, in the words that were written for me; undefined until it is known. */
export function useSilenceReason(room: string, isSilenced: boolean): string | undefined {
  const client = useClient();
  const [read, setRead] = useState<{ room: string; reason: string | undefined }>();
  useEffect(() => {
    if (!isSilenced) return undefined;
    let isWanted = true;
    readReason(client, room).then(
      (found) => {
        if (isWanted) setRead({ room, reason: found });
        return found;
      },
      (error: unknown) => {
        // The silence is shown without its reason then; it stands in the stream for the next look
        if (!(error instanceof ProblemError || error instanceof NoAnswerError)) reportError(error);
      },
    );
    return () => {
      isWanted = false;
    };
  }, [client, room, isSilenced]);
  return isSilenced && read?.room === room ? read.reason : undefined;
}
