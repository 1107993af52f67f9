import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import type { Bus, BusParts } from '@recreio/core/ports.ts';
import { busContract } from '@recreio/core/testing/contracts/bus.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { natsMissing, type NatsServer, openNats } from '../../testing/nats.ts';
import { openWire, type Wire } from '../../testing/wire.ts';
import { natsBus } from './nats.ts';
import { busSeal } from './seal.ts';

const missing = natsMissing();
const key = randomBytes(32);
const sealed = () => busSeal(key, 'epoch');

describe.skipIf(missing !== null)('NATS', () => {
  let server: NatsServer;
  let wire: Wire;
  const buses: Bus[] = [];
  beforeAll(async () => {
    server = await openNats();
    wire = await openWire(() => ({ host: '127.0.0.1', port: server.port }));
  });
  afterEach(async () => {
    for (const bus of buses.splice(0)) await bus.close();
  });
  afterAll(async () => {
    await wire.close();
    await server.close();
  });

  const at = (port: number, credentialsFile: string | null = null) => ({
    servers: [`nats://127.0.0.1:${port}`],
    caFile: null,
    credentialsFile,
  });
  const open = (port: number, node: string, kind: Partial<BusParts> = {}, credentialsFile: string | null = null) => {
    const heard: Record<string, unknown>[] = [];
    const troubles: Error[] = [];
    const bus = natsBus(
      at(port, credentialsFile),
      sealed(),
    )({
      node,
      heard: (message) => heard.push(message),
      up: () => undefined,
      trouble: (error) => troubles.push(error),
      ...kind,
    });
    buses.push(bus);
    return { bus, heard, troubles };
  };
  const isUp = (...ends: { readonly bus: Bus }[]) =>
    vi.waitFor(() => expect(ends.map(({ bus }) => bus.isUp())).toEqual(ends.map(() => true)), { timeout: 15_000 });

  busContract('NATS', () => ({
    open: natsBus(at(server.port), sealed()),
    faults: {
      cut: () => server.kill(),
      mend: () => server.restart(),
      garbage: async (text) => {
        const stranger = await connect({ servers: `127.0.0.1:${server.port}` });
        stranger.publish(`recreio.${sealed().name}`, text);
        await stranger.flush();
        await stranger.close();
      },
    },
  }));

  test('[E1] nothing of what is told can be read by who listens to everything there', async () => {
    const spy = await connect({ servers: `127.0.0.1:${server.port}` });
    const seen: string[] = [];
    spy.subscribe('>', {
      callback: (_, { subject, data }) => void seen.push(subject, Buffer.from(data).toString('latin1')),
    });
    await spy.flush();
    const [one, two] = [open(server.port, 'nó-um'), open(server.port, 'nó-dois')];
    await isUp(one, two);
    one.bus.publish({ w: 'here', account: 'canário', rooms: ['canário'], who: { minor: true } });
    await vi.waitFor(() => expect(two.heard).toHaveLength(1));
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(0));
    expect(seen.join(' ')).not.toMatch(/can|minor|n.-um/u);
    await spy.close();
  });

  test('[D20] a partition that nobody announces is noticed; ringing meanwhile costs nothing and no memory', async () => {
    const [one, two] = [open(wire.port, 'one'), open(server.port, 'two')];
    await isUp(one, two);
    wire.swallow();
    const before = process.memoryUsage().rss;
    const hint = { rooms: [['sala', 1]], padding: 'x'.repeat(1_000) };
    // 100 MB, were they kept
    for (let i = 0; i < 100_000; i++) one.bus.publish(hint);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
    await vi.waitFor(() => expect(one.bus.isUp()).toBe(false), { timeout: 15_000 });
    wire.mend();
    await isUp(one);
    await vi.waitFor(() => {
      one.bus.publish({ rooms: [['sala', 2]] });
      expect(two.heard).toContainEqual(expect.objectContaining({ rooms: [['sala', 2]] }));
    });
  });

  test('[D20] a server that stands still, and one that goes on', async () => {
    const [one, two] = [open(server.port, 'one'), open(server.port, 'two')];
    await isUp(one, two);
    server.pause();
    try {
      await vi.waitFor(() => expect(one.bus.isUp()).toBe(false), { timeout: 15_000 });
    } finally {
      server.resume();
    }
    await isUp(one, two);
    await vi.waitFor(() => {
      one.bus.publish({ rooms: [['sala', 3]] });
      expect(two.heard.length).toBeGreaterThan(0);
    });
  });

  test('[D20] a node that is too slow to listen is put out by the server, and comes back', async () => {
    const strict = await openNats([
      '-c',
      await configured('write_deadline: "200ms"\nmax_payload: 65536\nmax_pending: 131072\n'),
    ]);
    const slow = await openWire(() => ({ host: '127.0.0.1', port: strict.port }));
    try {
      const [one, two] = [open(strict.port, 'one'), open(slow.port, 'two')];
      await isUp(one, two);
      slow.swallow();
      const hint = { rooms: [['sala', 1]], padding: 'x'.repeat(8_000) };
      await vi.waitFor(
        () => {
          for (let i = 0; i < 50; i++) one.bus.publish(hint);
          expect(two.bus.isUp()).toBe(false);
        },
        { timeout: 15_000, interval: 20 },
      );
      expect(one.bus.isUp()).toBe(true);
      slow.mend();
      await isUp(two);
      await vi.waitFor(() => {
        one.bus.publish({ rooms: [['sala', 5]] });
        expect(two.heard).toContainEqual(expect.objectContaining({ rooms: [['sala', 5]] }));
      });
    } finally {
      await slow.close();
      await strict.close();
    }
  });

  test('[S69] by TLS: a server that no trusted authority vouches for, or that speaks in clear, is told nothing', async (context) => {
    const folder = await temporary();
    const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const kind = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2';
    const name = '-subj /CN=localhost -addext subjectAltName=DNS:localhost';
    const made = spawnSync('openssl', `${kind} ${name}`.split(' ').concat('-keyout', keyFile, '-out', certFile));
    if (made.status !== 0) return context.skip('openssl is not installed');
    const tls = await openNats(['-c', await configured(`tls { cert_file: "${certFile}", key_file: "${keyFile}" }\n`)]);
    try {
      const by = (port: number, caFile: string | null) => {
        const troubles: Error[] = [];
        const place = { servers: [`tls://localhost:${port}`], caFile, credentialsFile: null };
        const parts = { node: 'one', heard: () => undefined, up: () => undefined };
        const bus = natsBus(place, sealed())({ ...parts, trouble: (error) => troubles.push(error) });
        buses.push(bus);
        return { bus, troubles };
      };
      const [trusting, doubting, inClear] = [by(tls.port, certFile), by(tls.port, null), by(server.port, certFile)];
      await isUp(trusting);
      for (const refused of [doubting, inClear]) {
        await vi.waitFor(() => expect(refused.troubles).toHaveLength(1), { timeout: 10_000 });
        expect(refused.bus.isUp()).toBe(false);
      }
      expect(doubting.troubles[0]?.message).toContain('self-signed');
      expect(inClear.troubles[0]?.message).toContain("does not support 'tls'");
    } finally {
      await tls.close();
    }
    return undefined;
  });

  describe('with a password', () => {
    const PASSWORD = 'canário-da-senha';
    let guarded: NatsServer;
    beforeAll(async () => {
      guarded = await openNats([
        '-c',
        await configured(`authorization { users: [
          { user: recreio, password: "${PASSWORD}" }
          { user: surdo, password: "${PASSWORD}", permissions: { publish: ">", subscribe: { deny: ">" } } }
        ] }\n`),
      ]);
    });
    afterAll(() => guarded.close());

    test('[S69] credentials come from a file, which is read again each time; no trouble repeats them', async () => {
      const folder = await temporary();
      const file = join(folder, 'nats.credentials');
      await writeFile(file, `recreio:${PASSWORD}-de-ontem\n`);
      const one = open(guarded.port, 'one', {}, file);
      await vi.waitFor(() => expect(one.troubles).toHaveLength(1), { timeout: 10_000 });
      expect(one.bus.isUp()).toBe(false);
      await writeFile(file, `recreio:${PASSWORD}\n`);
      await isUp(one);
      expect(one.troubles.map(({ message, stack }) => `${message} ${stack}`).join()).not.toContain(PASSWORD);
    });

    test('[D20] a node that may not listen is told so, and is not taken to be up', async () => {
      const folder = await temporary();
      const file = join(folder, 'nats.credentials');
      await writeFile(file, `surdo:${PASSWORD}\n`);
      const one = open(guarded.port, 'one', {}, file);
      const message = () => one.troubles.map(({ message }) => message).join();
      await vi.waitFor(() => expect(message()).toContain('ermission'), { timeout: 10_000 });
      await vi.waitFor(() => expect(one.bus.isUp()).toBe(false), { timeout: 10_000 });
    });
  });
});

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

const temporary = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'recreio-nats-'));
  folders.push(folder);
  return folder;
};

/** A configuration of the server's own, in a file. */
const configured = async (text: string): Promise<string> => {
  const folder = await temporary();
  const file = join(folder, 'nats.conf');
  await writeFile(file, text);
  return file;
};
