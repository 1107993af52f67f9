import { useLingui } from '@lingui/react';
import { blankRoom, RoomDialog } from '@recreio/ui';
import { useState } from 'react';
import { useAct } from '../acting.ts';
import { useAnswers, useAsked } from '../asked.ts';
import { useClient, useMe } from '../client.tsx';
import { courseOptions, creationOf, kindsFor } from './rooms/making.ts';

/** The dialog that makes a room, while `open`. */
export default function CreateRoom({
  open,
  onClose,
  onCreated,
}: {
  open: boolean;
  onClose: () => void;
  onCreated: (roomId: string) => void;
}) {
  return open ? <Making onClose={onClose} onCreated={onCreated} /> : null;
}

function Making({ onClose, onCreated }: { onClose: () => void; onCreated: (roomId: string) => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe();
  const act = useAct();
  const answers = useAnswers();
  const courses = useAsked('lessons.courses', {});
  const categories = useAsked('rooms.categories', {});
  // One for each opening: however often the button is pressed, or the answer is lost, there is one room ([R55])
  const [clientId] = useState(() => client.newId());
  const kinds = kindsFor(me?.role ?? 'guardian');
  return (
    <RoomDialog
      initial={{ ...blankRoom, kind: kinds.includes('topic') ? 'topic' : (kinds[0] ?? 'topic') }}
      kinds={kinds}
      courses={courseOptions(courses.data?.courses ?? [])}
      categories={categories.data?.categories ?? []}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={(draft) =>
        void act.run(
          async () => {
            const { room } = await client.call('rooms.create', { clientId, ...creationOf(draft) });
            void answers.again('rooms.directory');
            onCreated(room.id);
          },
          {
            'not-allowed': i18n._('Salas deste tipo são abertas pela equipe da escola.'),
            'not-found': i18n._('Você não é deste curso, ou ele mudou. Escolha outro.'),
            'idempotency-conflict': i18n._(
              'A sala já foi criada, com o que estava escrito antes. Ela está entre as suas salas.',
            ),
          },
        )
      }
    />
  );
}
