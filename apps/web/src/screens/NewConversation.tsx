import { useLingui } from '@lingui/react';
import { FindPerson } from '@recreio/ui';
import { useState } from 'react';
import { useAct, usePaused } from '../acting.ts';
import { useAsked } from '../asked.ts';
import { useClient } from '../client.tsx';
import { personView } from '../people.ts';
import { troubleWords } from '../problems.ts';

/** The most people shown for one search; more letters find the rest. */
const MOST_FOUND = 20;

/** The dialog that opens a private conversation, while `open`. */
export default function NewConversation({
  open,
  onClose,
  onOpened,
}: {
  open: boolean;
  onClose: () => void;
  onOpened: (roomId: string) => void;
}) {
  return open ? <Finding onClose={onClose} onOpened={onOpened} /> : null;
}

function Finding({ onClose, onOpened }: { onClose: () => void; onOpened: (roomId: string) => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const act = useAct();
  const [text, setText] = useState('');
  const { found, searching, error } = usePeopleSearch(text);
  return (
    <FindPerson
      title={i18n._('Nova conversa')}
      words={act.busy ? i18n._('Abrindo a conversa…') : i18n._('O que for dito, só vocês leem.')}
      why={i18n._(
        'Aparece quem divide uma sala com você. Conversas entre menores e adultos só com a equipe do curso; quem bloqueou não aparece.',
      )}
      found={found}
      searching={searching}
      error={act.error ?? error}
      onSearch={(next) => {
        act.clear();
        setText(next);
      }}
      onPick={(person) =>
        void act.run(
          async () => {
            const { room } = await client.call('rooms.openDirect', { account: person.id });
            onOpened(room.id);
          },
          { 'not-found': i18n._('Esta pessoa não divide mais nenhuma sala com você.') },
        )
      }
      onClose={onClose}
    />
  );
}

/** People I may write to whose name has `text` in it; nobody while it is empty. */
export function usePeopleSearch(text: string) {
  const { i18n } = useLingui();
  const client = useClient();
  const paused = usePaused(text);
  const search = useAsked('accounts.find', { text: paused, limit: MOST_FOUND }, { enabled: paused !== '', keep: true });
  return {
    found: text === '' ? [] : (search.data?.people ?? []).map((profile) => personView(profile, undefined)),
    searching: text !== '' && (paused !== text || search.isFetching),
    error: search.error ? troubleWords(i18n, search.error, client.serverNow()) : undefined,
  };
}
