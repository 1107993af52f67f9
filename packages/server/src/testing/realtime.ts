/** A node with its hub on a real log, and devices that are connected to it without a network. */
import type { StreamsMemory } from '@recreio/core';
import type { Person } from '@recreio/core/testing/world.ts';
import { DEFAULT_LIMITS, type Limits } from '@recreio/protocol';
import { type Hub, makeHub } from '../realtime/hub.ts';
import type { Doorbell } from '../realtime/news.ts';
import { openingOf } from '../realtime/resume.ts';
import { type Device, device } from './socket.ts';
import type { Node, Schoolhouse } from './world.ts';

/** How a hub's node differs from an ordinary one. */
export interface HubKind {
  readonly limits?: Partial<Limits>;
  /** Stands between the hub and the log. */
  readonly streams?: (streams: StreamsMemory) => StreamsMemory;
  readonly publish?: (bell: Doorbell) => void;
}

/** A node with a hub. */
export interface HubNode extends Node {
  readonly hub: Hub;
  readonly streams: StreamsMemory;
  /** What the hub told to the operator. */
  readonly troubles: { readonly where: string; readonly error: unknown }[];
  /** Its bell is heard no more by its own hub, as on a node that only reads. */
  isDeaf: boolean;
  /** Connects a device as the socket's door does: user stream, rooms, welcome. */
  connect(person: Person): Promise<Device>;
  /** Opens a room's stream as the door does; without a seq, live. */
  open(device: Device, room: string, seq?: number): Promise<void>;
}

/** Opens a node with a hub. */
export const hubNode = async (house: Schoolhouse, kind: HubKind = {}): Promise<HubNode> => {
  const limits = { ...DEFAULT_LIMITS, ...kind.limits };
  const late: { hub: Hub | null } = { hub: null };
  const node = await house.node({
    bell: {
      ring: (events, users) => {
        if (!whole.isDeaf) late.hub?.bell.ring(events, users);
      },
    },
  });
  const { memory } = node.world;
  const streams = kind.streams ? kind.streams(memory.streams) : memory.streams;
  const troubles: HubNode['troubles'] = [];
  const hub = makeHub({
    memory: streams,
    limits,
    monotonic: () => node.clock.ms,
    publish: kind.publish ?? (() => undefined),
    polled: () => undefined,
    presenceChanged: () => undefined,
    trouble: (where, error) => troubles.push({ where, error }),
  });
  late.hub = hub;
  const whole: HubNode = {
    ...node,
    hub,
    streams,
    troubles,
    isDeaf: false,
    connect: async (person) => {
      const made = device(person, () => node.clock.ms, limits);
      const { head } = await memory.streams.userStanding(person.id, 0);
      hub.add(made.connection, head);
      hub.place(made.connection, await memory.rooms.mine(person.id));
      made.connection.userSent = head;
      await hub.followUser(made.connection);
      return made;
    },
    open: async ({ connection }, room, seq) => {
      const standing = await memory.streams.standing(connection.actor.account, room, seq ?? 0);
      if (!standing) throw new Error('not a member');
      const { epoch } = standing;
      const opening = openingOf({ epoch, seq: seq ?? standing.head, lastId: null }, standing, limits);
      if (opening.kind === 'reset') throw new Error(opening.reason);
      if (opening.gap) connection.send({ t: 'gap', stream: `room:${room}`, ...opening.gap });
      hub.subscribe(connection, room, opening.from, standing);
    },
  };
  return whole;
};
