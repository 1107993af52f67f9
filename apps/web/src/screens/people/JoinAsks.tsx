import { useLingui } from '@lingui/react';
import {
  Confirm,
  JoinAsks as Asks,
  type JoinAskView,
  NameDialog,
  OneTimeLinkDialog,
  type OneTimeLinkView,
} from '@recreio/ui';
import { useState } from 'react';
import { useAct, useServerNow } from '../../acting.ts';
import { useAnswers, useAsked } from '../../asked.ts';
import { useClient } from '../../client.tsx';
import { useTell } from '../../notices.tsx';

type Answering = { kind: 'admit' | 'decline'; ask: JoinAskView };

/** Who asks to come into the school, and what administrators answer. */
export default function JoinAsks({ onDone }: { onDone: () => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const tell = useTell();
  const now = useServerNow();
  const act = useAct();
  const { data } = useAsked('joining.asks', {});
  const [answering, setAnswering] = useState<Answering>();
  const [link, setLink] = useState<OneTimeLinkView>();
  const close = () => {
    setAnswering(undefined);
    act.clear();
  };
  const again = () => {
    void answers.again('joining.asks');
    onDone();
  };
  const gone = { 'not-found': i18n._('Alguém já respondeu a este pedido.') };
  return (
    <>
      <Asks
        asks={(data?.asks ?? []).map((ask) => ({ ...ask, at: Date.parse(ask.at) }))}
        now={now}
        onAdmit={(ask) => setAnswering({ kind: 'admit', ask })}
        onDecline={(ask) => setAnswering({ kind: 'decline', ask })}
      />
      {answering?.kind === 'admit' && (
        <NameDialog
          title={i18n._('Aceitar {name}?', { name: answering.ask.name })}
          words={i18n._(
            'A conta é de estudante, com {email}. Confira o nome: é com ele que os outros vão ver a pessoa.',
            {
              email: answering.ask.email,
            },
          )}
          initial={answering.ask.name}
          action={i18n._('Aceitar')}
          busy={act.busy}
          error={act.error}
          onClose={close}
          onConfirm={(name) =>
            void act.run(
              async () => {
                const {
                  account,
                  link: made,
                  isMailed,
                } = await client.call('joining.admit', {
                  ask: answering.ask.id,
                  ...(name === answering.ask.name ? {} : { name }),
                });
                close();
                again();
                setLink({ name: account.name, url: made.url, expiresAt: Date.parse(made.expiresAt) });
                if (isMailed) tell(i18n._('O link também foi por e-mail.'));
              },
              {
                ...gone,
                'already-taken': i18n._('Já há uma conta com este e-mail.'),
                'bad-text': i18n._('Confira o nome. Um nome parecido com o de alguém da equipe não é aceito.'),
              },
            )
          }
        />
      )}
      {answering?.kind === 'decline' && (
        <Confirm
          title={i18n._('Recusar o pedido de {name}?', { name: answering.ask.name })}
          words={i18n._('Ninguém é avisado, e por um mês este e-mail não consegue pedir de novo.')}
          error={act.error}
          action={i18n._('Recusar')}
          busy={act.busy}
          onClose={close}
          onConfirm={() =>
            void act.run(async () => {
              await client.call('joining.decline', { ask: answering.ask.id });
              close();
              again();
              tell(i18n._('O pedido foi recusado.'));
            }, gone)
          }
        />
      )}
      {link && (
        <OneTimeLinkDialog title={i18n._('A conta está feita')} link={link} onClose={() => setLink(undefined)} />
      )}
    </>
  );
}
