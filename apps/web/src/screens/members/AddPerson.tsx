import { useLingui } from '@lingui/react';
import type { Member } from '@recreio/protocol';
import { FindPerson } from '@recreio/ui';
import { useState } from 'react';
import { useAct } from '../../acting.ts';
import { useClient } from '../../client.tsx';
import { useTell } from '../../notices.tsx';
import { usePeopleSearch } from '../NewConversation.tsx';

/** Adds people to a room. */
export default function AddPerson({
  roomId,
  members,
  isOfCourse,
  onClose,
  onDone,
}: {
  roomId: string;
  members: readonly Member[];
  isOfCourse: boolean;
  onClose: () => void;
  onDone: () => void;
}) {
  const { i18n } = useLingui();
  const client = useClient();
  const tell = useTell();
  const act = useAct();
  const [text, setText] = useState('');
  const { found, searching, error } = usePeopleSearch(text);
  const inside = new Set(members.map(({ profile }) => profile.id));
  return (
    <FindPerson
      title={i18n._('Convidar para a sala')}
      words={i18n._('Quem você escolher entra na hora, e pode sair quando quiser.')}
      why={i18n._('Aparece quem divide uma sala com você e ainda não está nesta.')}
      found={found.filter(({ id }) => !inside.has(id))}
      searching={searching}
      error={act.error ?? error}
      onSearch={(next) => {
        act.clear();
        setText(next);
      }}
      onPick={(person) =>
        void act.run(
          async () => {
            await client.call('members.add', { room: roomId, account: person.id });
            onDone();
            onClose();
            tell(i18n._('{name} agora está na sala.', { name: person.name }));
          },
          {
            banned: i18n._('{name} não pode entrar: há um banimento. Desfaça antes, no fim da lista de pessoas.', {
              name: person.name,
            }),
            ...(isOfCourse
              ? { 'not-allowed': i18n._('{name} não é do curso desta sala.', { name: person.name }) }
              : {}),
          },
        )
      }
      onClose={onClose}
    />
  );
}
