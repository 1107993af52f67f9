import { useLingui } from '@lingui/react';
import { Button, Icon } from '@recreio/ui';
import { useAct } from '../../acting.ts';
import { useAnswers } from '../../asked.ts';
import { useClient } from '../../client.tsx';
import { useTell } from '../../notices.tsx';
import { goToProvider } from '../../provider.ts';

/** The school's own sign-in: whether it opens this account, and the way to change that. */
export default function Elsewhere({ name, isLinked }: { name: string; isLinked: boolean }) {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const tell = useTell();
  const act = useAct();
  return (
    <section className="shelf">
      <h2>{i18n._('Entrar com {name}', { name })}</h2>
      {act.error && (
        <p className="field-error" role="alert">
          {act.error}
        </p>
      )}
      <ul className="cards">
        <li className="card-row">
          <span className="leaf leaf--l" aria-hidden="true">
            <Icon name="shield-check" />
          </span>
          <div className="card-words">
            <h3 dir="auto">{name}</h3>
            <p className="small soft">
              {isLinked ? i18n._('Abre a sua conta aqui.') : i18n._('Ainda não abre a sua conta aqui.')}
            </p>
          </div>
          <Button
            small
            aria-label={isLinked ? i18n._('Desligar {name}', { name }) : i18n._('Ligar {name}', { name })}
            busy={act.busy}
            onClick={() =>
              void act.run(
                async () => {
                  if (!isLinked) return await goToProvider(client, 'link', '/conta');
                  await client.call('accounts.unlinkOidc', {});
                  tell(i18n._('{name} não abre mais a sua conta.', { name }));
                  return await answers.again('accounts.factors');
                },
                {
                  'not-allowed': i18n._('É a sua única entrada. Escolha antes uma senha, ou faça uma chave de acesso.'),
                },
              )
            }
          >
            {isLinked ? i18n._('Desligar') : i18n._('Ligar')}
          </Button>
        </li>
      </ul>
    </section>
  );
}
