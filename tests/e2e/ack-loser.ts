/** A wire between a browser and the school on which the answer to each message that is sent is lost once. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** The wire. */
export interface AckLoser {
  readonly port: number;
  /** Whether anything gets through. */
  isUp: boolean;
  /** Whether the first answer to each message is lost, with everything else that is on its way: the connection is cut. */
  isLosing: boolean;
  /** Whether answers to messages that are sent never come, while the connection stands. */
  isMute: boolean;
  /** The ids of the messages whose first answer was lost. */
  readonly lost: ReadonlySet<string>;
  close(): Promise<void>;
}

/** The answer of `messages.send` (docs/protocol.md R40), in a frame or over HTTP: nothing else has these members together. */
const ack = /\{"id":"([0-9a-f-]{36})","seq":\d+,"epoch":"[^"]+","at":"[^"]+","ordinal":/g;

/** Lays the wire to a port of this machine, which may be listened on later. */
export async function openAckLoser(target: number): Promise<AckLoser> {
  const sockets = new Set<Socket>();
  const lost = new Set<string>();
  const server = createServer((client) => {
    if (!loser.isUp) return void client.resetAndDestroy();
    const upstream = connect(target, '127.0.0.1');
    const end = () => {
      client.destroy();
      upstream.destroy();
      sockets.delete(client);
    };
    sockets.add(client);
    client.on('data', (chunk) => {
      if (loser.isUp) upstream.write(chunk);
      else end();
    });
    upstream.on('data', (chunk: Buffer) => {
      if (!loser.isUp) return end();
      // The server's frames are not masked, and small: an answer stands in one piece (RFC 6455 §5.1)
      if (loser.isMute && chunk.toString('latin1').search(ack) >= 0) return;
      const fresh = loser.isLosing
        ? [...chunk.toString('latin1').matchAll(ack)].flatMap(([, id = '']) => (lost.has(id) ? [] : [id]))
        : [];
      for (const id of fresh) lost.add(id);
      if (fresh.length > 0) end();
      else client.write(chunk);
    });
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', end);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  let isUp = true;
  const loser: AckLoser = {
    port: address.port,
    get isUp() {
      return isUp;
    },
    set isUp(next: boolean) {
      isUp = next;
      if (!next) for (const socket of sockets) socket.resetAndDestroy();
    },
    isLosing: false,
    isMute: false,
    lost,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return loser;
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}
