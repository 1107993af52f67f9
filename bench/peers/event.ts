/** What all peers deliver: the very members of our event for a message, so that the bytes are the same for everybody. */
import { randomUUID } from 'node:crypto';

interface Asked {
  readonly id: number;
  readonly input: { readonly room: string; readonly clientId: string; readonly body: string };
}

/** A room of a peer: it numbers what is said in it, and keeps no rules. */
export const makeRoom = () => {
  let seq = 0;
  const actor = randomUUID();
  /** The event of one message. */
  const eventOf = ({ input }: Asked) => {
    seq += 1;
    return {
      t: 'events',
      stream: `room:${input.room}`,
      events: [
        {
          seq,
          id: randomUUID(),
          at: new Date().toISOString(),
          actor,
          type: 'message.sent',
          data: { message: { id: randomUUID(), clientId: input.clientId, ordinal: seq, body: input.body, editNo: 0 } },
        },
      ],
    };
  };
  return { eventOf };
};

/** Rooms by their number in the path, made as they are asked for. */
export const makeRooms = <T>(make: () => T): ((name: string) => T) => {
  const rooms = new Map<string, T>();
  return (name) => {
    const there = rooms.get(name);
    if (there) return there;
    const made = make();
    rooms.set(name, made);
    return made;
  };
};
