/** Links into rooms in PostgreSQL, and what a decision rests on when one is used. */
import { createHash } from 'node:crypto';
import { type InvitationFact, type InvitationsMemory, key } from '@recreio/core/ports.ts';
import type { Audience, Invitation, InvitedRole, Role, RoomKind, RoomRole } from '@recreio/protocol';
import { bytesArray, uuidArray } from './arrays.ts';
import type { Queryable } from './connect.ts';
import { BETWEEN, type BetweenRow, betweenOf } from './between.ts';
import { PROFILE, profileOf, type ProfileRow, ROOM, roomOf, type RoomRow } from './rows.ts';

/** Ended links are shown to nobody; they are kept this long for who asks the operator what became of one. */
const KEPT_DAYS = 30;

interface InvitationRow extends ProfileRow {
  readonly invitation: string;
  readonly invited_role: InvitedRole;
  readonly audience: Audience;
  readonly made_at: string;
  readonly expires_at: string;
  readonly uses: number;
  readonly most: number;
}

/** SQL for `InvitationRow` over a link aliased `i` and who made it, aliased `a`. */
const INVITATION = `i.id AS invitation, i.role AS invited_role, i.audience, i.created_at AS made_at, i.expires_at, i.uses, i.most, ${PROFILE}`;

const LIVE = 'i.revoked_at IS NULL AND i.expires_at > clock_timestamp() AND i.uses < i.most';

const invitationOf = (row: InvitationRow): Invitation => ({
  id: row.invitation,
  role: row.invited_role,
  audience: row.audience,
  by: profileOf(row),
  createdAt: row.made_at,
  expiresAt: row.expires_at,
  uses: row.uses,
  most: row.most,
});

interface FactRow extends BetweenRow {
  readonly invitation: string;
  readonly in_room: string;
  readonly invited_role: InvitedRole;
  readonly audience: Audience;
  readonly until_ms: number;
  readonly revoked: boolean;
  readonly places: number;
  readonly made_by: string;
  readonly by_room_role: RoomRole | null;
  readonly by_role: Role;
  readonly by_minor: boolean;
  readonly by_disabled: boolean;
  readonly by_tied: boolean;
}

/** SQL for `FactRow` over a link `i`, who made it `a`, their membership `m`, and `p` with the two people as `low` and `high`. */
const FACT = `i.id AS invitation, i.room AS in_room, i.role AS invited_role, i.audience, floor(extract(epoch FROM i.expires_at) * 1000)::bigint AS until_ms,
  i.revoked_at IS NOT NULL AS revoked, i.most - i.uses AS places, i.by AS made_by, m.role AS by_room_role,
  a.role AS by_role, a.minor AS by_minor, a.disabled_at IS NOT NULL AS by_disabled,
  EXISTS (SELECT 1 FROM room t JOIN running_enrolment u ON u.course = t.course WHERE t.id = i.room AND u.account = i.by) AS by_tied, ${BETWEEN}`;

const factOf = (row: FactRow): InvitationFact => ({
  id: row.invitation,
  room: row.in_room,
  role: row.invited_role,
  audience: row.audience,
  until: row.until_ms,
  revoked: row.revoked,
  left: row.places,
  by: {
    id: row.made_by,
    roomRole: row.by_room_role,
    role: row.by_role,
    minor: row.by_minor,
    disabled: row.by_disabled,
    tied: row.by_tied,
  },
  between: betweenOf(row),
});

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** The links that these people hold, read behind the locks of their rooms. */
export const readInvitations = async (
  db: Queryable,
  asked: readonly { readonly actor: string; readonly secret: string }[],
): Promise<Map<string, InvitationFact>> => {
  if (asked.length === 0) return new Map();
  const secrets = new Map(asked.map(({ secret }) => [hashOf(secret).toString('hex'), secret]));
  const { rows } = await db.query<FactRow & { hash: Buffer; holder: string }>({
    name: 'facts-invitations',
    text: `SELECT p.hash, p.low AS holder, ${FACT}
           FROM (SELECT t.hash, t.actor AS low, l.by AS high, l.id AS link FROM unnest($1::bytea[], $2::uuid[]) AS t (hash, actor) JOIN room_invitation l ON l.hash = t.hash) p
           JOIN room_invitation i ON i.id = p.link JOIN account a ON a.id = i.by LEFT JOIN member m ON m.room = i.room AND m.account = i.by`,
    values: [bytesArray(asked.map(({ secret }) => hashOf(secret))), uuidArray(asked.map(({ actor }) => actor))],
  });
  return new Map(
    rows.map((row) => [key(secrets.get(row.hash.toString('hex')) ?? '', row.holder), factOf(row)] as const),
  );
};

