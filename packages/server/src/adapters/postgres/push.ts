/** Devices that are called in PostgreSQL, and the school's keys towards push services. The queue: push-queue.ts. */
import { createHash } from 'node:crypto';
import type { PushIdentity, PushMemory } from '@recreio/core/ports.ts';
import type { Vault } from '../vault/vault.ts';
import { one } from './accounts/sessions.ts';
import type { Queryable } from './connect.ts';
import { pushQueue } from './push-queue.ts';
import { sealSubscription } from './push-sealed.ts';
import { pushShown } from './push-shown.ts';

const hashOf = (endpoint: string): Buffer => createHash('sha256').update(endpoint).digest();

/** There is one pair of keys. */
const SCHOOL = 'school';

/** Calling over a pool or inside a transaction. */
export const pushMemory = (db: Queryable, vault: Vault, newId: () => string): PushMemory => ({
  identity: async () => {
    const {
      rows: [row],
    } = await db.query<{ public_key: string; private_key: Buffer }>({
      name: 'push-identity',
      text: 'SELECT public_key, private_key FROM push_service',
    });
    if (!row) return null;
    const opened = vault.openSecret({ kind: 'push-key', owner: SCHOOL }, row.private_key);
    if (!opened) throw new Error('the key of push_service cannot be opened: its row was changed');
    return { publicKey: row.public_key, privateKey: opened.toString('base64url') } satisfies PushIdentity;
  },

  putIdentity: async ({ publicKey, privateKey }) => {
    const sealed = vault.sealSecret({ kind: 'push-key', owner: SCHOOL }, Buffer.from(privateKey, 'base64url'));
    await db.query({
      name: 'push-put-identity',
      text: 'INSERT INTO push_service (public_key, private_key) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      values: [publicKey, sealed],
    });
  },

  subscribe: async ({ id, account, session, service }, subscription, most) => {
    const hash = hashOf(subscription.endpoint);
    // Whoever uses this browser now: what waited for the one before goes with their row
    await db.query({
      name: 'push-other',
      text: 'DELETE FROM push_device WHERE endpoint_hash = $1 AND account <> $2',
      values: [hash, account],
    });
    const {
      rows: [known],
    } = await db.query<{ id: string }>({
      name: 'push-known',
      text: 'SELECT id FROM push_device WHERE account = $2 AND (endpoint_hash = $1 OR session = $3) ORDER BY endpoint_hash = $1 DESC LIMIT 1',
      values: [hash, account, session],
    });
    const device = known?.id ?? id;
    // A session has one device. Its browser may have been given another address: what waits for it goes on waiting
    await db.query({
      name: 'push-one-a-session',
      text: 'DELETE FROM push_device WHERE session = $1 AND id <> $2',
      values: [session, device],
    });
    const sealed = sealSubscription(vault, device, subscription);
    const { rows } = await db.query<{ id: string }>({
      name: 'push-subscribe',
      text: `INSERT INTO push_device (id, account, session, endpoint_hash, service, sealed) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (id) DO UPDATE SET session = excluded.session, endpoint_hash = excluded.endpoint_hash, sealed = excluded.sealed,
               service = excluded.service,
               rests_until = CASE WHEN push_device.endpoint_hash = excluded.endpoint_hash THEN push_device.rests_until END RETURNING id`,
      values: [device, account, session, hash, service, sealed],
    });
    await db.query({
      name: 'push-most',
      text: `DELETE FROM push_device WHERE id IN (
               SELECT id FROM push_device WHERE account = $1 AND id <> $3 ORDER BY created_at DESC, id DESC OFFSET $2)`,
      values: [account, most - 1, device],
    });
    return one(rows).id;
  },

  unsubscribe: async (account, device) => {
    await db.query({
      name: 'push-unsubscribe',
      text: 'DELETE FROM push_device WHERE id = $2 AND account = $1',
      values: [account, device],
    });
  },

  devices: async (account) => {
    const { rows } = await db.query<{
      id: string;
      session: string;
      device: string;
      service: string;
      created_at: string;
      reached_at: string | null;
    }>({
      name: 'push-devices',
      text: `SELECT d.id, d.session, s.device, d.service, d.created_at, d.reached_at FROM push_device d JOIN session s ON s.id = d.session
             WHERE d.account = $1 AND s.ended_at IS NULL AND s.expires_at > clock_timestamp() ORDER BY d.created_at DESC, d.id DESC`,
      values: [account],
    });
    return rows.map(({ created_at, reached_at, ...row }) => ({ ...row, createdAt: created_at, reachedAt: reached_at }));
  },

  begin: async () => {
    await db.query('UPDATE push_service SET since = clock_timestamp()');
    await db.query('DELETE FROM push_room');
  },

  forgetAll: async () => {
    await db.query('DELETE FROM push_device');
  },

  gone: async (device) => {
    await db.query({ name: 'push-gone', text: 'DELETE FROM push_device WHERE id = $1', values: [device] });
  },

  ...pushQueue(db, vault, newId),
  ...pushShown(db, vault),
});
