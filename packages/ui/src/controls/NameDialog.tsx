import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { TextField } from './Field.tsx';

/** Asks for the name of something of one's own, or another line of text. */
export function NameDialog({
  title,
  words,
  label,
  hint,
  type = 'text',
  maxLength = type === 'email' ? 254 : 80,
  mayBeEmpty = false,
  initial,
  action,
  busy,
  error,
  onConfirm,
  onClose,
}: {
  title: string;
  words?: string;
  /** What is asked for, where it is not a name. */
  label?: string;
  hint?: string;
  type?: 'text' | 'email';
  maxLength?: number;
  /** Nothing is an answer, too. */
  mayBeEmpty?: boolean;
  initial: string;
  action: string;
  busy?: boolean | undefined;
  error?: string | undefined;
  onConfirm: (name: string) => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const [name, setName] = useState(initial);
  const [asked, setAsked] = useState(false);
  const missing = !mayBeEmpty && name.trim() === '';
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={() => {
        setAsked(true);
        if (!missing) onConfirm(name.trim());
      }}
      footer={
        <>
          <Button emphasis="quiet" onClick={onClose}>
            {i18n._('Cancelar')}
          </Button>
          <Button emphasis="pen" type="submit" busy={busy}>
            {action}
          </Button>
        </>
      }
    >
      {words && <p className="soft">{words}</p>}
      <TextField
        label={label ?? i18n._('Nome')}
        type={type}
        hint={hint}
        maxLength={maxLength}
        autoComplete="off"
        value={name}
        error={asked && missing ? i18n._('Falta preencher.') : error}
        onChange={(event) => setName(event.target.value)}
      />
    </Dialog>
  );
}
