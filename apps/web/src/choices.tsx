import { useLingui } from '@lingui/react';
import { changeLanguage } from '@recreio/ui';
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useClient, useMe } from './client.tsx';
import { applyPreferences, keepPreferences, languageOf, type Preferences } from './preferences.ts';

/** What a person chose for this device, and how to choose something else. */
export type Choices = { preferences: Preferences; choose: (change: Partial<Preferences>) => void };

const ChoicesContext = createContext<Choices | undefined>(undefined);

/** Holds the choices, keeps them, and puts them on the page; the language follows the account where this device has no word of its own. */
export function ChoicesProvider({ initial, children }: { initial: Preferences; children: ReactNode }) {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe();
  const [preferences, setPreferences] = useState(initial);
  const choose = useCallback(
    (change: Partial<Preferences>) => setPreferences((before) => ({ ...before, ...change })),
    [],
  );
  // Where one was is one's own; how the page looks is the device's
  useEffect(() => client.events.on('signed-out', () => choose({ lastRoom: null })), [client, choose]);
  const language = languageOf(preferences, me?.language);
  useEffect(() => {
    applyPreferences(preferences);
    keepPreferences(preferences);
  }, [preferences]);
  useEffect(() => {
    let isWanted = true;
    const say = () => {
      if (isWanted) document.documentElement.lang = language;
    };
    // Without the catalogue the page goes on in the language it has
    if (i18n.locale === language) say();
    else changeLanguage(i18n, language).then(say, () => undefined);
    return () => {
      isWanted = false;
    };
  }, [i18n, language]);
  const choices = useMemo(() => ({ preferences, choose }), [preferences, choose]);
  return <ChoicesContext value={choices}>{children}</ChoicesContext>;
}

/** The choices of this device. */
export function useChoices(): Choices {
  const choices = use(ChoicesContext);
  if (choices === undefined) throw new Error('useChoices outside a ChoicesProvider');
  return choices;
}
