import { useLingui } from '@lingui/react';
import { Button } from '../controls/Button.tsx';
import { dayName, type Zone } from '../i18n/dates.ts';

/** The day of what is on screen; floats only while the list scrolls, then fades. The headings in the flow are what is read. */
export function DayPill({ at, now, zone, shown }: { at: number | undefined; now: number; zone: Zone; shown: boolean }) {
  const { i18n } = useLingui();
  if (at === undefined) return null;
  return (
    <div className={shown ? 'day-pill is-shown' : 'day-pill'} aria-hidden="true">
      <span>{dayName(at, now, i18n.locale, zone)}</span>
    </div>
  );
}

/** The ways back: to where a quote was followed from, and to the present with how much came meanwhile. */
export function WaysBack({
  fresh,
  onBack,
  onPresent,
}: {
  fresh: number;
  onBack: (() => void) | undefined;
  onPresent: (() => void) | undefined;
}) {
  const { i18n } = useLingui();
  return (
    <div className="present">
      {onBack && (
        <Button icon="undo-2" onClick={onBack}>
          {i18n._('Voltar')}
        </Button>
      )}
      {onPresent && (
        <Button icon="arrow-down" onClick={onPresent}>
          {fresh > 0 ? i18n._('Ir para o presente · {fresh}', { fresh }) : i18n._('Ir para o presente')}
        </Button>
      )}
    </div>
  );
}
