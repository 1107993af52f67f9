import { useLingui } from '@lingui/react';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';

/** Asks before everybody in a room is called: how many that is. What was written stays in its box until there is an answer. */
export function CallAllDialog({
  others,
  room,
  onAnswer,
  onClose,
}: {
  /** How many are called: all but oneself. */
  others: number;
  room: string;
  /** Sends it: calling everybody, or as any message. */
  onAnswer: (everyone: boolean) => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  return (
    <Dialog
      title={i18n._('{others, plural, one {Chamar # pessoa?} other {Chamar # pessoas?}}', { others })}
      onClose={onClose}
      footer={
        <>
          <Button emphasis="quiet" onClick={() => onAnswer(false)}>
            {i18n._('Enviar sem chamar')}
          </Button>
          <Button emphasis="pen" icon="at-sign" onClick={() => onAnswer(true)}>
            {i18n._('Chamar todos')}
          </Button>
        </>
      }
    >
      <p>
        {i18n._(
          'Toca para todos de {room}, também para quem só ouve menções. Quem silenciou a sala, ou pediu para não ser perturbado, vê depois.',
          { room },
        )}
      </p>
    </Dialog>
  );
}
