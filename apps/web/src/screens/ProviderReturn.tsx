import { useLingui } from '@lingui/react';
import { Door, Link, ListSkeleton } from '@recreio/ui';
import { useEffect, useRef, useState } from 'react';
import { useAct } from '../acting.ts';
import { ways } from '../address.tsx';
import { useClient } from '../client.tsx';
import { takeReturn } from '../provider.ts';

/** Back from the school's own sign-in: finishes what was begun there, and goes on. */
export default function ProviderReturn() {
  const { i18n } = useLingui();
  const client = useClient();
  const act = useAct();
  const [back] = useState(takeReturn);
  const isBegun = useRef(false);
  useEffect(() => {
    if (back === undefined || isBegun.current) return;
    isBegun.current = true;
    const { flow, returned, purpose } = back;
    void act
      .run(
        () =>
          purpose === 'link'
            ? client.call('accounts.linkOidc', { flow, returned })
            : client.signInWithProvider({ flow, returned }),
        {
          'no-account': i18n._(
            'Esta conta ainda não abre nada aqui. Entre com a sua senha e ligue as duas em Minha conta.',
          ),
          'already-taken': i18n._('Esta conta já abre a de outra pessoa, ou a sua já tem outra.'),
        },
      )
      .then((isDone) => isDone && ways.replace(back.back));
  }, [act, back, client, i18n]);
  const isOver = back === undefined || act.error !== undefined;
  if (!isOver)
    return (
      <Door title={i18n._('Um instante')} words={i18n._('Conferindo a sua entrada.')}>
        <ListSkeleton count={2} />
      </Door>
    );
  return (
    <Door
      title={i18n._('Não deu para entrar por aqui')}
      words={act.error ?? i18n._('Esta página veio de outra aba ou ficou antiga. Comece de novo.')}
    >
      <Link className="btn btn--pen btn--wide" href={back?.back ?? '/'}>
        {i18n._('Voltar')}
      </Link>
    </Door>
  );
}
