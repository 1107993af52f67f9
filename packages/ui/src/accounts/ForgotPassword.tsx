import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { TextField } from '../controls/Field.tsx';
import { Door } from './Door.tsx';
import { looksLikeEmail } from './email.ts';

/** Asks for a link for a new password. What is said after is the same whoever has the address, or nobody. */
export function ForgotPassword({
  isSent,
  busy,
  error,
  onSend,
  onBack,
}: {
  isSent: boolean;
  busy?: boolean | undefined;
  error?: string | undefined;
  onSend: (email: string) => void;
  onBack: () => void;
}) {
  const { i18n } = useLingui();
  const [email, setEmail] = useState('');
  const [asked, setAsked] = useState(false);
  const wrong = !looksLikeEmail(email.trim());
  const back = (
    <Button wide emphasis="quiet" onClick={onBack}>
      {i18n._('Voltar')}
    </Button>
  );
  if (isSent)
    return (
      <Door
        title={i18n._('Veja o seu e-mail')}
        words={i18n._(
          'Se {email} é de alguém daqui, o link para uma senha nova já está a caminho. Ele vale uma hora.',
          {
            email: email.trim(),
          },
        )}
      >
        <p className="small soft" role="status">
          {i18n._('Não chegou? Confira o endereço e a caixa de lixo, ou peça um link a quem administra a escola.')}
        </p>
        {back}
      </Door>
    );
  return (
    <Door
      title={i18n._('Esqueceu a senha?')}
      words={i18n._('Diga o e-mail da sua conta. Mandamos para ele um link com que você escolhe outra.')}
    >
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (!wrong && !busy) onSend(email.trim());
        }}
      >
        <TextField
          label={i18n._('E-mail')}
          type="email"
          autoComplete="username"
          inputMode="email"
          value={email}
          error={asked && wrong ? i18n._('Confira o e-mail: precisa de um @ e de um domínio.') : error}
          onChange={(event) => setEmail(event.target.value)}
        />
        <Button wide type="submit" emphasis="pen" busy={busy}>
          {i18n._('Mandar o link')}
        </Button>
        {back}
      </form>
    </Door>
  );
}
