import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { TextField } from '../controls/Field.tsx';

const dayMs = 86_400_000;

/** `2026-03-12` of the reader's own calendar. */
function dayOf(ms: number): string {
  const date = new Date(ms);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Where a day begins for the reader, in ms; not a number where the field has no whole date. */
const startOf = (day: string): number => new Date(`${day}T00:00:00`).getTime();

/** Goes to a day of a room: by the calendar that the device knows, or by one of a few that are asked for most. */
export function DateDialog({
  now,
  first,
  busy,
  error,
  onGo,
  onClose,
}: {
  now: number;
  /** When the room began, in ms: there is nothing before. */
  first: number;
  busy: boolean;
  error: string | undefined;
  /** To the first message from this time (ms) on. */
  onGo: (from: number) => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const [day, setDay] = useState(dayOf(now));
  const [isWrong, setWrong] = useState(false);
  const quick = [
    { label: i18n._('Ontem'), at: startOf(dayOf(now - dayMs)) },
    { label: i18n._('Há uma semana'), at: startOf(dayOf(now - 7 * dayMs)) },
    { label: i18n._('Início da sala'), at: first },
  ].filter(({ at }, nth) => nth === 2 || at > first);
  return (
    <Dialog
      title={i18n._('Ir para uma data')}
      onClose={onClose}
      onSubmit={() => {
        const at = startOf(day);
        setWrong(Number.isNaN(at));
        if (!Number.isNaN(at)) onGo(at);
      }}
      footer={
        <>
          <Button emphasis="quiet" onClick={onClose}>
            {i18n._('Cancelar')}
          </Button>
          <Button emphasis="pen" type="submit" busy={busy}>
            {i18n._('Ir')}
          </Button>
        </>
      }
    >
      <TextField
        label={i18n._('Dia')}
        type="date"
        value={day}
        min={dayOf(first)}
        max={dayOf(now)}
        error={isWrong ? i18n._('Escolha um dia.') : error}
        onChange={(event) => setDay(event.target.value)}
      />
      <div className="row row--wrap" role="group" aria-label={i18n._('Atalhos')}>
        {quick.map(({ label, at }) => (
          <Button key={label} small onClick={() => onGo(at)}>
            {label}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}
