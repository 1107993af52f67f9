import { useLingui } from '@lingui/react';
import { RedeemLink } from '@recreio/ui';
import { useAct } from '../acting.ts';
import { useClient } from '../client.tsx';
import { enterAnew, languageOf } from './redeemed.ts';

/** The page of the set-up link that the server prints: the first administrator names the school and makes their account. */
export default function SetUp({ token }: { token: string }) {
  const { i18n } = useLingui();
  const client = useClient();
  const act = useAct();
  return (
    <RedeemLink
      kind="set-up"
      busy={act.busy}
      error={act.error}
      onRedeem={(account) =>
        void act.run(
          async () => {
            await client.call('accounts.redeemLink', { token, ...account, language: languageOf(i18n.locale) });
            enterAnew();
          },
          { 'already-taken': i18n._('Já há uma conta com este e-mail.') },
        )
      }
    />
  );
}
