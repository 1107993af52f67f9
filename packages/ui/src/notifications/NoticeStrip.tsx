import { useLingui } from '@lingui/react';
import { Button } from '../controls/Button.tsx';
import { Icon } from '../icons/Icon.tsx';

/** How the reader stands to what has to be read: their yes is waited for, was given, or is none of theirs to give. */
export type NoticeState = 'waiting' | 'confirmed' | 'asked';

/** Under a message that has to be read. `onWho`: who has confirmed, for those who may know. */
export function NoticeStrip({
  state,
  busy,
  error,
  onConfirm,
  onWho,
}: {
  state: NoticeState;
  busy: boolean;
  error: string | undefined;
  onConfirm: () => void;
  onWho?: (() => void) | undefined;
}) {
  const { i18n } = useLingui();
  return (
    <div
      className={state === 'waiting' ? 'notice is-waiting' : 'notice'}
      role="group"
      aria-label={i18n._('Leitura pedida')}
    >
      <p className="notice-words">
        <Icon name={state === 'confirmed' ? 'check' : 'megaphone'} />
        <span>
          {state === 'waiting'
            ? i18n._('A equipe da sala pede que você leia isto e confirme.')
            : state === 'confirmed'
              ? i18n._('Você confirmou que leu.')
              : i18n._('A sala toda tem de ler isto e confirmar.')}
        </span>
      </p>
      {error && (
        <p className="notice-error" role="alert">
          {error}
        </p>
      )}
      {(state === 'waiting' || onWho) && (
        <p className="notice-acts">
          {state === 'waiting' && (
            <Button small emphasis="pen" icon="check" busy={busy} onClick={onConfirm}>
              {i18n._('Li e entendi')}
            </Button>
          )}
          {onWho && (
            <Button small onClick={onWho}>
              {i18n._('Quem confirmou')}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
