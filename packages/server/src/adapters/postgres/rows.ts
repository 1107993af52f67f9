/** Rows of rooms and people as the protocol shows them, and the small translations between SQL and it. */
import type { Me, Profile, Role, Language, RoomSettings } from '@recreio/protocol';
import { foldText } from '@recreio/core/ports.ts';

/** The columns of a room's settings, as they are selected everywhere. */
export interface SettingsRow {
  readonly title: string;
  readonly description: string;
  readonly emoji: string;
  readonly colour: RoomSettings['colour'];
  readonly access: RoomSettings['access'];
  readonly posting: RoomSettings['posting'];
  readonly past: RoomSettings['past'];
}

/** A room's settings. */
export const settingsOf = ({
  title,
  description,
  emoji,
  colour,
  access,
  posting,
  past,
}: SettingsRow): RoomSettings => ({ title, description, emoji, colour, access, posting, past });

/** The columns of an account that make a profile. */
export interface ProfileRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly tone: number;
  readonly version: number;
  readonly disabled: boolean;
}

/** SQL for `ProfileRow` over an account aliased `a`. */
export const PROFILE = 'a.id, a.name, a.role, a.tone, a.version, a.disabled_at IS NOT NULL AS disabled';

/** A person as others see them. */
export const profileOf = ({ id, name, role, tone, version, disabled }: ProfileRow): Profile => ({
  id,
  name,
  role,
  tone,
  version,
  ...(disabled ? { disabled: true as const } : {}),
});

/** The columns of an account that make `Me`. */
export interface MeRow extends ProfileRow {
  readonly email: string;
  readonly language: Language;
  readonly minor: boolean;
}

/** A person as they see themselves. */
export const meOf = (row: MeRow): Me => ({
  ...profileOf(row),
  email: row.email,
  language: row.language,
  minor: row.minor,
});

/** What the directory searches of a room. */
export const foldedRoom = (settings: Pick<RoomSettings, 'title' | 'description'>): string =>
  foldText(`${settings.title} ${settings.description}`);

/** A search text as a LIKE pattern that matches it anywhere; `%`, `_` and `\` stand for themselves (security S45). */
export const likeAnywhere = (folded: string): string => `%${folded.replace(/[\\%_]/gu, (sign) => `\\${sign}`)}%`;
