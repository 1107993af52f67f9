/** One-time links: only their hashes are kept (security S34). */
import type { AccountsMemory, LinkRecord } from '@recreio/core/ports.ts';
import type { Queryable } from '../connect.ts';

type Part = Pick<
  AccountsMemory,
  'addLinks' | 'readLink' | 'takeLink' | 'endLinks' | 'beginEmailChange' | 'takeEmailChange' | 'changeEmail'
>;

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
  addLinks: async (links) => {
    const { rows } = await db.query<{ id: string; expires_at: string }>({
      name: 'links-add',
      text: `WITH given AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS g (id uuid, hash text, kind text, account uuid, seconds integer, beside boolean)),
             earlier AS (
               UPDATE one_time_link SET used_at = clock_timestamp() WHERE used_at IS NULL
                 AND id IN (SELECT l.id FROM given g JOIN one_time_link l ON l.account = g.account WHERE g.beside IS NOT TRUE
                            UNION ALL SELECT l.id FROM given g JOIN one_time_link l ON l.account IS NULL AND g.account IS NULL AND l.kind = g.kind WHERE g.beside IS NOT TRUE))
             INSERT INTO one_time_link (id, hash, kind, account, expires_at)
             SELECT id, decode(hash, 'hex'), kind, account, clock_timestamp() + seconds * interval '1 second' FROM given RETURNING id, expires_at`,
      values: [JSON.stringify(links)],
    });
    const expire = new Map(rows.map((row) => [row.id, row.expires_at]));
    return links.flatMap(({ id }) => expire.get(id) ?? []);
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

  endLinks: async (account) => {
    await db.query({
      name: 'links-end',
      text: 'UPDATE one_time_link SET used_at = clock_timestamp() WHERE account = $1 AND used_at IS NULL',
      values: [account],
    });
  },

  beginEmailChange: async ({ hash, account, email, emailFolded, seconds }) => {
    await db.query({
      name: 'email-change-begin',
      text: `WITH earlier AS (DELETE FROM email_change WHERE account = $2)
             INSERT INTO email_change (hash, account, email, email_folded, expires_at) VALUES ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 second')`,
      values: [Buffer.from(hash, 'hex'), account, email, emailFolded, seconds],
    });
  },

  takeEmailChange: async (hash) => {
    const { rows } = await db.query<{ account: string; email: string; emailFolded: string }>({
      name: 'email-change-take',
      text: `UPDATE email_change SET used_at = clock_timestamp() WHERE hash = $1 AND used_at IS NULL AND expires_at > clock_timestamp()
             RETURNING account, email, email_folded AS "emailFolded"`,
      values: [Buffer.from(hash, 'hex')],
    });
    return rows[0] ?? null;
  },

  changeEmail: async (account, { email, emailFolded }) => {
    await db.query({
      name: 'account-email',
      text: `WITH changed AS (UPDATE user_stream SET revision = revision + 1 WHERE account = $1),
               waiting AS (DELETE FROM email_change WHERE account = $1 AND used_at IS NULL)
             UPDATE account SET email = $2, email_folded = $3 WHERE id = $1`,
      values: [account, email, emailFolded],
    });
  },
});
