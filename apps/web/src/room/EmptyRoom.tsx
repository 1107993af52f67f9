import { useLingui } from '@lingui/react';
import { Button, Empty, Icon, Link } from '@recreio/ui';

/** Nobody has said anything yet: the next step, for those who may take it. */
export function EmptyRoom({
  whom,
  description,
  mayWrite,
  inviteHref,
  onWrite,
}: {
  /** The others of a private conversation, as one calls them. */
  whom: string | undefined;
  /** What the room is for, in the words of who opened it. */
  description: string;
  mayWrite: boolean;
  /** Where people are brought in, for those who may. */
  inviteHref?: string | undefined;
  onWrite: () => void;
}) {
  const { i18n } = useLingui();
  const write = mayWrite ? <Button onClick={onWrite}>{i18n._('Escrever a primeira mensagem')}</Button> : undefined;
  if (whom !== undefined)
    return (
      <Empty chalk="bench" title={i18n._('Puxe conversa com {name}', { name: whom })} action={write}>
        {i18n._('Só vocês leem o que se diz aqui.')}
      </Empty>
    );
  return (
    <Empty
      chalk="hopscotch"
      title={i18n._('Sala nova em folha')}
      action={
        inviteHref === undefined ? (
          write
        ) : (
          <div className="row row--wrap empty-ways">
            {write}
            <Link className="btn" href={inviteHref}>
              <Icon name="user-plus" />
              {i18n._('Chamar pessoas')}
            </Link>
          </div>
        )
      }
    >
      {description !== '' && <q dir="auto">{description}</q>}{' '}
      {mayWrite
        ? description === '' && i18n._('Diga do que se fala aqui, ou comece por uma pergunta.')
        : i18n._('Ninguém disse nada ainda. O que for dito aparece aqui.')}
    </Empty>
  );
}
