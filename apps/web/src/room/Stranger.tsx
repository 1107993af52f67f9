import { useLingui } from '@lingui/react';
import { Banner, Button, Icon, Leaf, Link, ListSkeleton, NotFound, peopleWords, Trouble } from '@recreio/ui';
import { lazy, Suspense, useId, useState } from 'react';
import { useAct } from '../acting.ts';
import { useAsked } from '../asked.ts';
import { useClient } from '../client.tsx';
import { useCourses } from '../courses.ts';
import { isMissing, troubleWords } from '../problems.ts';
import { leafOf } from '../side/groups.ts';
import { WaysOn } from '../ways-on.tsx';
import { crumbOf } from './head.tsx';
import { RoomFacts } from './RoomFacts.tsx';

const JoinDialog = lazy(() => import('../screens/rooms/JoinDialog.tsx'));

/** A room that one is not in: what it is and the way in, if one may find it; otherwise there is no such page. */
export function Stranger({ id }: { id: string }) {
  const { i18n } = useLingui();
  const client = useClient();
  const entering = useAct();
  const note = useId();
  const [isAsking, setAsking] = useState(false);
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
      if (isMissing(error)) return <NotFound what="room" action={<WaysOn />} />;
      return (
        <Trouble
          title={i18n._('Não deu para abrir a sala')}
          words={troubleWords(i18n, error, client.serverNow())}
          onRetry={() => void found.refetch()}
        />
      );
    }
    const { room, rules } = found.data;
    const join = () => entering.run(() => client.call('members.join', { room: id }));
    if (room.kind === 'direct' || room.kind === 'group') return <NotFound what="room" action={<WaysOn />} />;
    const course = courses.find((one) => one.id === room.course);
    const lesson = course?.lessons.find((one) => one.id === room.lesson);
    return (
      <article className="stranger">
        <header className="about-head">
          <Leaf large leaf={leafOf(room, lesson?.number)} />
          <div>
            <p className="small soft">
              {crumbOf(i18n, room, courses)} · <span className="nowrap">{peopleWords(i18n, room.members)}</span>
            </p>
            <h1 dir="auto">{room.title}</h1>
          </div>
        </header>
        {room.description !== '' && <p dir="auto">{room.description}</p>}
        <RoomFacts room={room} />
        {entering.error && !isAsking && (
          <Banner tone="danger" icon="triangle-alert" role="alert">
            {entering.error}
          </Banner>
        )}
        <div className="stranger-way">
          {room.access === 'open' ? (
            <Button
              emphasis="pen"
              busy={entering.busy}
              aria-describedby={note}
              onClick={() => (rules === undefined ? void join() : setAsking(true))}
            >
              {i18n._('Entrar na sala')}
            </Button>
          ) : (
            away
          )}
          <p className="small soft" id={note}>
            {room.access === 'invite'
              ? i18n._('Para receber um convite, fale com quem cuida da sala.')
              : i18n._('Entrar não manda aviso a ninguém: só o seu nome aparece na sala.')}
          </p>
        </div>
        {isAsking && rules !== undefined && (
          <Suspense>
            <JoinDialog
              title={room.title}
              rules={rules}
              busy={entering.busy}
              error={entering.error}
              onJoin={() => void join()}
              onClose={() => setAsking(false)}
            />
          </Suspense>
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
