// Socket.IO as its documentation begins: a room, `io.to(room).emit`. The folder of its package is the argument.

import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { makeRoom, makeRooms } from './event.ts';

const { Server } = createRequire(join(process.argv[2], 'node_modules/'))('socket.io');
const server = createServer();
const io = new Server(server, { transports: ['websocket'], serveClient: false });
const roomOf = makeRooms(makeRoom);
io.on('connection', (socket) => {
  const name = String(socket.handshake.query.room);
  const room = roomOf(name);
  void socket.join(name);
  socket.on('do', (asked) => io.to(name).emit('events', room.eventOf(asked)));
});
server.listen(0, '127.0.0.1', 4096, () => process.stdout.write(`port ${server.address().port}\n`));
