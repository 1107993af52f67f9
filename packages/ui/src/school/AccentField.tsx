import { useLingui } from '@lingui/react';
import { useId, type CSSProperties } from 'react';
import { Button } from '../controls/Button.tsx';
import { penOf } from '../theme/accent.ts';

/** Where the choice begins when the school has no colour of its own: Recreio's. */
const OWN = '#1d4496';

/** The accent of the school, with what becomes of it by day and by night. */
export function AccentField({
  value,
  onChange,
}: {
  /** `#rrggbb`; null for Recreio's own. */
  value: string | null;
  onChange: (accent: string | null) => void;
}) {
  const { i18n } = useLingui();
  const id = useId();
  const shown = value ?? OWN;
  const isMoved = value !== null && penOf(value, 'light').pen !== value;
  return (
    <div className="field">
      <label htmlFor={id}>{i18n._('Cor da escola')}</label>
      <div className="accent">
        <input
          id={id}
          type="color"
          className="accent-pick"
          value={shown}
          aria-describedby={`${id}-hint`}
          onChange={(event) => onChange(event.target.value)}
        />
        <Sample accent={shown} theme="light" label={i18n._('De dia')} />
        <Sample accent={shown} theme="dark" label={i18n._('À noite')} />
        {value !== null && (
          <Button small onClick={() => onChange(null)}>
            {i18n._('Usar a do Recreio')}
          </Button>
        )}
      </div>
      <span className="hint" id={`${id}-hint`}>
        {isMoved
          ? i18n._('A cor foi acertada para se ler bem no papel e na lousa, como nas amostras.')
          : i18n._('Aparece em botões e links. Se precisar, é acertada para se ler bem no claro e no escuro.')}
      </span>
    </div>
  );
}

const grounds = { light: '#f4efe5', dark: '#141b18' } as const;

/** A button and a link in the accent, as they will look; the page's own theme does not matter here. */
function Sample({ accent, theme, label }: { accent: string; theme: 'light' | 'dark'; label: string }) {
  const { pen, on } = penOf(accent, theme);
  const style: CSSProperties = { background: grounds[theme], color: pen };
  return (
    <span className="accent-sample" style={style}>
      <span className="accent-fill" style={{ background: pen, color: on }}>
        Aa
      </span>
      {label}
    </span>
  );
}
