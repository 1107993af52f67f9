import { useLingui } from '@lingui/react';
import { SelectField } from '../controls/Field.tsx';
import { waitWords } from '../i18n/waits.ts';

const minute = 60_000;
const hour = 60 * minute;
/** How long an urgent message may stay unread, in ms; a value from elsewhere is added to the list. */
const waits = [5 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 4 * hour];

/** After how long who is named in an urgent message and leaves it unread is told once more; `null`: not at all. */
export function UrgentField({
  afterMs,
  ofSchool,
  onChange,
}: {
  afterMs: number | null;
  /** As it is stored. */
  ofSchool: number | null;
  onChange: (changes: { urgentAfterMs: number | null }) => void;
}) {
  const { i18n } = useLingui();
  return (
    <SelectField
      label={i18n._('Avisar mais uma vez de uma mensagem urgente que ficou sem ler depois de')}
      hint={i18n._(
        'Uma vez só para quem ela cita, e no máximo três por dia; também quem silenciou a sala. As horas de silêncio e quem não quer ser perturbado ficam em paz.',
      )}
      value={String(afterMs)}
      options={[
        ...[...new Set([...waits, ...(ofSchool === null ? [] : [ofSchool])])]
          .sort((a, b) => a - b)
          .map((ms) => ({ value: String(ms), label: waitWords(i18n, ms) })),
        { value: String(null), label: i18n._('Nunca: só fica marcada como urgente') },
      ]}
      onChange={({ target: { value } }) => onChange({ urgentAfterMs: value === String(null) ? null : Number(value) })}
    />
  );
}
