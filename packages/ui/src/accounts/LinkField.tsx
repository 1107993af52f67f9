import { useLingui } from '@lingui/react';
import { useId, useRef, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Icon } from '../icons/Icon.tsx';
import { OnlyHere } from './OnlyHere.tsx';
import { QrCode } from './QrCode.tsx';

/**
 * A link to hand over: copied by a button, or by hand, where the browser does not let it (the text is selected on focus), or read by
 * a camera from the screen.
 */
export function LinkField({ label, hint, url }: { label: string; hint: string; url: string }) {
  const { i18n } = useLingui();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<boolean>();
  const [isDrawn, setDrawn] = useState(false);
  function copy() {
    field.current?.select();
    navigator.clipboard.writeText(url).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="row link-row">
        <input
          ref={field}
          id={id}
          className="input link-once"
          readOnly
          value={url}
          aria-describedby={`${id}-hint`}
          onFocus={(event) => event.target.select()}
        />
        <Button icon={copied ? 'check' : 'copy'} onClick={copy}>
          {copied ? i18n._('Copiado') : i18n._('Copiar')}
        </Button>
      </div>
      <span className="hint" id={`${id}-hint`}>
        {hint}
      </span>
      <span className={copied === false ? 'error' : 'sr'} role="status">
        {copied === true && i18n._('Copiado')}
        {copied === false &&
          i18n._('O navegador não deixou copiar. O link está selecionado: copie pelo teclado ou pelo menu.')}
      </span>
      <OnlyHere url={url} />
      <details onToggle={(event) => setDrawn(event.currentTarget.open)}>
        <summary className="fold">
          <Icon name="chevron-right" />
          {i18n._('Código QR')}
        </summary>
        {isDrawn && (
          <>
            <QrCode text={url} label={`${i18n._('Código QR')}: ${label}`} />
            <p className="small soft">
              {i18n._('Quem aponta a câmera para ele abre o link: mostre só a quem ele se destina.')}
            </p>
          </>
        )}
      </details>
    </div>
  );
}
