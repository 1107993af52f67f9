import { useLingui } from '@lingui/react';
import { useRef, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { SelectField, TextArea } from '../controls/Field.tsx';
import { Banner } from '../controls/Notice.tsx';
import { nearTime, type Zone } from '../i18n/dates.ts';
import { type PersonView, shortName } from './person.ts';

/** The longest reason, in letters (protocol, `TEXT.reason`). */
const reasonLength = 500;

/** Silences a person in a room, or bans them from it: how long, and why. The person reads the reason; the class is not told. */
export function RestrictDialog({
  kind,
  person,
  now,
  zone,
  busy,
  error,
  onConfirm,
  onClose,
}: {
  kind: 'mute' | 'ban';
  person: PersonView;
  /** The server's time in ms, from which the end is reckoned. */
  now: number;
  zone?: Zone;
  busy?: boolean | undefined;
  error?: string | undefined;
  /** `seconds` absent is open-ended. */
  onConfirm: (restriction: { seconds?: number; reason: string }) => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const [seconds, setSeconds] = useState(kind === 'mute' ? '3600' : '604800');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const missing = reason.trim() === '';
  const mute = kind === 'mute';
  const name = shortName(person.name);
  const left = reasonLength - reason.length;
  function submit() {
    setAsked(true);
    if (missing) field.current?.focus();
    else onConfirm({ reason: reason.trim(), ...(seconds ? { seconds: Number(seconds) } : {}) });
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
          ? i18n._('{name} continua lendo, mas não escreve. Recebe o motivo e o prazo; a turma, não.', { name })
          : i18n._('{name} sai da sala e não pode voltar enquanto durar. Recebe o motivo; a turma, não.', { name })}
      </p>
      {error && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {error}
        </Banner>
      )}
      <SelectField
        label={i18n._('Por quanto tempo')}
        hint={
          seconds === ''
            ? i18n._('Até alguém da equipe desfazer, nesta mesma lista.')
            : i18n._('Vale até {until}.', {
                until: nearTime(now + Number(seconds) * 1000, now, i18n.locale, zone),
              })
        }
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
        ref={field}
        label={i18n._('Motivo')}
        hint={
          left > reasonLength / 5
            ? i18n._('{name} vai ler. Diga o que houve e o que se espera.', { name })
            : i18n._('{left, plural, one {Cabe mais # caractere.} other {Cabem mais # caracteres.}}', { left })
        }
        maxLength={reasonLength}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        error={
          asked && missing
            ? mute
              ? i18n._('Escreva o motivo: ninguém é silenciado sem saber por quê.')
              : i18n._('Escreva o motivo: ninguém é banido sem saber por quê.')
            : undefined
        }
      />
    </Dialog>
  );
}
