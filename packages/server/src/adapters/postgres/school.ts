/** The memory of the school's settings (migration 0013). SQL and nothing else; no rule. */
import type { SchoolMemory } from '@recreio/core/ports.ts';
import { DEFAULT_POLICIES, LANGUAGES, type School } from '@recreio/protocol';
import { one } from './accounts/sessions.ts';
import type { Queryable } from './connect.ts';

interface Row {
  readonly name: string;
  readonly version: number;
  /** What was decided; members that came with a later release are missing. */
  readonly settings: Partial<Omit<School, 'version' | 'name' | 'policies'>> & {
    readonly policies?: Partial<School['policies']>;
  };
}

const schoolOf = ({ name, version, settings }: Row): School => ({
  version,
  name,
  accent: settings.accent ?? null,
  logo: settings.logo ?? null,
  languages: settings.languages ?? { offered: [...LANGUAGES], default: LANGUAGES[0] },
  policies: { ...DEFAULT_POLICIES, ...settings.policies },
});

/** The port of the school over a pool or inside one transaction. */
export const schoolMemory = (db: Queryable): SchoolMemory => ({
  read: async () => {
    const { rows } = await db.query<Row>({
      name: 'school-read',
      text: 'SELECT i.school AS name, s.version, s.settings FROM school s, installation i',
    });
    return schoolOf(one(rows));
  },

  hold: async () => {
    // The lock first, the rows in a statement of their own: it must see what the one before wrote
    await db.query({ name: 'school-lock', text: 'SELECT FROM school FOR UPDATE' });
    const { rows } = await db.query<Row>({
      name: 'school-held',
      text: 'SELECT i.school AS name, s.version, s.settings FROM school s, installation i',
    });
    return schoolOf(one(rows));
  },

  write: async ({ version, name, ...settings }) => {
    await db.query({
      name: 'school-write',
      text: 'UPDATE school SET version = $1, settings = settings || $2::jsonb',
      values: [version, JSON.stringify(settings)],
    });
    await db.query({ name: 'name-school', text: 'UPDATE installation SET school = $1', values: [name] });
  },

  logo: async () => {
    const { rows } = await db.query<{ png: string | null; name: string | null }>({
      name: 'school-logo',
      text: "SELECT translate(encode(logo, 'base64'), E'\\n', '') AS png, settings ->> 'logo' AS name FROM school",
    });
    const { png, name } = one(rows);
    return png === null || name === null ? null : { png, name };
  },

  setLogo: async (png) => {
    await db.query({
      name: 'school-set-logo',
      text: "UPDATE school SET logo = decode($1, 'base64')",
      values: [png],
    });
  },
});
