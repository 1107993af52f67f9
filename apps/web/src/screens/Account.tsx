import { useLingui } from '@lingui/react';
import { Icon, Link, ListSkeleton, Page, Trouble } from '@recreio/ui';
import { useServerNow } from '../acting.ts';
import { useAsked } from '../asked.ts';
import { troubleWords } from '../problems.ts';
import { useMe } from '../client.tsx';
import { useSession } from '../signed.tsx';
import Elsewhere from './account/Elsewhere.tsx';
import Email from './account/Email.tsx';
import Listening from './account/Listening.tsx';
import Passkeys from './account/Passkeys.tsx';
import Privacy from './account/Privacy.tsx';
import Totp from './account/Totp.tsx';
import Writing from './account/Writing.tsx';
import Yourself from './account/Yourself.tsx';

/** One's own account: how one comes in. */
export default function Account() {
  const { i18n } = useLingui();
  const now = useServerNow();
  const me = useMe();
  const { session } = useSession();
  const provider = session.name === 'in' ? session.welcome.provider : null;
  const factors = useAsked('accounts.factors', {});
  return (
    <Page
      id="conteudo"
      title={i18n._('Minha conta')}
      words={i18n._('Quem você é aqui, como você entra, e o que os outros veem de você.')}
      backHref="/"
    >
      {me !== null && <Yourself me={me} />}
      {factors.data !== undefined ? (
        <>
          <Email />
          {factors.data.identity !== null && provider !== null && (
            <Elsewhere name={provider} isLinked={factors.data.identity} />
          )}
          <Passkeys factors={factors.data} />
          <Totp factors={factors.data} />
        </>
      ) : factors.isError ? (
        <Trouble
          title={i18n._('Não deu para buscar a sua conta')}
          words={troubleWords(i18n, factors.error, now)}
          onRetry={() => void factors.refetch()}
        />
      ) : (
        <ListSkeleton count={2} />
      )}
      {me !== null && <Privacy me={me} />}
      <Writing />
      <Listening />
      <section className="shelf" aria-labelledby="chamar">
        <h2 id="chamar">{i18n._('Como o Recreio chama você')}</h2>
        <p className="soft">{i18n._('Sons, avisos na tela, horas de silêncio e o que cada sala avisa.')}</p>
        <Link className="btn" href="/conta/notificacoes">
          <Icon name="bell" />
          {i18n._('Notificações')}
        </Link>
      </section>
    </Page>
  );
}
