import type { Visibility } from '@recreio/core';
import { DEFAULT_LIMITS, type ServerFrame } from '@recreio/protocol';
import { expect, test } from 'vitest';
import { FakeSocket } from '../testing/socket.ts';
import { Connection, type Subscription } from './connection.ts';
import type { Whisper } from './news.ts';
import { makePresence } from './presence.ts';

const SALA = 'sala';
const PATIO = 'pátio';
const ADULT: Visibility = { minor: false, courses: [], staffOf: [] };

/** A node where some people have the room open; `clock.ms` is its steady clock. */
const node = (people: Readonly<Record<string, Visibility>>) => {
  const clock = { ms: 0, isStrained: false };
  const whispers: Whisper[] = [];
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
    whisper: (whisper) => whispers.push(whisper),
    isSilent: () => clock.isStrained,
  });
  const framesOf = (account: string): ServerFrame[] => {
    connections.get(account)?.outbound.flush();
    return sockets.get(account)?.frames ?? [];
  };
  return { clock, here, framesOf, connections, whispers };
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
  const named = (rooms: readonly string[]) =>
    here.heard({ w: 'here', account: 'bruno', rooms, who: ADULT }, 'outro nó');
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

test('[R38] a person who leaves one node and is on another is still here', () => {
  const { here } = node({ helena: ADULT });
  const on = (from: string) => here.heard({ w: 'here', account: 'bruno', rooms: [SALA], who: ADULT }, from);
  on('um');
  on('dois');
  here.heard({ w: 'gone', account: 'bruno' }, 'um');
  expect(here.presence.here('helena', SALA).here).toEqual(['helena', 'bruno']);
  here.heard({ w: 'gone', account: 'bruno' }, 'dois');
  expect(here.presence.here('helena', SALA).here).toEqual(['helena']);
});

test('[R38] who may see a person follows what is known of the person now, not when they came', () => {
  const { here, connections, framesOf, whispers } = node({ helena: ADULT, bruno: ADULT });
  const present = () => framesOf('helena').filter((frame) => frame.t === 'presence');
  const { bruno } = Object.fromEntries(connections);
  if (!bruno) throw new Error('bruno is connected');
  bruno.visibility = { ...ADULT, minor: true };
  here.shown('bruno');
  here.tick();
  expect(present().at(-1)).toEqual({ t: 'presence', room: SALA, here: ['helena'], count: 1 });
  expect(whispers).toContainEqual({ w: 'here', account: 'bruno', rooms: [SALA], who: { ...ADULT, minor: true } });

  // And of one on another node
  const say = (minor: boolean) =>
    here.heard({ w: 'here', account: 'ana', rooms: [SALA], who: { ...ADULT, minor } }, 'outro nó');
  say(false);
  here.tick();
  expect(present().at(-1)).toMatchObject({ here: ['helena', 'ana'] });
  say(true);
  here.tick();
  expect(present().at(-1)).toMatchObject({ here: ['helena'] });
});

test('[R38] a node that comes to hear asks, and is told of everybody at once; otherwise each is told every twenty seconds', () => {
  const names = Array.from({ length: 40 }, (_, n) => `pessoa-${n}`);
  const { clock, here, whispers } = node(Object.fromEntries(names.map((name) => [name, ADULT])));
  const told = () => whispers.splice(0).flatMap((whisper) => (whisper.w === 'here' ? [whisper.account] : []));
  here.up();
  expect(whispers).toContainEqual({ w: 'who' });
  here.tick();
  expect(told()).toEqual(names);
  here.heard({ w: 'who' }, 'outro nó');
  here.tick();
  expect(told()).toEqual(names);
  const slices: string[][] = [];
  for (let second = 0; second < 20; second++) {
    clock.ms += 1_000;
    here.tick();
    slices.push(told());
  }
  expect(slices.flat().sort()).toEqual(names.toSorted());
  expect(Math.max(...slices.map(({ length }) => length))).toBeLessThan(names.length / 2);
});

test('[D32] while it is hard to keep up nobody is told who is here; afterwards everybody is, once', () => {
  const { clock, here, framesOf } = node({ helena: ADULT });
  const told = () => framesOf('helena').filter(({ t }) => t === 'presence').length;
  clock.isStrained = true;
  for (let i = 0; i < 5; i++) {
    here.changed(SALA);
    here.tick();
  }
  expect(told()).toBe(0);
  clock.isStrained = false;
  here.tick();
  here.tick();
  expect(told()).toBe(1);
});
