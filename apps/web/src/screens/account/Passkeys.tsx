import { useLingui } from '@lingui/react';
import type { CallOutput } from '@recreio/client';
import type { Passkey } from '@recreio/protocol';
import { agoTime, Button, Confirm, fullTime, Icon, IconButton, NameDialog, When } from '@recreio/ui';
import { useState } from 'react';
import { useAct, useServerNow } from '../../acting.ts';
import { useAnswers } from '../../asked.ts';
import { useClient } from '../../client.tsx';
import { useTell } from '../../notices.tsx';
import { hasPasskeys, makePasskey, unlessLeft } from '../../passkeys.ts';

type Asking = { kind: 'add' } | { kind: 'rename' | 'remove'; passkey: Passkey };

/** The passkeys of a person: adding, naming and removing them. */
export default function Passkeys({ factors }: { factors: CallOutput<'accounts.factors'> }) {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const tell = useTell();
  const now = useServerNow();
  const act = useAct();
  const [asking, setAsking] = useState<Asking>();
  const canAdd = hasPasskeys();
  const close = () => {
    setAsking(undefined);
    act.clear();
  };
  const done = (words: string) => {
    close();
    tell(words);
    void answers.again('accounts.factors');
    void answers.again('accounts.sessions');
  };
  const refused = {
    'passkey-refused': i18n._('A escola não aceitou esta chave. Tente de novo, ou com outro aparelho.'),
  };
  return (
    <section className="shelf">
      <h2>{i18n._('Chaves de acesso')}</h2>
      <p className="small soft">
        {i18n._('Entre com o dedo, o rosto ou o PIN do aparelho, sem senha. Cada chave só serve nesta escola.')}
      </p>
      <ul className="cards" hidden={factors.passkeys.length === 0}>
        {factors.passkeys.map((passkey) => (
          <li key={passkey.id} className="card-row">
            <span className="leaf leaf--l" aria-hidden="true">
              <Icon name="key-round" />
            </span>
            <div className="card-words">
              <h3 dir="auto">{passkey.name}</h3>
              <p className="small soft">
                {passkey.lastUsedAt === null ? (
                  i18n._('Feita em {at}, ainda não usada.', {
                    at: fullTime(Date.parse(passkey.createdAt), i18n.locale),
                  })
                ) : (
                  <When at={Date.parse(passkey.lastUsedAt)}>
                    {i18n._('Usada {ago}.', { ago: agoTime(Date.parse(passkey.lastUsedAt), now, i18n.locale) })}
                  </When>
                )}
              </p>
            </div>
            <div className="row">
              <IconButton
                icon="pencil"
                label={i18n._('Mudar o nome de {name}', { name: passkey.name })}
                onClick={() => setAsking({ kind: 'rename', passkey })}
              />
              <IconButton
                icon="trash-2"
                label={i18n._('Remover {name}', { name: passkey.name })}
                onClick={() => setAsking({ kind: 'remove', passkey })}
              />
            </div>
          </li>
        ))}
      </ul>
      <div className="more more--start">
        {canAdd ? (
          <Button icon="plus" onClick={() => setAsking({ kind: 'add' })}>
            {i18n._('Fazer uma chave de acesso')}
          </Button>
        ) : (
          <p className="small soft">{i18n._('Este navegador não sabe fazer chaves de acesso.')}</p>
        )}
      </div>
      {asking?.kind === 'add' && (
        <NameDialog
          title={i18n._('Fazer uma chave de acesso')}
          words={i18n._('Dê um nome para reconhecer este aparelho depois. Em seguida ele mesmo pergunta por você.')}
          initial=""
          action={i18n._('Fazer')}
          busy={act.busy}
          error={act.error}
          onClose={close}
          onConfirm={(name) =>
            void act.run(
              async () => {
                const isDone = await unlessLeft(async () =>
                  client.call('accounts.addPasskey', { ...(await makePasskey(client)), name }),
                );
                if (isDone) done(i18n._('A chave está pronta: da próxima vez, entre com ela.'));
              },
              { ...refused, 'already-taken': i18n._('Este aparelho já tem uma chave daqui.') },
            )
          }
        />
      )}
      {asking?.kind === 'rename' && (
        <NameDialog
          title={i18n._('Mudar o nome da chave')}
          initial={asking.passkey.name}
          action={i18n._('Guardar')}
          busy={act.busy}
          error={act.error}
          onClose={close}
          onConfirm={(name) =>
            void act.run(async () => {
              await client.call('accounts.renamePasskey', { passkey: asking.passkey.id, name });
              done(i18n._('A chave agora se chama {name}.', { name }));
            })
          }
        />
      )}
      {asking?.kind === 'remove' && (
        <Confirm
          title={i18n._('Remover a chave {name}?', { name: asking.passkey.name })}
          words={i18n._('Ela deixa de abrir a sua conta, e seus outros aparelhos saem.')}
          error={act.error}
          action={i18n._('Remover')}
          busy={act.busy}
          onClose={close}
          onConfirm={() =>
            void act.run(async () => {
              await client.call('accounts.removePasskey', { passkey: asking.passkey.id });
              done(i18n._('A chave foi removida.'));
            })
          }
        />
      )}
    </section>
  );
}
