import type { I18n } from '@lingui/core';
import { listWords } from '../i18n/fold.ts';

/** What a person is in the school, or does in the room. A student and a plain member carry no word. */
export type RoleName =
  | 'student'
  | 'teacher'
  | 'monitor'
  | 'moderator'
  | 'coordinator'
  | 'administrator'
  | 'guardian'
  | 'member'
  | 'owner'
  | 'reader';

/** Where a person is: `here` (no pátio), `away` (saiu um pouco), `gone` (fora). Absent: not shown to this reader. */
export type Presence = 'here' | 'away' | 'gone';

/** A person as the screen needs to know one. */
export type PersonView = {
  id: string;
  name: string;
  /** In the person's own words. */
  pronouns?: string;
  role?: RoleName;
  /** How the school writes the role, if it does: `Profa.`, `Coordenação`. Wins over our word. */
  roleTitle?: string;
  /** For the ending of our word for the role; absent gives the neutral one. */
  gender?: 'f' | 'm';
  /** The paper of the initials, 1 to 6, as the server deals it; absent, it is dealt from the id. */
  tone?: number;
  presence?: Presence | undefined;
  isYou?: boolean;
  disabled?: boolean;
};

const staffRoles: ReadonlySet<RoleName> = new Set([
  'teacher',
  'monitor',
  'moderator',
  'coordinator',
  'administrator',
  'owner',
]);

/** Whether a person answers for the room: paints the edge of the slip in pen, sits larger on the wall. */
export function isStaff(person: Pick<PersonView, 'role'>): boolean {
  return person.role !== undefined && staffRoles.has(person.role);
}

/** First letters of the first and the last name: `Ana Beatriz Sant’Anna` → `AS`; one name gives one letter; none, `?`. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return [first, last]
    .map((word) => word?.match(/[\p{L}\p{N}]/u)?.[0] ?? '')
    .join('')
    .toLocaleUpperCase('pt-BR');
}

/**
 * The paper (1 to 6) that carries the initials: dealt by id, so it is the same on every screen. The server deals by the last six
 * digits of the id (core, `accounts/policy.ts`); the same here, for the door, where no profile is there yet.
 */
export function toneOf(id: string): 1 | 2 | 3 | 4 | 5 | 6 {
  if (/[0-9a-f]{6}$/.test(id)) return ((Number.parseInt(id.slice(-6), 16) % 6) + 1) as 1 | 2 | 3 | 4 | 5 | 6;
  let hash = 2166136261;
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 16777619);
  return (((hash >>> 0) % 6) + 1) as 1 | 2 | 3 | 4 | 5 | 6;
}

/** The name by which one calls somebody: the first, or with a title (`Profa. Helena`) the first two words. */
export function shortName(name: string): string {
  const words = name.trim().split(/\s+/);
  return words[0]?.endsWith('.') ? words.slice(0, 2).join(' ') : (words[0] ?? name);
}

/** The word for a role, or nothing for those who carry none. */
export function roleWord(i18n: I18n, person: Pick<PersonView, 'role' | 'roleTitle' | 'gender'>): string | undefined {
  if (person.roleTitle) return person.roleTitle;
  const gender = person.gender ?? 'other';
  switch (person.role) {
    case 'teacher':
      return i18n._('{gender, select, f {Professora} m {Professor} other {Docente}}', { gender });
    case 'monitor':
      return i18n._('{gender, select, f {Monitora} m {Monitor} other {Monitoria}}', { gender });
    case 'moderator':
      return i18n._('{gender, select, f {Moderadora} m {Moderador} other {Moderação}}', { gender });
    case 'coordinator':
      return i18n._('Coordenação');
    case 'administrator':
      return i18n._('Administração');
    case 'guardian':
      return i18n._('Responsável');
    case 'owner':
      return i18n._('{gender, select, f {Dona da sala} m {Dono da sala} other {Responsável pela sala}}', { gender });
    case 'reader':
      return i18n._('Só leitura');
    default:
      return undefined;
  }
}

/** Presence in words: it is never a mark alone. */
export function presenceWord(i18n: I18n, presence: Presence): string {
  switch (presence) {
    case 'here':
      return i18n._('no pátio');
    case 'away':
      return i18n._('saiu um pouco');
    case 'gone':
      return i18n._('fora');
  }
}

/** Who writes now: one or two by name, more as “várias pessoas” (two names at most, ux.md). Empty when nobody does. */
export function typingWords(i18n: I18n, people: readonly Pick<PersonView, 'name'>[]): string {
  if (people.length === 0) return '';
  if (people.length > 2) return i18n._('Várias pessoas estão escrevendo');
  const names = listWords(
    people.map((person) => shortName(person.name)),
    i18n.locale,
  );
  return i18n._('{count, plural, one {{names} está escrevendo} other {{names} estão escrevendo}}', {
    count: people.length,
    names,
  });
}
