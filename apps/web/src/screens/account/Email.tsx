import { useLingui } from '@lingui/react';
import { Button, Icon, NameDialog } from '@recreio/ui';
import { useState } from 'react';
import { useAct } from '../../acting.ts';
import { useClient, useMe } from '../../client.tsx';
import { useTell } from '../../notices.tsx';
import { useSession } from '../../signed.tsx';

/** The address that one signs in with, and the way to another one, where the school sends mail. */
export default function Email() {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe();
  const tell = useTell();
  const act = useAct();
  const { session } = useSession();
  const [isAsking, setAsking] = useState(false);
  const canChange = session.name === 'in' && session.welcome.mail;
  const close = () => {
    setAsking(false);
    act.clear();
  };
  return (
    <section className="shelf">
      <h2>{i18n._('E-mail')}</h2>
      <ul className="cards">
        <li className="card-row">
          <span className="leaf leaf--l" aria-hidden="true">
            <Icon name="at-sign" />
          </span>
          <div className="card-words">
            <h3 className="email">{me?.email}</h3>
            <p className="small soft">
              {canChange
                ? i18n._('É com ele que você entra.')
                : i18n._('Para mudar, fale com quem administra a escola.')}
            </p>
          </div>
          {canChange && (
            <Button small onClick={() => setAsking(true)}>
              {i18n._('Mudar')}
            </Button>
          )}
        </li>
      </ul>
      {isAsking && (
        <NameDialog
          title={i18n._('Mudar o e-mail')}
          words={i18n._('Mandamos um link para o endereço novo. O de agora vale até você abrir esse link.')}
          label={i18n._('E-mail novo')}
          type="email"
          initial=""
          action={i18n._('Mandar o link')}
          busy={act.busy}
          error={act.error}
          onClose={close}
          onConfirm={(email) =>
            void act.run(
              async () => {
                await client.call('accounts.changeEmail', { email });
                close();
                tell(i18n._('Veja o e-mail novo: o link está a caminho.'));
              },
              { 'bad-text': i18n._('Confira o e-mail: precisa de um @ e de um domínio.') },
            )
          }
        />
      )}
    </section>
  );
}
