import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';

/** A wire between a client and one server that can be cut, slowed, or lose an answer. */
export interface Proxy {
  readonly url: string;
  /** Cuts every connection, both ways, without a goodbye. */
  cut(): void;
  /** Lets what is on its way to the server arrive, and cuts each connection instead of bringing the first answer back. */
  loseNextAnswer(): void;
  /** Keeps what the server says back for so long; 0 ends that. Order stays. */
  delay(delayMs: number): void;
  /** Reads nothing any more of what servers say, on no connection, until told otherwise: buffers fill from here to there. */
  stopReading(isDeaf: boolean): void;
  close(): Promise<void>;
}

/** Opens a wire to a port of this machine, asked for with each connection: the wire may be there before the server. */
export async function openProxy(targetPort: () => number): Promise<Proxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let losing = new WeakSet<Socket>();
  let delayMs = 0;
  let isDeaf = false;
  const server = createServer((client) => {
    const upstream = connect(targetPort(), '127.0.0.1');
    const pair = [client, upstream] as const;
    pairs.add(pair);
    if (isDeaf) upstream.pause();
    const end = () => {
      client.destroy();
      upstream.destroy();
      pairs.delete(pair);
    };
    // What is kept back goes before what comes later, also when the delay ends meanwhile
    const kept: Buffer[] = [];
    const pass = (chunk: Buffer) => {
      if (delayMs === 0 && kept.length === 0) return void client.write(chunk);
      kept.push(chunk);
      setTimeout(() => {
        const next = kept.shift();
        if (next && client.writable) client.write(next);
      }, delayMs);
    };
    client.on('data', (chunk) => upstream.write(chunk));
    upstream.on('data', (chunk: Buffer) => {
      if (losing.has(upstream)) return end();
      pass(chunk);
    });
    for (const socket of pair) {
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', end);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut: () => {
      for (const [client, upstream] of pairs) {
        client.resetAndDestroy();
        upstream.resetAndDestroy();
      }
    },
    loseNextAnswer: () => {
      losing = new WeakSet([...pairs].map(([, upstream]) => upstream));
    },
    delay: (ms) => {
      delayMs = ms;
    },
    stopReading: (deaf) => {
      isDeaf = deaf;
      for (const [, upstream] of pairs)
        if (deaf) upstream.pause();
        else upstream.resume();
    },
    close: async () => {
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
