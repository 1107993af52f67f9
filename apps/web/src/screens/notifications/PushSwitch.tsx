import { useLingui } from '@lingui/react';
import { PushDevices, type PushState } from '@recreio/ui';
import { useState } from 'react';
import { useAct, useServerNow } from '../../acting.ts';
import { useAnswers, useAsked } from '../../asked.ts';
import { useClient, useMe, useSchool } from '../../client.tsx';
import { callThisDevice, canBeCalled, leaveThisDevice, needsInstalling } from '../../push/device.ts';
import { canWork } from '../../push/worker.ts';

const permissionNow = () => (canBeCalled() ? Notification.permission : 'default');

/** Whether this device, and which others, are called when no page is open. */
export default function PushSwitch() {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe();
  const school = useSchool();
  const now = useServerNow();
  const act = useAct();
  const answers = useAnswers();
  const [permission, setPermission] = useState(permissionNow);
  const [failed, setFailed] = useState(false);
  const policy = school?.policies.push ?? 'off';
  const { data } = useAsked('push.devices', {}, { enabled: policy !== 'off' });
  const devices = data?.devices ?? [];
  const current = devices.find((device) => device.current);
  const state: PushState =
    policy === 'off'
      ? 'off-in-school'
      : needsInstalling()
        ? 'install'
        : !canBeCalled() || !canWork()
          ? 'unsupported'
          : permission === 'denied'
            ? 'blocked'
            : current !== undefined && permission === 'granted'
              ? 'on'
              : 'off';

  async function turn(on: boolean) {
    setFailed(false);
    if (me === null) return;
    if (on) {
      const answer = await Notification.requestPermission();
      setPermission(answer);
      if (answer !== 'granted') return;
    }
    await act.run(async () => {
      if (!on) {
        if (current) await leaveThisDevice(client, current.id);
      } else
        await callThisDevice(client, me.id).catch((error: unknown) => {
          // The browser's own refusal has no words of ours
          if (!(error instanceof DOMException)) throw error;
          setFailed(true);
        });
    });
    await answers.again('push.devices');
  }
  async function forget(device: string) {
    await act.run(() => client.call('push.unsubscribe', { device }));
    await answers.again('push.devices');
  }
  return (
    <PushDevices
      state={state}
      saysWords={policy === 'words'}
      devices={devices.map(({ id, device, createdAt, current: isThis }) => ({
        id,
        device,
        at: Date.parse(createdAt),
        current: isThis,
      }))}
      now={now}
      busy={act.busy}
      error={
        failed
          ? i18n._('O navegador não conseguiu um endereço para os avisos. Veja se há rede e tente de novo.')
          : act.error
      }
      onSwitch={(on) => void turn(on)}
      onForget={(device) => void forget(device)}
    />
  );
}
