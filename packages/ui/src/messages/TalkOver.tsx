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

/** The ways back, between the list and the box so that they lie on nothing: to where a quote was followed from, and to the present with how many new messages wait there. */
export function WaysBack({
  fresh,
  onBack,
  onWayBack,
  onPresent,
}: {
  fresh: number;
  onBack: (() => void) | undefined;
  /** Out of here, to where a link was followed from. */
  onWayBack: (() => void) | undefined;
  onPresent: ((byKey: boolean) => void) | undefined;
}) {
  const { i18n } = useLingui();
  if (!onBack && !onWayBack && !onPresent) return null;
  return (
    <div className="ways-back">
      {onBack && (
        <Button small icon="undo-2" onClick={onBack}>
          {i18n._('Voltar')}
        </Button>
      )}
      {!onBack && onWayBack && (
        <Button small icon="undo-2" onClick={onWayBack}>
          {i18n._('Voltar para onde estava')}
        </Button>
      )}
      {onPresent && (
        <Button small icon="arrow-down" onClick={(event) => onPresent(event.detail === 0)}>
          {i18n._('Ir para o presente')}
          {fresh > 0 && (
            <>
              <span className="badge" aria-hidden="true">
                {i18n.number(fresh)}
              </span>
              <span className="sr">
                {i18n._('{fresh, plural, one {# nova mensagem} other {# novas mensagens}}', { fresh })}
              </span>
            </>
          )}
        </Button>
      )}
    </div>
  );
}
