/** The rooms of a person, with how they stand in each: what every page begins with. */
import type { RoomsMemory } from '@recreio/core/ports.ts';
import type { Direct, Group, Mine, MyRoom, RoomRole } from '@recreio/protocol';
import { uuidArray } from './arrays.ts';
import { type Circle, circlesOf, NOBODY } from './circles.ts';
import type { Queryable } from './connect.ts';
import { gather } from './gather.ts';
import { COUNTS, unreadFrom, type UnreadRow } from './markers.ts';
import { TUNING, tuningOf, type TuningRow } from './notifications.ts';
import { PROFILE, profileOf, type ProfileRow, ROOM, roomOf, type RoomRow } from './rows.ts';

interface MineRow extends RoomRow, ProfileRow, UnreadRow, TuningRow {
  /** Whose it is. */
  readonly of: string;
  readonly my_role: RoomRole;
  readonly joined_at: string;
  readonly head: number;
  readonly ordinal: number;
  readonly read_seq: number;
  readonly read_ordinal: number;
  readonly unread: number;
  readonly calls: number;
  readonly muted: boolean;
  readonly muted_until: string | null;
}

const MINE = `
  SELECT m.account AS of, ${ROOM}, m.role AS my_role, m.joined_at, r.head, r.ordinal, k.seq AS read_seq, k.ordinal AS read_ordinal, ${COUNTS},
    z.id IS NOT NULL AS muted, z.until AS muted_until, ${TUNING}, ${PROFILE}
  FROM member m JOIN room r ON r.id = m.room
  JOIN read_marker k ON k.room = m.room AND k.account = m.account
  LEFT JOIN restriction z ON z.room = m.room AND z.account = m.account AND z.kind = 'mute' AND (z.until IS NULL OR z.until > clock_timestamp())
  LEFT JOIN room_tuning t ON t.room = m.room AND t.account = m.account
  LEFT JOIN account a ON r.kind = 'direct' AND a.id = CASE WHEN r.low = m.account THEN r.high ELSE r.low END`;

const mineOf = (row: MineRow): Mine => ({
  role: row.my_role,
  joinedAt: row.joined_at,
  head: row.head,
  ordinal: row.ordinal,
  readSeq: row.read_seq,
  readOrdinal: row.read_ordinal,
  ...unreadFrom(row),
  unread: row.unread,
  mentions: row.calls,
  ...(row.muted ? { muted: { until: row.muted_until } } : {}),
  lastMessageAt: row.last_message_at,
  ...tuningOf(row),
});

/** The groups among rooms. */
const groupsIn = (rows: readonly RoomRow[]): string[] =>
  rows.filter(({ kind }) => kind === 'group').map(({ room }) => room);

const myRoomOf = (row: MineRow, account: string, circle: Circle | undefined): MyRoom => {
  const { room: id, kind, title, created_at: createdAt } = row;
  const mine = mineOf(row);
  if (kind === 'direct') return { room: { id, kind, with: profileOf(row), createdAt } satisfies Direct, mine };
  if (kind === 'group') {
    const { members, asked } = circle ?? NOBODY;
    const others = members.filter((person) => person.id !== account);
    return { room: { id, kind, title, with: others, asked: [...asked], createdAt } satisfies Group, mine };
  }
  return { room: roomOf({ ...row, kind }), mine };
};

/** People whose rooms are read in one statement: each may have some dozens. */
const TOGETHER = 32;

/** The port's `mine`; who asks for all of theirs is read over `lookups`, several together. */
export const ownRooms = (db: Queryable, lookups: Queryable): RoomsMemory['mine'] => {
  const everyRoom = gather(async (accounts: readonly string[]) => {
    const { rows } = await lookups.query<MineRow>({
      name: 'mine',
      text: `${MINE} WHERE m.account = ANY ($1::uuid[]) ORDER BY r.id`,
      values: [uuidArray(accounts)],
    });
    const found = new Map(accounts.map((account): [string, MyRoom[]] => [account, []]));
    const circles = await circlesOf(lookups, groupsIn(rows));
    for (const row of rows) found.get(row.of)?.push(myRoomOf(row, row.of, circles.get(row.room)));
    return accounts.map((account) => found.get(account) ?? []);
  }, TOGETHER);
  return async (account, room) => {
    if (room === undefined) return await everyRoom(account);
    const { rows } = await db.query<MineRow>({
      name: 'mine-one',
      text: `${MINE} WHERE m.account = $1 AND r.id = $2`,
      values: [account, room],
    });
    const circles = await circlesOf(db, groupsIn(rows));
    return rows.map((row) => myRoomOf(row, account, circles.get(row.room)));
  };
};
