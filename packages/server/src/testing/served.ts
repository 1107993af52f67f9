/** A living node with its doors open on this machine, in the same process: for clients whose surroundings a test holds in its hands. */
import type { AddressInfo } from 'node:net';
import { DEFAULT_LIMITS } from '@recreio/protocol';
import { inProcess } from '../adapters/bus/in-process.ts';
import { visibilities } from '../adapters/postgres/revocations.ts';
import { admission } from '../doors/admission.ts';
import { httpDoor } from '../doors/http.ts';
import { identification } from '../doors/identify.ts';
import type { Watch } from '../doors/problems.ts';
import { socketDoor } from '../doors/socket.ts';
import { makeGuard } from '../realtime/guard.ts';
import { type LiveNode, liveNode } from './live.ts';
import type { Schoolhouse } from './world.ts';

/** The node, and where it is. */
export interface ServedNode extends LiveNode {
  readonly url: string;
  close(): Promise<void>;
}

/** Opens the doors of a new node on the school. */
export const servedNode = async (house: Schoolhouse): Promise<ServedNode> => {
  const node = await liveNode(house, 'served', inProcess());
  const { world, realtime, troubles } = node;
  const { hub } = realtime;
  const monotonic = () => performance.now();
  const report = (where: string, error: unknown): void => void troubles.push({ where, error });
  const watch: Watch = { refused: () => undefined, turnedAway: () => undefined };
  const hosts = new Set<string>();
  const who = identification({
    memory: world.memory,
    secrets: world.secrets,
    cookieName: 'recreio',
    allowedOrigins: new Set(),
    allowedHosts: hosts,
    trustedProxies: [],
    proxiedOnly: false,
  });
  const app = httpDoor({
    world,
    identification: who,
    cookie: { name: 'recreio', secure: false },
    tls: null,
    webFolder: null,
    report,
    watch,
    logged: () => undefined,
  });
  const guard = makeGuard({ monotonic, check: realtime.checkRevocations });
  const doors = socketDoor(app.server, {
    world,
    hub,
    here: realtime,
    identification: who,
    isSecure: false,
    limits: DEFAULT_LIMITS,
    monotonic,
    visibilityOf: visibilities(house.pool),
    admission: admission({ sockets: 1_000, perPerson: 20, perSecond: 1_000, strain: () => 'none', monotonic }),
    guard,
    opened: () => undefined,
    gone: () => undefined,
    report,
    watch,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const host = `127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  hosts.add(host);
  return {
    ...node,
    url: `http://${host}`,
    close: async () => {
      doors.stopAccepting();
      app.server.closeAllConnections();
      await app.close();
      guard.stop();
      await realtime.close();
    },
  };
};
