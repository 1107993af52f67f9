import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { closeWithin } from './closing.ts';

let app: FastifyInstance;
let port: number;
const asked = Promise.withResolvers<void>();
const answered = Promise.withResolvers<void>();
beforeEach(async () => {
  app = fastify({ forceCloseConnections: 'idle' });
  app.get('/slow', async () => {
    asked.resolve();
    await answered.promise;
    return 'there';
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  ({ port } = app.server.address() as AddressInfo);
});
afterEach(() => app.close());

it('half a request does not keep the server from ending', async () => {
  const came = once(app.server, 'connection');
  const socket = connect(port, '127.0.0.1');
  const gone = once(socket, 'close');
  socket.write('GET / HTTP/1.1\r\n');
  const [served] = (await came) as [Socket];
  await expect.poll(() => served.bytesRead).toBeGreaterThan(0);
  await closeWithin(app, 50);
  await gone;
  expect(app.server.listening).toBe(false);
});

it('what is being answered is answered', async () => {
  const answer = fetch(`http://127.0.0.1:${port}/slow`);
  await asked.promise;
  const closed = closeWithin(app, 60_000);
  answered.resolve();
  expect(await (await answer).text()).toBe('there');
  await closed;
});
