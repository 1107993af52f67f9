import { useLingui } from '@lingui/react';
import { Button } from '../controls/Button.tsx';
import { Choice } from '../controls/Choices.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { Banner } from '../controls/Notice.tsx';
import { nearTime } from '../i18n/dates.ts';

/** What of a room may call; `default` is as rooms of its kind are. */
export type LevelChoice = 'default' | 'everything' | 'mentions' | 'nothing';

/** Terms of a hush or a rest, in seconds; null is without an end. */
export type Term = number | null;

const HOUR = 3_600;

/** How loud a room is for the reader. Each choice takes effect at once, on every device. */
export function TuneDialog({
  room,
  level,
  byDefault,
  isPrivate,
  hushed,
  now,
  busy,
  error,
  onLevel,
  onHush,
  onClose,
}: {
  room: string;
  level: LevelChoice;
  /** What the default is for this room. */
  byDefault: 'everything' | 'mentions';
  /** In a private conversation everything speaks to the reader. */
  isPrivate: boolean;
  /** Until when it is hushed, in ms; null is until they undo it, absent: it is not. */
  hushed: number | null | undefined;
  now: number;
  busy?: boolean;
  error?: string | undefined;
  onLevel: (level: LevelChoice) => void;
  /** Undefined ends it. */
  onHush: (seconds: Term | undefined) => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const usual = isPrivate
    ? i18n._('Toda mensagem avisa.')
    : byDefault === 'mentions'
      ? i18n._('Sala grande: avisa só quando falam com você.')
      : i18n._('Conta o que é novo, e avisa quando falam com você.');
  return (
    <Dialog
      title={i18n._('Avisos desta sala')}
      onClose={onClose}
      footer={
        <Button emphasis="pen" onClick={onClose}>
          {i18n._('Pronto')}
        </Button>
      }
    >
      <p className="soft tune-room" dir="auto">
        {room}
      </p>
      {error !== undefined && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {error}
        </Banner>
      )}
      <section className="tune-hush" aria-labelledby="silenciar">
        <h3 id="silenciar">{i18n._('Silenciar a sala')}</h3>
        {hushed === undefined ? (
          <>
            <p className="small soft">
              {i18n._('Nenhum aviso em nenhum aparelho. O que falarem com você fica em Para você.')}
            </p>
            <div className="row row--wrap terms">
              <Button small busy={busy} onClick={() => onHush(HOUR)}>
                {i18n._('Por 1 hora')}
              </Button>
              <Button small busy={busy} onClick={() => onHush(8 * HOUR)}>
                {i18n._('Por 8 horas')}
              </Button>
              <Button small busy={busy} onClick={() => onHush(null)}>
                {i18n._('Até eu desfazer')}
              </Button>
            </div>
          </>
        ) : (
          <Banner
            icon="bell-off"
            role="status"
            aside={
              <Button small busy={busy} onClick={() => onHush(undefined)}>
                {i18n._('Desfazer')}
              </Button>
            }
          >
            {hushed === null
              ? i18n._('Silenciada até você desfazer.')
              : i18n._('Silenciada até {until}.', { until: nearTime(hushed, now, i18n.locale) })}
          </Banner>
        )}
      </section>
      <Choice
        legend={hushed === undefined ? i18n._('O que avisa') : i18n._('O que avisa quando não está silenciada')}
        value={level}
        onChange={onLevel}
        options={[
          { value: 'default', label: i18n._('Padrão da sala'), hint: usual },
          { value: 'everything', label: i18n._('Tudo'), hint: i18n._('Toda mensagem avisa, com som.') },
          ...(isPrivate
            ? []
            : [
                {
                  value: 'mentions' as const,
                  label: i18n._('Menções e respostas'),
                  hint: i18n._('Só quando falam com você; o resto fica em negrito.'),
                },
              ]),
          { value: 'nothing', label: i18n._('Nada'), hint: i18n._('A sala fica na lista, sem número.') },
        ]}
      />
    </Dialog>
  );
}
