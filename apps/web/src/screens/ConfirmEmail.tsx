import { useLingui } from '@lingui/react';
import { Button, Door, Link } from '@recreio/ui';
import { useState } from 'react';
import { useAct } from '../acting.ts';
import { useClient } from '../client.tsx';

/** The page of a link that went to a new address. It is used by a press: programs that look into mail open links, too. */
export default function ConfirmEmail({ token }: { token: string }) {
  const { i18n } = useLingui();
  const client = useClient();
  const act = useAct();
  const [email, setEmail] = useState<string>();
  if (email !== undefined)
    return (
      <Door title={i18n._('E-mail confirmado')} words={i18n._('A partir de agora você entra com {email}.', { email })}>
        <Link className="btn btn--pen btn--wide" href="/">
          {i18n._('Ir para a escola')}
        </Link>
      </Door>
    );
  return (
    <Door
      title={i18n._('Confirmar o e-mail novo')}
      words={i18n._('Você pediu para entrar na escola com este endereço. É só confirmar.')}
    >
      {act.error && (
        <p className="field-error" role="alert">
          {act.error}
        </p>
      )}
      <Button
        wide
        emphasis="pen"
        busy={act.busy}
        onClick={() =>
          void act.run(async () => setEmail((await client.call('accounts.confirmEmail', { token })).email), {
            'link-used': i18n._('Este link já foi usado, ou venceu. Peça outro na sua conta.'),
            malformed: i18n._('Este link foi copiado pela metade. Abra-o de novo no e-mail.'),
          })
        }
      >
        {i18n._('Confirmar')}
      </Button>
    </Door>
  );
}
