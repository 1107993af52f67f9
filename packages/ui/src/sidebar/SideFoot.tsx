import { useLingui } from '@lingui/react';
import { IconButton } from '../controls/Button.tsx';
import { Menu, type MenuItem } from '../controls/Menu.tsx';
import { type Language, languageNames, languages as allLanguages } from '../i18n/languages.ts';
import { Icon } from '../icons/Icon.tsx';
import { Avatar } from '../people/Avatar.tsx';
import { roleWord, type PersonView } from '../people/person.ts';

/** Light, dark, or as the system says. */
export type Theme = 'system' | 'light' | 'dark';
/** How much air: comfortable, or a person's wish for less. */
export type Density = 'comfortable' | 'compact';

/** One's own person at the foot or the head of the list, with the switch of day and night and the menu of one's own things. */
export function SideFoot({
  me,
  status,
  language,
  languages = allLanguages,
  theme,
  isDark,
  density,
  onTheme,
  onLanguage,
  onDensity,
  onAccount,
  onSessions,
  onSignOut,
  current = false,
}: {
  me: PersonView;
  /** Under the name, instead of the role: “Sem conexão”. */
  status?: string;
  language: Language;
  /** What the school offers; with one, nothing is asked. */
  languages?: readonly Language[] | undefined;
  theme: Theme;
  /** What the eye sees now, whichever way it came about. */
  isDark: boolean;
  density: Density;
  onTheme: (theme: Theme) => void;
  onLanguage: (language: Language) => void;
  onDensity: (density: Density) => void;
  onAccount: () => void;
  onSessions: () => void;
  onSignOut: () => void;
  /** One of one's own things is the page that is open. */
  current?: boolean;
}) {
  const { i18n } = useLingui();
  const items: MenuItem[] = [
    { id: 'account', label: i18n._('Minha conta'), icon: 'key-round', onSelect: onAccount },
    { id: 'sessions', label: i18n._('Meus aparelhos'), icon: 'laptop', onSelect: onSessions },
    { kind: 'rule', id: 'r1' },
    { kind: 'title', id: 't-theme', label: i18n._('Aparência') },
    {
      kind: 'choice',
      id: 'system',
      label: i18n._('Como o sistema'),
      checked: theme === 'system',
      onSelect: () => onTheme('system'),
    },
    {
      kind: 'choice',
      id: 'light',
      label: i18n._('Caderno (claro)'),
      checked: theme === 'light',
      onSelect: () => onTheme('light'),
    },
    {
      kind: 'choice',
      id: 'dark',
      label: i18n._('Lousa (escuro)'),
      checked: theme === 'dark',
      onSelect: () => onTheme('dark'),
    },
    { kind: 'rule', id: 'r-compact' },
    {
      kind: 'toggle',
      id: 'compact',
      label: i18n._('Linhas mais juntas'),
      checked: density === 'compact',
      onSelect: () => onDensity(density === 'compact' ? 'comfortable' : 'compact'),
    },
    ...(languages.length > 1
      ? [
          { kind: 'rule' as const, id: 'r2' },
          { kind: 'title' as const, id: 't-language', label: i18n._('Idioma') },
          ...languages.map((one) => ({
            kind: 'choice' as const,
            id: one,
            label: languageNames[one],
            checked: language === one,
            onSelect: () => onLanguage(one),
          })),
        ]
      : []),
    { kind: 'rule', id: 'r3' },
    { id: 'sign-out', label: i18n._('Sair'), icon: 'log-out', onSelect: onSignOut },
  ];
  return (
    <div className="side-foot">
      <Menu
        side="top"
        align="start"
        label={i18n._('Suas coisas')}
        items={items}
        trigger={
          <button type="button" className={current ? 'me is-current' : 'me'}>
            <Avatar person={me} />
            <span className="me-words small">
              <b>{me.name}</b>
              <span className="muted">{status ?? roleWord(i18n, me) ?? i18n._('Estudante')}</span>
              <span className="sr">{i18n._('Suas coisas')}</span>
            </span>
            <Icon name="chevron-down" />
          </button>
        }
      />
      <IconButton
        push
        icon={isDark ? 'sun' : 'moon'}
        label={isDark ? i18n._('Trocar para o claro') : i18n._('Trocar para o escuro')}
        onClick={() => onTheme(isDark ? 'light' : 'dark')}
      />
    </div>
  );
}
