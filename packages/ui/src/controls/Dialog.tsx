import { useLingui } from '@lingui/react';
import { useId, useLayoutEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { Button, IconButton, type Emphasis } from './Button.tsx';
import { FloatRoot } from './Hint.tsx';
import { Banner } from './Notice.tsx';

/** The button that opened a menu out of which a dialog was opened: the menu is gone when the dialog closes. */
function openerOf(active: Element | null): HTMLElement | null {
  const trigger = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const found = trigger ? document.getElementById(trigger) : active;
  return found instanceof HTMLElement ? found : null;
}

/**
 * A modal dialog, open while it is mounted. The browser's own `dialog`: it traps and returns the focus, closes with Esc, and,
 * unlike scroll-locking libraries, adds no style element that a strict style-src would refuse.
 * With `onSubmit` its content is a form and Enter sends it.
 */
export function Dialog({
  title,
  onClose,
  onSubmit,
  footer,
  children,
  kind = 'dialog',
  wide = false,
  firm = false,
}: {
  title: string;
  onClose: () => void;
  onSubmit?: () => void;
  footer?: ReactNode;
  children: ReactNode;
  /** `alertdialog` when it asks before it destroys; it has no cross and no closing by a press outside. */
  kind?: 'dialog' | 'alertdialog';
  wide?: boolean;
  /** A press outside does not close it: what it shows would be lost. */
  firm?: boolean;
}) {
  const { i18n } = useLingui();
  const [element, setElement] = useState<HTMLDialogElement | null>(null);
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return undefined;
    const opener = openerOf(document.activeElement);
    dialog.showModal();
    // To the first thing to fill in, if there is one; a dialog that asks keeps the browser's choice, its harmless answer
    const fields = [
      ...dialog.querySelectorAll<HTMLElement>(
        '.dialog-body :is(input:not([type="radio"], [readonly]), textarea, select)',
      ),
    ];
    // Without one, to what is chosen, or the first thing to press in it: on the cross its hint would open, and take the first Esc for itself
    const first =
      fields.find((field) => field.checkVisibility()) ??
      dialog.querySelector<HTMLElement>('.dialog-body input[type="radio"]:checked') ??
      dialog.querySelector<HTMLElement>('[role="dialog"] > .dialog-body button');
    first?.focus();
    setElement(dialog);
    return () => {
      dialog.close();
      // The browser gives the focus back to what had it, unless that is gone: then it stays, for a moment, in what has just closed
      const { activeElement } = document;
      if (activeElement === null || activeElement === document.body || dialog.contains(activeElement)) opener?.focus();
    };
  }, []);
  const inner = (
    <>
      <div className="dialog-head">
        <h2 id={heading}>{title}</h2>
        {kind === 'dialog' && <IconButton icon="x" label={i18n._('Fechar')} onClick={onClose} />}
      </div>
      <div className="dialog-body">{children}</div>
      {footer && <div className="dialog-foot">{footer}</div>}
    </>
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit?.();
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a press outside closes; Esc and the cross do for the keyboard
    <dialog
      ref={ref}
      className={wide ? 'dialog dialog--wide' : 'dialog'}
      role={kind}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        // React lets it bubble: closing a dialog that was opened out of this one is not closing this one
        if (event.target === event.currentTarget) onClose();
      }}
      onMouseDown={
        kind === 'dialog' && !onSubmit && !firm
          ? (event) => {
              if (event.target === event.currentTarget) onClose();
            }
          : undefined
      }
    >
      <FloatRoot value={element}>
        {onSubmit ? (
          <form onSubmit={submit} noValidate>
            {inner}
          </form>
        ) : (
          inner
        )}
      </FloatRoot>
    </dialog>
  );
}

/** Asks before it does. `words` say what will follow, `error` why it came to nothing; the harmless answer comes first and has the focus. */
export function Confirm({
  title,
  words,
  action,
  emphasis = 'danger',
  busy,
  error,
  onConfirm,
  onClose,
}: {
  title: string;
  words: ReactNode;
  action: string;
  emphasis?: Emphasis | undefined;
  busy?: boolean | undefined;
  error?: string | undefined;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  return (
    <Dialog
      kind="alertdialog"
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button emphasis="quiet" onClick={onClose}>
            {i18n._('Cancelar')}
          </Button>
          <Button emphasis={emphasis} busy={busy} onClick={onConfirm}>
            {action}
          </Button>
        </>
      }
    >
      <div className="soft">{words}</div>
      {error !== undefined && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {error}
        </Banner>
      )}
    </Dialog>
  );
}
