/** One-time links: only their hashes are kept (security S34). */
import type { AccountsMemory, LinkRecord } from '@recreio/core';
import type { Queryable } from '../connect.ts';
import { one } from './sessions.ts';

type Part = Pick<AccountsMemory, 'addLink' | 'readLink' | 'takeLink'>;

interface LinkRow {
  readonly id: string;
  readonly kind: LinkRecord['kind'];
  readonly account: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly expires_at: string;
}

const linkOf = ({ expires_at: expiresAt, ...row }: LinkRow): LinkRecord => ({ ...row, expiresAt });

/** Over a link aliased `l` and its account, if any, aliased `a`: it can still be used. */
const USABLE = 'l.used_at IS NULL AND l.expires_at > clock_timestamp() AND a.disabled_at IS NULL';

/** Links over a pool or a transaction. */
export const links = (db: Queryable): Part => ({
  addLink: async ({ id, hash, kind, account, seconds }) => {
    const { rows } = await db.query<{ expires_at: string }>({
      name: account === null ? 'link-add-set-up' : 'link-add',
      text: `WITH earlier AS (UPDATE one_time_link SET used_at = clock_timestamp()
               WHERE used_at IS NULL AND ${account === null ? 'account IS NULL AND kind = $3' : 'account = $4'})
             INSERT INTO one_time_link (id, hash, kind, account, expires_at) VALUES ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 second') RETURNING expires_at`,
      values: [id, Buffer.from(hash, 'hex'), kind, account, seconds],
    });
    return one(rows).expires_at;
  },

  readLink: async (hash) => {
    const { rows } = await db.query<LinkRow>({
      name: 'link-read',
      text: `SELECT l.id, l.kind, l.account, a.name, a.email, l.expires_at FROM one_time_link l LEFT JOIN account a ON a.id = l.account WHERE l.hash = $1 AND ${USABLE}`,
      values: [Buffer.from(hash, 'hex')],
    });
    return rows[0] ? linkOf(rows[0]) : null;
  },

  takeLink: async (hash) => {
    // Those who come second wait for the row, find `used_at` set, and get nothing
    const { rows } = await db.query<LinkRow>({
      name: 'link-take',
      text: `WITH taken AS (UPDATE one_time_link SET used_at = clock_timestamp() WHERE hash = $1 AND used_at IS NULL AND expires_at > clock_timestamp() RETURNING id, kind, account, expires_at)
             SELECT t.id, t.kind, t.account, a.name, a.email, t.expires_at FROM taken t LEFT JOIN account a ON a.id = t.account WHERE a.disabled_at IS NULL`,
      values: [Buffer.from(hash, 'hex')],
    });
    return rows[0] ? linkOf(rows[0]) : null;
  },
});
