import { useLingui } from '@lingui/react';
import { ProblemError } from '@recreio/client';
import { Button, Empty, Icon, kindWords, Link, ListSkeleton, NotFound, peopleWords, Trouble } from '@recreio/ui';
import { useAct } from '../acting.ts';
import { useAsked } from '../asked.ts';
import { useClient } from '../client.tsx';
import { troubleWords } from '../problems.ts';

/** A room that one is not in: what it is and the way in, if one may find it; otherwise there is no such page. */
export function Stranger({ id }: { id: string }) {
  const { i18n } = useLingui();
  const client = useClient();
  const entering = useAct();
  const found = useAsked('rooms.get', { room: id });
  const away = (
    <Link className="btn" href="/salas">
      {i18n._('Encontrar salas')}
    </Link>
  );
  const words = () => {
    if (found.isPending) return <ListSkeleton count={2} />;
    if (found.isError) {
      const { error } = found;
      if (error instanceof ProblemError && ['not-found', 'malformed'].includes(error.problem.code))
        return <NotFound action={away} />;
      return (
        <Trouble
          title={i18n._('Não deu para abrir a sala')}
          words={troubleWords(i18n, error, client.serverNow())}
          onRetry={() => void found.refetch()}
        />
      );
    }
    const { room } = found.data;
    if (room.kind === 'direct') return <NotFound action={away} />;
    return (
      <Empty
        chalk="ball"
        heading={1}
        title={room.title}
        action={
          room.access === 'open' ? (
            <Button
              emphasis="pen"
              icon="plus"
              busy={entering.busy}
              onClick={() => void entering.run(() => client.call('members.join', { room: id }))}
            >
              {i18n._('Entrar na sala')}
            </Button>
          ) : (
            away
          )
        }
      >
        {[kindWords(i18n, room.kind), peopleWords(i18n, room.members)].join(' · ')}
        {room.description !== '' && (
          <>
            <br />
            {room.description}
          </>
        )}
        {room.access === 'invite' && (
          <>
            <br />
            {i18n._('Aqui se entra por convite de quem cuida da sala.')}
          </>
        )}
        {entering.error && (
          <span role="alert" className="field-error">
            <br />
            {entering.error}
          </span>
        )}
      </Empty>
    );
  };
  return (
    <main className="page" tabIndex={-1} id="conteudo">
      <div className="page-in page-in--narrow">
        <Link className="btn btn--quiet page-back only-phone" href="/">
          <Icon name="arrow-left" />
          {i18n._('Salas')}
        </Link>
        {words()}
      </div>
    </main>
  );
}
