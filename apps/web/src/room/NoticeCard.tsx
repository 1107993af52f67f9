import { useLingui } from '@lingui/react';
import { noticesOf } from '@recreio/client/notices';
import type { Message } from '@recreio/protocol';
import { NoticeDialog, NoticeStrip } from '@recreio/ui';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useAct, useServerNow } from '../acting.ts';
import { useAnswers, useAsked } from '../asked.ts';
import { useClient, useMe, usePeople } from '../client.tsx';
import { useTell } from '../notices.tsx';
import { authorView } from '../people.ts';
import { troubleWords } from '../problems.ts';

/** How often the list is asked for while it is looked at. */
const AGAIN_MS = 5_000;

/** That a message has to be read: the reader's own yes to it, and for who moderates the room who has said theirs. */
export default function NoticeCard({ message, tends }: { message: Message; tends: boolean }) {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe()?.id;
  const act = useAct();
  const notices = noticesOf(client);
  const { isKnown, list, more } = useSyncExternalStore(notices.subscribe, notices.getSnapshot);
  const [isShown, show] = useState(false);
  const isMine = message.author === me;
  const waits = list.some(({ id }) => id === message.id);
  return (
    <>
      <NoticeStrip
        // Of more than were told it is not known here: saying it once more changes nothing
        state={isMine || !isKnown ? 'asked' : waits || more ? 'waiting' : 'confirmed'}
        busy={act.busy}
        error={act.error}
        onConfirm={() =>
          void act.run(() => notices.confirm(message), {
            stale: i18n._('A mensagem mudou enquanto você lia. Leia de novo antes de confirmar.'),
          })
        }
        onWho={tends ? () => show(true) : undefined}
      />
      {isShown && <Who message={message} onClose={() => show(false)} />}
    </>
  );
}

function Who({ message: { id: message, room, editNo }, onClose }: { message: Message; onClose: () => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe()?.id;
  const now = useServerNow();
  const tell = useTell();
  const act = useAct();
  const answers = useAnswers();
  // What was seen before is shown until what is now has come, and again as long as somebody looks: nobody is told of each yes
  useEffect(() => {
    const ask = () => void answers.again('notices.state');
    ask();
    const timer = setInterval(ask, AGAIN_MS);
    return () => clearInterval(timer);
  }, [answers]);
  const { data, isPending, error } = useAsked('notices.state', { room, message });
  const { confirmed = [], waiting = [] } = data ?? {};
  const people = usePeople([...confirmed.map(({ account }) => account), ...waiting]);
  const personOf = (account: string) => authorView(people, account, me, i18n._('Pessoa da escola'));
  const copy = async (words: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(words);
      tell(i18n._('Lista copiada.'));
    } catch {
      // Browsers refuse without a secure origin or leave
      tell(i18n._('O navegador não deixou copiar. Selecione o texto e copie.'), { tone: 'danger' });
    }
  };
  return (
    <NoticeDialog
      confirmed={confirmed.map(({ account, at, editNo: read }) => ({
        person: personOf(account),
        at: Date.parse(at),
        isOlder: read < editNo,
      }))}
      waiting={waiting.map(personOf)}
      isLoading={isPending}
      error={error ? troubleWords(i18n, error, client.serverNow()) : act.error}
      now={now}
      busy={act.busy}
      onCopy={(words) => void copy(words)}
      onWithdraw={() =>
        void act.run(async () => {
          await client.call('notices.withdraw', { room, message });
          onClose();
        })
      }
      onClose={onClose}
    />
  );
}
