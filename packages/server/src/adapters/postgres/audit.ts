/** The memory of the record of privileged acts (migrations 0013, 0015): added to, each entry chained to the one before. SQL and nothing else; no rule. */
import type { AuditMemory, Chain } from '@recreio/core/ports.ts';
import type { AuditEntry } from '@recreio/protocol';
import { one } from './accounts/sessions.ts';
import type { Queryable } from './connect.ts';

/** Any constant: the key of the advisory lock under which entries are written. */
const LOCK = 7_221_015;

/** SQL for the hash of an entry under an alias, behind a hash. `jsonb` has one way to be written, and a time its microseconds. */
const hashOf = (before: string, alias: string): string =>
  `sha256(coalesce(${before}, ''::bytea) || convert_to(jsonb_build_array((extract(epoch FROM ${alias}.at) * 1000000)::bigint, ${alias}.actor, ${alias}.act, ${alias}.target, ${alias}.detail)::text, 'UTF8'))`;

/** The port of the record over a pool or inside one transaction. */
export const auditMemory = (db: Queryable): AuditMemory => ({
  write: async ({ actor, act, target = null, detail = {} }) => {
    // One after the other until COMMIT, in a statement of its own: the next must see the hash of this one
    await db.query({ name: 'audit-lock', text: 'SELECT pg_advisory_xact_lock($1)', values: [LOCK] });
    await db.query({
      name: 'audit-write',
      text: `INSERT INTO audit_entry (actor, act, target, detail, at, hash)
             SELECT e.*, ${hashOf('(SELECT p.hash FROM audit_entry p WHERE p.hash IS NOT NULL ORDER BY p.number DESC LIMIT 1)', 'e')}
             FROM (SELECT $1::uuid AS actor, $2::text AS act, $3::uuid AS target, $4::jsonb AS detail, clock_timestamp() AS at) e`,
      values: [actor, act, target, JSON.stringify(detail)],
    });
  },

  list: async ({ act, before, limit }) => {
    const { rows } = await db.query<Omit<AuditEntry, 'actor'> & { actor: string | null; actor_name: string | null }>({
      name: 'audit-list',
      text: `SELECT e.number, e.at, e.actor, coalesce(a.name, '') AS actor_name, e.act, e.target, e.detail
             FROM audit_entry e LEFT JOIN account a ON a.id = e.actor
             WHERE starts_with(e.act, $1) AND ($2::bigint IS NULL OR e.number < $2)
             ORDER BY e.number DESC LIMIT $3`,
      values: [act, before, limit],
    });
    return rows.map(({ actor, actor_name, ...entry }) => ({
      ...entry,
      actor: actor === null ? null : { id: actor, name: actor_name ?? '' },
    }));
  },

  chain: async () => {
    const { rows } = await db.query<Chain>({
      name: 'audit-chain',
      // Each to the newest before it that has a hash: what an older release wrote in between does not begin a chain of its own
      text: `WITH hashed AS (
               SELECT e.number, e.hash, ${hashOf('lag(e.hash) OVER (ORDER BY e.number)', 'e')} AS fitting FROM audit_entry e WHERE e.hash IS NOT NULL)
             SELECT count(hash)::int AS chained, (count(*) - count(hash))::int AS unchained,
               encode((SELECT hash FROM hashed ORDER BY number DESC LIMIT 1), 'hex') AS head,
               (SELECT min(number) FROM hashed WHERE hash <> fitting) AS broken,
               min(number) FILTER (WHERE hash IS NULL AND number > (SELECT min(number) FROM hashed)) AS bare FROM audit_entry`,
    });
    return one(rows);
  },

  numbered: async (hash) => {
    const { rows } = await db.query<{ number: number }>({
      name: 'audit-numbered',
      text: "SELECT number FROM audit_entry WHERE hash = decode($1, 'hex')",
      values: [hash],
    });
    return rows[0]?.number ?? null;
  },
});
