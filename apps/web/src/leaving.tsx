import { useLingui } from '@lingui/react';
import { NoAnswerError, ProblemError } from '@recreio/client';
import { Confirm } from '@recreio/ui';
import { useState, type ReactNode } from 'react';
import { useClient } from './client.tsx';
import { useTell } from './notices.tsx';
import { troubleWords } from './problems.ts';

/**
 * Notifications go before the session does: with its end the browser forgets the worker that shows them, and they would stay there
 * for whoever sits down next.
 */
const takeAway = (): Promise<void> =>
  import('./push/worker.ts').then(
    ({ closePushed }) => closePushed(() => false),
    // Not fetched and no network: then nobody signs out either
    () => undefined,
  );

/** Signing out: at once, or after a question where something was written and not sent. `question` is to be drawn. */
export function useLeaving(): { leave: () => void; question: ReactNode } {
  const { i18n } = useLingui();
  const client = useClient();
  const tell = useTell();
  const [unsent, setUnsent] = useState(0);
  const [busy, setBusy] = useState(false);

  async function signOut() {
    setBusy(true);
    try {
      await takeAway();
      await client.signOut();
    } catch (error) {
      if (!(error instanceof ProblemError || error instanceof NoAnswerError)) throw error;
      tell(i18n._('Não deu para sair. {why}', { why: troubleWords(i18n, error, client.serverNow()) }), {
        tone: 'danger',
      });
    } finally {
      setBusy(false);
      setUnsent(0);
    }
  }

  return {
    leave() {
      const { unsent: now } = client.keeping.getSnapshot();
      if (now === 0) void signOut();
      else setUnsent(now);
    },
    question: unsent > 0 && (
      <Confirm
        title={i18n._('Sair sem enviar?')}
        words={i18n._(
          '{unsent, plural, one {# mensagem sua ainda não foi enviada. Se você sair, ela é apagada deste aparelho.} other {# mensagens suas ainda não foram enviadas. Se você sair, elas são apagadas deste aparelho.}}',
          { unsent },
        )}
        action={i18n._('Apagar e sair')}
        busy={busy}
        onConfirm={() => void signOut()}
        onClose={() => setUnsent(0)}
      />
    ),
  };
}
