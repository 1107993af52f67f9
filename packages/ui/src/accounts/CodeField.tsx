import { useLingui } from '@lingui/react';
import type { Ref } from 'react';
import { TextField } from '../controls/Field.tsx';

/** The code of a second factor: the phone offers what it knows; a recovery code goes into the same field. */
export function CodeField({
  value,
  error,
  onChange,
  onlyApp = false,
  ref,
}: {
  value: string;
  error?: string | undefined;
  onChange: (code: string) => void;
  /** Only the app's six digits do here. */
  onlyApp?: boolean;
  ref?: Ref<HTMLInputElement>;
}) {
  const { i18n } = useLingui();
  return (
    <TextField
      {...(ref === undefined ? {} : { ref })}
      label={i18n._('Código')}
      autoComplete="one-time-code"
      inputMode={onlyApp ? 'numeric' : 'text'}
      autoCapitalize="none"
      spellCheck={false}
      maxLength={64}
      value={value}
      error={error}
      hint={
        onlyApp
          ? i18n._('Os seis números que o aplicativo mostra agora.')
          : i18n._('Os seis números do aplicativo. Sem ele, use um dos seus códigos de reserva.')
      }
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** Whether so much is typed that it may be a code; the server says whether it is right. */
export const mayBeCode = (typed: string): boolean => typed.replace(/[^a-z0-9]/giu, '').length >= 6;
