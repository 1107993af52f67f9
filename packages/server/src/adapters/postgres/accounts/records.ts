/** Accounts as administrators and the installation see them. */
import type { AccountsMemory, Installation } from '@recreio/core/ports.ts';
import type { AccountRecord } from '@recreio/protocol';
import type { Vault } from '../../vault/vault.ts';
import type { Queryable } from '../connect.ts';
import { GATE } from '../gate.ts';
import { likeAnywhere, ownOf, type OwnRow, PROFILE } from '../rows.ts';
import { endSessions, one } from './sessions.ts';

type Part = Pick<
  AccountsMemory,
  | 'installation'
  | 'nameSchool'
  | 'setPassword'
  | 'record'
  | 'list'
  | 'create'
  | 'emailsTaken'
  | 'courses'
  | 'staff'
  | 'change'
  | 'setDisabled'
  | 'otherAdministrators'
>;

interface RecordRow extends OwnRow {
  readonly created_at: string;
  readonly last_seen_at: string | null;
  readonly invited: boolean;
  readonly second_factor: boolean;
}

/** SQL for `RecordRow` over an account aliased `a`. */
const RECORD = `${PROFILE}, a.email, a.language, a.minor, a.created_at, a.last_seen_at,
  a.password IS NULL AND EXISTS (SELECT FROM one_time_link l WHERE l.account = a.id) AS invited,
  EXISTS (SELECT FROM totp t WHERE t.account = a.id AND t.confirmed_at IS NOT NULL) AS second_factor`;

const recordOf = (row: RecordRow): AccountRecord => ({
  ...ownOf(row),
  createdAt: row.created_at,
  lastSeenAt: row.last_seen_at,
  ...(row.second_factor ? { secondFactor: true as const } : {}),
  state: row.disabled ? 'disabled' : row.invited ? 'invited' : 'active',
});

/** Over an account aliased `a`: an administrator who can sign in. */
const ACTIVE_ADMINISTRATOR = `a.role = 'administrator' AND a.disabled_at IS NULL AND (a.password IS NOT NULL OR a.demo)`;

