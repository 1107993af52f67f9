import { useLingui } from '@lingui/react';
import type { I18n } from '@lingui/core';
import { useState } from 'react';
import { Banner } from '../controls/Notice.tsx';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { Choice } from '../controls/Choices.tsx';
import { roomRoleWords, type RoomRoleName } from '../rooms/room.ts';
import { type PersonView, shortName } from './person.ts';

/** From the one who may most to the one who may least. */
const roles: readonly RoomRoleName[] = ['owner', 'moderator', 'member', 'reader'];

/** Gives a person another part in a room; each part says what it lets one do. */
export function RoleDialog({
  person,
  role,
  busy,
  error,
  onConfirm,
  onClose,
}: {
  person: PersonView;
  /** The part they have. */
  role: RoomRoleName;
  busy?: boolean | undefined;
  error?: string | undefined;
  onConfirm: (role: RoomRoleName) => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const [chosen, setChosen] = useState(role);
  return (
    <Dialog
      title={i18n._('Papel de {name} na sala', { name: person.name })}
      onClose={onClose}
      onSubmit={() => (chosen === role ? onClose() : onConfirm(chosen))}
      footer={
        <>
          <Button emphasis="quiet" onClick={onClose}>
            {i18n._('Cancelar')}
          </Button>
          <Button emphasis="pen" type="submit" busy={busy}>
            {i18n._('Salvar')}
          </Button>
        </>
      }
    >
      {error && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {error}
        </Banner>
      )}
      <Choice
        legend={i18n._('O que {name} faz aqui', { name: shortName(person.name) })}
        value={chosen}
        onChange={setChosen}
        options={roles.map((value) => ({
          value,
          label: roomRoleWords(i18n, value),
          hint: partWords(i18n, value),
          note: value === role ? i18n._('agora') : undefined,
        }))}
      />
    </Dialog>
  );
}

/** What a part lets one do, in a line. */
function partWords(i18n: I18n, role: RoomRoleName): string {
  switch (role) {
    case 'owner':
      return i18n._('Muda os ajustes e os papéis, e modera.');
    case 'moderator':
      return i18n._('Convida, silencia, tira da sala e apaga mensagens.');
    case 'member':
      return i18n._('Lê, escreve e reage.');
    case 'reader':
      return i18n._('Lê e reage, sem escrever.');
  }
}
