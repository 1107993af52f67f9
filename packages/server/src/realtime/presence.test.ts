import type { Visibility } from '@recreio/core';
import { DEFAULT_LIMITS, type ServerFrame } from '@recreio/protocol';
import { expect, test } from 'vitest';
import { FakeSocket } from '../testing/socket.ts';
import { Connection, type Subscription } from './connection.ts';
import { makePresence } from './presence.ts';

const SALA = 'sala';
const PATIO = 'pátio';
const ADULT: Visibility = { minor: false, courses: [], staffOf: [] };

/** A node where some people have the room open; `clock.ms` is its steady clock. */
const node = (people: Readonly<Record<string, Visibility>>) => {
  const clock = { ms: 0 };
  const sockets = new Map<string, FakeSocket>();
  const connections = new Map<string, Connection>();
  const subscriptions: Subscription[] = [];
  for (const [account, visibility] of Object.entries(people)) {
    const socket = new FakeSocket();
    const closer = { close: () => undefined, cut: () => undefined };
    const actor = { account, session: account };
    const connection = new Connection(actor, visibility, socket, closer, DEFAULT_LIMITS, () => clock.ms);
    sockets.set(account, socket);
    connections.set(account, connection);
    subscriptions.push({ connection, room: SALA, state: 'live', sent: 0 });
  }
  const here = makePresence({
    hub: {
      connections: function* () {
        yield* connections.values();
      },
      connectionsOf: (account) => [connections.get(account)].filter((connection) => connection !== undefined),
      inRoom: (room) => ({
        accounts: room === SALA ? connections.keys() : [],
        subscriptions: room === SALA ? subscriptions : [],
      }),
      roomsOf: () => [SALA],
    },
    limits: DEFAULT_LIMITS,
    monotonic: () => clock.ms,
    whisper: () => undefined,
    tellMe: () => undefined,
  });
  const framesOf = (account: string): ServerFrame[] => {
    connections.get(account)?.outbound.flush();
    return sockets.get(account)?.frames ?? [];
  };
  return { clock, here, framesOf };
};

test('[R38] the writing of a person of whom nothing is known here is not told to adults', () => {
  const { here, framesOf } = node({ helena: ADULT, bruno: ADULT, caio: { ...ADULT, minor: true } });
  // A minor without a socket, over HTTP
  here.presence.typing(SALA, 'ana');
  here.presence.typing(SALA, 'bruno');
  const typing = (account: string) => ({ t: 'typing', room: SALA, account });
  expect(framesOf('helena')).toEqual([typing('bruno')]);
  expect(framesOf('caio')).toEqual([typing('ana'), typing('bruno')]);
});

test('[R38] a person on another node who left one room and stays in another is here in that one only', () => {
  const { clock, here } = node({ helena: ADULT });
  const named = (rooms: readonly string[]) => here.heard({ w: 'here', account: 'bruno', rooms, who: ADULT });
  named([SALA, PATIO]);
  expect(here.presence.here('helena', PATIO).here).toEqual(['bruno']);
  for (let i = 0; i < 3; i++) {
    clock.ms += 20_000;
    named([SALA]);
    here.tick();
  }
  expect(here.presence.here('helena', PATIO).here).toEqual([]);
  expect(here.presence.here('helena', SALA).here).toEqual(['helena', 'bruno']);
  clock.ms += 50_000;
  here.tick();
  expect(here.presence.here('helena', SALA).here).toEqual(['helena']);
});
