import { useLingui } from '@lingui/react';
import { type Language, languages } from '@recreio/ui';
import { useChoices } from './choices.tsx';
import { useLook } from './look.ts';

const names: Record<Language, string> = { 'pt-BR': 'Português', en: 'English' };

/** The languages, each called by its own name, so that one finds one's own whatever the page speaks. */
export function Languages() {
  const { i18n } = useLingui();
  const { choose } = useChoices();
  const ofSchool = useLook()?.languages.offered;
  const offered = languages.filter((language) => ofSchool?.includes(language) ?? true);
  if (offered.length < 2) return null;
  return (
    <div className="door-languages" role="group" aria-label={i18n._('Idioma')}>
      {offered.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={i18n.locale === language}
          onClick={() => choose({ language })}
        >
          {names[language]}
        </button>
      ))}
    </div>
  );
}
