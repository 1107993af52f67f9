import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { PasswordField } from '../controls/Field.tsx';
import { Banner } from '../controls/Notice.tsx';
import { CodeField, mayBeCode } from './CodeField.tsx';

/** How the person can prove who they are; all false in the demo, where being there is enough. */
export type ProofWays = { password: boolean; code: boolean; demo: boolean };

/** Asks once more who one is, before something that changes the school or one's own way in. */
export function ProveDialog({
  email,
  ways,
  busy,
  error,
  onProve,
  onPasskey,
  provider,
  onProvider,
  onClose,
}: {
  /** For the browser's keeper of passwords. */
  email: string;
  ways: ProofWays;
  busy?: boolean | undefined;
  error?: string | undefined;
  onProve: (proof: { password?: string; code?: string }) => void;
  /** There where the person has a passkey, and the browser can ask for it. */
  onPasskey?: (() => void) | undefined;
  /** What the school’s own sign-in is called, where it opens this account: the page leaves for it and comes back. */
  provider?: string | false | null;
  onProvider?: () => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(false);
  const missesPassword = ways.password && password === '';
  const missesCode = ways.code && !mayBeCode(code);
  function submit() {
    setAsked(true);
    if (missesPassword || missesCode) return;
    onProve({ ...(ways.password ? { password } : {}), ...(ways.code ? { code: code.trim() } : {}) });
  }
  const missing = i18n._('Falta preencher.');
  return (
    <Dialog
      title={i18n._('É você mesmo?')}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button emphasis="quiet" onClick={onClose}>
            {i18n._('Cancelar')}
          </Button>
          <Button emphasis="pen" type="submit" busy={busy}>
            {ways.demo ? i18n._('Sou eu') : i18n._('Continuar')}
          </Button>
        </>
      }
    >
      <p className="soft">
        {ways.demo
          ? i18n._('Isto mexe com a entrada das pessoas. Fora da demonstração, aqui se pede a senha de novo.')
          : i18n._('Isto mexe com a entrada das pessoas. Confirme quem você é; vale por cinco minutos neste aparelho.')}
      </p>
      {onPasskey && (
        <Button wide icon="key-round" onClick={onPasskey}>
          {i18n._('Usar uma chave de acesso')}
        </Button>
      )}
      {provider && onProvider && (
        <Button wide icon="shield-check" onClick={onProvider}>
          {i18n._('Confirmar com {name}', { name: provider })}
        </Button>
      )}
      {error && !ways.password && !ways.code && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {error}
        </Banner>
      )}
      {ways.password && (
        <>
          <input
            type="email"
            className="sr"
            tabIndex={-1}
            aria-hidden="true"
            autoComplete="username"
            value={email}
            readOnly
          />
          <PasswordField
            label={i18n._('Senha')}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            error={asked && missesPassword ? missing : ways.code ? undefined : error}
          />
        </>
      )}
      {ways.code && <CodeField value={code} onChange={setCode} error={asked && missesCode ? missing : error} />}
    </Dialog>
  );
}
