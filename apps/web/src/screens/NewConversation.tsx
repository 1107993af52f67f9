import { useLingui } from '@lingui/react';
import { GROUP, TEXT } from '@recreio/protocol';
import { FindPerson, GatherPeople, type PersonView } from '@recreio/ui';
import { useState } from 'react';
import { useAct, usePaused } from '../acting.ts';
import { useAsked } from '../asked.ts';
import { useClient, useMe } from '../client.tsx';
import { personView } from '../people.ts';
import { troubleWords } from '../problems.ts';
import { useGatherWords } from './group/words.ts';

/** The most people shown for one search; more letters find the rest. */
const MOST_FOUND = 20;

/** The dialog that opens a private conversation, with one person or with a few, while `open`. */
export default function NewConversation({
  open,
  onClose,
  onOpened,
}: {
  open: boolean;
  onClose: () => void;
  onOpened: (roomId: string) => void;
}) {
  const [isGroup, setGroup] = useState(false);
  if (!open) return null;
  return isGroup ? (
    <Gathering onClose={onClose} onOpened={onOpened} />
  ) : (
    <Finding onClose={onClose} onOpened={onOpened} onGroup={() => setGroup(true)} />
  );
}

/** Why somebody may not be listed. */
function useWhy(): string {
  const { i18n } = useLingui();
  const role = useMe()?.role;
  return role === 'student' || role === 'guardian'
    ? i18n._(
        'Aparece quem divide uma sala com você. Conversas entre menores e adultos só com a equipe do curso; quem bloqueou não aparece.',
      )
    : i18n._(
        'Aparece quem divide uma sala com você, e colegas da equipe da escola. Com menores de idade conversa só a equipe do curso; quem bloqueou não aparece.',
      );
}

function Finding({
  onClose,
  onOpened,
  onGroup,
}: {
  onClose: () => void;
  onOpened: (roomId: string) => void;
  onGroup: () => void;
}) {
  const { i18n } = useLingui();
  const client = useClient();
  const act = useAct();
  const why = useWhy();
  const [text, setText] = useState('');
  const { found, searching, error } = usePeopleSearch(text);
  return (
    <FindPerson
      title={i18n._('Nova conversa')}
      words={act.busy ? i18n._('Abrindo a conversa…') : i18n._('O que for dito, só vocês leem.')}
      why={why}
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
      onGroup={onGroup}
      onClose={onClose}
    />
  );
}

function Gathering({ onClose, onOpened }: { onClose: () => void; onOpened: (roomId: string) => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const act = useAct();
  const why = useWhy();
  const words = useGatherWords();
  const [text, setText] = useState('');
  const [picked, setPicked] = useState<readonly PersonView[]>([]);
  const [title, setTitle] = useState('');
  const { found, searching, error } = usePeopleSearch(text);
  return (
    <GatherPeople
      title={i18n._('Novo grupo')}
      words={i18n._(
        'Até {people} pessoas. O que for dito, só vocês leem. Quem é menor de idade entra só se disser que sim.',
        {
          people: GROUP.people,
        },
      )}
      why={why}
      found={found}
      searching={searching}
      error={act.error ?? error}
      busy={act.busy}
      picked={picked}
      least={GROUP.least - 1}
      most={GROUP.people - 1}
      name={title}
      nameMax={TEXT.roomTitle}
      onName={setTitle}
      onSearch={(next) => {
        act.clear();
        setText(next);
      }}
      onPicked={(next) => {
        act.clear();
        setPicked(next);
      }}
      onConfirm={() =>
        void act.run(async () => {
          const { room } = await client.call('rooms.openGroup', {
            accounts: picked.map(({ id }) => id),
            ...(title.trim() === '' ? {} : { title: title.trim() }),
          });
          onOpened(room.id);
        }, words)
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
