import { useLingui } from '@lingui/react';
import { Button, Door, Link } from '@recreio/ui';
import { useState } from 'react';
import { useAct } from '../acting.ts';
import { useClient } from '../client.tsx';
import { takeLinkToken } from '../link-token.ts';
import { useTitle } from '../titles.ts';

/** Where the mails of what was missed are left, without signing in. By a press: programs that look into mail open links, too. */
export default function LeaveMails() {
  const { i18n } = useLingui();
  const client = useClient();
  const act = useAct();
  const [token] = useState(takeLinkToken);
  const [hasLeft, setHasLeft] = useState(false);
  useTitle(`${i18n._('Não receber mais estes e-mails')} · Recreio`);
  const settings = (
    <Link className={hasLeft ? 'btn btn--pen btn--wide' : 'btn btn--wide'} href="/conta/notificacoes">
      {i18n._('Escolher quando recebo')}
    </Link>
  );
  if (hasLeft)
    return (
      <Door
        title={i18n._('Pronto, não vêm mais')}
        words={i18n._('Tudo continua esperando por você na escola. Se mudar de ideia, é em Notificações.')}
      >
        {settings}
      </Door>
    );
  const broken = i18n._('Este link foi copiado pela metade. Abra-o de novo no e-mail.');
  return (
    <Door
      title={i18n._('Não receber mais estes e-mails?')}
      words={i18n._(
        'São os que juntam o que ficou sem ler. Links de senha e de conta continuam vindo quando você pede.',
      )}
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
          void act
            .run(() => client.call('digest.leave', { token }), { 'not-found': broken, malformed: broken })
            .then((isDone) => isDone && setHasLeft(true))
        }
      >
        {i18n._('Não receber mais')}
      </Button>
      {settings}
    </Door>
  );
}
