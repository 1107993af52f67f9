import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { Banner } from '../controls/Notice.tsx';
import { CodeField, mayBeCode } from './CodeField.tsx';
import { QrCode } from './QrCode.tsx';

/** A secret in fours, as people read and type it. */
const inFours = (secret: string): string => secret.match(/.{1,4}/gu)?.join(' ') ?? secret;

/** Sets an app up: by the camera, or typed; a first code shows that it worked. */
export function TotpDialog({
  secret,
  uri,
  busy,
  error,
  onConfirm,
  onClose,
}: {
  secret: string;
  uri: string;
  busy?: boolean | undefined;
  error?: string | undefined;
  onConfirm: (code: string) => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(false);
  const missing = !mayBeCode(code);
  return (
    <Dialog
      title={i18n._('Códigos por aplicativo')}
      onClose={onClose}
      onSubmit={() => {
        setAsked(true);
        if (!missing) onConfirm(code.trim());
      }}
      footer={
        <>
          <Button emphasis="quiet" onClick={onClose}>
            {i18n._('Cancelar')}
          </Button>
          <Button emphasis="pen" type="submit" busy={busy}>
            {i18n._('Ligar')}
          </Button>
        </>
      }
    >
      <p className="soft">
        {i18n._('No aplicativo autenticador do celular, acrescente uma conta e aponte a câmera para este desenho.')}
      </p>
      <QrCode text={uri} label={i18n._('Código QR para o aplicativo')} />
      <div className="field">
        <span className="label" id="totp-secret">
          {i18n._('Sem câmera? Digite esta chave no aplicativo')}
        </span>
        <output className="secret" aria-labelledby="totp-secret">
          {inFours(secret)}
        </output>
      </div>
      <CodeField
        onlyApp
        value={code}
        onChange={setCode}
        error={asked && missing ? i18n._('Falta preencher.') : error}
      />
    </Dialog>
  );
}

/** The recovery codes, this once. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { i18n } = useLingui();
  const [copied, setCopied] = useState<boolean>();
  function copy() {
    navigator.clipboard.writeText(codes.join('\n')).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  }
  return (
    <Dialog
      firm
      title={i18n._('Guarde os seus códigos de reserva')}
      onClose={onClose}
      footer={
        <>
          <Button icon={copied ? 'check' : 'copy'} onClick={copy}>
            {copied ? i18n._('Copiado') : i18n._('Copiar')}
          </Button>
          <Button emphasis="pen" onClick={onClose}>
            {i18n._('Já guardei')}
          </Button>
        </>
      }
    >
      <Banner tone="marker" icon="eye">
        {i18n._('Eles aparecem só agora. Sem o celular, cada um abre a sua conta uma vez: guarde longe dele.')}
      </Banner>
      <ol className="codes" aria-label={i18n._('Códigos de reserva')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <span className={copied === false ? 'error' : 'sr'} role="status">
        {copied === true && i18n._('Copiado')}
        {copied === false && i18n._('O navegador não deixou copiar. Anote os códigos à mão.')}
      </span>
    </Dialog>
  );
}
