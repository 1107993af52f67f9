/** Who people are at the school's own provider (migration 0011): by issuer and subject, never by address. */
import type { IdentitiesMemory } from '@recreio/core/ports.ts';
import type { Queryable } from '../connect.ts';

/** Identities over a pool or a transaction. */
export const identities = (db: Queryable): IdentitiesMemory => ({
  accountBy: async ({ issuer, subject }) => {
    const { rows } = await db.query<{ account: string }>({
      name: 'identity-account',
      text: 'SELECT account FROM identity WHERE issuer = $1 AND subject = $2',
      values: [issuer, subject],
    });
    return rows[0]?.account ?? null;
  },

  identityOf: async (account, issuer) => {
    const { rows } = await db.query<{ subject: string }>({
      name: 'identity-of',
      text: 'SELECT subject FROM identity WHERE account = $1 AND ($2::text IS NULL OR issuer = $2) LIMIT 1',
      values: [account, issuer],
    });
    return rows[0]?.subject ?? null;
  },

  linkIdentity: async (account, { issuer, subject }) => {
    await db.query({
      name: 'identity-link',
      text: `INSERT INTO identity (issuer, subject, account, last_used_at) VALUES ($2, $3, $1, clock_timestamp())
             ON CONFLICT (issuer, subject) DO UPDATE SET last_used_at = clock_timestamp()`,
      values: [account, issuer, subject],
    });
  },

  unlinkIdentities: async (account) => {
    const { rowCount } = await db.query({
      name: 'identities-unlink',
      text: 'DELETE FROM identity WHERE account = $1',
      values: [account],
    });
    return (rowCount ?? 0) > 0;
  },
});
