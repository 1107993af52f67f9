import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Button, IconButton } from '../controls/Button.tsx';
import { Confirm, Dialog } from '../controls/Dialog.tsx';
import { Empty, ListSkeleton, Trouble } from '../controls/Empty.tsx';
import { Check, SearchField, SelectField, TextArea, TextField } from '../controls/Field.tsx';
import { Menu, type MenuItem } from '../controls/Menu.tsx';
import { agoTime } from '../i18n/dates.ts';
import { Icon } from '../icons/Icon.tsx';
import { Avatar } from '../people/Avatar.tsx';
import { roleWord, type PersonView } from '../people/person.ts';

/** What a person can be in the school. */
export type SchoolRole = 'student' | 'teacher' | 'monitor' | 'moderator' | 'administrator' | 'guardian';

/** All of them, in the order in which they are offered. */
export const schoolRoles: readonly SchoolRole[] = ['student', 'teacher', 'monitor', 'moderator', 'administrator', 'guardian'];

/** The role in words, students included: here it is a fact, not a badge. */
export function schoolRoleWord(i18n: ReturnType<typeof useLingui>['i18n'], role: SchoolRole): string {
  return roleWord(i18n, { role }) ?? i18n._('Estudante');
}

/** A person as administrators see one. Times in ms. */
export type AccountView = { person: PersonView; email: string; role: SchoolRole; minor: boolean; state: 'active' | 'invited' | 'disabled'; lastSeenAt: number | null };

/** The people of the school: found, invited, helped back in, disabled. The page's frame (`Page`) is the caller's. */
export function PeopleAdmin({ people, total, query, role, loading, failed, hasMore, now, onQuery, onRole, onMore, onRetry, onEdit, onResetLink, onDisable, onEnable }: {
  people: readonly AccountView[]; total: number; query: string; role: SchoolRole | 'all'; loading: boolean; failed?: boolean; hasMore?: boolean; now: number;
  onQuery: (text: string) => void; onRole: (role: SchoolRole | 'all') => void; onMore?: () => void; onRetry: () => void;
  onEdit: (account: AccountView) => void; onResetLink: (account: AccountView) => void; onDisable: (account: AccountView) => void; onEnable: (account: AccountView) => void;
}) {
  const { i18n } = useLingui();
  const [text, setText] = useState(query);
  return (
    <>
      <form className="finder finder--row" role="search" onSubmit={(event) => event.preventDefault()}>
        <SearchField label={i18n._('Procurar pessoas')} placeholder={i18n._('Nome ou e-mail')} value={text} onChange={(event) => { setText(event.target.value); onQuery(event.target.value); }} />
        <SelectField label={i18n._('Papel')} value={role} onChange={(event) => onRole(event.target.value as SchoolRole | 'all')} options={[{ value: 'all', label: i18n._('Todos os papéis') }, ...schoolRoles.map((value) => ({ value, label: schoolRoleWord(i18n, value) }))]} />
      </form>
      {failed && people.length === 0 && <Trouble title={i18n._('Não deu para buscar as pessoas')} words={i18n._('A rede ou a escola não respondeu.')} onRetry={onRetry} />}
      {loading && people.length === 0 && !failed && <ListSkeleton />}
      {!loading && !failed && people.length === 0 && <Empty chalk="bench" title={i18n._('Ninguém aqui')}>{i18n._('Nenhuma pessoa com essa busca. Convide alguém, ou traga a turma toda de uma planilha.')}</Empty>}
      {people.length > 0 && (
        <>
          <p className="small soft people-total" role="status">{i18n._('{total, plural, one {# pessoa} other {# pessoas}}', { total })}</p>
          <ul className="cards" aria-busy={loading}>{people.map((account) => <AccountRow key={account.person.id} account={account} now={now} items={accountItems(i18n, account, { onEdit, onResetLink, onDisable, onEnable })} />)}</ul>
        </>
      )}
      {hasMore && onMore && <div className="more"><Button onClick={onMore} busy={loading}>{i18n._('Ver mais pessoas')}</Button></div>}
    </>
  );
}

function AccountRow({ account, now, items }: { account: AccountView; now: number; items: readonly MenuItem[] }) {
  const { i18n } = useLingui();
  const { person, state } = account;
  const options = i18n._('Opções de {name}', { name: person.name });
  return (
    <li className={state === 'disabled' ? 'card-row is-off' : 'card-row'}>
      <Avatar person={person} size="l" />
      <div className="card-words">
        <h2><span dir="auto">{person.name}</span> <span className={account.role === 'student' ? 'tag' : 'role'}>{schoolRoleWord(i18n, account.role)}</span>{account.minor && <> <span className="tag">{i18n._('menor de idade')}</span></>}</h2>
        <p className="small soft">
          <span className="email">{account.email}</span>
          {' · '}
          {state === 'disabled' ? <span className="tag tag--danger"><Icon name="ban" />{i18n._('Desativada')}</span> : state === 'invited' ? <span className="tag tag--marker"><Icon name="clock" />{i18n._('Convidada, ainda não entrou')}</span> : account.lastSeenAt === null ? i18n._('Ainda não entrou') : i18n._('Visto {ago}', { ago: agoTime(account.lastSeenAt, now, i18n.locale) })}
        </p>
      </div>
      <Menu label={options} items={items} trigger={<IconButton icon="ellipsis" label={options} />} />
    </li>
  );
}

