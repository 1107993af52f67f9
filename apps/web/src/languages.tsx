import { useLingui } from '@lingui/react';
import { languageNames } from '@recreio/ui';
import { useChoices } from './choices.tsx';
import { useOffered } from './look.ts';

/** The languages that the school offers, each called by its own name. */
export function Languages() {
  const { i18n } = useLingui();
  const { choose } = useChoices();
  const offered = useOffered();
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
          {languageNames[language]}
        </button>
      ))}
    </div>
  );
}
