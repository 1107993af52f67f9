import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Button, IconButton } from '../controls/Button.tsx';
import { Empty } from '../controls/Empty.tsx';
import { SearchField, SelectField } from '../controls/Field.tsx';
import { FoundList } from '../controls/FoundList.tsx';
import { Menu, type MenuItem } from '../controls/Menu.tsx';
import { agoTime } from '../i18n/dates.ts';
import { When } from '../i18n/When.tsx';
import { Icon } from '../icons/Icon.tsx';
import { Avatar } from '../people/Avatar.tsx';
import { roleWord, type PersonView } from '../people/person.ts';

/** What a person can be in the school. */
export type SchoolRole = 'student' | 'teacher' | 'monitor' | 'moderator' | 'administrator' | 'guardian';

/** All of them, in the order in which they are offered. */
export const schoolRoles: readonly SchoolRole[] = [
  'student',
  'teacher',
  'monitor',
  'moderator',
  'administrator',
  'guardian',
];

/** The role in words, students included: here it is a fact, not a badge. */
export function schoolRoleWord(i18n: ReturnType<typeof useLingui>['i18n'], role: SchoolRole): string {
  return roleWord(i18n, { role }) ?? i18n._('Estudante');
}

/** A person as administrators see one. Times in ms. */
export type AccountView = {
  person: PersonView;
  email: string;
  role: SchoolRole;
  minor: boolean;
  state: 'active' | 'invited' | 'disabled';
  lastSeenAt: number | null;
  /** Signing in asks for more than a password. */
  secondFactor: boolean;
};

/** What is done with an account. */
type AccountActs = {
  onEdit: (account: AccountView) => void;
  onDevices: (account: AccountView) => void;
  onResetLink: (account: AccountView) => void;
  onResetFactors: (account: AccountView) => void;
  onDisable: (account: AccountView) => void;
  onEnable: (account: AccountView) => void;
};

/** Which people are listed; `course` by id. */
export type PeopleFilter = {
  role: SchoolRole | 'all';
  state: 'all' | 'active' | 'disabled' | 'never-seen';
  course: string;
};

/** No filter at all. */
export const everybody: PeopleFilter = { role: 'all', state: 'all', course: 'all' };

/** The people of the school: found, invited, helped back in, disabled. The page's frame (`Page`) is the caller's. */
export function PeopleAdmin({
  people,
  total,
  query,
  filter,
  courses = [],
  loading,
  failed,
  hasMore,
  now,
  onQuery,
  onFilter,
  onMore,
  onRetry,
  ...on
}: AccountActs & {
  people: readonly AccountView[];
  total: number;
  query: string;
  filter: PeopleFilter;
  /** The courses by which one may look. */
  courses?: readonly { id: string; title: string }[];
  loading: boolean;
  failed?: boolean;
  hasMore?: boolean;
  now: number;
  onQuery: (text: string) => void;
  onFilter: (filter: PeopleFilter) => void;
  onMore?: () => void;
  onRetry: () => void;
}) {
  const { i18n } = useLingui();
  const [text, setText] = useState(query);
  return (
    <>
      <form className="finder finder--people" role="search" onSubmit={(event) => event.preventDefault()}>
        <SearchField
          label={i18n._('Procurar pessoas')}
          placeholder={i18n._('Nome ou e-mail')}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            onQuery(event.target.value);
          }}
        />
        <SelectField
          quiet
          label={i18n._('Papel')}
          value={filter.role}
          onChange={(event) => onFilter({ ...filter, role: event.target.value as PeopleFilter['role'] })}
          options={[
            { value: 'all', label: i18n._('Todos os papéis') },
            ...schoolRoles.map((value) => ({ value, label: schoolRoleWord(i18n, value) })),
          ]}
        />
        <SelectField
          quiet
          label={i18n._('Situação da conta')}
          value={filter.state}
          onChange={(event) => onFilter({ ...filter, state: event.target.value as PeopleFilter['state'] })}
          options={[
            { value: 'all', label: i18n._('Todas as contas') },
            { value: 'active', label: i18n._('Em uso') },
            { value: 'never-seen', label: i18n._('Nunca entraram') },
            { value: 'disabled', label: i18n._('Desativadas') },
          ]}
        />
        {courses.length > 0 && (
          <SelectField
            quiet
            label={i18n._('Curso')}
            value={filter.course}
            onChange={(event) => onFilter({ ...filter, course: event.target.value })}
            options={[
              { value: 'all', label: i18n._('Todos os cursos') },
              ...courses.map(({ id, title }) => ({ value: id, label: title })),
            ]}
          />
        )}
      </form>
      <FoundList
        loading={loading}
        failed={failed}
        hasMore={hasMore}
        trouble={i18n._('Não deu para buscar as pessoas')}
        nothing={
          <Empty
            chalk="bench"
            title={i18n._('Ninguém com essa busca')}
            action={
              <Button
                onClick={() => {
                  setText('');
                  onQuery('');
                  onFilter(everybody);
                }}
              >
                {i18n._('Ver todas as pessoas')}
              </Button>
            }
          >
            {i18n._(
              'Confira o nome e os filtros. Para trazer gente, convide alguém ou importe a turma toda de uma planilha.',
            )}
          </Empty>
        }
        total={i18n._('{total, plural, one {# pessoa} other {# pessoas}}', { total })}
        more={i18n._('Ver mais pessoas')}
        onMore={onMore}
        onRetry={onRetry}
      >
        {people.map((account) => (
          <AccountRow key={account.person.id} account={account} now={now} items={accountItems(i18n, account, on)} />
        ))}
      </FoundList>
    </>
  );
}

