import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { SelectField } from '../controls/Field.tsx';

/** Chooses a time zone from the system's own list, in which one finds a city by typing. */
export function ZoneDialog({
  zones,
  initial,
  busy,
  error,
  onConfirm,
  onClose,
}: {
  /** IANA names, with how they are read. */
  zones: readonly { value: string; label: string }[];
  initial: string;
  busy?: boolean | undefined;
  error?: string | undefined;
  onConfirm: (zone: string) => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const [zone, setZone] = useState(initial);
  return (
    <Dialog
      title={i18n._('Fuso horário')}
      onClose={onClose}
      onSubmit={() => onConfirm(zone)}
      footer={
        <>
          <Button emphasis="quiet" onClick={onClose}>
            {i18n._('Cancelar')}
          </Button>
          <Button emphasis="pen" type="submit" busy={busy}>
            {i18n._('Guardar')}
          </Button>
        </>
      }
    >
      <p className="soft">
        {i18n._('Serve para o que acontece enquanto você não está. Na tela, as horas são as do aparelho.')}
      </p>
      <SelectField
        label={i18n._('Cidade de referência')}
        value={zone}
        options={zones}
        error={error}
        onChange={(event) => setZone(event.target.value)}
      />
    </Dialog>
  );
}
