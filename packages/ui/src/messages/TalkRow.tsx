import { useLingui } from '@lingui/react';
import { memo, use } from 'react';
import { Button } from '../controls/Button.tsx';
import { clockTime, dayName, nearTime, type Zone } from '../i18n/dates.ts';
import { When } from '../i18n/When.tsx';
import { Icon } from '../icons/Icon.tsx';
import { Handlers } from './actions.ts';
import { Message } from './Message.tsx';
import type { HoleView, TalkRow } from './talk.ts';

/** One row of the list: a message, or what stands between messages. `now` (ms) only tells the year and the nearness of days. */
export const TalkRowView = memo(function TalkRowView({
  row,
  now,
  zone,
  isActive,
  isTarget,
  isPicked,
}: {
  row: TalkRow;
  now: number;
  zone?: Zone;
  isActive: boolean;
  isTarget: boolean;
  /** While several are being chosen: whether this one is. */
  isPicked?: boolean | undefined;
}) {
  const { i18n } = useLingui();
  switch (row.type) {
    case 'day':
      return <DayHeading at={row.at} now={now} zone={zone} />;
    case 'fresh':
      return (
        <div className="fresh">
          <h2>
            {i18n._('{count, plural, one {# nova desde {time}} other {# novas desde {time}}}', {
              count: row.count,
              time: nearTime(row.at, now, i18n.locale, zone),
            })}
          </h2>
        </div>
      );
    case 'note':
      return (
        <div className="msg msg--note">
          <div className="msg-margin" />
          <p className="note">
            <Icon name={row.note.icon} />
            <span>
              {row.note.words}{' '}
              <When at={row.at} zone={zone} className="muted">
                {clockTime(row.at, i18n.locale, zone)}
              </When>
            </span>
          </p>
        </div>
      );
    case 'hole':
      return <Hole hole={row.hole} />;
    case 'message':
      return (
        <Message
          message={row.message}
          isNext={row.isNext}
          hasNext={row.hasNext}
          showSent={row.showSent}
          isActive={isActive}
          isTarget={isTarget}
          isPicked={isPicked}
          zone={zone}
          now={row.message.replies && now}
        />
      );
  }
});

/** A heading for each day, in the flow. The pill that floats while one scrolls is another (`TalkList`). */
function DayHeading({ at, now, zone }: { at: number; now: number; zone: Zone }) {
  const { i18n } = useLingui();
  return (
    <div className="day day--flow">
      <h2>
        <time dateTime={new Date(at).toISOString().slice(0, 10)}>{dayName(at, now, i18n.locale, zone)}</time>
      </h2>
    </div>
  );
}

/** What is missing says so: never a silent skip (contract D7). */
function Hole({ hole }: { hole: HoleView }) {
  const { i18n } = useLingui();
  const handlers = use(Handlers);
  const words = {
    gap: i18n._('Faltam mensagens aqui.'),
    hidden: i18n._('O que foi dito antes de você entrar não aparece.'),
    purged: i18n._('O que havia aqui passou do prazo de guarda da escola e foi apagado.'),
  }[hole.hole];
  return (
    <div className="msg msg--note">
      <div className="msg-margin" />
      <p className="note note--hole">
        <Icon name={hole.hole === 'gap' ? 'history' : hole.hole === 'hidden' ? 'eye-off' : 'timer'} />
        <span>{words}</span>
        {hole.hole === 'gap' && (
          <Button small icon="refresh-cw" onClick={() => handlers?.fillGap(hole.key)}>
            {i18n._('Buscar')}
          </Button>
        )}
      </p>
    </div>
  );
}
