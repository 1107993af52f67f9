/**
 * Calls to everybody in a room ([R113]): read off the log as each node applies it, told to the connections of the members that the
 * node has, and stored for nobody. A block is asked about when there is a call, which is rare.
 */
import type { StreamsMemory } from '@recreio/core';
import type { RoomEvent } from '@recreio/protocol';
import type { Connection } from './connection.ts';
import { encode } from './frames.ts';

/** A message that calls everybody. */
export interface Call {
  readonly seq: number;
  readonly author: string;
  readonly frame: Buffer;
  /** Who has blocked its author; null until that is known: until then nobody is told. */
  deaf: ReadonlySet<string> | null;
}

/** Of a room what calls need. */
interface Place {
  readonly room: string;
  readonly members: ReadonlyMap<string, ReadonlySet<Connection>>;
  /** The newest ones, for those whose counts were read before. */
  readonly calls: Call[];
}

/** More are not made between reading a person's rooms and placing the person there. */
const KEPT = 20;

const isFor = ({ author, deaf }: Call, account: string): boolean =>
  account !== author && deaf !== null && !deaf.has(account);

/** Makes the calls of a node. */
export const makeCalled = (memory: Pick<StreamsMemory, 'deafTo'>, trouble: (where: string, error: unknown) => void) => {
  /** Of which it could not be asked who has blocked whom. */
  let open: { readonly place: Place; readonly call: Call }[] = [];

  const ask = async (place: Place, call: Call): Promise<void> => {
    try {
      call.deaf = await memory.deafTo(call.author);
    } catch (error) {
      trouble('called', error);
      open.push({ place, call });
      return;
    }
    for (const [account, connections] of place.members)
      if (isFor(call, account)) for (const connection of connections) connection.outbound.push(call.frame);
  };

  return {
    /** A message that calls everybody was applied. */
    take: (place: Place, { seq, at, actor, data }: Extract<RoomEvent, { type: 'message.sent' }>): void => {
      const { id: message, ordinal } = data.message;
      const { room } = place;
      const frame = encode({ t: 'called', room, message, messageSeq: seq, ordinal, author: actor, at });
      const call: Call = { seq, author: actor, frame, deaf: null };
      place.calls.push(call);
      if (place.calls.length > KEPT) place.calls.shift();
      void ask(place, call);
    },
    /** Somebody's connection was placed in a room whose counts were read when it stood at `seq`. */
    missed: ({ calls }: Place, connection: Connection, seq: number): void => {
      for (const call of calls)
        if (call.seq > seq && isFor(call, connection.actor.account)) connection.outbound.push(call.frame);
    },
    /** Every second: what could not be asked is asked again. */
    tick: (): void => {
      const again = open;
      open = [];
      for (const { place, call } of again) void ask(place, call);
    },
  };
};
