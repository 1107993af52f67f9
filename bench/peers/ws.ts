/**
 * The program that everybody writes first: `ws`, and `client.send` for each member of the room. With the address of a database as
 * its argument it stores each message before it is delivered, in one transaction a message, and answers as Recreio does.
 */
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { type WebSocket, WebSocketServer } from 'ws';
import { makeRoom, makeRooms } from './event.ts';

const [databaseUrl] = process.argv.slice(2);
/** Eight: with more it is no faster (performance.md, 4). */
const pool = databaseUrl === undefined ? null : new pg.Pool({ connectionString: databaseUrl, max: 8 });
await pool?.query(
  'CREATE TABLE IF NOT EXISTS bench_message (id uuid PRIMARY KEY, room text NOT NULL, seq bigint NOT NULL, body text NOT NULL, UNIQUE (room, seq))',
);
await pool?.query('TRUNCATE bench_message');

const roomOf = makeRooms(() => ({ ...makeRoom(), members: new Set<WebSocket>(), last: Promise.resolve() }));
const wss = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false, backlog: 4096 });
wss.on('connection', (socket, request) => {
  const room = roomOf(request.url ?? '/');
  room.members.add(socket);
  socket.on('close', () => room.members.delete(socket));
  socket.on('message', (data) => {
    const asked = JSON.parse(String(data));
    const frame = room.eventOf(asked);
    const deliver = () => {
      const json = JSON.stringify(frame);
      for (const member of room.members) member.send(json);
    };
    if (!pool) return deliver();
    const [event] = frame.events;
    const stored = pool.query({
      name: 'store',
      text: 'INSERT INTO bench_message VALUES ($1, $2, $3, $4)',
      values: [event?.id, asked.input.room, event?.seq, asked.input.body],
    });
    // In the order of the seqs, each when it is stored
    const { last } = room;
    const answer = async () => {
      await last;
      await stored;
      socket.send(JSON.stringify({ t: 'done', id: asked.id, output: { seq: event?.seq } }));
      deliver();
    };
    room.last = answer();
    return undefined;
  });
});
wss.on('listening', () => process.stdout.write(`port ${(wss.address() as AddressInfo).port}\n`));
