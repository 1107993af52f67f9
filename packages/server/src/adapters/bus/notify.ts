/**
 * The doorbell between a few nodes on one PostgreSQL: NOTIFY, payloads below 8 kB, after COMMIT (inside the transaction it would
 * serialise all commits). A hint: lost, doubled or late, it costs latency, never correctness (contract D20).
 */
import type pg from 'pg';
import { type Connection, openClient } from '../postgres/connect.ts';

/** What a bus carries: JSON to every other node. */
export interface Bus {
  publish(message: object): void;
  close(): Promise<void>;
}

/** What the bus needs. `heard` gets what other nodes published. */
export interface BusParts {
  readonly connection: () => Connection;
  /** This node's own name, so that it does not hear itself. */
  readonly node: string;
  readonly heard: (message: Record<string, unknown>) => void;
  readonly trouble: (error: Error) => void;
}

const CHANNEL = 'recreio';
/** PostgreSQL's limit is 8000 bytes, less what wraps the message. */
const MOST_BYTES = 7_500;
/** Tries to come back this often after the connection broke, in ms. */
const AGAIN_MS = 1_000;
/** With the database slow, older hints are worth nothing: the poll has them. */
const MOST_WAITING = 1_000;

/** Opens the bus; it reconnects by itself until closed. */
export const notifyBus = async ({ connection, node, heard, trouble }: BusParts): Promise<Bus> => {
  let client: pg.Client | null = null;
  let closed = false;
  let waiting = 0;
  let timer: NodeJS.Timeout | null = null;

  const again = (): void => {
    if (closed || timer) return;
    timer = setTimeout(() => {
      timer = null;
      void open();
    }, AGAIN_MS);
  };

  const open = async (): Promise<void> => {
    try {
      const opened = await openClient(
        connection(),
        (error) => {
          if (client === opened) client = null;
          if (closed) return;
          trouble(error);
          again();
        },
        true,
      );
      opened.on('end', () => {
        if (client !== opened) return;
        client = null;
        again();
      });
      opened.on('notification', ({ payload }) => {
        // Whoever may open the database may ring: what cannot be understood must not end the school
        try {
          const message: unknown = JSON.parse(payload ?? '{}');
          if (typeof message === 'object' && message !== null && 'n' in message && message.n !== node)
            heard(message as Record<string, unknown>);
        } catch (error) {
          trouble(error as Error);
        }
      });
      await opened.query(`LISTEN ${CHANNEL}`);
      if (closed) await opened.end();
      else client = opened;
    } catch (error) {
      trouble(error as Error);
      again();
    }
  };

  const send = (payload: string): void => {
    if (!client || waiting > MOST_WAITING) return;
    waiting += 1;
    client
      .query('SELECT pg_notify($1, $2)', [CHANNEL, payload])
      .catch((error: Error) => {
        if (!closed) trouble(error);
      })
      .finally(() => {
        waiting -= 1;
      });
  };

  await open();
  return {
    publish: (message) => {
      const payload = JSON.stringify({ n: node, ...message });
      // Too long for one: rooms' and users' heads are what grows; the poll tells what is left out
      if (Buffer.byteLength(payload) <= MOST_BYTES) send(payload);
      else send(JSON.stringify({ n: node, poll: true }));
    },
    close: async () => {
      closed = true;
      if (timer) clearTimeout(timer);
      const open = client;
      client = null;
      await open?.end();
    },
  };
};
