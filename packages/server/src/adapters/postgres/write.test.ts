import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Placed } from '@recreio/core/ports.ts';
import type { Vault } from '../vault/vault.ts';
import type { Queryable } from './connect.ts';
import { write } from './write.ts';

test('[S66] a key that is missing, on a connection that breaks, is one failure and not the end of the process', async () => {
  const unheard: unknown[] = [];
  const hear = (error: unknown) => void unheard.push(error);
  process.on('unhandledRejection', hear);
  let asked = 0;
  const db = {
    query: async () => {
      asked += 1;
      throw new Error('Connection terminated unexpectedly');
    },
  } as unknown as Queryable;
  const vault = {
    seal: () => {
      throw new Error('The author key is destroyed.');
    },
  } as unknown as Vault;
  const [id, room, ana] = [randomUUID(), randomUUID(), randomUUID()];
  const message = {
    id,
    clientId: id,
    ordinal: 1,
    replyTo: null,
    thread: null,
    everyone: false,
    urgent: false,
    forward: null,
    author: ana,
    editNo: 0,
  };
  const place = { room, seq: 2, id, at: 0, actor: ana, ordinal: 1 };
  const edited: Placed = { ...place, type: 'message.edited', message, editNo: 1, body: 'oi', mentions: [] };
  expect(() => write(db, vault, { events: [edited], rooms: [], users: [], done: [] }, () => 'i')).toThrow('destroyed');
  expect(asked).toBe(1);
  // Node looks for unheard rejections after the microtasks of a turn
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', hear);
  expect(unheard).toEqual([]);
});
