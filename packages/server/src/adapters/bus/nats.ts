/** The bus between many nodes: NATS, core subjects only, at most once (docs.nats.io, "Core NATS"). Everything on it is sealed. */
import { readFile } from 'node:fs/promises';
import {
  type Authenticator,
  connect,
  credsAuthenticator,
  type NatsConnection,
  PermissionViolationError,
} from '@nats-io/transport-node';
import type { Bus, BusParts, OpenBus } from '@recreio/core/ports.ts';
import { keep, type Line } from './keep.ts';
import { take, textOf } from './message.ts';
import { type BusSeal, SEALED_BYTES } from './seal.ts';

/** Where NATS is, and who we are there. */
export interface NatsPlace {
  /** `nats://host:port` or `tls://host:port`, of one cluster; the first that answers is taken. */
  readonly servers: readonly string[];
  /** A PEM file to trust instead of the system's authorities; for `tls://`. */
  readonly caFile: string | null;
  /** `.creds`, or `user:password`, or a token, in a file; read again for each connection, so that it can be renewed. */
  readonly credentialsFile: string | null;
}

interface Wire extends Line {
  send(message: object): void;
}

/** Shaking hands may take this long, in ms. */
const CONNECT_MS = 3_000;
/** A server that says nothing is noticed after two of these, in ms. */
const PING_MS = 2_000;
/** What a server allows in one message is 1 MiB by default; no hint is worth so much. */
const MOST_BYTES = 64 * 1024;
/** Told and not yet taken by the server: beyond that, hints are worth nothing (the poll has them). */
const MOST_WAITING_BYTES = 1024 * 1024;

/** Opens ends on NATS. */
export const natsBus =
  (place: NatsPlace, sealed: BusSeal): OpenBus =>
  (parts: BusParts): Bus => {
    const subject = `recreio.${sealed.name}`;

    const dial = async (lost: (error: Error) => void): Promise<Wire> => {
      const wire = await connect({
        servers: [...place.servers],
        name: 'recreio',
        noEcho: true,
        // This line is kept by keep.ts: for ever, at random intervals, and without a connection that nobody holds meanwhile
        reconnect: false,
        timeout: CONNECT_MS,
        pingInterval: PING_MS,
        maxPingOut: 2,
        ...(place.servers.some((server) => server.startsWith('tls:'))
          ? { tls: place.caFile === null ? {} : { caFile: place.caFile } }
          : {}),
        ...(await whoWeAre(place.credentialsFile)),
      });
      void wire
        .closed()
        .then((error) => lost(error instanceof Error ? error : new Error('NATS closed the connection')));
      void watch(wire, parts.trouble);
      wire.subscribe(subject, {
        callback: (error, { data }) => {
          // Without the right to listen this node is deaf: said, and tried again like any other loss
          if (error) {
            lost(error);
            return void close(wire);
          }
          const text = sealed.open(data);
          if (text === null)
            parts.trouble(new TypeError('a message on the bus that no node of this school has sealed'));
          else take(text, parts);
          return undefined;
        },
      });
      await wire.flush();
      const mostBytes = Math.min(MOST_BYTES, wire.info?.max_payload ?? MOST_BYTES) - SEALED_BYTES;
      let waitingBytes = 0;
      let isFlushing = false;
      /** One question at a time whether what was told has arrived; when it has, the count begins again. */
      const settle = async (): Promise<void> => {
        if (isFlushing) return;
        isFlushing = true;
        const asked = waitingBytes;
        try {
          await wire.flush();
          waitingBytes -= asked;
        } catch {
          waitingBytes = 0; // it closed, and its closing is told by `closed`
        } finally {
          isFlushing = false;
        }
        if (waitingBytes > 0 && !wire.isClosed()) void settle();
      };
      return {
        send: (message) => {
          if (wire.isClosed() || waitingBytes > MOST_WAITING_BYTES) return;
          const bytes = sealed.seal(textOf(parts.node, message, mostBytes));
          waitingBytes += bytes.length;
          wire.publish(subject, bytes);
          void settle();
        },
        end: () => close(wire),
      };
    };

    const kept = keep({ open: dial, up: parts.up, trouble: parts.trouble });
    return {
      publish: (message) => kept.current()?.send(message),
      isUp: () => kept.current() !== null,
      close: () => kept.close(),
    };
  };

/** Says once for a connection what the server holds against us, as that we may not tell anything. */
const watch = async (wire: NatsConnection, trouble: (error: Error) => void): Promise<void> => {
  for await (const status of wire.status()) {
    const isDeaf =
      status.type === 'error' &&
      status.error instanceof PermissionViolationError &&
      status.error.operation === 'subscription';
    if (status.type !== 'error' || isDeaf) continue; // being deaf is a loss, and told as one
    trouble(status.error);
    return;
  }
};

const close = async (wire: NatsConnection): Promise<void> => {
  try {
    await wire.close();
  } catch {
    // It was closed already
  }
};

const whoWeAre = async (
  file: string | null,
): Promise<{ authenticator?: Authenticator; user?: string; pass?: string; token?: string }> => {
  if (file === null) return {};
  const text = await readFile(file);
  if (text.includes('NKEY SEED')) return { authenticator: credsAuthenticator(text) };
  const [user = '', ...pass] = text.toString('utf8').trim().split(':');
  return pass.length === 0 ? { token: user } : { user, pass: pass.join(':') };
};
