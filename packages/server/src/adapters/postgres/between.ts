/** What is between two people, wherever a rule asks for it. */
import type { PairFact } from '@recreio/core/ports.ts';
import type { PrivateTalk } from '@recreio/protocol';
import { ALLOWED } from './rows.ts';

/** What is between two people: a shared themed room, who of them teaches the other, a block either way. */
export const BETWEEN = `
  EXISTS (SELECT 1 FROM member x JOIN member y ON y.room = x.room JOIN room q ON q.id = x.room AND q.kind NOT IN ('direct', 'group') WHERE x.account = p.low AND y.account = p.high) AS share,
  ARRAY(SELECT DISTINCT e.account FROM running_enrolment e JOIN enrolment f ON f.course = e.course AND f.account <> e.account
        WHERE e.staff AND e.account IN (p.low, p.high) AND f.account IN (p.low, p.high)) AS staff,
  EXISTS (SELECT 1 FROM block b WHERE (b.blocker = p.low AND b.blocked = p.high) OR (b.blocker = p.high AND b.blocked = p.low)) AS blocked,
  ${ALLOWED}`;

/** The columns of `BETWEEN`. */
export interface BetweenRow {
  readonly share: boolean;
  readonly staff: string[];
  readonly blocked: boolean;
  readonly allowed: PrivateTalk;
}

/** As the rules take it. */
export const betweenOf = ({ share, staff, blocked, allowed }: BetweenRow): PairFact => ({
  shareRoom: share,
  staff,
  blocked,
  allowed,
});
