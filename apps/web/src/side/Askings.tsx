import { useLingui } from '@lingui/react';
import type { Asking } from '@recreio/protocol';
import { AskingCard, type AskingAnswer, Navigate } from '@recreio/ui';
import { use, useState } from 'react';
import { useAct } from '../acting.ts';
import { useAnswers } from '../asked.ts';
import { useClient } from '../client.tsx';
import { useTell } from '../notices.tsx';
import { personView } from '../people.ts';
import { roomHref } from './groups.ts';

/** The questions whether I come into a group, each to be answered where it stands. Loaded when there is one. */
export default function Askings({ askings }: { askings: readonly Asking[] }) {
  return askings.map((asking) => <One key={asking.room} asking={asking} />);
}

function One({ asking }: { asking: Asking }) {
  const { i18n } = useLingui();
  const client = useClient();
  const navigate = use(Navigate);
  const answers = useAnswers();
  const tell = useTell();
  const act = useAct();
  const [isDone, setDone] = useState(false);
  const { room, by } = asking;

  async function answer(what: AskingAnswer): Promise<void> {
    await client.call(what === 'yes' ? 'members.join' : 'members.leave', { room });
    if (what === 'block') await client.call('accounts.block', { account: by.id });
    setDone(true);
    void answers.again('rooms.askings');
    if (what === 'yes') navigate?.(roomHref(room));
    if (what === 'block') {
      void answers.again('accounts.blocks');
      tell(i18n._('Você bloqueou {name}.', { name: by.name }));
    }
  }
  if (isDone) return null;
  return (
    <AskingCard
      asking={{
        id: room,
        title: asking.title,
        by: personView(by, undefined),
        members: asking.members.map((person) => personView(person, undefined)),
        asked: asking.asked.map((person) => personView(person, undefined)),
      }}
      busy={act.busy}
      error={act.error}
      onAnswer={(what) =>
        void act.run(() => answer(what), {
          'not-found': i18n._('Este convite não vale mais.'),
          'protected-minor': i18n._('Por enquanto não dá: falta no grupo alguém da equipe de um curso seu.'),
        })
      }
    />
  );
}
