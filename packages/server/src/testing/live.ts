/** A whole living node without doors: rules, realtime and an end of the bus, and devices that notice when what arrives. */
import type { OpenBus, Presence } from '@recreio/core';
import type { Person } from '@recreio/core/testing/world.ts';
import { DEFAULT_LIMITS } from '@recreio/protocol';
import { recentRevocations, visibilities } from '../adapters/postgres/revocations.ts';
import { makeRealtime, type Realtime } from '../realtime/realtime.ts';
import { type Device, decode, device } from './socket.ts';
import type { Node, Schoolhouse } from './world.ts';

/** A device with the time at which each event of a room arrived first, in ms of `performance.now()`. */
export interface LiveDevice extends Device {
  readonly arrivedMs: Map<string, number>;
}

/** A living node. */
export interface LiveNode extends Node {
  readonly realtime: Realtime;
  readonly troubles: { readonly where: string; readonly error: unknown }[];
  /** Connects a device as the socket's door does. */
  connect(person: Person): Promise<LiveDevice>;
  leave(device: Device): void;
  /** Opens a room's stream, live. */
  open(device: Device, room: string): Promise<void>;
}

/** The name of an event of a stream. */
export const eventKey = (stream: string, seq: number): string => `${stream} ${seq}`;

/** Opens a node on the school with an end of a bus. `close` its realtime. */
export const liveNode = async (house: Schoolhouse, name: string, openBus: OpenBus): Promise<LiveNode> => {
  const limits = DEFAULT_LIMITS;
  const monotonic = () => performance.now();
  const late: { realtime: Realtime | null } = { realtime: null };
  const there = (): Realtime => {
    if (!late.realtime) throw new Error('the node is not there yet');
    return late.realtime;
  };
  const presence: Presence = {
    typing: (...to) => there().presence.typing(...to),
    here: (...of) => there().presence.here(...of),
    marker: (...of) => there().presence.marker(...of),
    thread: (...of) => there().presence.thread(...of),
    saved: (...of) => there().presence.saved(...of),
    notices: (...of) => there().presence.notices(...of),
    tuning: (...of) => there().presence.tuning(...of),
    draft: (...of) => there().presence.draft(...of),
    me: (account) => there().presence.me(account),
    school: (school) => there().presence.school(school),
  };
  const node = await house.node({
    presence,
    bell: { ring: (...committed) => there().bell.ring(...committed) },
    revoked: () => there().revoked(),
  });
  const { memory } = node.world;
  const visibilityOf = visibilities(house.pool);
  const troubles: LiveNode['troubles'] = [];
  const realtime = makeRealtime({
    node: name,
    memory,
    openBus,
    school: await memory.school.read(),
    visibilityOf,
    revocations: (...within) => recentRevocations(house.pool, ...within),
    limits,
    monotonic,
    trouble: (where, error) => troubles.push({ where, error }),
  });
  late.realtime = realtime;
  const { hub } = realtime;

  return {
    ...node,
    realtime,
    troubles,
    connect: async (person) => {
      const made = device(person, monotonic, limits);
      const arrivedMs = new Map<string, number>();
      const write = made.socket.write.bind(made.socket);
      made.socket.write = (bytes) => {
        for (const frame of decode(bytes)) {
          if (frame.t !== 'events') continue;
          for (const { seq } of frame.events) {
            const key = eventKey(frame.stream, seq);
            if (!arrivedMs.has(key)) arrivedMs.set(key, monotonic());
          }
        }
        return write(bytes);
      };
      const { head, revision } = await memory.streams.userStanding(person.id, 0);
      made.connection.visibility = await visibilityOf(person.id);
      hub.add(made.connection, head);
      hub.place(made.connection, await memory.rooms.mine(person.id));
      made.connection.userSent = head;
      await hub.followUser(made.connection);
      realtime.came(made.connection, revision);
      return { ...made, arrivedMs };
    },
    leave: ({ connection }) => {
      hub.remove(connection);
      if ([...hub.connectionsOf(connection.actor.account)].length === 0) realtime.left(connection.actor.account);
    },
    open: async ({ connection }, room) => {
      const standing = await memory.streams.standing(connection.actor.account, room, 0);
      if (!standing) throw new Error('not a member');
      hub.subscribe(connection, room, standing.head, standing);
    },
  };
};