/** Links over a pool or a transaction. */
export const invitationsMemory = (db: Queryable): InvitationsMemory => ({
  roleIn: async (account, room) => {
    const {
      rows: [row],
    } = await db.query<{ role: RoomRole }>({
      name: 'invitations-role',
      text: `SELECT m.role FROM member m JOIN room r ON r.id = m.room WHERE m.room = $1 AND m.account = $2 AND r.kind IN ('subject', 'lesson', 'project', 'topic')`,
      values: [room, account],
    });
    return row?.role ?? null;
  },
  live: async (room) =>
    (
      await db.query<{ n: number }>(`SELECT count(*)::int AS n FROM room_invitation i WHERE i.room = $1 AND ${LIVE}`, [
        room,
      ])
    ).rows[0]?.n ?? 0,
  add: async ({ id, room, hash, role, audience, by, seconds, most }) => {
    await db.query(
      `DELETE FROM room_invitation WHERE room = $1 AND expires_at < clock_timestamp() - make_interval(days => $2)`,
      [room, KEPT_DAYS],
    );
    const {
      rows: [row],
    } = await db.query<InvitationRow>(
      `WITH i AS (INSERT INTO room_invitation (id, room, hash, role, by, most, expires_at, audience)
         VALUES ($1, $2, $3, $4, $5, $6, date_trunc('milliseconds', clock_timestamp()) + make_interval(secs => $7), $8) RETURNING *)
       SELECT ${INVITATION} FROM i JOIN account a ON a.id = i.by`,
      [id, room, Buffer.from(hash, 'hex'), role, by, most, seconds, audience],
    );
    if (!row) throw new Error('a link that was made is there');
    return invitationOf(row);
  },
  list: async (room) =>
    (
      await db.query<InvitationRow>({
        name: 'invitations-list',
        text: `SELECT ${INVITATION} FROM room_invitation i JOIN account a ON a.id = i.by WHERE i.room = $1 AND ${LIVE} ORDER BY i.created_at DESC, i.id`,
        values: [room],
      })
    ).rows.map(invitationOf),
  revoke: async (room, invitation) =>
    (
      await db.query(
        `UPDATE room_invitation i SET revoked_at = clock_timestamp() WHERE i.room = $1 AND i.id = $2 AND ${LIVE}`,
        [room, invitation],
      )
    ).rowCount === 1,
  open: async (hash, holder) => {
    const {
      rows: [row],
    } = await db.query<
      FactRow &
        RoomRow &
        ProfileRow & {
          kind: RoomKind;
          now_ms: number;
          expires_at: string;
          rules: string;
          joined: boolean;
          enrolled: boolean;
        }
    >({
      name: 'invitations-open',
      text: `SELECT ${ROOM}, ${FACT}, ${PROFILE}, r.rules, i.expires_at, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms,
               EXISTS (SELECT 1 FROM member x WHERE x.room = r.id AND x.account = $2) AS joined,
               EXISTS (SELECT 1 FROM enrolment e WHERE e.course = r.course AND e.account = $2) AS enrolled
             FROM room_invitation i JOIN LATERAL (SELECT $2::uuid AS low, i.by AS high) p ON true JOIN room r ON r.id = i.room
             JOIN account a ON a.id = i.by LEFT JOIN member m ON m.room = i.room AND m.account = i.by WHERE i.hash = $1`,
      values: [Buffer.from(hash, 'hex'), holder],
    });
    return row
      ? {
          fact: factOf(row),
          now: row.now_ms,
          room: roomOf(row),
          rules: row.rules,
          by: profileOf(row),
          expiresAt: row.expires_at,
          joined: row.joined,
          enrolled: row.enrolled,
        }
      : null;
  },
});
