import { useLingui } from '@lingui/react';
import { Button } from '../controls/Button.tsx';
import { Banner } from '../controls/Notice.tsx';
import { nearTime } from '../i18n/dates.ts';

/** How it stands with this device. */
export type PushState = 'unsupported' | 'install' | 'off-in-school' | 'blocked' | 'off' | 'on';

/** A device that is called. */
export type PushDeviceView = { id: string; device: string; at: number; current: boolean };

/** Whether devices are called when no page is open: this one's switch, and the others'. */
export function PushDevices({
  state,
  saysWords,
  devices,
  now,
  busy,
  error,
  onSwitch,
  onForget,
}: {
  state: PushState;
  /** The school lets it say who wrote what. */
  saysWords: boolean;
  devices: readonly PushDeviceView[];
  now: number;
  busy?: boolean;
  error?: string | undefined;
  onSwitch: (on: boolean) => void;
  onForget: (device: string) => void;
}) {
  const { i18n } = useLingui();
  const others = devices.filter(({ current }) => !current);
  return (
    <section className="shelf" aria-labelledby="recreio-fechado">
      <h2 id="recreio-fechado">{i18n._('Com o Recreio fechado')}</h2>
      {error !== undefined && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {error}
        </Banner>
      )}
      <div className="stack">
        {state === 'off-in-school' ? (
          <p className="soft">{i18n._('A escola não usa avisos em aparelhos com o Recreio fechado.')}</p>
        ) : state === 'install' ? (
          <Banner icon="info">
            {i18n._(
              'Neste aparelho os avisos chegam só ao Recreio instalado: em Compartilhar, escolha “Adicionar à Tela de Início” e abra por lá.',
            )}
          </Banner>
        ) : state === 'unsupported' ? (
          <p className="soft">{i18n._('Este navegador não recebe avisos com a página fechada.')}</p>
        ) : state === 'blocked' ? (
          <Banner icon="bell-off">
            {i18n._('O navegador não deixa o Recreio avisar. Dá para mudar nas permissões deste site.')}
          </Banner>
        ) : (
          <>
            {state === 'on' ? (
              <Banner
                icon="bell"
                tone="pen"
                role="status"
                aside={
                  <Button small busy={busy} onClick={() => onSwitch(false)}>
                    {i18n._('Desligar neste aparelho')}
                  </Button>
                }
              >
                {i18n._('Este aparelho avisa também com o Recreio fechado.')}
              </Banner>
            ) : (
              <div>
                <Button icon="bell" busy={busy} onClick={() => onSwitch(true)}>
                  {i18n._('Avisar neste aparelho…')}
                </Button>
              </div>
            )}
            <p className="small soft">
              {saysWords
                ? i18n._(
                    'Avisa quando falam com você, uma vez por conversa; mostra quem escreveu e o começo da mensagem. Nunca nas horas de silêncio, nem o que você já leu.',
                  )
                : i18n._(
                    'Avisa quando falam com você, uma vez por conversa; diz em que sala, nunca o que foi dito. Nunca nas horas de silêncio, nem o que você já leu.',
                  )}
            </p>
          </>
        )}
        {others.length > 0 && (
          <div>
            <h3 className="subhead">{i18n._('Outros aparelhos que avisam')}</h3>
            <ul className="stack">
              {others.map(({ id, device, at }) => (
                <li key={id} className="row">
                  <div>
                    <b>{device}</b>
                    <p className="small soft">{i18n._('Desde {at}', { at: nearTime(at, now, i18n.locale) })}</p>
                  </div>
                  <span className="push">
                    <Button small busy={busy} onClick={() => onForget(id)}>
                      {i18n._('Desligar')}
                      <span className="sr"> {device}</span>
                    </Button>
                  </span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </section>
  );
}
