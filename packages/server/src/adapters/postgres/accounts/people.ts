/** People as others meet them: profiles, whom one may write to, blocks, the demo's entrances. */
import type { AccountsMemory } from '@recreio/core/ports.ts';
import type { Role } from '@recreio/protocol';
import type { Queryable } from '../connect.ts';
import { likeAnywhere, ME, meOf, type MeRow, PROFILE, profileOf, type ProfileRow, STAFF } from '../rows.ts';
import { one } from './sessions.ts';

type Part = Pick<AccountsMemory, 'changeMe' | 'profiles' | 'talkable' | 'block' | 'unblock' | 'blocks' | 'demoPeople'>;

/**
 * Over the viewer $1 (a minor or not: $2) and another aliased `a`: what core's `mayTalk` answers. Said in SQL because it picks
 * among a whole school; a test over generated schools holds the two together.
 */
const MAY_TALK = `
  a.id <> $1 AND a.disabled_at IS NULL AND a.role <> 'guardian'
  AND NOT EXISTS (SELECT FROM block b WHERE (b.blocker = $1 AND b.blocked = a.id) OR (b.blocker = a.id AND b.blocked = $1))
  AND (EXISTS (SELECT FROM member x JOIN member y ON y.room = x.room JOIN room r ON r.id = x.room AND r.kind NOT IN ('direct', 'group') WHERE x.account = $1 AND y.account = a.id)
    OR (a.role IN ${STAFF} AND (SELECT v.role FROM account v WHERE v.id = $1) IN ${STAFF}))
  AND (a.minor = $2 OR EXISTS (SELECT FROM running_enrolment grown JOIN enrolment young ON young.course = grown.course
    WHERE grown.staff AND grown.account = CASE WHEN $2 THEN a.id ELSE $1 END AND young.account = CASE WHEN $2 THEN $1 ELSE a.id END))
  AND CASE (SELECT coalesce(settings #>> '{policies,privateTalk}', 'everyone') FROM school) WHEN 'everyone' THEN true WHEN 'with-staff'
    THEN EXISTS (SELECT FROM account z WHERE z.id IN ($1, a.id) AND z.role IN ${STAFF}) ELSE false END`;

/** People over a pool or a transaction. */
export const people = (db: Queryable): Part => ({
  changeMe: async (account, { language, pronouns, timeZone, privacy = {} }) => {
    const { rows } = await db.query<MeRow>({
      name: 'account-own',
      text: `WITH changed AS (UPDATE user_stream SET revision = revision + 1 WHERE account = $1)
             UPDATE account a SET language = coalesce($2, language), asks_first = coalesce($3, asks_first),
               invisible = coalesce($4, invisible), hides_reading = coalesce($5, hides_reading),
               pronouns = CASE WHEN $6 THEN $7 ELSE pronouns END, time_zone = CASE WHEN $8 THEN $9 ELSE time_zone END,
               version = version + ($6 AND pronouns IS DISTINCT FROM $7)::int WHERE id = $1 RETURNING ${ME}`,
      values: [
        account,
        language ?? null,
        privacy.asksFirst ?? null,
        privacy.invisible ?? null,
        privacy.hidesReading ?? null,
        pronouns !== undefined,
        pronouns ?? null,
        timeZone !== undefined,
        timeZone ?? null,
      ],
    });
    return meOf(one(rows));
  },

  profiles: async (viewer, ids) => {
    const { rows } = await db.query<ProfileRow>({
      name: 'profiles',
      text: `SELECT ${PROFILE} FROM account a WHERE a.id = ANY ($2::uuid[]) AND (a.id = $1
               OR EXISTS (SELECT FROM member x JOIN member y ON y.room = x.room WHERE x.account = $1 AND y.account = a.id)
               OR EXISTS (SELECT FROM member x JOIN span y ON y.room = x.room WHERE x.account = $1 AND y.account = a.id))`,
      values: [viewer, ids],
    });
    return rows.map(profileOf);
  },

  talkable: async (viewer, folded, limit) => {
    // Guardians write to nobody, nor does a disabled account
    if (viewer.role === 'guardian' || viewer.disabled) return [];
    const { rows } = await db.query<ProfileRow>({
      name: 'talkable',
      text: `SELECT ${PROFILE} FROM account a WHERE a.name_folded LIKE $3 AND ${MAY_TALK}
             ORDER BY position(' ' || $4::text in ' ' || a.name_folded) = 0,
               NOT EXISTS (SELECT FROM enrolment e JOIN enrolment f ON f.course = e.course WHERE e.account = $1 AND f.account = a.id),
               a.name_folded, a.id LIMIT $5`,
      values: [viewer.id, viewer.minor, likeAnywhere(folded), folded, limit],
    });
    return rows.map(profileOf);
  },

  block: async (blocker, blocked) => {
    await db.query({
      name: 'block',
      text: 'INSERT INTO block (blocker, blocked) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      values: [blocker, blocked],
    });
  },

  unblock: async (blocker, blocked) => {
    await db.query({
      name: 'unblock',
      text: 'DELETE FROM block WHERE blocker = $1 AND blocked = $2',
      values: [blocker, blocked],
    });
  },

  blocks: async (blocker) => {
    const { rows } = await db.query<ProfileRow>({
      name: 'blocks',
      text: `SELECT ${PROFILE} FROM block b JOIN account a ON a.id = b.blocked WHERE b.blocker = $1 ORDER BY a.name_folded, a.id`,
      values: [blocker],
    });
    return rows.map(profileOf);
  },

  demoPeople: async () => {
    const { rows } = await db.query<{ account: string; name: string; role: Role }>({
      name: 'demo-people',
      text: `SELECT id AS account, name, role FROM account WHERE demo AND disabled_at IS NULL
             ORDER BY array_position(ARRAY['student', 'teacher', 'monitor', 'moderator', 'administrator', 'guardian'], role), name_folded, id`,
    });
    return rows;
  },
});
