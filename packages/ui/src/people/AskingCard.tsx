import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Button, IconButton } from '../controls/Button.tsx';
import { Menu, type MenuItem } from '../controls/Menu.tsx';
import { listWords } from '../i18n/fold.ts';
import { Avatar } from './Avatar.tsx';
import { shortName, type PersonView } from './person.ts';

/** Somebody would like the reader in a group. */
export type AskingView = {
  /** The group. */
  id: string;
  /** Empty where it has none. */
  title: string;
  by: PersonView;
  /** Who is in it already, who asks included; and who else was asked. */
  members: readonly PersonView[];
  asked: readonly PersonView[];
};

/** What the reader answers. */
export type AskingAnswer = 'yes' | 'no' | 'block';

/** Named at once; the others when one asks for all. */
const named = 4;

/** The question whether one comes into a group: who asks, who is there, yes, no, and a way to be asked by this person no more. */
export function AskingCard({
  asking,
  busy,
  error,
  onAnswer,
}: {
  asking: AskingView;
  busy: boolean;
  /** Why the last answer came to nothing. */
  error?: string | undefined;
  onAnswer: (answer: AskingAnswer) => void;
}) {
  const { i18n } = useLingui();
  const [isWhole, setWhole] = useState(false);
  const { by, title } = asking;
  const name = shortName(by.name);
  const others = [...asking.members.filter(({ id }) => id !== by.id), ...asking.asked].map((one) => one.name);
  const shown = isWhole || others.length <= named ? others : others.slice(0, named);
  const rest = others.length - shown.length;
  const menu: MenuItem[] = [
    ...(rest > 0
      ? [{ id: 'all', label: i18n._('Ver todos'), icon: 'users' as const, onSelect: () => setWhole(true) }]
      : []),
    {
      id: 'block',
      label: i18n._('Recusar e bloquear {name}', { name }),
      icon: 'user-x',
      danger: true,
      onSelect: () => onAnswer('block'),
    },
  ];
  return (
    <section className="asking" aria-label={i18n._('Convite de {name}', { name: by.name })}>
      <div className="asking-who">
        <Avatar person={by} />
        <p>
          <b dir="auto">{by.name}</b>{' '}
          {title === '' ? i18n._('chama você para um grupo.') : i18n._('chama você para o grupo “{title}”.', { title })}
        </p>
      </div>
      {others.length > 0 && (
        <p className="small soft">
          {rest > 0
            ? i18n._('Com {names} e mais {rest}.', { names: shown.join(', '), rest })
            : i18n._('Com {names}.', { names: listWords(shown, i18n.locale) })}
        </p>
      )}
      {error && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <div className="row asking-answers">
        <Button small emphasis="pen" busy={busy} onClick={() => onAnswer('yes')}>
          {i18n._('Entrar')}
        </Button>
        <Button small busy={busy} onClick={() => onAnswer('no')}>
          {i18n._('Não, obrigado')}
        </Button>
        <Menu
          label={i18n._('Opções do convite de {name}', { name })}
          items={menu}
          trigger={<IconButton small push icon="ellipsis" label={i18n._('Mais opções do convite')} />}
        />
      </div>
    </section>
  );
}
