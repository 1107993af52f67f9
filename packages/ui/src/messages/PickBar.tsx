import { useLingui } from '@lingui/react';
import { Button, IconButton } from '../controls/Button.tsx';
import { Confirm } from '../controls/Dialog.tsx';

/** What can be done with the messages that are chosen, in the place of the box. Esc leaves. */
export function PickBar({
  count,
  isFull,
  remove,
  busy,
  onCopy,
  onSave,
  onRemove,
  onLeave,
}: {
  count: number;
  /** No more can be chosen: how many there are at most. */
  isFull: number | undefined;
  /** Absent where none of them may be taken away; `own`: all of those that may are the reader's. */
  remove: { own: boolean } | undefined;
  busy: boolean;
  onCopy: () => void;
  onSave: () => void;
  onRemove: () => void;
  onLeave: () => void;
}) {
  const { i18n } = useLingui();
  const act = (icon: 'copy' | 'bookmark' | 'trash-2', label: string, onPress: () => void, isDanger = false) => (
    <Button
      emphasis={isDanger ? 'danger-quiet' : 'quiet'}
      icon={icon}
      disabled={count === 0}
      busy={busy}
      onClick={onPress}
    >
      <span className="pick-label">{label}</span>
    </Button>
  );
  return (
    <section className="composer pick-bar" aria-label={i18n._('Ações da seleção')}>
      <IconButton icon="x" label={i18n._('Sair da seleção')} aria-keyshortcuts="Escape" onClick={onLeave} />
      <p className="pick-count" role="status">
        {i18n._('{count, plural, =0 {Nenhuma selecionada} one {# selecionada} other {# selecionadas}}', { count })}
        {isFull !== undefined && (
          <span className="small soft">{i18n._('Até {most} mensagens de cada vez.', { most: isFull })}</span>
        )}
      </p>
      <div className="pick-acts">
        {act('copy', i18n._('Copiar'), onCopy)}
        {act('bookmark', i18n._('Guardar'), onSave)}
        {remove && act('trash-2', remove.own ? i18n._('Apagar') : i18n._('Remover'), onRemove, true)}
      </div>
    </section>
  );
}

/** Asks once before several messages are taken away. */
export function AskRemoveAll({
  count,
  own,
  left,
  busy,
  onConfirm,
  onClose,
}: {
  /** How many will go. */
  count: number;
  own: boolean;
  /** How many of the chosen ones stay, because they are others'. */
  left: number;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  return (
    <Confirm
      title={
        own
          ? i18n._('{count, plural, one {Apagar # mensagem?} other {Apagar # mensagens?}}', { count })
          : i18n._('{count, plural, one {Remover # mensagem?} other {Remover # mensagens?}}', { count })
      }
      words={
        <>
          {i18n._('Fica um aviso no lugar de cada uma. As respostas continuam.')}
          {left > 0 &&
            ` ${i18n._('{count, plural, one {# outra não é sua e fica.} other {# outras não são suas e ficam.}}', { count: left })}`}
        </>
      }
      action={own ? i18n._('Apagar') : i18n._('Remover')}
      busy={busy}
      onConfirm={onConfirm}
      onClose={onClose}
    />
  );
}
