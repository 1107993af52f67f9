import { chooseLanguage, type Density, type Language, type Theme } from '@recreio/ui';

/** What a person chose for this device. */
export type Preferences = { theme: Theme; density: Density; language: Language; collapsed: readonly string[] };

const key = 'recreio.preferences';

/** The choices kept on this device; what was never chosen, or cannot be read, is as the system says. */
export function readPreferences(): Preferences {
  const fallback: Preferences = {
    theme: 'system',
    density: 'comfortable',
    language: chooseLanguage(navigator.languages),
    collapsed: [],
  };
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof kept === 'object' && kept !== null ? { ...fallback, ...kept } : fallback;
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

/** Puts the choices on the page: paper or blackboard, air, language. */
export function applyPreferences({ theme, density, language }: Preferences): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  root.dataset['density'] = density;
  root.lang = language;
}

/** Whether the page is dark now, by choice or by the system. */
export function isDarkNow(theme: Theme): boolean {
  return theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
}
