import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { ListSkeleton } from '../controls/Empty.tsx';
import { Check, SearchField } from '../controls/Field.tsx';
import { Banner } from '../controls/Notice.tsx';
import type { SchoolRole } from '../accounts/PeopleAdmin.tsx';
import { schoolRoleWord } from '../accounts/PeopleAdmin.tsx';

/** Somebody who can be put in a course. */
export type Candidate = { id: string; name: string; email: string; role: SchoolRole; isIn: boolean };

/** So many are put in a course in one step (protocol, `COURSE.enrolAtOnce`). */
const most = 200;

/** Puts people in a course: found by name or address, ticked, all at once. Who is ticked stays so while others are looked for. */
export function EnrolDialog({
  course,
  found,
  searching,
  hasMore,
  busy,
  error,
  onSearch,
  onConfirm,
  onClose,
}: {
  course: string;
  found: readonly Candidate[];
  searching: boolean;
  /** There are more than those shown. */
  hasMore: boolean;
  busy: boolean;
  error?: string | undefined;
  onSearch: (text: string) => void;
  onConfirm: (people: readonly string[]) => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<ReadonlyMap<string, Candidate>>(new Map());
  const toggle = (one: Candidate) => {
    const next = new Map(chosen);
    if (!next.delete(one.id)) next.set(one.id, one);
    setChosen(next);
  };
  const apart = [...chosen.values()].filter(({ id }) => !found.some((one) => one.id === id));
  const rows = [...apart, ...found];
  return (
    <Dialog
      wide
      firm
      title={`${i18n._('Colocar pessoas')}: ${course}`}
      onClose={onClose}
      footer={
        <>
          <span className="small soft push" role="status">
            {i18n._('Escolhidos')}: {i18n.number(chosen.size)}
            {chosen.size > most && ` · ${i18n._('São até 200 de cada vez: tire alguns.')}`}
          </span>
          <Button
            emphasis="pen"
            busy={busy}
            disabled={chosen.size === 0 || chosen.size > most}
            onClick={() => onConfirm([...chosen.keys()])}
          >
            {i18n._('Colocar no curso')}
          </Button>
        </>
      }
    >
      <p className="soft">
        {i18n._(
          'Quem trabalha na escola entra como equipe do curso, e pode conversar em particular com os estudantes dele, também menores de idade. Fica registrado.',
        )}
      </p>
      {error && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {error}
        </Banner>
      )}
      <SearchField
        label={i18n._('Procurar pessoas')}
        placeholder={i18n._('Nome ou e-mail')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          onSearch(event.target.value.trim());
        }}
      />
      {rows.length === 0 && (searching ? <ListSkeleton count={3} /> : <Nobody />)}
      <fieldset className="stack enrol-people">
        <legend className="sr">{i18n._('Pessoas da escola')}</legend>
        {rows.map((one) => (
          <Check
            key={one.id}
            label={one.name}
            hint={
              one.isIn
                ? `${schoolRoleWord(i18n, one.role)} · ${i18n._('já está no curso')}`
                : `${schoolRoleWord(i18n, one.role)} · ${one.email}`
            }
            checked={one.isIn || chosen.has(one.id)}
            disabled={one.isIn}
            onChange={() => toggle(one)}
          />
        ))}
      </fieldset>
      {hasMore && <p className="small soft">{i18n._('Há mais gente: escreva parte do nome para encontrar.')}</p>}
    </Dialog>
  );
}

function Nobody() {
  const { i18n } = useLingui();
  return (
    <p className="small soft" role="status">
      {i18n._('Ninguém com essa busca. Convide a pessoa primeiro, em Pessoas.')}
    </p>
  );
}
