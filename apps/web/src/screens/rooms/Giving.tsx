import { useLingui } from '@lingui/react';
import { Confirm, FindPerson, type PersonView, type RoomRecordView } from '@recreio/ui';
import { useState } from 'react';
import { useAct, usePaused } from '../../acting.ts';
import { useAnswers, useAsked } from '../../asked.ts';
import { useClient } from '../../client.tsx';
import { useTell } from '../../notices.tsx';
import { personView } from '../../people.ts';

/** So many are offered; part of the name finds the others. */
const MOST = 20;

/** An administrator gives a room that nobody looks after to somebody. */
export function Giving({ room, onClose }: { room: RoomRecordView; onClose: () => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const tell = useTell();
  const act = useAct();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<PersonView>();
  const paused = usePaused(text);
  const found = useAsked('accounts.list', { text: paused, limit: MOST }, { enabled: paused !== '', keep: true });
  if (chosen)
    return (
      <Confirm
        title={i18n._('Dar {room} a {name}?', { room: room.title, name: chosen.name })}
        words={i18n._('{name} passa a cuidar da sala. Quem está nela vê que foi você. Fica registrado.', {
          name: chosen.name,
        })}
        error={act.error}
        action={i18n._('Dar a sala')}
        emphasis="pen"
        busy={act.busy}
        onClose={() => setChosen(undefined)}
        onConfirm={() =>
          void act.run(
            async () => {
              await client.call('rooms.entrust', { room: room.id, account: chosen.id });
              onClose();
              void answers.again('rooms.all');
              tell(i18n._('{name} agora cuida da sala.', { name: chosen.name }));
            },
            {
              'not-allowed': i18n._(
                'Esta pessoa não pode cuidar desta sala: ou ela não está no curso da sala, ou não está na sala e não é da equipe da escola, ou alguém já cuida dela.',
              ),
              banned: i18n._('Esta pessoa foi banida desta sala.'),
            },
          )
        }
      />
    );
  return (
    <FindPerson
      title={i18n._('Dar {room} a alguém', { room: room.title })}
      words={i18n._(
        'Quem está na sala, ou quem trabalha na escola. Em uma sala por convite, quem chega lê só o que for dito daí em diante.',
      )}
      why={i18n._('Contas desativadas e responsáveis não cuidam de salas.')}
      found={(found.data?.people ?? [])
        .filter(({ state, role }) => state !== 'disabled' && role !== 'guardian')
        .map((one) => personView(one, undefined))}
      searching={found.isFetching}
      onSearch={setText}
      onPick={setChosen}
      onClose={onClose}
    />
  );
}
