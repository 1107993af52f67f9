/**
 * The bus between a few nodes on one PostgreSQL: NOTIFY, payloads below 8 kB, after COMMIT (inside the transaction it would
 * serialise all commits). Names, ids and numbers only: never a text that somebody wrote.
 */
import type { Bus, BusParts, OpenBus } from '@recreio/core/ports.ts';
import type pg from 'pg';
import { textArray } from '../postgres/arrays.ts';
import { type Connection, openClient } from '../postgres/connect.ts';
import { keep, type Line } from './keep.ts';
import { take, textOf } from './message.ts';

/** A connection that listens, and tells. */
interface Wire extends Line {
  send(payload: string): void;
}

const CHANNEL = 'recreio';
const TELL = 'SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload';
/** PostgreSQL's limit is 8000 bytes, less what wraps the message. */
const MOST_BYTES = 7_500;
/** With the database slow, older hints are worth nothing: the poll has them. */
const MOST_WAITING = 1_000;
/** A node rings for itself this often, and must have heard it by the next time: so it notices that it is deaf, in ms. */
const BEAT_MS = 5_000;

/** Opens ends on the database of `connection`, which is asked for each time. */
export const notifyBus =
  (connection: () => Connection, beatMs = BEAT_MS): OpenBus =>
  (parts: BusParts): Bus => {
    const beat = JSON.stringify({ n: parts.node });

    const listen = async (lost: (error: Error) => void): Promise<Wire> => {
      const client = await openClient(connection(), lost, true);
      let waiting: string[] = [];
      let isSending = false;
      let hasHeard = true;
      /** What is said while a statement is out goes with the next: thousands who come at once are some dozens of statements. */
      const tell = async (): Promise<void> => {
        isSending = true;
        try {
          while (waiting.length > 0) {
            const payloads = waiting;
            waiting = [];
            await client.query({ name: 'tell', text: TELL, values: [CHANNEL, textArray(payloads)] });
          }
        } catch (error) {
          lost(error as Error);
        } finally {
          isSending = false;
        }
      };
      const send = (payload: string): void => {
        if (waiting.length >= MOST_WAITING) return;
        waiting.push(payload);
        if (!isSending) void tell();
      };
      client.on('end', () => lost(new Error('the connection that listens was closed')));
      client.on('notification', ({ payload = '' }) => {
        if (payload === beat) hasHeard = true;
        else take(payload, parts);
      });
      try {
        await client.query(`LISTEN ${CHANNEL}`);
      } catch (error) {
        lost(error as Error); // before its end says less
        await end(client);
        throw error;
      }
      const beating = setInterval(() => {
        if (!hasHeard)
          return lost(new Error('notifications do not arrive; a pooler in transaction mode cannot carry them'));
        hasHeard = false;
        return send(beat);
      }, beatMs);
      return {
        send,
        end: async () => {
          clearInterval(beating);
          await end(client);
        },
      };
    };

    const kept = keep({ open: listen, up: parts.up, trouble: parts.trouble });
    return {
      publish: (message) => kept.current()?.send(textOf(parts.node, message, MOST_BYTES)),
      isUp: () => kept.current() !== null,
      close: () => kept.close(),
    };
  };

/** A database that says nothing is not waited for: the connection is dropped after this, in ms. */
const END_MS = 1_000;

const end = async (client: pg.Client): Promise<void> => {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: { destroy(): void } } })
    .connection;
  const timer = setTimeout(() => stream.destroy(), END_MS);
  try {
    await client.end();
  } catch {
    stream.destroy(); // it was broken already; nothing is left to say to it
  } finally {
    clearTimeout(timer);
  }
};
