import { useLingui } from '@lingui/react';
import { RedeemLink } from '@recreio/ui';
import { useAct } from '../acting.ts';
import { useClient } from '../client.tsx';
import { useSession } from '../signed.tsx';
import { enterAnew, languageOf } from './redeemed.ts';

/** What the server calls a school whose name nobody has said yet. */
const unnamed = 'Recreio';

/** The page of the set-up link that the server prints: the first administrator names the school, unless who installed it has done so (SCHOOL_NAME), and makes their account. */
export default function SetUp({ token }: { token: string }) {
  const { i18n } = useLingui();
  const client = useClient();
  const act = useAct();
  const { session } = useSession();
  // Whether its name is asked for depends on the server's answer
  if (session.name === 'asking') return null;
  const school = session.name === 'unreachable' ? '' : session.welcome.school;
  return (
    <RedeemLink
      kind="set-up"
      school={school === unnamed ? '' : school}
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
