import { useLingui } from '@lingui/react';
import { TEXT, type Group } from '@recreio/protocol';
import { Button, Confirm, Dialog, Navigate, TextField } from '@recreio/ui';
import { use, useState } from 'react';
import { useAct } from '../../acting.ts';
import { useClient } from '../../client.tsx';
import { roomName } from '../../naming.ts';
import { useTell } from '../../notices.tsx';

/** The dialog of a group's name, or the question before one leaves it. */
export default function GroupDialog({
  kind,
  group,
  onClose,
}: {
  kind: 'name' | 'leave';
  group: Group;
  onClose: () => void;
}) {
  return kind === 'name' ? <Name group={group} onClose={onClose} /> : <Leave group={group} onClose={onClose} />;
}

function Name({ group, onClose }: { group: Group; onClose: () => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const act = useAct();
  const [title, setTitle] = useState(group.title);
  const trimmed = title.trim();
  const save = () => {
    if (trimmed === '' || trimmed === group.title) return onClose();
    return void act.run(async () => {
      await client.call('rooms.update', { room: group.id, title: trimmed });
      onClose();
    });
  };
  return (
    <Dialog
      title={i18n._('Nome do grupo')}
      onClose={onClose}
      onSubmit={save}
      footer={
        <>
          <Button emphasis="quiet" onClick={onClose}>
            {i18n._('Cancelar')}
          </Button>
          <Button emphasis="pen" type="submit" busy={act.busy} disabled={trimmed === ''}>
            {i18n._('Guardar')}
          </Button>
        </>
      }
    >
      <TextField
        label={i18n._('Nome')}
        hint={i18n._('Todos do grupo veem o nome, e qualquer um pode mudar.')}
        error={act.error}
        maxLength={TEXT.roomTitle}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
    </Dialog>
  );
}

function Leave({ group, onClose }: { group: Group; onClose: () => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const navigate = use(Navigate);
  const tell = useTell();
  const act = useAct();
  const name = roomName(i18n, group);
  return (
    <Confirm
      title={i18n._('Sair de {room}?', { room: name })}
      words={i18n._('O que você escreveu fica. Para voltar, alguém do grupo precisa chamar você de novo.')}
      error={act.error}
      action={i18n._('Sair do grupo')}
      busy={act.busy}
      onClose={onClose}
      onConfirm={() =>
        void act.run(async () => {
          await client.call('members.leave', { room: group.id });
          onClose();
          navigate?.('/');
          tell(i18n._('Você saiu de {room}.', { room: name }));
        })
      }
    />
  );
}
