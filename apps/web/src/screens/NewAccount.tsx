import { useLingui } from '@lingui/react';
import { Door, Link, RedeemLink } from '@recreio/ui';
import { useCallback } from 'react';
import { useAct } from '../acting.ts';
import { useClient } from '../client.tsx';
import { isUsed, LinkPage, useReading } from './reading.tsx';
import { enterAnew, languageOf } from './redeemed.ts';

/** The page of a link that went to an address of the school: a name, a password, and one is in. */
export default function NewAccount({ token }: { token: string }) {
  const { i18n } = useLingui();
  const client = useClient();
  const act = useAct();
  const { reading, onUsed, again } = useReading(
    useCallback(async () => client.call('joining.read', { token }), [client, token]),
  );
  return (
    <LinkPage reading={reading} again={again} used={<UsedLink />}>
      {({ email }) => (
        <RedeemLink
          kind="joining"
          email={email}
          busy={act.busy}
          error={act.error}
          onRedeem={({ name, password }) =>
            void act.run(
              async () => {
                try {
                  await client.call('joining.enter', { token, name, password, language: languageOf(i18n.locale) });
                } catch (error) {
                  if (!isUsed(error)) throw error;
                  onUsed();
                  return;
                }
                enterAnew();
              },
              { 'bad-text': i18n._('Confira o nome. Um nome parecido com o de alguém da equipe não é aceito.') },
            )
          }
        />
      )}
    </LinkPage>
  );
}

function UsedLink() {
  const { i18n } = useLingui();
  return (
    <Door
      title={i18n._('Este link não vale mais')}
      words={i18n._('Cada link só serve uma vez, por um dia. Se você já tem conta, entre; se não, peça outro.')}
    >
      <Link className="btn btn--pen btn--wide" href="/entrar">
        {i18n._('Ir para a entrada')}
      </Link>
    </Door>
  );
}
