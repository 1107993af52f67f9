import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { SelectField, TextArea } from '../controls/Field.tsx';
import type { PersonView } from './person.ts';

/** The longest reason, in letters (protocol, `TEXT.reason`). */
const reasonLength = 500;

/** Silences a person in a room, or bans them from it: how long, and why. The person reads the reason; the class is not told. */
export function RestrictDialog({
  kind,
  person,
  busy,
  error,
  onConfirm,
  onClose,
}: {
  kind: 'mute' | 'ban';
  person: PersonView;
  busy?: boolean | undefined;
  error?: string | undefined;
  /** `seconds` absent is open-ended. */
  onConfirm: (restriction: { seconds?: number; reason: string }) => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const [seconds, setSeconds] = useState(kind === 'mute' ? '3600' : '');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const missing = reason.trim() === '';
  const mute = kind === 'mute';
  function submit() {
    setAsked(true);
    if (!missing) onConfirm({ reason: reason.trim(), ...(seconds ? { seconds: Number(seconds) } : {}) });
  }
  return (
    <Dialog
      title={
        mute ? i18n._('Silenciar {name}', { name: person.name }) : i18n._('Banir {name} da sala', { name: person.name })
      }
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button emphasis="quiet" onClick={onClose}>
            {i18n._('Cancelar')}
          </Button>
          <Button emphasis={mute ? 'pen' : 'danger'} type="submit" busy={busy}>
            {mute ? i18n._('Silenciar') : i18n._('Banir')}
          </Button>
        </>
      }
    >
      <p className="soft">
        {mute
          ? i18n._('A pessoa continua lendo, mas não escreve. Ela recebe o motivo e o prazo; a turma não.')
          : i18n._('A pessoa sai da sala e não volta até o prazo acabar. Ela recebe o motivo; a turma não.')}
      </p>
      <SelectField
        label={i18n._('Por quanto tempo')}
        value={seconds}
        onChange={(event) => setSeconds(event.target.value)}
        options={[
          { value: '600', label: i18n._('10 minutos') },
          { value: '3600', label: i18n._('1 hora') },
          { value: '28800', label: i18n._('8 horas') },
          { value: '86400', label: i18n._('1 dia') },
          { value: '604800', label: i18n._('1 semana') },
          { value: '', label: i18n._('Até alguém desfazer') },
        ]}
      />
      <TextArea
        label={i18n._('Motivo')}
        hint={i18n._('A pessoa vai ler. Diga o que houve e o que se espera.')}
        maxLength={reasonLength}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        error={asked && missing ? i18n._('Escreva o motivo: ninguém é silenciado sem saber por quê.') : error}
      />
    </Dialog>
  );
}
