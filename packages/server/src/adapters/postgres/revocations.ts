/** What every node reads each second, besides heads: whose sessions ended (contract D27); and what presence needs of a person. */
import type { Visibility } from '@recreio/core/ports.ts';
import type { Queryable } from './connect.ts';

/** A session that ended; all of the account's where `session` is null. */
export interface Revocation {
  readonly id: number;
  readonly account: string;
  readonly session: string | null;
}

/** Revocations of the last ms, by the database's clock. */
export const recentRevocations = async (db: Queryable, withinMs: number): Promise<readonly Revocation[]> =>
  (
    await db.query<Revocation>({
      name: 'revocations',
      text: "SELECT id, account, session FROM revocation WHERE at > clock_timestamp() - $1 * interval '1 millisecond' ORDER BY id",
      values: [Math.ceil(withinMs)],
    })
  ).rows;

/** Age and courses of a person. */
export const visibilityOf = async (db: Queryable, account: string): Promise<Visibility> => {
  const {
    rows: [row],
  } = await db.query<{ minor: boolean; courses: string[]; staff: string[] }>({
    name: 'visibility',
    text: `SELECT a.minor, ARRAY(SELECT course FROM enrolment WHERE account = a.id) AS courses, ARRAY(SELECT course FROM enrolment WHERE account = a.id AND staff) AS staff FROM account a WHERE a.id = $1`,
    values: [account],
  });
  return row
    ? { minor: row.minor, courses: row.courses, staffOf: row.staff }
    : { minor: true, courses: [], staffOf: [] };
};
