import { useLingui } from '@lingui/react';
import { Banner, Button, Page, PasswordDialog, Sessions as Devices, Trouble } from '@recreio/ui';
import { useState } from 'react';
import { useAct, useServerNow } from '../acting.ts';
import { useAnswers, useAsked } from '../asked.ts';
import { useClient } from '../client.tsx';
import { useTell } from '../notices.tsx';
import { troubleWords } from '../problems.ts';
import Blocked from './people/Blocked.tsx';

/** One's devices, one's password, and whom one has blocked. */
export default function Sessions() {
  const { i18n } = useLingui();
  const client = useClient();
  const now = useServerNow();
  const answers = useAnswers();
  const tell = useTell();
  const ending = useAct();
  const changing = useAct();
  const [ended, setEnded] = useState<string>();
  const [isChanging, setChanging] = useState(false);
  const sessions = useAsked('accounts.sessions', {});
  const list = sessions.data?.sessions ?? [];
  function end(session: string) {
    const device = list.find(({ id }) => id === session)?.device ?? '';
    setEnded(session);
    void ending
      .run(async () => {
        await client.call('accounts.revokeSession', { session });
        answers.expect('accounts.sessions', {}, (before) => ({
          sessions: before.sessions.filter(({ id }) => id !== session),
        }));
        tell(i18n._('Pronto: {device} não está mais na sua conta.', { device }));
        document.getElementById('conteudo')?.focus();
      })
      .finally(() => {
        setEnded(undefined);
        void answers.again('accounts.sessions');
      });
  }
  function endOthers() {
    setEnded('others');
    void ending
      .run(async () => {
        for (const { id, current } of list) if (!current) await client.call('accounts.revokeSession', { session: id });
        tell(i18n._('Pronto: a sua conta está aberta só neste aparelho.'));
        document.getElementById('conteudo')?.focus();
      })
      .finally(() => {
        setEnded(undefined);
        void answers.again('accounts.sessions');
      });
  }
  function changePassword(current: string, next: string) {
    void changing.run(
      async () => {
        await client.call('accounts.changePassword', { current, next });
        setChanging(false);
        tell(i18n._('Senha trocada. Seus outros aparelhos saíram.'));
        void answers.again('accounts.sessions');
      },
      { 'wrong-credentials': i18n._('A senha de agora não confere.') },
    );
  }
  return (
    <Page
      id="conteudo"
      title={i18n._('Meus aparelhos')}
      words={i18n._('Onde a sua conta está aberta. Se não reconhecer um, saia dele e troque a senha.')}
      backHref="/"
      action={
        <Button icon="key-round" onClick={() => setChanging(true)}>
          {i18n._('Trocar a senha')}
        </Button>
      }
    >
      {ending.error && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {ending.error}
        </Banner>
      )}
      {sessions.isError && list.length === 0 ? (
        <Trouble
          title={i18n._('Não deu para buscar os aparelhos')}
          words={troubleWords(i18n, sessions.error, now)}
          onRetry={() => void sessions.refetch()}
        />
      ) : (
        <Devices
          sessions={list.map(({ id, device, current, createdAt, lastSeenAt }) => ({
            id,
            device,
            current,
            createdAt: Date.parse(createdAt),
            lastSeenAt: Date.parse(lastSeenAt),
          }))}
          loading={sessions.isPending}
          now={now}
          ending={ended}
          onEnd={end}
          onEndOthers={endOthers}
        />
      )}
      <Blocked />
      {isChanging && (
        <PasswordDialog
          busy={changing.busy}
          error={changing.error}
          onConfirm={changePassword}
          onClose={() => {
            setChanging(false);
            changing.clear();
          }}
        />
      )}
    </Page>
  );
}
