/** The pages of those who are not signed in. */
import { useLingui } from '@lingui/react';
import { Button, Door, Empty } from '@recreio/ui';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useAddress } from './address.tsx';
import { invitationPath, takeLinkToken } from './link-token.ts';
import { useSession } from './signed.tsx';
import { useTitle } from './titles.ts';

const NotOpened = lazy(() => import('./screens/NotOpened.tsx'));
const SignIn = lazy(() => import('./screens/SignIn.tsx'));
const Redeem = lazy(() => import('./screens/Redeem.tsx'));
const NewAccount = lazy(() => import('./screens/NewAccount.tsx'));
const ConfirmEmail = lazy(() => import('./screens/ConfirmEmail.tsx'));

/** Signing in; a school that nobody has set up says how that is done. */
export function Entrance() {
  const { i18n } = useLingui();
  const { session } = useSession();
  const { wanted } = useAddress();
  const school = session.name === 'out' ? session.welcome.school : '';
  useTitle(`${i18n._('Entrar')} · ${school === '' ? 'Recreio' : school}`);
  if (session.name !== 'out') return null;
  const { welcome, why } = session;
  if (welcome.needsSetUp)
    return (
      <Suspense>
        <NotOpened />
      </Suspense>
    );
  return (
    <Suspense>
      <SignIn
        welcome={welcome}
        notice={
          why === 'revoked'
            ? i18n._('Sua sessão acabou: ela foi encerrada em outro aparelho, ou sua conta mudou. Entre de novo.')
            : wanted === invitationPath
              ? i18n._('Você recebeu um convite para uma sala. Entre para ver qual é.')
              : undefined
        }
      />
    </Suspense>
  );
}

/** Using a one-time link. */
export function LinkDoor() {
  const [token, setToken] = useState(takeLinkToken);
  useEffect(() => {
    const take = () => setToken(takeLinkToken());
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  return (
    <Suspense>
      <Redeem key={token} token={token} />
    </Suspense>
  );
}

/** Confirming a new address. */
export function EmailDoor() {
  const { i18n } = useLingui();
  const [token] = useState(takeLinkToken);
  useTitle(`${i18n._('Confirmar o e-mail novo')} · Recreio`);
  return (
    <Suspense>
      <ConfirmEmail token={token} />
    </Suspense>
  );
}

/** Making the account of an address that was shown to be one's own. */
export function NewAccountDoor() {
  const { i18n } = useLingui();
  const [token] = useState(takeLinkToken);
  useTitle(`${i18n._('Nova conta')} · Recreio`);
  return (
    <Suspense>
      <NewAccount token={token} />
    </Suspense>
  );
}

/** The school does not answer. */
export function Unreachable() {
  const { i18n } = useLingui();
  const { ask } = useSession();
  const [busy, setBusy] = useState(false);
  useTitle('Recreio');
  useEffect(() => {
    const again = () => void ask();
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [ask]);
  return (
    <Door
      title={i18n._('A escola não respondeu')}
      words={i18n._('Pode ser a rede daqui, ou o servidor da escola está parado por um instante.')}
    >
      <Button
        wide
        emphasis="pen"
        icon="refresh-cw"
        busy={busy}
        onClick={() => {
          setBusy(true);
          void ask().finally(() => setBusy(false));
        }}
      >
        {i18n._('Tentar de novo')}
      </Button>
    </Door>
  );
}

/** Says that a part of a page is missing, in its place. */
export function BrokenPart() {
  const { i18n } = useLingui();
  return (
    <Empty
      chalk="blocks"
      title={i18n._('Esta parte não chegou')}
      action={
        <Button icon="refresh-cw" onClick={() => location.reload()}>
          {i18n._('Carregar de novo')}
        </Button>
      }
    >
      {i18n._('Falta a rede, ou a página é de antes de uma atualização. A conversa continua aqui.')}
    </Empty>
  );
}

/** Something of the page broke, or a part of it is of an older release and is not served any more. */
export function Broken({ inside }: { inside: boolean }) {
  const { i18n } = useLingui();
  const title = i18n._('Algo quebrou nesta página');
  const words = i18n._('O que estava na caixa de escrever está guardado neste aparelho. Carregue a página de novo.');
  const again = (
    <Button wide={!inside} emphasis="pen" icon="refresh-cw" onClick={() => location.reload()}>
      {i18n._('Carregar de novo')}
    </Button>
  );
  if (inside)
    return (
      <main className="page" tabIndex={-1} id="conteudo">
        <div className="page-in page-in--narrow" role="alert">
          <Empty chalk="blocks" heading={1} title={title} action={again}>
            {words}
          </Empty>
        </div>
      </main>
    );
  return (
    <Door title={title} words={words}>
      {again}
    </Door>
  );
}
