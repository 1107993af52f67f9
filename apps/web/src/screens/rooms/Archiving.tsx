import { useLingui } from '@lingui/react';
import type { Room } from '@recreio/protocol';
import { Banner, Button, Confirm } from '@recreio/ui';
import { useState } from 'react';
import { useAct } from '../../acting.ts';
import { useAnswers } from '../../asked.ts';
import { useClient } from '../../client.tsx';
import { useTell } from '../../notices.tsx';

/** Asks before a room is put away; in a list of many also before it is taken out again. */
export function AskToArchive({
  title,
  reopens = false,
  ...confirm
}: {
  title: string;
  reopens?: boolean;
  busy: boolean;
  error?: string | undefined;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const { i18n } = useLingui();
  return (
    <Confirm
      title={reopens ? i18n._('Reabrir {room}?', { room: title }) : i18n._('Arquivar {room}?', { room: title })}
      words={
        reopens
          ? i18n._('Hoje ela é só para ler. Reaberta, todos escrevem de novo.')
          : i18n._('Ninguém mais escreve, edita ou reage aqui, até que alguém reabra a sala. O que foi dito fica.')
      }
      action={reopens ? i18n._('Reabrir') : i18n._('Arquivar')}
      emphasis="pen"
      {...confirm}
    />
  );
}

/** Putting a room away, which is asked before, and taking it out again, which is not. */
export function Archiving({ room }: { room: Room }) {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const tell = useTell();
  const act = useAct();
  const [asking, setAsking] = useState(false);
  const isArchived = room.archivedAt !== undefined;
  const set = (archived: boolean) =>
    void act.run(async () => {
      await client.call('rooms.archive', { room: room.id, archived });
      setAsking(false);
      void answers.again('rooms.directory');
      tell(archived ? i18n._('A sala está arquivada.') : i18n._('A sala está aberta de novo.'));
    });
  return (
    <section className="settings-part">
      <h2>{isArchived ? i18n._('Reabrir a sala') : i18n._('Arquivar a sala')}</h2>
      <p className="soft">
        {isArchived
          ? i18n._('Hoje ela é só para ler. Reaberta, todos escrevem de novo.')
          : i18n._('Ela passa a ser só para ler, e sai de Encontrar salas. Dá para reabrir quando quiser.')}
      </p>
      {act.error && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {act.error}
        </Banner>
      )}
      <div className="row row--wrap">
        {isArchived ? (
          <Button icon="archive-restore" busy={act.busy} onClick={() => set(false)}>
            {i18n._('Reabrir a sala')}
          </Button>
        ) : (
          <Button icon="archive" onClick={() => setAsking(true)}>
            {i18n._('Arquivar a sala')}
          </Button>
        )}
      </div>
      {asking && (
        <AskToArchive title={room.title} busy={act.busy} onClose={() => setAsking(false)} onConfirm={() => set(true)} />
      )}
    </section>
  );
}
