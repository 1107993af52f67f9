import { type AnnounceMode, chooseLanguage, type Density, knownLanguage, type Language, type Theme } from '@recreio/ui';

/** What a person chose for this device. `language` null: what the account, or else the browser, says. */
export type Preferences = {
  theme: Theme;
  density: Density;
  language: Language | null;
  /** Ids of the groups of the list that are folded. */
  collapsed: readonly string[];
  /** The room that was open last, null when none was. */
  lastRoom: string | null;
  /** Whether being called sounds. */
  sound: boolean;
  /** Whether being called shows on the desktop, where the browser allows it. */
  desktop: boolean;
  /** Whether Enter sends what is being written; a keyboard of glass makes a new line by it all the same. */
  enterSends: boolean;
  /** What is told aloud to who listens to a screen reader, of what others say in the open room. */
  announce: AnnounceMode;
};

const key = 'recreio.preferences';
const fallback: Preferences = {
  theme: 'system',
  density: 'comfortable',
  language: null,
  collapsed: [],
  lastRoom: null,
  sound: true,
  desktop: false,
  enterSends: true,
  announce: 'all',
};

const oneOf = <T extends string>(value: unknown, values: readonly T[], otherwise: T): T =>
  values.find((one) => one === value) ?? otherwise;

/** The choices kept on this device; what was never chosen, or cannot be read, is as the system says. */
export function readPreferences(): Preferences {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return fallback;
    const { theme, density, language, collapsed, lastRoom, sound, desktop, enterSends, announce } = kept as Record<
      string,
      unknown
    >;
    return {
      theme: oneOf(theme, ['system', 'light', 'dark'], 'system'),
      density: oneOf(density, ['comfortable', 'compact'], 'comfortable'),
      language: knownLanguage(language) ?? null,
      collapsed: Array.isArray(collapsed) ? collapsed.filter((id) => typeof id === 'string') : [],
      lastRoom: typeof lastRoom === 'string' ? lastRoom : null,
      sound: sound !== false,
      desktop: desktop === true,
      enterSends: enterSends !== false,
      announce: oneOf(announce, ['all', 'mentions', 'off'], 'all'),
    };
  } catch {
    // A browser that keeps nothing (private mode, storage denied), or kept nonsense, is a browser without choices
    return fallback;
  }
}

/** Keeps the choices on this device, if it keeps anything. */
export function keepPreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(key, JSON.stringify(preferences));
  } catch {
    // Storage is denied or full: the choice holds for this visit, and is seen to
  }
}

/** The language to speak: chosen here, else the account's, else what the browser asks for. */
export function languageOf({ language }: Preferences, ofAccount?: Language): Language {
  return language ?? knownLanguage(ofAccount) ?? chooseLanguage(navigator.languages);
}

/** Puts the choices on the page: paper or blackboard, and how much air. */
export function applyPreferences({ theme, density }: Preferences): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  root.dataset['density'] = density;
}

/** Whether the page is dark now, by choice or by the system. */
export function isDarkNow(theme: Theme): boolean {
  return theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
}
