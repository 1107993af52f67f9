import { useLingui } from '@lingui/react';
import { ProblemError } from '@recreio/client';
import { Button, Icon, kindWords, Leaf, Link, ListSkeleton, NotFound, peopleWords, Trouble } from '@recreio/ui';
import { useAct } from '../acting.ts';
import { useAsked } from '../asked.ts';
import { useClient } from '../client.tsx';
import { useCourses } from '../courses.ts';
import { troubleWords } from '../problems.ts';
import { courseName } from '../screens/rooms/making.ts';
import { leafOf } from '../side/groups.ts';

/** A room that one is not in: what it is and the way in, if one may find it; otherwise there is no such page. */
export function Stranger({ id }: { id: string }) {
  const { i18n } = useLingui();
  const client = useClient();
  const entering = useAct();
  const found = useAsked('rooms.get', { room: id });
  const courses = useCourses();
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
    const course = courses.find((one) => one.id === room.course);
    const lesson = course?.lessons.find((one) => one.id === room.lesson);
    return (
      <article className="stranger">
        <Leaf large leaf={leafOf(room, lesson?.number)} />
        <h1 dir="auto">{room.title}</h1>
        <p className="small soft">
          {[kindWords(i18n, room.kind), ...(course ? [courseName(course)] : []), peopleWords(i18n, room.members)].join(
            ' · ',
          )}
        </p>
        {room.description !== '' && <p dir="auto">{room.description}</p>}
        {room.access === 'open' ? (
          <Button
            emphasis="pen"
            busy={entering.busy}
            onClick={() => void entering.run(() => client.call('members.join', { room: id }))}
          >
            {i18n._('Entrar na sala')}
          </Button>
        ) : (
          away
        )}
        <p className="small soft">
          {room.access === 'invite'
            ? i18n._('Aqui se entra por convite de quem cuida da sala.')
            : room.past === 'all'
              ? i18n._('Entrar não manda aviso a ninguém. Você vê o que já foi dito, e seu nome aparece na sala.')
              : i18n._(
                  'Entrar não manda aviso a ninguém. Você vê o que for dito daqui em diante, e seu nome aparece na sala.',
                )}
        </p>
        {entering.error && (
          <p role="alert" className="field-error">
            {entering.error}
          </p>
        )}
      </article>
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
