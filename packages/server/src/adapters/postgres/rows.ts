/** Rows of rooms and people as the protocol shows them, and the small translations between SQL and it. */
import type { MailPace, Me, Profile, QuietHours, Role, Language, Room, RoomKind } from '@recreio/protocol';
import { foldText, type HotSettings } from '@recreio/core/ports.ts';

/** The columns of a room's settings, as they are selected everywhere. */
export interface SettingsRow {
  readonly title: string;
  readonly description: string;
  readonly emoji: string;
  readonly colour: HotSettings['colour'];
  readonly access: HotSettings['access'];
  readonly posting: HotSettings['posting'];
  readonly past: HotSettings['past'];
  readonly category: string | null;
  readonly language: Language | null;
}

/** A room's settings as rules take them. */
export const settingsOf = ({
  title,
  description,
  emoji,
  colour,
  access,
  posting,
  past,
  category,
  language,
}: SettingsRow): HotSettings => ({
  title,
  description,
  emoji,
  colour,
  access,
  posting,
  past,
  ...(category === null ? {} : { category }),
  ...(language === null ? {} : { language }),
});

/** The columns of a room as those see it who find it; of a private conversation `kind` is not one of these. */
export interface RoomRow extends SettingsRow {
  readonly room: string;
  readonly kind: RoomKind | 'direct' | 'group';
  readonly has_rules: boolean;
  readonly archived_at: string | null;
  readonly course: string | null;
  readonly lesson: string | null;
  readonly members: number;
  readonly created_at: string;
  readonly last_message_at: string | null;
}

/** SQL for `RoomRow` over a room aliased `r`. */
export const ROOM = `r.id AS room, r.kind, r.title, r.description, r.emoji, r.colour, r.access, r.posting, r.past, r.category, r.language,
  r.rules <> '' AS has_rules, r.archived_at, r.course, r.lesson, r.members, r.created_at, r.last_message_at`;

/** A room as anyone who can find it sees it. */
export const roomOf = (row: RoomRow & { readonly kind: RoomKind }): Room => {
  const { category, language, ...settings } = settingsOf(row);
  return {
    id: row.room,
    kind: row.kind,
    ...settings,
    ...(row.has_rules ? { hasRules: true as const } : {}),
    ...(category ? { category } : {}),
    ...(language ? { language } : {}),
    ...(row.archived_at === null ? {} : { archivedAt: row.archived_at }),
    course: row.course,
    lesson: row.lesson,
    members: row.members,
    createdAt: row.created_at,
  };
};

/** The columns of an account that make a profile. */
export interface ProfileRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly tone: number;
  readonly version: number;
  readonly pronouns: string | null;
  readonly disabled: boolean;
}

/** SQL for `ProfileRow` over an account aliased `a`. */
export const PROFILE = 'a.id, a.name, a.role, a.tone, a.version, a.pronouns, a.disabled_at IS NOT NULL AS disabled';

/** A person as others see them. */
export const profileOf = ({ id, name, role, tone, version, pronouns, disabled }: ProfileRow): Profile => ({
  id,
  name,
  role,
  tone,
  version,
  ...(pronouns === null ? {} : { pronouns }),
  ...(disabled ? { disabled: true as const } : {}),
});

/** The columns of an account that its owner and administrators see. */
export interface OwnRow extends ProfileRow {
  readonly email: string;
  readonly language: Language;
  readonly minor: boolean;
}

/** What both see of it. */
export const ownOf = (row: OwnRow): Omit<Me, 'privacy' | 'timeZone' | 'calm'> => ({
  ...profileOf(row),
  email: row.email,
  language: row.language,
  minor: row.minor,
});

/** The columns of an account that make `Me`. */
export interface MeRow extends OwnRow {
  readonly asks_first: boolean;
  readonly invisible: boolean;
  readonly hides_reading: boolean;
  readonly time_zone: string | null;
  readonly rests: boolean;
  readonly rests_until: string | null;
  /** JSON as text, since JSON's null is not SQL's. */
  readonly quiet_hours: string | null;
  readonly mail_pace: MailPace | null;
}

/** SQL for `MeRow` over an account aliased `a`. */
export const ME = `${PROFILE}, a.email, a.language, a.minor, a.asks_first, a.invisible, a.hides_reading, a.time_zone, a.rests AND (a.rests_until IS NULL OR a.rests_until > clock_timestamp()) AS rests, a.rests_until, a.quiet_hours::text AS quiet_hours, a.mail_pace`;

/** A person as they see themselves. */
export const meOf = (row: MeRow): Me => ({
  ...ownOf(row),
  privacy: { asksFirst: row.asks_first, invisible: row.invisible, hidesReading: row.hides_reading },
  timeZone: row.time_zone,
  calm: {
    doNotDisturb: row.rests ? { until: row.rests_until } : null,
    ...(row.quiet_hours === null ? {} : { quietHours: JSON.parse(row.quiet_hours) as QuietHours | null }),
    ...(row.mail_pace === null ? {} : { mail: row.mail_pace }),
  },
});

/** What the directory searches of a room. */
export const foldedRoom = (settings: Pick<HotSettings, 'title' | 'description'>): string =>
  foldText(`${settings.title} ${settings.description}`);

/** A search text as a LIKE pattern that matches it anywhere; `%`, `_` and `\` stand for themselves (security S45). */
export const likeAnywhere = (folded: string): string => `%${folded.replace(/[\\%_]/gu, (sign) => `\\${sign}`)}%`;

/** SQL for the roles of who works at the school (core's `isStaff`). */
export const STAFF = `('teacher', 'monitor', 'moderator', 'administrator')`;

/** SQL for the column `allowed`: whom the school lets talk in private. */
export const ALLOWED = `(SELECT coalesce(settings #>> '{policies,privateTalk}', 'everyone') FROM school) AS allowed`;
