import { useLingui } from '@lingui/react';
import { type InputOf, isQuiet, isResting, type notifications, type QuietHours } from '@recreio/protocol';
import { Banner, DoNotDisturb, Page, QuietHoursSettings } from '@recreio/ui';
import { useAct, useServerNow } from '../acting.ts';
import { calmOf, zoneOf, quietHoursFor } from '../calling/calm.ts';
import { useChosen } from '../choosing.ts';
import { useClient, useMe, useSchool } from '../client.tsx';
import ByMail from './notifications/ByMail.tsx';
import OnThisDevice from './notifications/OnThisDevice.tsx';
import OwnWords from './notifications/OwnWords.tsx';
import PushSwitch from './notifications/PushSwitch.tsx';
import TunedRooms from './notifications/TunedRooms.tsx';

/** What somebody begins with who chooses hours of their own. */
const NIGHT: QuietHours = { from: 22 * 60, to: 7 * 60, days: [1, 2, 3, 4, 5, 6, 7] };

/** What of it is kept as soon as it is chosen. */
type Choices = Pick<InputOf<typeof notifications.setCalm>, 'quietHours' | 'mail'>;

/** How one is called, and when not. */
export default function Notifications() {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe();
  const school = useSchool();
  const now = useServerNow();
  const act = useAct();
  const { chosen, choose, error } = useChosen<Choices>(me?.calm, (changes) =>
    client.call('notifications.setCalm', changes),
  );
  const calm = calmOf(me);
  const quiet = quietHoursFor(me, school);
  const { doNotDisturb } = calm;
  const until = doNotDisturb === null || doNotDisturb.until === null ? null : Date.parse(doNotDisturb.until);
  const quietHours = 'quietHours' in chosen ? chosen.quietHours : calm.quietHours;
  const own = quietHours === null || quietHours === 'school' ? undefined : quietHours;
  const trouble = error ?? act.error;
  return (
    <Page
      title={i18n._('Notificações')}
      words={i18n._('Quando o Recreio chama você, e quando não. Vale em todos os seus aparelhos, menos o que é deste.')}
      backHref="/"
    >
      {trouble !== undefined && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {trouble}
        </Banner>
      )}
      <DoNotDisturb
        until={isResting(calm, Math.min(now, client.serverNow())) ? until : undefined}
        now={now}
        busy={act.busy}
        onRest={(seconds) =>
          void act.run(() =>
            client.call('notifications.setCalm', { doNotDisturb: seconds === undefined ? null : { seconds } }),
          )
        }
      />
      <QuietHoursSettings
        choice={own !== undefined ? 'own' : quietHours === null ? 'none' : 'school'}
        own={own ?? NIGHT}
        ofSchool={me?.minor === true ? (school?.policies.quietHours ?? null) : null}
        isQuietNow={isQuiet(quiet, zoneOf(me), now)}
        onChoice={(choice) =>
          choose({ quietHours: choice === 'school' ? 'school' : choice === 'none' ? null : (own ?? NIGHT) })
        }
        onOwn={(hours) => choose({ quietHours: { ...hours, days: [...hours.days] } })}
      />
      <OnThisDevice />
      <PushSwitch />
      <ByMail chosen={chosen.mail} onPace={(mail) => choose({ mail })} />
      <OwnWords />
      <TunedRooms now={now} />
    </Page>
  );
}