/** Records over a pool or a transaction. */
export const accountRecords = (db: Queryable, vault: Vault): Part => ({
  installation: async () => {
    const { rows } = await db.query<Installation>({
      name: 'installation',
      text: `SELECT epoch, school, NOT EXISTS (SELECT FROM account a WHERE ${ACTIVE_ADMINISTRATOR}) AS "needsSetUp" FROM installation`,
    });
    return one(rows);
  },

  nameSchool: async (school) => {
    await db.query({ name: 'school-renamed', text: 'UPDATE school SET version = version + 1' });
    await db.query({ name: 'name-school', text: 'UPDATE installation SET school = $1', values: [school] });
  },

  setPassword: async (account, phc) => {
    await db.query({
      name: 'set-password',
      text: 'UPDATE account SET password = $2 WHERE id = $1',
      values: [account, phc],
    });
  },

  record: async (account) => {
    const { rows } = await db.query<RecordRow>({
      name: 'account-record',
      text: `SELECT ${RECORD} FROM account a WHERE a.id = $1`,
      values: [account],
    });
    return rows[0] ? recordOf(rows[0]) : null;
  },

  list: async ({ folded, role, state, course, after, limit }) => {
    const matching = `(a.name_folded LIKE $1 OR a.email_folded LIKE $1) AND ($2::text IS NULL OR a.role = $2)
      AND ($3::text IS NULL OR $3 = CASE WHEN a.disabled_at IS NOT NULL THEN 'disabled' WHEN a.last_seen_at IS NULL THEN 'never-seen' ELSE 'active' END)
      AND ($4::uuid IS NULL OR EXISTS (SELECT FROM enrolment e WHERE e.account = a.id AND e.course = $4))`;
    const like = likeAnywhere(folded);
    const { rows } = await db.query<RecordRow>({
      name: 'accounts-list',
      text: `SELECT ${RECORD} FROM account a WHERE ${matching}
               AND ($5::uuid IS NULL OR (a.name_folded, a.id) > (SELECT z.name_folded, z.id FROM account z WHERE z.id = $5))
             ORDER BY a.name_folded, a.id LIMIT $6`,
      values: [like, role, state, course, after, limit + 1],
    });
    const counted = await db.query<{ total: number }>({
      name: 'accounts-count',
      text: `SELECT count(*) AS total FROM account a WHERE ${matching}`,
      values: [like, role, state, course],
    });
    const page = rows.slice(0, limit);
    return {
      people: page.map(recordOf),
      total: one(counted.rows).total,
      next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  },

  create: async (accounts) => {
    const { rowCount } = await db.query({
      name: 'accounts-create',
      text: `WITH given AS (
               SELECT * FROM jsonb_to_recordset($1::jsonb) AS g (id uuid, name text, "nameFolded" text, email text, "emailFolded" text,
                 role text, minor boolean, language text, tone smallint, courses uuid[], staff boolean)),
             made AS (
               INSERT INTO account (id, name, name_folded, email, email_folded, role, minor, language, tone)
               SELECT id, name, "nameFolded", email, "emailFolded", role, minor, language, tone FROM given
               ON CONFLICT (email_folded) DO NOTHING RETURNING id),
             enrolled AS (
               INSERT INTO enrolment (course, account, staff)
               SELECT DISTINCT course, g.id, g.staff FROM given g JOIN made USING (id), unnest(g.courses) AS t (course))
             INSERT INTO user_stream (account) SELECT id FROM made`,
      values: [JSON.stringify(accounts)],
    });
    if (rowCount !== accounts.length) return false;
    for (const { id } of accounts) await vault.createAuthorKey(db, id);
    return true;
  },

  emailsTaken: async (emailsFolded) => {
    const { rows } = await db.query<{ email_folded: string }>({
      name: 'emails-taken',
      text: 'SELECT email_folded FROM account WHERE email_folded = ANY ($1::text[])',
      values: [emailsFolded],
    });
    return new Set(rows.map((row) => row.email_folded));
  },

  courses: async () => {
    const { rows } = await db.query<{ id: string; title: string; group: string }>({
      name: 'course-names',
      text: 'SELECT id, title, class AS "group" FROM course WHERE archived_at IS NULL ORDER BY id',
    });
    return rows;
  },

  staff: async () => {
    const { rows } = await db.query<{ id: string; name: string }>({
      name: 'staff-names',
      text: `SELECT id, name FROM account WHERE role IN ('teacher', 'monitor', 'moderator', 'administrator')`,
    });
    return rows;
  },

  change: async (account, { name, role, minor }) => {
    await db.query({
      name: 'account-change',
      text: `UPDATE account SET name = coalesce($2, name), name_folded = coalesce($3, name_folded), role = coalesce($4, role), minor = coalesce($5, minor), version = version + 1 WHERE id = $1`,
      values: [account, name?.text ?? null, name?.folded ?? null, role?.role ?? null, minor ?? null],
    });
    await db.query({
      name: 'account-revision',
      text: 'UPDATE user_stream SET revision = revision + 1 WHERE account = $1',
      values: [account],
    });
    if (role)
      await db.query({
        name: 'account-staff',
        text: 'UPDATE enrolment SET staff = $2 WHERE account = $1 AND staff <> $2',
        values: [account, role.staff],
      });
  },

  setDisabled: async (account, disabled, reason) => {
    if (!disabled) {
      await db.query({
        name: 'account-enable',
        text: 'UPDATE account SET disabled_at = NULL, disabled_reason = NULL, version = version + 1 WHERE id = $1',
        values: [account],
      });
      return;
    }
    await db.query({
      name: 'account-disable',
      text: 'UPDATE account SET disabled_at = clock_timestamp(), disabled_reason = $2, version = version + 1 WHERE id = $1',
      values: [account, reason],
    });
    await endSessions(db, account, {});
    await db.query({ name: 'revoke-account', text: 'INSERT INTO revocation (account) VALUES ($1)', values: [account] });
    await db.query({
      name: 'links-of-disabled',
      text: 'UPDATE one_time_link SET used_at = clock_timestamp() WHERE account = $1 AND used_at IS NULL',
      values: [account],
    });
    // Last, so that the whole school waits only for a COMMIT
    await db.query({ name: 'gate-alone', text: 'SELECT pg_advisory_xact_lock($1)', values: [GATE] });
  },

  otherAdministrators: async (account) => {
    const { rows } = await db.query<{ others: number }>({
      name: 'other-administrators',
      text: `SELECT count(*) AS others FROM account a WHERE a.id <> $1 AND ${ACTIVE_ADMINISTRATOR}`,
      values: [account],
    });
    return one(rows).others;
  },
});

/** Makes the installation's row on the first start; leaves it as it is afterwards. */
export const ensureInstallation = async (
  db: Queryable,
  { epoch, school }: { readonly epoch: string; readonly school: string },
): Promise<void> => {
  await db.query({
    name: 'installation-ensure',
    text: 'INSERT INTO installation (epoch, school) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    values: [epoch, school],
  });
};
