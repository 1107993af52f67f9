/** What every node reads each second, besides heads: whose sessions ended (contract D27); and what presence needs of a person. */
import type { Visibility } from '@recreio/core/ports.ts';
import { uuidArray } from './arrays.ts';
import type { Queryable } from './connect.ts';
import { gather, inOrderOf } from './gather.ts';

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

/** People whose age and courses are read in one statement. */
const TOGETHER = 256;

/** Reads the age and the courses of a person, and whether they want to be seen; an unknown one is shown as little as a minor. */
export const visibilities = (db: Queryable): ((account: string) => Promise<Visibility>) =>
  gather(async (accounts: readonly string[]) => {
    const { rows } = await db.query<{
      nth: number;
      minor: boolean;
      invisible: boolean;
      courses: string[];
      staff: string[];
    }>({
      name: 'visibilities',
      text: `SELECT q.nth::int, a.minor, a.invisible, ARRAY(SELECT course FROM running_enrolment WHERE account = a.id) AS courses, ARRAY(SELECT course FROM running_enrolment WHERE account = a.id AND staff) AS staff
             FROM unnest($1::uuid[]) WITH ORDINALITY AS q (account, nth) JOIN account a ON a.id = q.account`,
      values: [uuidArray(accounts)],
    });
    const found = inOrderOf(accounts.length, rows, ({ minor, invisible, courses, staff }) => ({
      minor,
      courses,
      staffOf: staff,
      ...(invisible ? { invisible: true } : {}),
    }));
    return found.map((one) => one ?? { minor: true, courses: [], staffOf: [] });
  }, TOGETHER);
