import { useLingui } from '@lingui/react';
import { ProveDialog } from '@recreio/ui';
import { useAct } from '../../acting.ts';
import { useAsked } from '../../asked.ts';
import { useClient, useMe } from '../../client.tsx';
import { goToProvider } from '../../provider.ts';
import { useSession } from '../../signed.tsx';
import { askPasskey, hasPasskeys, unlessLeft } from '../../passkeys.ts';

/** The dialog that asks once more who one is, by the ways that this person has. */
export default function Prove({ onDone }: { onDone: (isProved: boolean) => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe();
  const act = useAct();
  const { session } = useSession();
  const factors = useAsked('accounts.factors', {});
  if (factors.data === undefined) return null;
  const { password, totp, demo, passkeys, identity } = factors.data;
  return (
    <ProveDialog
      email={me?.email ?? ''}
      ways={demo ? { password: false, code: false, demo: true } : { password, code: totp !== null, demo: false }}
      busy={act.busy}
      error={act.error}
      onProve={(proof) =>
        void act.run(
          async () => {
            await client.call('accounts.stepUp', proof);
            onDone(true);
          },
          { 'wrong-credentials': i18n._('A senha não confere. Confira e tente de novo.') },
        )
      }
      onPasskey={
        passkeys.length > 0 && hasPasskeys()
          ? () =>
              void act.run(async () => {
                const isDone = await unlessLeft(async () =>
                  client.call('accounts.stepUp', { passkey: await askPasskey(client) }),
                );
                if (isDone) onDone(true);
              })
          : undefined
      }
      provider={identity ? session.name === 'in' && session.welcome.provider : null}
      onProvider={() => void act.run(() => goToProvider(client, 'enter', location.pathname, true))}
      onClose={() => onDone(false)}
    />
  );
}
