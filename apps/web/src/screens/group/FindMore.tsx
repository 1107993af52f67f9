import { useLingui } from '@lingui/react';
import type { Group } from '@recreio/protocol';
import { FindPerson } from '@recreio/ui';
import { useState } from 'react';
import { useAct } from '../../acting.ts';
import { useClient, useMe } from '../../client.tsx';
import { useTell } from '../../notices.tsx';
import { usePeopleSearch } from '../NewConversation.tsx';
import { useGatherWords } from './words.ts';

/** Brings one more person into a group, or asks them. */
export function FindMore({ group, onClose }: { group: Group; onClose: () => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe();
  const tell = useTell();
  const act = useAct();
  const words = useGatherWords();
  const [text, setText] = useState('');
  const { found, searching, error } = usePeopleSearch(text);
  const inside = new Set([me?.id, ...group.with.map(({ id }) => id), ...group.asked.map(({ id }) => id)]);
  return (
    <FindPerson
      title={i18n._('Chamar para o grupo')}
      words={i18n._('Quem chega lê o que for dito daí em diante. Quem é menor de idade entra só se disser que sim.')}
      why={i18n._('Aparece quem divide uma sala com você e ainda não está neste grupo.')}
      found={found.filter(({ id }) => !inside.has(id))}
      searching={searching}
      error={act.error ?? error}
      onSearch={(next) => {
        act.clear();
        setText(next);
      }}
      onPick={(person) =>
        void act.run(async () => {
          await client.call('members.add', { room: group.id, account: person.id });
          onClose();
          tell(i18n._('{name} foi chamado para o grupo.', { name: person.name }));
        }, words)
      }
      onClose={onClose}
    />
  );
}
