// Bun's own publish and subscribe: native code that joins what goes to one socket within a turn. Runs under Bun.

import { makeRoom, makeRooms } from './event.ts';

const roomOf = makeRooms(makeRoom);
const server = globalThis.Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  fetch: (request, self) => {
    const { pathname } = new URL(request.url);
    return self.upgrade(request, { data: pathname }) ? undefined : new Response('', { status: 400 });
  },
  websocket: {
    perMessageDeflate: false,
    publishToSelf: true,
    open: (socket) => socket.subscribe(socket.data),
    message: (socket, text) => {
      socket.publish(socket.data, JSON.stringify(roomOf(socket.data).eventOf(JSON.parse(String(text)))));
    },
  },
});
process.stdout.write(`port ${server.port}\n`);
