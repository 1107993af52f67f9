/** Every themed room, as administrators list them. SQL and nothing else; who may ask is core's matter. */
import type { RoomsMemory } from '@recreio/core/ports.ts';
import type { Profile, RoomKind } from '@recreio/protocol';
import { one } from './accounts/sessions.ts';
import type { Queryable } from './connect.ts';
import { likeAnywhere } from './rows.ts';

interface Row {
  readonly id: string;
  readonly kind: RoomKind;
  readonly title: string;
  readonly access: 'open' | 'invite';
  readonly course: string | null;
  readonly members: number;
  readonly owners: Profile[];
  readonly ownerless: boolean;
  readonly created_at: string;
  readonly last_message_at: string | null;
  readonly archived_at: string | null;
}

/** Whether nobody owns the room `r` who is active, and in the course that it is of or an administrator (core/rooms/pass-on.ts). */
const OWNERLESS = `NOT EXISTS (SELECT FROM member m JOIN account a ON a.id = m.account
  WHERE m.room = r.id AND m.role = 'owner' AND a.disabled_at IS NULL AND (r.course IS NULL OR a.role = 'administrator'
    OR EXISTS (SELECT FROM enrolment e WHERE e.course = r.course AND e.account = a.id)))`;

/** Of themed rooms that are in use. */
export const countOwnerless = (db: Queryable) => async (): Promise<number> => {
  const { rows } = await db.query<{ total: number }>({
    name: 'rooms-ownerless',
    text: `SELECT count(*)::int AS total FROM room r WHERE r.kind NOT IN ('direct', 'group') AND r.archived_at IS NULL AND ${OWNERLESS}`,
  });
  return one(rows).total;
};

/** By a part of the folded title or description, in the order of titles. */
export const allRooms =
  (db: Queryable): RoomsMemory['all'] =>
  async ({ folded, archived, ownerless, after, limit }) => {
    const matching = `r.kind NOT IN ('direct', 'group') AND r.folded LIKE $1 AND ($2::boolean IS NULL OR (r.archived_at IS NOT NULL) = $2)${ownerless ? ` AND ${OWNERLESS}` : ''}`;
    const like = likeAnywhere(folded);
    const { rows } = await db.query<Row>({
      name: ownerless ? 'rooms-all-ownerless' : 'rooms-all',
      text: `SELECT r.id, r.kind, r.title, r.access, r.course, r.members, r.created_at, r.last_message_at, r.archived_at,
               (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'role', a.role, 'tone', a.tone, 'version', a.version) ORDER BY a.name_folded), '[]')
                FROM member m JOIN account a ON a.id = m.account WHERE m.room = r.id AND m.role = 'owner') AS owners,
               ${OWNERLESS} AS ownerless
             FROM room r WHERE ${matching} AND ($3::uuid IS NULL OR (r.folded, r.id) > (SELECT z.folded, z.id FROM room z WHERE z.id = $3))
             ORDER BY r.folded, r.id LIMIT $4`,
      values: [like, archived, after, limit + 1],
    });
    const counted = await db.query<{ total: number }>({
      name: ownerless ? 'rooms-all-ownerless-count' : 'rooms-all-count',
      text: `SELECT count(*) AS total FROM room r WHERE ${matching}`,
      values: [like, archived],
    });
    const page = rows.slice(0, limit);
    return {
      rooms: page.map(({ created_at, last_message_at, archived_at, ownerless: isOwnerless, ...room }) => ({
        ...room,
        ...(isOwnerless ? { ownerless: true as const } : {}),
        createdAt: created_at,
        lastMessageAt: last_message_at,
        archivedAt: archived_at,
      })),
      total: one(counted.rows).total,
      next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  };
