import { useLingui } from '@lingui/react';
import { isQuiet, isResting, type QuietHours } from '@recreio/protocol';
import { Banner, DoNotDisturb, Page, QuietHoursSettings } from '@recreio/ui';
import { useAct, useServerNow } from '../acting.ts';
import { calmOf, zoneOf, quietHoursFor } from '../calling/calm.ts';
import { useClient, useMe, useSchool } from '../client.tsx';
import OnThisDevice from './notifications/OnThisDevice.tsx';
import PushSwitch from './notifications/PushSwitch.tsx';
import TunedRooms from './notifications/TunedRooms.tsx';

/** What somebody begins with who chooses hours of their own. */
const NIGHT: QuietHours = { from: 22 * 60, to: 7 * 60, days: [1, 2, 3, 4, 5, 6, 7] };

/** How one is called, and when not. */
export default function Notifications() {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe();
  const school = useSchool();
  const now = useServerNow();
  const act = useAct();
  const calm = calmOf(me);
  const quiet = quietHoursFor(me, school);
  const { doNotDisturb, quietHours } = calm;
  const until = doNotDisturb === null || doNotDisturb.until === null ? null : Date.parse(doNotDisturb.until);
  const set = (changes: Parameters<typeof client.call<'notifications.setCalm'>>[1]) =>
    void act.run(() => client.call('notifications.setCalm', changes));
  return (
    <Page
      title={i18n._('Notificações')}
      words={i18n._('Quando o Recreio chama você, e quando não. Vale em todos os seus aparelhos, menos o que é deste.')}
      backHref="/"
    >
      {act.error !== undefined && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {act.error}
        </Banner>
      )}
      <DoNotDisturb
        until={isResting(calm, Math.min(now, client.serverNow())) ? until : undefined}
        now={now}
        busy={act.busy}
        onRest={(seconds) => set({ doNotDisturb: seconds === undefined ? null : { seconds } })}
      />
      <QuietHoursSettings
        choice={quietHours === undefined ? 'school' : quietHours === null ? 'none' : 'own'}
        own={quietHours ?? NIGHT}
        ofSchool={me?.minor === true ? (school?.policies.quietHours ?? null) : null}
        isQuietNow={isQuiet(quiet, zoneOf(me), now)}
        onChoice={(choice) =>
          set({ quietHours: choice === 'school' ? 'school' : choice === 'none' ? null : (quietHours ?? NIGHT) })
        }
        onOwn={(hours) => set({ quietHours: { ...hours, days: [...hours.days] } })}
      />
      <OnThisDevice />
      <PushSwitch />
      <TunedRooms now={now} />
    </Page>
  );
}