function AccountRow({ account, now, items }: { account: AccountView; now: number; items: readonly MenuItem[] }) {
  const { i18n } = useLingui();
  const { person, state } = account;
  const options = i18n._('Opções de {name}', { name: person.name });
  return (
    <li className={state === 'disabled' ? 'card-row account is-off' : 'card-row account'}>
      <Avatar person={person} size="l" />
      <div className="card-words">
        <h2>
          <span dir="auto">{person.name}</span>
          {person.isYou && <span className="role role--you">{i18n._('Você')}</span>}
        </h2>
        <p className="small soft email">{account.email}</p>
      </div>
      <p className="account-role small">
        <span className={account.role === 'student' ? 'soft' : 'role'}>{schoolRoleWord(i18n, account.role)}</span>
        {account.minor && <span className="soft">{i18n._('menor de idade')}</span>}
      </p>
      <p className="account-state small soft">
        {state === 'disabled' ? (
          <span className="tag tag--danger">
            <Icon name="ban" />
            {i18n._('Desativada')}
          </span>
        ) : state === 'invited' ? (
          <span className="tag tag--marker">
            <Icon name="clock" />
            {i18n._('Convite feito, ainda não entrou')}
          </span>
        ) : account.lastSeenAt === null ? (
          i18n._('Ainda não entrou')
        ) : (
          <When at={account.lastSeenAt}>
            {i18n._('Visto {ago}', { ago: agoTime(account.lastSeenAt, now, i18n.locale) })}
          </When>
        )}
      </p>
      <Menu label={options} items={items} trigger={<IconButton icon="ellipsis" label={options} />} />
    </li>
  );
}

function accountItems(i18n: ReturnType<typeof useLingui>['i18n'], account: AccountView, on: AccountActs): MenuItem[] {
  const disabled = account.state === 'disabled';
  return [
    { id: 'edit', label: i18n._('Mudar nome, e-mail ou papel…'), icon: 'pencil', onSelect: () => on.onEdit(account) },
    { id: 'devices', label: i18n._('Aparelhos…'), icon: 'laptop', onSelect: () => on.onDevices(account) },
    ...(disabled
      ? []
      : [
          {
            id: 'link',
            label: account.state === 'invited' ? i18n._('Novo convite…') : i18n._('Link para nova senha…'),
            icon: 'key-round' as const,
            onSelect: () => on.onResetLink(account),
          },
        ]),
    ...(account.secondFactor && account.person.isYou !== true
      ? [
          {
            id: 'factors',
            label: i18n._('Tirar a segunda etapa…'),
            icon: 'smartphone' as const,
            onSelect: () => on.onResetFactors(account),
          },
        ]
      : []),
    { kind: 'rule', id: 'r1' },
    disabled
      ? { id: 'enable', label: i18n._('Reativar a conta'), icon: 'check', onSelect: () => on.onEnable(account) }
      : {
          id: 'disable',
          label: i18n._('Desativar a conta…'),
          icon: 'ban',
          danger: true,
          disabled: account.person.isYou === true,
          onSelect: () => on.onDisable(account),
        },
  ];
}
