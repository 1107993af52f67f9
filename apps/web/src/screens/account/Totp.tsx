import { useLingui } from '@lingui/react';
import type { CallOutput } from '@recreio/client';
import { Button, Confirm, fullTime, Icon, RecoveryCodesDialog, TotpDialog } from '@recreio/ui';
import { useState } from 'react';
import { useAct } from '../../acting.ts';
import { useAnswers } from '../../asked.ts';
import { useClient } from '../../client.tsx';
import { useTell } from '../../notices.tsx';

type Asking =
  | { kind: 'setup'; begun: CallOutput<'accounts.beginTotp'> }
  | { kind: 'codes'; codes: readonly string[] }
  | { kind: 'remove' | 'renew' };

/** Codes from an app: setting one up, its recovery codes, and stopping to use it. */
export default function Totp({ factors }: { factors: CallOutput<'accounts.factors'> }) {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const tell = useTell();
  const beginning = useAct();
  const act = useAct();
  const [asking, setAsking] = useState<Asking>();
  const close = () => {
    setAsking(undefined);
    act.clear();
  };
  const again = () => {
    void answers.again('accounts.factors');
    void answers.again('accounts.sessions');
  };
  const { totp, recoveryCodes } = factors;
  return (
    <section className="shelf">
      <h2>{i18n._('Segunda etapa da entrada')}</h2>
      <p className="small soft">
        {i18n._('Além da senha, um código que só o seu celular sabe. Quem descobrir a senha não entra com ela.')}
      </p>
      {(beginning.error ?? (asking === undefined ? act.error : undefined)) && (
        <p className="field-error" role="alert">
          {beginning.error ?? act.error}
        </p>
      )}
      <ul className="cards">
        <li className="card-row">
          <span className="leaf leaf--l" aria-hidden="true">
            <Icon name="smartphone" />
          </span>
          <div className="card-words">
            <h3>
              {i18n._('Códigos por aplicativo')}
              {totp && (
                <>
                  {' '}
                  <span className="tag tag--pen">{i18n._('Ligados')}</span>
                </>
              )}
            </h3>
            <p className="small soft">
              {totp
                ? i18n._('Desde {at}.', { at: fullTime(Date.parse(totp.since), i18n.locale) })
                : i18n._('Com um aplicativo autenticador, que funciona também sem rede.')}
            </p>
          </div>
          {totp ? (
            <Button small onClick={() => setAsking({ kind: 'remove' })}>
              {i18n._('Desligar')}
            </Button>
          ) : (
            <Button
              small
              emphasis="pen"
              aria-label={i18n._('Ligar os códigos por aplicativo')}
              busy={beginning.busy}
              onClick={() =>
                void beginning.run(async () =>
                  setAsking({ kind: 'setup', begun: await client.call('accounts.beginTotp', {}) }),
                )
              }
            >
              {i18n._('Ligar')}
            </Button>
          )}
        </li>
        {totp && (
          <li className="card-row">
            <span className="leaf leaf--l" aria-hidden="true">
              <Icon name="key-round" />
            </span>
            <div className="card-words">
              <h3>{i18n._('Códigos de reserva')}</h3>
              <p className="small soft">
                {i18n._(
                  '{count, plural, =0 {Não sobrou nenhum. Faça novos antes de precisar.} one {Sobrou # para quando o celular faltar.} other {Sobraram # para quando o celular faltar.}}',
                  { count: recoveryCodes },
                )}
              </p>
            </div>
            <Button small onClick={() => setAsking({ kind: 'renew' })}>
              {i18n._('Fazer novos')}
            </Button>
          </li>
        )}
      </ul>
      {asking?.kind === 'setup' && (
        <TotpDialog
          {...asking.begun}
          busy={act.busy}
          error={act.error}
          onClose={close}
          onConfirm={(code) =>
            void act.run(
              async () => {
                const { recoveryCodes: codes } = await client.call('accounts.confirmTotp', { code });
                setAsking({ kind: 'codes', codes });
                again();
              },
              {
                'wrong-code': i18n._(
                  'O código não confere. Veja se o relógio do celular está certo e tente o próximo.',
                ),
              },
            )
          }
        />
      )}
      {asking?.kind === 'codes' && <RecoveryCodesDialog codes={asking.codes} onClose={close} />}
      {asking?.kind === 'renew' && (
        <Confirm
          emphasis="pen"
          title={i18n._('Fazer novos códigos de reserva?')}
          words={i18n._('Os que você guardou antes deixam de valer.')}
          error={act.error}
          action={i18n._('Fazer novos')}
          busy={act.busy}
          onClose={close}
          onConfirm={() =>
            void act.run(async () => {
              const { recoveryCodes: codes } = await client.call('accounts.newRecoveryCodes', {});
              setAsking({ kind: 'codes', codes });
              again();
            })
          }
        />
      )}
      {asking?.kind === 'remove' && (
        <Confirm
          title={i18n._('Desligar a segunda etapa?')}
          words={i18n._('A senha volta a bastar para entrar. Seus outros aparelhos saem e precisam entrar de novo.')}
          error={act.error}
          action={i18n._('Desligar')}
          busy={act.busy}
          onClose={close}
          onConfirm={() =>
            void act.run(async () => {
              await client.call('accounts.removeTotp', {});
              close();
              tell(i18n._('A segunda etapa está desligada.'));
              again();
            })
          }
        />
      )}
    </section>
  );
}
