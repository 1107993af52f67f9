/** Who is in a room, and who may not be. */
import type { RoomsMemory } from '@recreio/core/ports.ts';
import type { Member, RoomRole } from '@recreio/protocol';
import type { Queryable } from './connect.ts';
import { readReaders } from './readers.ts';
import { PROFILE, profileOf, type ProfileRow, STAFF } from './rows.ts';

/** That part of the port. */
export const roomPeople = (db: Queryable): Pick<RoomsMemory, 'members' | 'bans' | 'readers' | 'isMember'> => ({
  members: async (account, room) => {
    const { rows } = await db.query<
      ProfileRow & {
        member_role: RoomRole;
        joined_at: string;
        muted: boolean;
        muted_until: string | null;
        kind: string;
      }
    >({
      name: 'members',
      text: `SELECT ${PROFILE}, m.role AS member_role, m.joined_at, z.id IS NOT NULL AS muted, z.until AS muted_until, r.kind
             FROM member me JOIN room r ON r.id = me.room JOIN member m ON m.room = me.room JOIN account a ON a.id = m.account
             LEFT JOIN restriction z ON z.room = m.room AND z.account = m.account AND z.kind = 'mute' AND (z.until IS NULL OR z.until > clock_timestamp())
             WHERE me.room = $1 AND me.account = $2
             ORDER BY a.role IN ${STAFF} DESC, a.name_folded, a.id`,
      values: [room, account],
    });
    const [first] = rows;
    if (!first) return null;
    return {
      isPrivate: first.kind === 'direct' || first.kind === 'group',
      members: rows.map(
        (row): Member => ({
          profile: profileOf(row),
          role: row.member_role,
          joinedAt: row.joined_at,
          ...(row.muted ? { muted: { until: row.muted_until } } : {}),
        }),
      ),
    };
  },
  bans: async (room) => {
    const { rows } = await db.query<ProfileRow & { until: string | null }>(
      `SELECT ${PROFILE}, z.until FROM restriction z JOIN account a ON a.id = z.account
       WHERE z.room = $1 AND z.kind = 'ban' AND (z.until IS NULL OR z.until > clock_timestamp()) ORDER BY a.name_folded, a.id`,
      [room],
    );
    return rows.map((row) => ({ profile: profileOf(row), until: row.until }));
  },
  readers: (room, most) => readReaders(db, room, most),
  isMember: async (account, room) =>
    (
      await db.query({
        name: 'is-member',
        text: 'SELECT 1 FROM member WHERE room = $1 AND account = $2',
        values: [room, account],
      })
    ).rows.length > 0,
});
