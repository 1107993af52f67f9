import { useLingui } from '@lingui/react';
import type { I18n } from '@lingui/core';
import { useEffect, useId, useRef } from 'react';
import { Button } from '../controls/Button.tsx';
import { Choice } from '../controls/Choices.tsx';
import { Check } from '../controls/Field.tsx';
import { Banner } from '../controls/Notice.tsx';
import { clockTime, nearTime } from '../i18n/dates.ts';
import type { Term } from './TuneDialog.tsx';

/** Hours in which nothing sounds: minutes of the day, and the days on which they begin (1 Monday … 7 Sunday). */
export type QuietHoursView = { from: number; to: number; days: readonly number[] };

/** Whose hours hold. */
export type QuietChoice = 'school' | 'own' | 'none';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WEEK = [1, 2, 3, 4, 5, 6, 7];
/** A Monday, at midnight in UTC: what the names of days and hours are made from. */
const MONDAY = Date.UTC(2024, 0, 1);

/** `21h`, `6h30`: a minute of the day as clocks are written. */
export const minuteWords = (minute: number, locale: string): string =>
  clockTime(MONDAY + minute * MINUTE, locale, 'UTC').replace(/^(\d+h)00$/, '$1');

const dayWords = (day: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(MONDAY + (day - 1) * DAY);

/** `das 21h às 6h30`. */
export const hoursWords = (i18n: I18n, { from, to }: QuietHoursView): string =>
  i18n._('das {from} às {to}', { from: minuteWords(from, i18n.locale), to: minuteWords(to, i18n.locale) });

/** Not to be disturbed, for a while. */
export function DoNotDisturb({
  until,
  now,
  busy,
  onRest,
}: {
  /** In ms; null is until they undo it, absent: they may be disturbed. */
  until: number | null | undefined;
  now: number;
  busy?: boolean;
  /** Undefined ends it. */
  onRest: (seconds: Term | undefined) => void;
}) {
  const { i18n } = useLingui();
  return (
    <section className="shelf" aria-labelledby="nao-perturbe">
      <h2 id="nao-perturbe">{i18n._('Não perturbe')}</h2>
      {until === undefined ? (
        <>
          <p className="soft">{i18n._('Nada toca e nada aparece na tela. Tudo fica guardado em Para você.')}</p>
          <div className="row row--wrap terms">
            <Button small busy={busy} onClick={() => onRest(1_800)}>
              {i18n._('Por 30 minutos')}
            </Button>
            <Button small busy={busy} onClick={() => onRest(7_200)}>
              {i18n._('Por 2 horas')}
            </Button>
            <Button small busy={busy} onClick={() => onRest(null)}>
              {i18n._('Até eu desligar')}
            </Button>
          </div>
        </>
      ) : (
        <Banner
          icon="moon"
          tone="pen"
          role="status"
          aside={
            <Button small busy={busy} onClick={() => onRest(undefined)}>
              {i18n._('Desligar')}
            </Button>
          }
        >
          {until === null
            ? i18n._('Ligado até você desligar.')
            : i18n._('Ligado até {until}.', { until: nearTime(until, now, i18n.locale) })}
        </Banner>
      )}
    </section>
  );
}

/** Hours of the week in which nothing sounds. Each change takes effect at once. */
export function QuietHoursSettings({
  choice,
  own,
  ofSchool,
  isQuietNow,
  onChoice,
  onOwn,
}: {
  choice: QuietChoice;
  /** Their own, or those to begin with. */
  own: QuietHoursView;
  /** What the school has for the reader, which they cannot take away; null: nothing. */
  ofSchool: QuietHoursView | null;
  isQuietNow: boolean;
  onChoice: (choice: QuietChoice) => void;
  onOwn: (hours: QuietHoursView) => void;
}) {
  const { i18n } = useLingui();
  const isGiven = ofSchool !== null;
  return (
    <section className="shelf" aria-labelledby="silencio">
      <h2 id="silencio">{i18n._('Horas de silêncio')}</h2>
      <p className="soft">{i18n._('Nesses horários nada toca. O que chegar espera por você em Para você.')}</p>
      {isQuietNow && (
        <div className="calm-now">
          <Banner icon="moon" tone="pen" role="status">
            {i18n._('Agora é hora de silêncio.')}
          </Banner>
        </div>
      )}
      <Choice
        legend={i18n._('Quando')}
        value={isGiven && choice === 'none' ? 'school' : choice}
        onChange={onChoice}
        options={[
          {
            value: 'school',
            label: i18n._('Como a escola combinou'),
            hint: isGiven ? hoursWords(i18n, ofSchool) : i18n._('A escola não combinou horas de silêncio para você.'),
          },
          // What the school has for people under age they add to, and do not take away
          ...(isGiven
            ? [
                {
                  value: 'own' as const,
                  label: i18n._('Também no meu horário'),
                  hint: i18n._('As horas da escola continuam valendo.'),
                },
              ]
            : [
                { value: 'own' as const, label: i18n._('No meu horário') },
                { value: 'none' as const, label: i18n._('A qualquer hora') },
              ]),
        ]}
      />
      {choice === 'own' && <HoursFields hours={own} onChange={onOwn} />}
    </section>
  );
}

const asTime = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Minutes of what a time field holds; undefined while it is being typed. */
const minuteOf = (value: string): number | undefined => {
  const match = /^(\d{2}):(\d{2})/.exec(value);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
};

/** A time of the day. It is told when the field is left: while it is typed it is none. */
function TimeField({ label, minute, onMinute }: { label: string; minute: number; onMinute: (minute: number) => void }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Changed from elsewhere, as by undoing; what is being typed is left alone
    if (field.current && field.current !== document.activeElement) field.current.value = asTime(minute);
  }, [minute]);
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <input
        ref={field}
        className="input"
        id={id}
        type="time"
        defaultValue={asTime(minute)}
        onBlur={({ target }) => {
          const typed = minuteOf(target.value);
          if (typed === undefined) target.value = asTime(minute);
          else if (typed !== minute) onMinute(typed);
        }}
      />
    </div>
  );
}

/** From when to when, and on which days. */
export function HoursFields({ hours, onChange }: { hours: QuietHoursView; onChange: (hours: QuietHoursView) => void }) {
  const { i18n } = useLingui();
  const { from, to, days } = hours;
  return (
    <div className="quiet-hours">
      <div className="row row--wrap">
        <TimeField label={i18n._('Das')} minute={from} onMinute={(minute) => onChange({ ...hours, from: minute })} />
        <TimeField label={i18n._('Até')} minute={to} onMinute={(minute) => onChange({ ...hours, to: minute })} />
      </div>
      <fieldset className="quiet-days">
        <legend className="label">{i18n._('Dias em que começa')}</legend>
        {WEEK.map((day) => (
          <Check
            key={day}
            label={dayWords(day, i18n.locale)}
            checked={days.includes(day)}
            disabled={days.length === 1 && days.includes(day)}
            onChange={({ target }) =>
              onChange({
                ...hours,
                days: WEEK.filter((one) => (one === day ? target.checked : days.includes(one))),
              })
            }
          />
        ))}
      </fieldset>
    </div>
  );
}
