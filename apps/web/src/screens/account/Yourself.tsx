import { useLingui } from '@lingui/react';
import type { Me } from '@recreio/protocol';
import { Button, clockTime, Icon, NameDialog, RoleTag, ZoneDialog } from '@recreio/ui';
import { useState } from 'react';
import { type Act, useAct, useServerNow } from '../../acting.ts';
import { useClient } from '../../client.tsx';
import { useTell } from '../../notices.tsx';
import { personView } from '../../people.ts';
import { deviceZone, knownZones, zoneName, zoneTitle } from '../../zones.ts';

/** How one is spoken of, and where one's days begin and end: said by oneself, in effect on every device. */
export default function Yourself({ me }: { me: Me }) {
  const { i18n } = useLingui();
  const client = useClient();
  const tell = useTell();
  const naming = useAct();
  const placing = useAct();
  const [asking, setAsking] = useState<'pronouns' | 'zone'>();
  const close = (act: Act) => {
    setAsking(undefined);
    act.clear();
  };
  const keep = (act: Act, changes: { pronouns: string | null } | { timeZone: string }) =>
    void act.run(
      async () => {
        await client.call('accounts.updateMe', changes);
        close(act);
        tell(i18n._('Guardado. Vale desde já em todos os seus aparelhos.'));
      },
      {
        'bad-text':
          'pronouns' in changes
            ? i18n._('Confira o que escreveu. Um papel da escola, como “professora”, não é aceito aqui.')
            : i18n._('A escola não conhece este fuso horário. Escolha outro da lista.'),
      },
    );
  return (
    <section className="shelf" aria-labelledby="voce">
      <h2 id="voce">{i18n._('Você')}</h2>
      <ul className="cards">
        <li className="card-row">
          <span className="leaf leaf--l" aria-hidden="true">
            <Icon name="users" />
          </span>
          <div className="card-words">
            <h3>
              <span dir="auto">{me.name}</span> <RoleTag person={personView(me, undefined)} />
            </h3>
            <p className="small soft">
              {me.pronouns === undefined
                ? i18n._('Se quiser, diga os seus pronomes: aparecem ao lado do nome.')
                : i18n._('É assim que os outros veem você.')}
            </p>
          </div>
          <Button small aria-label={i18n._('Mudar os pronomes')} onClick={() => setAsking('pronouns')}>
            {i18n._('Pronomes')}
          </Button>
        </li>
        <Zone
          me={me}
          act={placing}
          onKeep={(timeZone) => keep(placing, { timeZone })}
          onAsk={() => setAsking('zone')}
        />
      </ul>
      {asking === 'pronouns' && (
        <NameDialog
          title={i18n._('Seus pronomes')}
          words={i18n._('Aparecem ao lado do seu nome, para quem está numa sala com você.')}
          label={i18n._('Pronomes')}
          hint={i18n._('Por exemplo: ela/dela, ele/dele, elu/delu. Em branco, não aparece nada.')}
          maxLength={30}
          mayBeEmpty
          initial={me.pronouns ?? ''}
          action={i18n._('Guardar')}
          busy={naming.busy}
          error={naming.error}
          onClose={() => close(naming)}
          onConfirm={(pronouns) => keep(naming, { pronouns: pronouns === '' ? null : pronouns })}
        />
      )}
      {asking === 'zone' && (
        <ZoneDialog
          zones={knownZones(me.timeZone)}
          initial={me.timeZone ?? deviceZone()}
          busy={placing.busy}
          error={placing.error}
          onClose={() => close(placing)}
          onConfirm={(timeZone) => keep(placing, { timeZone })}
        />
      )}
    </section>
  );
}

/** The time zone: guessed by the device until its person confirms it, and told where the device is elsewhere now. */
function Zone({
  me: { timeZone },
  act,
  onKeep,
  onAsk,
}: {
  me: Me;
  act: Act;
  onKeep: (zone: string) => void;
  onAsk: () => void;
}) {
  const { i18n } = useLingui();
  const now = useServerNow();
  const device = deviceZone();
  const shown = timeZone ?? device;
  const words =
    timeZone === null
      ? i18n._('É o que este aparelho diz. Confirme, para a escola saber quando é noite para você.')
      : timeZone === device
        ? i18n._('{zone}. Agora são {time}.', {
            zone: zoneTitle(shown, i18n.locale),
            time: clockTime(now, i18n.locale, shown),
          })
        : i18n._('Este aparelho diz {zone}.', { zone: zoneName(device) });
  return (
    <li className="card-row card-row--acts">
      <span className="leaf leaf--l" aria-hidden="true">
        <Icon name="clock" />
      </span>
      <div className="card-words">
        <h3>{i18n._('Fuso horário: {zone}', { zone: zoneName(shown) })}</h3>
        <p className="small soft">{words}</p>
        {act.error && (
          <p className="field-error" role="alert">
            {act.error}
          </p>
        )}
      </div>
      <div className="row">
        {timeZone !== device && (
          <Button
            small
            busy={act.busy}
            aria-label={
              timeZone === null
                ? i18n._('Confirmar o fuso horário')
                : i18n._('Usar o fuso deste aparelho: {zone}', { zone: zoneName(device) })
            }
            onClick={() => onKeep(device)}
          >
            {timeZone === null ? i18n._('Confirmar') : i18n._('Usar este')}
          </Button>
        )}
        <Button small aria-label={i18n._('Mudar o fuso horário')} onClick={onAsk}>
          {i18n._('Mudar')}
        </Button>
      </div>
    </li>
  );
}
