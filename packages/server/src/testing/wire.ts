/** A wire to a server that a test can cut, or let swallow everything, as a network does. */
import { once } from 'node:events';
import { connect, createServer, type NetConnectOpts, type Socket } from 'node:net';

/** A wire on a port of this machine. */
export interface Wire {
  readonly port: number;
  /** Every connection breaks, and so does each new one, until `mend`. */
  cut(): void;
  /** Nothing comes through any more in either direction, and nobody is told, until `mend`, which breaks what swallowed. */
  swallow(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Opens a wire to what is there when a connection comes; `change` is done to what goes there. */
export const openWire = async (
  target: () => NetConnectOpts,
  change: (bytes: Buffer) => Buffer = (bytes) => bytes,
): Promise<Wire> => {
  let state: 'whole' | 'cut' | 'swallowing' = 'whole';
  const pairs = new Set<readonly Socket[]>();
  const breakAll = (): void => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  const server = createServer((near) => {
    near.on('error', () => near.destroy());
    if (state === 'cut') return void near.destroy();
    const far = connect(target());
    const pair = [near, far];
    pairs.add(pair);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => from.destroy());
      from.on('data', (bytes: Buffer) => {
        if (state === 'whole') to.write(to === far ? change(bytes) : bytes);
      });
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
    return undefined;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return {
    port: address.port,
    cut: () => {
      state = 'cut';
      breakAll();
    },
    swallow: () => {
      state = 'swallowing';
    },
    mend: () => {
      if (state === 'swallowing') breakAll();
      state = 'whole';
    },
    close: async () => {
      breakAll();
      server.close();
      await once(server, 'close');
    },
  };
};
