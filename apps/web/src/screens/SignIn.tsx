import { useLingui } from '@lingui/react';
import { type CallOutput, ProblemError } from '@recreio/client';
import { AskToJoin, ForgotPassword, SignIn as SignInForm } from '@recreio/ui';
import { useState } from 'react';
import { useAct } from '../acting.ts';
import { useClient } from '../client.tsx';
import { useLogo } from '../look.ts';
import { useAddress } from '../address.tsx';
import { askPasskey, hasPasskeys, unlessLeft } from '../passkeys.ts';
import { languageOf } from './redeemed.ts';
import { goToProvider } from '../provider.ts';

/** The door: e-mail and password, and in the demo school its people. Whoever listens to `client.me` hears of the entering. */
export default function SignIn({
  welcome,
  notice,
}: {
  welcome: CallOutput<'accounts.welcome'>;
  /** Why one is here, if one was inside: the session ended. */
  notice?: string | undefined;
}) {
  const { i18n } = useLingui();
  const client = useClient();
  const act = useAct();
  const logo = useLogo();
  const { wanted } = useAddress();
  const [entering, setEntering] = useState<string>();
  const [asksCode, setAsksCode] = useState(false);
  const [forgotten, setForgotten] = useState<'asking' | 'sent'>();
  const [joining, setJoining] = useState<'asking' | 'sent'>();
  const how = welcome.joining === 'closed' ? undefined : welcome.joining;
  const enter = async (email: string, password: string, code?: string): Promise<void> => {
    try {
      await client.signIn({ email, password, ...(code === undefined ? {} : { code }) });
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'second-factor-required') throw error;
      setAsksCode(true);
    }
  };
  if (forgotten !== undefined)
    return (
      <ForgotPassword
        isSent={forgotten === 'sent'}
        busy={act.busy}
        error={act.error}
        onSend={(email) =>
          void act.run(async () => {
            await client.call('accounts.forgotPassword', { email });
            setForgotten('sent');
          })
        }
        onBack={() => {
          setForgotten(undefined);
          act.clear();
        }}
      />
    );
  if (joining !== undefined && how !== undefined)
    return (
      <AskToJoin
        how={how}
        isSent={joining === 'sent'}
        busy={act.busy}
        error={act.error}
        onAsk={({ email, name, words }) =>
          void act.run(
            async () => {
              const language = languageOf(i18n.locale);
              await client.call('joining.ask', { email, language, ...(how === 'approval' ? { name, words } : {}) });
              setJoining('sent');
            },
            {
              'too-many': i18n._('Há muitos pedidos esperando. Tente de novo daqui a alguns dias.'),
              'not-allowed': i18n._('A escola não recebe mais pedidos. Fale com quem a administra.'),
            },
          )
        }
        onBack={() => {
          setJoining(undefined);
          act.clear();
        }}
      />
    );
  return (
    <SignInForm
      school={welcome.school}
      logo={logo}
      demo={welcome.demo.map(({ account, name, role }) => ({ id: account, name, role }))}
      busy={act.busy && entering === undefined}
      entering={entering}
      error={act.error}
      notice={notice}
      foot={how === undefined ? i18n._('Não tem conta? Quem administra a escola manda um convite.') : undefined}
      joining={how}
      onJoin={() => {
        setJoining('asking');
        act.clear();
      }}
      asksCode={asksCode}
      onSignIn={(email, password, code) => void act.run(() => enter(email, password, code))}
      onPasskey={
        hasPasskeys()
          ? () => void act.run(() => unlessLeft(async () => client.signInWithPasskey(await askPasskey(client))))
          : undefined
      }
      provider={welcome.provider}
      onProvider={() => void act.run(() => goToProvider(client, 'enter', wanted ?? '/'))}
      onForgotten={welcome.mail ? () => setForgotten('asking') : undefined}
      onBack={() => {
        setAsksCode(false);
        act.clear();
      }}
      onEnterDemo={(account) => {
        setEntering(account);
        void act.run(() => client.enterDemo(account)).finally(() => setEntering(undefined));
      }}
    />
  );
}
