/** Rooms held for a decision of a transaction's own, as the flush holds those of its batch. SQL and nothing else; who owns what afterwards is core's matter. */
import type { RoomsMemory } from '@recreio/core/ports.ts';
import type { Vault } from '../vault/vault.ts';
import { uuidArray } from './arrays.ts';
import type { Queryable } from './connect.ts';
import { readFacts } from './facts.ts';
import { STAFF } from './rows.ts';

/** Whom no session belongs to: what is decided here does not ask for one. */
const NO_SESSION = '00000000-0000-0000-0000-000000000000';

/** The room of this id, every room of a course, what somebody owns. */
const WHICH = {
  room: 'r.id = $1',
  // Every room, not only those that somebody is in: one that they are entering now is theirs when its lock is had
  course: 'r.course = $1',
  owner: `r.id IN (SELECT m.room FROM member m WHERE m.account = $1 AND m.role = 'owner')`,
} as const;

/** The port's `hold`, inside a transaction. Rooms first, in the order of their ids, then accounts: nobody waits in a circle. */
export const holdRooms =
  (db: Queryable, vault: Vault): RoomsMemory['hold'] =>
  async (which, about) => {
    const [how, value] = Object.entries(which)[0] as [keyof typeof WHICH, string];
    const held = await db.query<{ id: string }>({
      name: `rooms-hold-${how}`,
      text: `SELECT r.id FROM room r WHERE ${WHICH[how]} ORDER BY r.id FOR NO KEY UPDATE`,
      values: [value],
    });
    const ids = held.rows.map(({ id }) => id);
    // Held, so that none of them is disabled between this decision and its COMMIT; whom it is about may be in none of the rooms
    await db.query({ name: 'rooms-about', text: 'SELECT FROM account WHERE id = $1 FOR SHARE', values: [about] });
    const { rows } = await db.query<{ room: string; account: string }>({
      name: 'rooms-standing',
      text: `SELECT m.room, m.account FROM member m JOIN account a ON a.id = m.account
             WHERE m.room = ANY ($1::uuid[]) AND (m.role IN ('owner', 'moderator') OR a.role IN ${STAFF})
             ORDER BY m.room, m.joined_at, m.account FOR SHARE OF a`,
      values: [uuidArray(ids)],
    });
    const standing = new Map(ids.map((id): [string, string[]] => [id, []]));
    for (const { room, account } of rows) standing.get(room)?.push(account);
    const asked = ids.map((room) => ({
      actor: about,
      session: NO_SESSION,
      request: { room, people: standing.get(room) ?? [], enrolment: true },
    }));
    return { facts: (await readFacts(db, vault, asked)).facts, standing };
  };
