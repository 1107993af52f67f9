import type { I18n } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { ProblemError, type CallOutput } from '@recreio/client';
import { Door, Link, RedeemLink } from '@recreio/ui';
import { useCallback, useState } from 'react';
import { useAct } from '../acting.ts';
import { useClient } from '../client.tsx';
import { useSession } from '../signed.tsx';
import { useTitle } from '../titles.ts';
import { LinkPage, type Reading, useReading } from './reading.tsx';
import { enterAnew, languageOf } from './redeemed.ts';
import SetUp from './SetUp.tsx';

/** The page of a one-time link: says what it is for, and uses it up when the person has chosen a password. */
export default function Redeem({ token }: { token: string }) {
  const { i18n } = useLingui();
  const client = useClient();
  const { reading, onUsed, again } = useReading(
    useCallback(async () => client.call('accounts.readLink', { token }), [client, token]),
  );
  useTitle(`${titleOf(i18n, reading)} · Recreio`);
  return (
    <LinkPage reading={reading} again={again} used={<UsedLink />}>
      {(link) =>
        link.kind === 'set-up' ? (
          <SetUp token={token} />
        ) : (
          <ChoosePassword token={token} link={link} kind={link.kind} onUsed={onUsed} />
        )
      }
    </LinkPage>
  );
}

/** What the link turned out to be for. */
function titleOf(i18n: I18n, reading: Reading<CallOutput<'accounts.readLink'>>): string {
  if (reading.state !== 'read') return i18n._('Link de entrada');
  switch (reading.link.kind) {
    case 'set-up':
      return i18n._('Abrir a escola');
    case 'password':
      return i18n._('Nova senha');
    case 'invitation':
      return i18n._('Convite');
  }
}

function ChoosePassword({
  token,
  link,
  kind,
  onUsed,
}: {
  token: string;
  link: CallOutput<'accounts.readLink'>;
  kind: 'invitation' | 'password';
  onUsed: () => void;
}) {
  const { i18n } = useLingui();
  const client = useClient();
  const act = useAct();
  const { session } = useSession();
  const [asksCode, setAsksCode] = useState(false);
  return (
    <RedeemLink
      kind={kind}
      school={session.name === 'in' || session.name === 'out' ? session.welcome.school : ''}
      name={link.name ?? ''}
      email={link.email ?? ''}
      busy={act.busy}
      error={act.error}
      asksCode={asksCode}
      onRedeem={({ password, code }) =>
        void act.run(async () => {
          try {
            await client.call('accounts.redeemLink', {
              token,
              password,
              language: languageOf(i18n.locale),
              ...(code === undefined ? {} : { code }),
            });
          } catch (error) {
            if (error instanceof ProblemError && error.problem.code === 'second-factor-required')
              return setAsksCode(true);
            if (!(error instanceof ProblemError) || error.problem.code !== 'link-used') throw error;
            onUsed();
            return;
          }
          enterAnew();
        })
      }
    />
  );
}

/** A link that leads nowhere any more, and the two ways on from here. */
function UsedLink() {
  const { i18n } = useLingui();
  return (
    <Door
      title={i18n._('Este link não vale mais')}
      words={i18n._(
        'Cada link só serve uma vez e tem um prazo. Este já foi usado, venceu, ou foi copiado pela metade.',
      )}
    >
      <ul className="md stack">
        <li>{i18n._('Já escolheu a sua senha? Entre com ela e o seu e-mail.')}</li>
        <li>{i18n._('Ainda não? Peça um link novo a quem administra a escola.')}</li>
      </ul>
      <Link className="btn btn--pen btn--wide" href="/entrar">
        {i18n._('Ir para a entrada')}
      </Link>
    </Door>
  );
}
