/** Two whole servers on one database with NATS between them, and NATS that comes and goes. */
import { accounts, messages, rooms } from '@recreio/protocol';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { clientId } from './testing/accounts.ts';
import { greet, openDoors, type OpenDoors, outputOf, overHttp } from './testing/doors.ts';
import { natsMissing, type NatsServer, openNats } from './testing/nats.ts';

const missing = natsMissing();

describe.skipIf(missing !== null)('two servers with NATS between them', () => {
  let nats: NatsServer;
  let doors: OpenDoors;
  let other: string;
  beforeAll(async () => {
    nats = await openNats();
    // It is not there when the first one starts
    await nats.kill();
    doors = await openDoors(1000, { NATS_URL: `nats://127.0.0.1:${nats.port}` });
  });
  afterAll(async () => {
    await doors.close();
    await nats.close();
  });

  const ready = async (base: string): Promise<{ status: number; degraded: unknown }> => {
    const answer = await fetch(`${base}/readyz`);
    const { degraded = [] } = (await answer.json()) as { degraded?: unknown };
    return { status: answer.status, degraded };
  };

  test('[D20] a server starts without its bus, ready and degraded, and is whole when the bus comes', async () => {
    expect(await ready(doors.base)).toEqual({ status: 200, degraded: ['bus'] });
    await nats.restart();
    other = await doors.another();
    for (const base of [doors.base, other])
      await vi.waitFor(async () => expect(await ready(base)).toEqual({ status: 200, degraded: [] }), {
        timeout: 15_000,
        interval: 100,
      });
  });

  test('[D19] [D20] what one server takes another tells, within a second with the bus and within three without', async () => {
    const { administrator, base } = doors;
    const made = outputOf(
      await overHttp(base, administrator.token, rooms.create, { kind: 'topic', title: 'Sala', clientId: clientId() }),
    );
    const { id: room } = made['room'] as { id: string };
    // A second socket of the same person, on the other server, with the room open
    const { ticket } = outputOf(await overHttp(other, administrator.token, accounts.ticket, {}));
    const { socket, first } = await greet(other, String(ticket));
    expect(first.t).toBe('welcome');
    const seen: string[] = [];
    let isOpen = false;
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as {
        t: string;
        events?: { data: { message?: { body: string } } }[];
      };
      if (frame.t === 'subscribed') isOpen = true;
      for (const event of frame.events ?? []) if (event.data.message) seen.push(event.data.message.body);
    });
    socket.send(JSON.stringify({ t: 'subscribe', id: 1, stream: `room:${room}` }));
    await vi.waitFor(() => expect(isOpen).toBe(true));
    const arrives = async (body: string, withinMs: number): Promise<void> => {
      outputOf(await overHttp(base, administrator.token, messages.send, { room, body, clientId: clientId() }));
      await vi.waitFor(() => expect(seen.at(-1)).toBe(body), { timeout: withinMs, interval: 10 });
    };

    await arrives('com o barramento', 1_000);
    await nats.kill();
    await arrives('sem ele', 3_000);
    await vi.waitFor(async () => expect((await ready(base)).degraded).toEqual(['bus']), { timeout: 5_000 });
    await nats.restart();
    await vi.waitFor(async () => expect((await ready(base)).degraded).toEqual([]), { timeout: 15_000, interval: 100 });
    await arrives('outra vez com ele', 3_000);
    expect(seen).toEqual(['com o barramento', 'sem ele', 'outra vez com ele']);
    socket.close();
  });
});
