import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { accounts, PROTOCOL_VERSION, SUBPROTOCOL } from '@recreio/protocol';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { clientId } from '../testing/accounts.ts';
import { greet, openDoors, type OpenDoors, outputOf, overHttp, overSocket, type Visitor } from '../testing/doors.ts';

let doors: OpenDoors;
let ana: Visitor;
beforeAll(async () => {
  doors = await openDoors();
  ana = await doors.student('Ana Ribeiro');
}, 60_000);
afterAll(async () => {
  await doors.close();
});

const host = () => new URL(doors.base).host;
const UPGRADE = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';

/** Writes bytes as they are; the socket stays open on this side. */
const raw = (bytes: string): Socket => {
  const socket = connect({ port: Number(new URL(doors.base).port), host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  socket.write(bytes);
  return socket;
};

/** What comes back until the other side has no more to say. */
const answerTo = async (bytes: string): Promise<string> => {
  const socket = raw(bytes);
  const parts: Buffer[] = [];
  socket.on('data', (part) => parts.push(Buffer.from(part)));
  await Promise.race([once(socket, 'end'), once(socket, 'close')]);
  socket.destroy();
  return Buffer.concat(parts).toString();
};

interface Frame {
  readonly t: string;
  readonly id?: number;
  readonly stream?: string;
  readonly problem?: { readonly code: string };
}

/** The frames that come from now on. */
const hearing = (socket: WebSocket): (() => readonly Frame[]) => {
  const frames: Frame[] = [];
  socket.on('message', (data) => frames.push(JSON.parse(String(data)) as Frame));
  return () => frames;
};

const ticket = async (): Promise<string> =>
  String(outputOf(await overHttp(doors.base, ana.token, accounts.ticket, {}))['ticket']);

describe('what is no proper request', () => {
  it('[S66] an upgrade to an address that is none is refused, and the server goes on', async () => {
    const answer = await answerTo(`GET // HTTP/1.1\r\nHost: ${host()}\r\n${UPGRADE}\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /u);
    expect(await overSocket(ana, 'accounts.me', {})).toHaveProperty('done');
  });

  it('[S4] a refused upgrade leaves no socket open here, whatever the peer does with its half', async () => {
    const socket = raw(`GET /nothing HTTP/1.1\r\nHost: ${host()}\r\n${UPGRADE}\r\n`);
    socket.resume();
    await once(socket, 'end');
    // Writing to what nobody holds any more is answered with a reset
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const timer = setInterval(() => socket.write('still here'), 10);
    await closed;
    clearInterval(timer);
    expect(socket.destroyed).toBe(true);
  });

  it.each([
    [
      'an address that cannot be decoded',
      400,
      `GET /api/rooms/%zz HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n`,
    ],
    [
      'an id that is too long',
      400,
      `GET /api/rooms/${'a'.repeat(200)} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n`,
    ],
    ['what is no HTTP', 400, `GET / HTTP/1.1\r\nHost: HOST\r\nno header\r\n\r\n`],
    ['an upgrade elsewhere', 404, `GET /nothing HTTP/1.1\r\nHost: HOST\r\n${UPGRADE}\r\n`],
    ['an upgrade for another host', 421, `GET /socket HTTP/1.1\r\nHost: evil.test\r\n${UPGRADE}\r\n`],
    ['a route that is none', 404, `GET /api/nothing HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n`],
  ])('[S11] %s is answered with every header, and without a word of what it was', async (_what, status, bytes) => {
    const answer = (await answerTo(bytes.replace('HOST', host()))).toLowerCase();
    expect(answer).toMatch(new RegExp(`^http/1\\.1 ${status} `, 'u'));
    for (const header of [
      'x-content-type-options: nosniff',
      'referrer-policy: no-referrer',
      "content-security-policy: default-src 'none'; frame-ancestors 'none'",
      'cross-origin-opener-policy: same-origin-allow-popups',
      'cross-origin-resource-policy: same-origin',
      'cache-control: no-store',
    ])
      expect(answer).toContain(`\r\n${header}\r\n`);
    expect(answer).not.toMatch(/%zz|aaaa|fst_err|evil/u);
  });
});

describe('a socket', () => {
  it('[R22] pings at a rate no program needs end it like other frames do', async () => {
    const { socket, first } = await greet(doors.base, await ticket());
    expect(first.t).toBe('welcome');
    const closed = once(socket, 'close');
    for (let i = 0; i < 600; i++) socket.ping();
    expect(await closed).toEqual([4029, Buffer.from('flood')]);
  });

  it('[R28] opening and closing a stream take effect in the order sent', async () => {
    const kind = { kind: 'topic', title: 'Xadrez', clientId: clientId() };
    const { room } = outputOf(await overSocket(ana, 'rooms.create', kind)) as { room: { id: string } };
    const stream = `room:${room.id}`;
    const { socket } = await greet(doors.base, await ticket());
    const heard = hearing(socket);
    const answers = () => heard().filter((frame) => 'id' in frame);
    for (const [id, t] of ['subscribe', 'unsubscribe', 'subscribe', 'subscribe', 'unsubscribe'].entries())
      socket.send(JSON.stringify({ t, id, stream }));
    await vi.waitFor(() => expect(answers()).toHaveLength(5));
    expect(answers().map(({ t, id }) => [t, id])).toEqual([
      ['subscribed', 0],
      ['unsubscribed', 1],
      ['subscribed', 2],
      ['subscribed', 3],
      ['unsubscribed', 4],
    ]);
    // Closed it is: what is said comes as a head, not as an event
    outputOf(await overSocket(ana, 'messages.send', { room: room.id, clientId: clientId(), body: 'xeque' }));
    await vi.waitFor(() => expect(heard().some(({ t }) => t === 'heads')).toBe(true), { timeout: 3_000 });
    expect(heard().filter((frame) => frame.t === 'events' && frame.stream === stream)).toEqual([]);
    socket.terminate();
  });

  it('[S59] opening streams draws from the bucket of reading', async () => {
    // A tenth of the bucket: 30, and 10 a second
    const few = await openDoors(0.1);
    const heard = hearing(few.administrator.socket);
    for (const upTo of [31, 62]) {
      for (let id = upTo - 31; id < upTo; id++)
        few.administrator.socket.send(JSON.stringify({ t: 'subscribe', id, stream: `room:${clientId()}` }));
      await vi.waitFor(() => expect(heard()).toHaveLength(upTo));
    }
    const codes = heard().map(({ problem }) => problem?.code);
    expect(codes).toContain('not-found');
    expect(codes).toContain('rate-limited');
    await few.close();
  }, 30_000);

  it('[S63] a ping is answered with what it carried', async () => {
    const { socket } = await greet(doors.base, await ticket());
    const pong = once(socket, 'pong');
    socket.ping('Recreio');
    expect(await pong).toEqual([Buffer.from('Recreio')]);
    socket.terminate();
  });

  it('[S4] who leaves between hello and welcome leaves nothing behind: no timer goes on for them', async () => {
    const tickets = await Promise.all(Array.from({ length: 20 }, ticket));
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    await Promise.all(
      tickets.map(async (one) => {
        const socket = new WebSocket(`${doors.base.replace(/^http/u, 'ws')}/socket`, SUBPROTOCOL);
        await once(socket, 'open');
        socket.send(JSON.stringify({ t: 'hello', protocol: PROTOCOL_VERSION, ticket: one }));
        socket.terminate();
        await once(socket, 'close');
      }),
    );
    // Tickets are used up once each hello was heard; then what it began has ended as well
    await vi.waitFor(async () => {
      const again = await Promise.all(tickets.map((one) => greet(doors.base, one)));
      for (const { socket } of again) socket.terminate();
      expect(again.map(({ first }) => first.t)).toEqual(tickets.map(() => 'problem'));
    });
    await vi.waitFor(() => expect(timers()).toBeLessThan(before + 10), { timeout: 5_000 });
  });
});
