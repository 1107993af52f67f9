import { useLingui } from '@lingui/react';
import { useId, useRef, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { Banner } from '../controls/Notice.tsx';
import { fullTime, type Zone } from '../i18n/dates.ts';

/** A link made for one person. It is shown this once; the server keeps only a digest. Time in ms. */
export type OneTimeLinkView = { name: string; url: string; expiresAt: number };

/** A link to hand over, with a way to copy it. What cannot be copied by the button can be by hand: the text is selected on focus. */
export function OneTimeLink({ link, zone }: { link: OneTimeLinkView; zone?: Zone }) {
  const { i18n } = useLingui();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<boolean>();
  function copy() {
    field.current?.select();
    navigator.clipboard.writeText(link.url).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  }
  return (
    <div className="field">
      <label htmlFor={id}>{i18n._('Link de {name}', { name: link.name })}</label>
      <div className="row link-row">
        <input
          ref={field}
          id={id}
          className="input link-once"
          readOnly
          value={link.url}
          aria-describedby={`${id}-hint`}
          onFocus={(event) => event.target.select()}
        />
        <Button icon={copied ? 'check' : 'copy'} onClick={copy}>
          {copied ? i18n._('Copiado') : i18n._('Copiar')}
        </Button>
      </div>
      <span className="hint" id={`${id}-hint`}>
        {i18n._('Vale uma vez, até {until}.', { until: fullTime(link.expiresAt, i18n.locale, zone) })}
      </span>
      <span className={copied === false ? 'error' : 'sr'} role="status">
        {copied === true && i18n._('Copiado')}
        {copied === false &&
          i18n._('O navegador não deixou copiar. O link está selecionado: copie pelo teclado ou pelo menu.')}
      </span>
    </div>
  );
}

/** After inviting, or making a new password's link: the link, once. */
export function OneTimeLinkDialog({
  title,
  link,
  zone,
  onClose,
}: {
  title: string;
  link: OneTimeLinkView;
  zone?: Zone;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  return (
    <Dialog
      firm
      title={title}
      onClose={onClose}
      footer={
        <Button emphasis="pen" onClick={onClose}>
          {i18n._('Pronto')}
        </Button>
      }
    >
      <Banner tone="marker" icon="eye">
        {i18n._('Este link aparece só agora. Copie e entregue à pessoa por um caminho em que você confia.')}
      </Banner>
      <OneTimeLink link={link} zone={zone} />
    </Dialog>
  );
}
