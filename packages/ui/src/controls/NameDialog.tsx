import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { TextField } from './Field.tsx';

/** Asks for the name of something of one's own. */
export function NameDialog({
  title,
  words,
  label,
  type = 'text',
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
  type?: 'text' | 'email';
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
  const missing = name.trim() === '';
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
        maxLength={type === 'email' ? 254 : 80}
        autoComplete="off"
        value={name}
        error={asked && missing ? i18n._('Falta preencher.') : error}
        onChange={(event) => setName(event.target.value)}
      />
    </Dialog>
  );
}
