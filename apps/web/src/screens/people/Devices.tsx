import { useLingui } from '@lingui/react';
import { type AccountView, Button, Dialog, Sessions } from '@recreio/ui';
import { useState } from 'react';
import { useAct, useServerNow } from '../../acting.ts';
import { useAnswers, useAsked } from '../../asked.ts';
import { useClient } from '../../client.tsx';

/** The signed-in devices of a person, for administrators: what was lost, or left open, is signed out from here. */
export default function Devices({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const now = useServerNow();
  const act = useAct();
  const [ending, setEnding] = useState<string>();
  const input = { account: account.person.id };
  const { data, isPending } = useAsked('accounts.sessionsOf', input);
  async function end(session?: string) {
    setEnding(session ?? 'others');
    await act.run(async () => {
      await client.call('accounts.endSessionsOf', { ...input, ...(session === undefined ? {} : { session }) });
      await answers.again('accounts.sessionsOf');
    });
    setEnding(undefined);
  }
  return (
    <Dialog
      title={i18n._('Aparelhos de {name}', { name: account.person.name })}
      onClose={onClose}
      footer={
        <Button emphasis="pen" onClick={onClose}>
          {i18n._('Fechar')}
        </Button>
      }
    >
      {act.error !== undefined && <p role="alert">{act.error}</p>}
      {data?.sessions.length === 0 && <p className="soft">{i18n._('Esta pessoa não está em nenhum aparelho.')}</p>}
      <Sessions
        sessions={(data?.sessions ?? []).map(({ id, device, createdAt, lastSeenAt, current }) => ({
          id,
          device,
          current,
          createdAt: Date.parse(createdAt),
          lastSeenAt: Date.parse(lastSeenAt),
        }))}
        loading={isPending}
        now={now}
        ending={ending}
        onEnd={(session) => void end(session)}
        onEndOthers={() => void end()}
      />
    </Dialog>
  );
}
