import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Confirm, Dialog } from '../controls/Dialog.tsx';
import { Check, SelectField, TextArea, TextField } from '../controls/Field.tsx';
import { looksLikeEmail } from './email.ts';
import { type SchoolRole, schoolRoles, schoolRoleWord } from './PeopleAdmin.tsx';

/** What inviting, or changing, a person takes. `courses`, by id, only where one invites. */
export type PersonDraft = { name: string; email: string; role: SchoolRole; minor: boolean; courses: readonly string[] };

/** A new person, before anything is filled in: taken for under age until somebody says otherwise, as the server does for students. */
const blankPerson: PersonDraft = { name: '', email: '', role: 'student', minor: true, courses: [] };

/** Invites a person, or changes one. */
export function PersonDialog({
  mode = 'invite',
  initial = blankPerson,
  courses = [],
  busy,
  error,
  onConfirm,
  onClose,
}: {
  mode?: 'invite' | 'change';
  initial?: PersonDraft;
  /** The courses that a new person can be put in. */
  courses?: readonly { id: string; title: string }[];
  busy?: boolean | undefined;
  error?: string | undefined;
  onConfirm: (person: PersonDraft) => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const [person, setPerson] = useState<PersonDraft>(initial);
  const [asked, setAsked] = useState(false);
  const noName = person.name.trim() === '';
  const noEmail = !looksLikeEmail(person.email.trim());
  function submit() {
    setAsked(true);
    if (!noName && !noEmail) onConfirm({ ...person, name: person.name.trim(), email: person.email.trim() });
  }
  return (
    <Dialog
      title={mode === 'invite' ? i18n._('Convidar uma pessoa') : i18n._('Mudar {name}', { name: initial.name })}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button emphasis="quiet" onClick={onClose}>
            {i18n._('Cancelar')}
          </Button>
          <Button emphasis="pen" type="submit" busy={busy}>
            {mode === 'invite' ? i18n._('Criar convite') : i18n._('Salvar')}
          </Button>
        </>
      }
    >
      {mode === 'invite' && (
        <p className="soft">
          {i18n._('Você recebe um link de uso único para entregar à pessoa. Nele ela escolhe a senha.')}
        </p>
      )}
      <TextField
        label={i18n._('Nome')}
        value={person.name}
        maxLength={80}
        autoComplete="off"
        onChange={(event) => setPerson({ ...person, name: event.target.value })}
        error={asked && noName ? i18n._('Falta preencher.') : undefined}
      />
      <TextField
        label={i18n._('E-mail')}
        type="email"
        value={person.email}
        maxLength={254}
        autoComplete="off"
        hint={
          mode === 'change' ? i18n._('É com ele que a pessoa entra. Links feitos antes deixam de valer.') : undefined
        }
        onChange={(event) => setPerson({ ...person, email: event.target.value })}
        error={asked && noEmail ? i18n._('Confira o e-mail: precisa de um @ e de um domínio.') : error}
      />
      <SelectField
        label={i18n._('Papel')}
        value={person.role}
        hint={mode === 'change' ? i18n._('Mudar o papel encerra as sessões da pessoa.') : undefined}
        onChange={(event) => {
          const role = event.target.value as SchoolRole;
          setPerson({ ...person, role, ...(mode === 'invite' ? { minor: role === 'student' } : {}) });
        }}
        options={schoolRoles.map((value) => ({ value, label: schoolRoleWord(i18n, value) }))}
      />
      <Check
        label={i18n._('É menor de idade')}
        hint={i18n._('As conversas privadas com adultos seguem a regra de proteção da escola.')}
        checked={person.minor}
        onChange={(event) => setPerson({ ...person, minor: event.target.checked })}
      />
      {mode === 'invite' && courses.length > 0 && (
        <fieldset className="stack person-courses">
          <legend className="label">{i18n._('Cursos')}</legend>
          {courses.map(({ id, title }) => (
            <Check
              key={id}
              label={title}
              checked={person.courses.includes(id)}
              onChange={(event) =>
                setPerson({
                  ...person,
                  courses: event.target.checked
                    ? [...person.courses, id]
                    : person.courses.filter((chosen) => chosen !== id),
                })
              }
            />
          ))}
        </fieldset>
      )}
    </Dialog>
  );
}

/** Something done to an account for which a reason stays on the record. */
function ReasonDialog({
  title,
  words,
  action,
  busy,
  error,
  onConfirm,
  onClose,
}: Reasoned & { title: string; words: string; action: string }) {
  const { i18n } = useLingui();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const missing = reason.trim() === '';
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={() => {
        setAsked(true);
        if (!missing) onConfirm(reason.trim());
      }}
      footer={
        <>
          <Button emphasis="quiet" onClick={onClose}>
            {i18n._('Cancelar')}
          </Button>
          <Button emphasis="danger" type="submit" busy={busy}>
            {action}
          </Button>
        </>
      }
    >
      <p className="soft">{words}</p>
      <TextArea
        label={i18n._('Motivo')}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        error={asked && missing ? i18n._('Escreva o motivo: fica registrado.') : error}
      />
    </Dialog>
  );
}

type Reasoned = {
  busy?: boolean | undefined;
  error?: string | undefined;
  onConfirm: (reason: string) => void;
  onClose: () => void;
};

/** Disables an account: why, in words that stay on the record. */
export function DisableDialog({ name, ...rest }: Reasoned & { name: string }) {
  const { i18n } = useLingui();
  return (
    <ReasonDialog
      {...rest}
      title={i18n._('Desativar a conta de {name}?', { name })}
      words={`${i18n._(
        'A pessoa sai de todos os aparelhos na hora e não entra até a conta ser reativada. O que ela escreveu fica.',
      )} ${i18n._('As salas que são só dela passam a quem as modera ou trabalha na escola.')}`}
      action={i18n._('Desativar')}
    />
  );
}

/** Takes the second factors of somebody away who has lost them. */
export function ResetFactorsDialog({ name, ...rest }: Reasoned & { name: string }) {
  const { i18n } = useLingui();
  return (
    <ReasonDialog
      {...rest}
      title={i18n._('Tirar a segunda etapa de {name}?', { name })}
      words={i18n._(
        'Só depois de ter certeza de quem pede. A pessoa sai de todos os aparelhos e entra de novo só com a senha.',
      )}
      action={i18n._('Tirar')}
    />
  );
}

/** Lets a disabled account in again. */
export function EnableDialog({
  name,
  busy,
  error,
  onConfirm,
  onClose,
}: {
  name: string;
  busy?: boolean | undefined;
  error?: string | undefined;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  return (
    <Confirm
      emphasis="pen"
      title={i18n._('Reativar a conta de {name}?', { name })}
      words={i18n._('A pessoa volta a poder entrar com a senha que tinha.')}
      error={error}
      action={i18n._('Reativar')}
      busy={busy}
      onConfirm={onConfirm}
      onClose={onClose}
    />
  );
}