function accountItems(i18n: ReturnType<typeof useLingui>['i18n'], account: AccountView, on: { onEdit: (account: AccountView) => void; onResetLink: (account: AccountView) => void; onDisable: (account: AccountView) => void; onEnable: (account: AccountView) => void }): MenuItem[] {
  const disabled = account.state === 'disabled';
  return [
    { id: 'edit', label: i18n._('Mudar nome ou papel…'), icon: 'pencil', onSelect: () => on.onEdit(account) },
    ...(disabled ? [] : [{ id: 'link', label: account.state === 'invited' ? i18n._('Novo convite…') : i18n._('Endereço para nova senha…'), icon: 'key-round' as const, onSelect: () => on.onResetLink(account) }]),
    { kind: 'rule', id: 'r1' },
    disabled
      ? { id: 'enable', label: i18n._('Reativar a conta'), icon: 'check', onSelect: () => on.onEnable(account) }
      : { id: 'disable', label: i18n._('Desativar a conta…'), icon: 'ban', danger: true, disabled: account.person.isYou === true, onSelect: () => on.onDisable(account) },
  ];
}

/** What inviting, or changing, a person takes. */
export type PersonDraft = { name: string; email: string; role: SchoolRole; minor: boolean };

/** Invites a person, or changes one (their e-mail then stays as it is). */
export function PersonDialog({ mode = 'invite', initial, busy, error, onConfirm, onClose }: { mode?: 'invite' | 'change'; initial?: PersonDraft; busy?: boolean | undefined; error?: string | undefined; onConfirm: (person: PersonDraft) => void; onClose: () => void }) {
  const { i18n } = useLingui();
  const [person, setPerson] = useState<PersonDraft>(initial ?? { name: '', email: '', role: 'student', minor: false });
  const [asked, setAsked] = useState(false);
  const noName = person.name.trim() === '';
  const noEmail = !/^\S+@\S+\.\S+$/.test(person.email.trim());
  function submit() {
    setAsked(true);
    if (!noName && !noEmail) onConfirm({ ...person, name: person.name.trim(), email: person.email.trim() });
  }
  return (
    <Dialog
      title={mode === 'invite' ? i18n._('Convidar uma pessoa') : i18n._('Mudar {name}', { name: initial?.name ?? '' })} onClose={onClose} onSubmit={submit}
      footer={<><Button emphasis="quiet" onClick={onClose}>{i18n._('Cancelar')}</Button><Button emphasis="pen" type="submit" busy={busy}>{mode === 'invite' ? i18n._('Criar convite') : i18n._('Salvar')}</Button></>}
    >
      {mode === 'invite' && <p className="soft">{i18n._('Você recebe um endereço de uso único para entregar à pessoa. Nele ela escolhe a senha.')}</p>}
      <TextField label={i18n._('Nome')} value={person.name} maxLength={80} autoComplete="off" onChange={(event) => setPerson({ ...person, name: event.target.value })} error={asked && noName ? i18n._('Falta preencher.') : undefined} />
      <TextField label={i18n._('E-mail')} type="email" value={person.email} maxLength={254} autoComplete="off" disabled={mode === 'change'} onChange={(event) => setPerson({ ...person, email: event.target.value })} error={asked && noEmail ? i18n._('Confira o e-mail: precisa de um @ e de um domínio.') : error} />
      <SelectField label={i18n._('Papel')} value={person.role} hint={mode === 'change' ? i18n._('Mudar o papel encerra as sessões da pessoa.') : undefined} onChange={(event) => setPerson({ ...person, role: event.target.value as SchoolRole })} options={schoolRoles.map((value) => ({ value, label: schoolRoleWord(i18n, value) }))} />
      <Check label={i18n._('É menor de idade')} hint={i18n._('As conversas privadas com adultos seguem a regra de proteção da escola.')} checked={person.minor} onChange={(event) => setPerson({ ...person, minor: event.target.checked })} />
    </Dialog>
  );
}

/** Disables an account: why, in words that stay on the record. */
export function DisableDialog({ name, busy, error, onConfirm, onClose }: { name: string; busy?: boolean | undefined; error?: string | undefined; onConfirm: (reason: string) => void; onClose: () => void }) {
  const { i18n } = useLingui();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const missing = reason.trim() === '';
  return (
    <Dialog
      title={i18n._('Desativar a conta de {name}?', { name })} onClose={onClose} onSubmit={() => { setAsked(true); if (!missing) onConfirm(reason.trim()); }}
      footer={<><Button emphasis="quiet" onClick={onClose}>{i18n._('Cancelar')}</Button><Button emphasis="danger" type="submit" busy={busy}>{i18n._('Desativar')}</Button></>}
    >
      <p className="soft">{i18n._('A pessoa sai de todos os aparelhos na hora e não entra até a conta ser reativada. O que ela escreveu fica.')}</p>
      <TextArea label={i18n._('Motivo')} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} error={asked && missing ? i18n._('Escreva o motivo: fica registrado.') : error} />
    </Dialog>
  );
}

/** Lets a disabled account in again. */
export function EnableDialog({ name, onConfirm, onClose }: { name: string; onConfirm: () => void; onClose: () => void }) {
  const { i18n } = useLingui();
  return <Confirm emphasis="pen" title={i18n._('Reativar a conta de {name}?', { name })} words={i18n._('A pessoa volta a poder entrar com a senha que tinha.')} action={i18n._('Reativar')} onConfirm={onConfirm} onClose={onClose} />;
}
