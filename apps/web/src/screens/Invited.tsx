import { useLingui } from '@lingui/react';
import { type CallOutput, ProblemError } from '@recreio/client';
import { Banner, Button, Empty, Leaf, ListSkeleton, peopleWords, RoomRules, Trouble } from '@recreio/ui';
import { useEffect, useState } from 'react';
import { useAct } from '../acting.ts';
import { useAsked } from '../asked.ts';
import { useClient } from '../client.tsx';
import { useCourses } from '../courses.ts';
import { useGo } from '../going.tsx';
import { forgetInvitationSecret, takeInvitationSecret } from '../link-token.ts';
import { troubleWords } from '../problems.ts';
import { crumbOf } from '../room/head.tsx';
import { RoomFacts } from '../room/RoomFacts.tsx';
import { leafOf, roomHref } from '../side/groups.ts';
import { WaysOn } from '../ways-on.tsx';
import { whenIn } from './rooms/entering.ts';

/** The page that a link into a room opens: which room, who invites, what was agreed on there; and the way in. */
export default function Invited() {
  const { i18n } = useLingui();
  const [secret, setSecret] = useState(takeInvitationSecret);
  const client = useClient();
  useEffect(() => {
    const take = () => setSecret(takeInvitationSecret());
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  const read = useAsked('invitations.read', { secret }, { enabled: secret !== '' });
  const words = () => {
    if (secret === '') return <NoWay code="link-used" />;
    if (read.isPending) return <ListSkeleton count={2} />;
    if (read.isError) {
      const code = read.error instanceof ProblemError ? read.error.problem.code : undefined;
      if (code === 'link-used' || code === 'malformed' || code === 'protected-minor' || code === 'not-allowed')
        return <NoWay code={code} />;
      return (
        <Trouble
          title={i18n._('Não deu para ler o link')}
          words={troubleWords(i18n, read.error, client.serverNow())}
          onRetry={() => void read.refetch()}
        />
      );
    }
    return <Invitation key={secret} secret={secret} invitation={read.data} />;
  };
  return (
    <main className="page" tabIndex={-1} id="conteudo">
      <div className="page-in page-in--narrow">{words()}</div>
    </main>
  );
}

function Invitation({ secret, invitation }: { secret: string; invitation: CallOutput<'invitations.read'> }) {
  const { i18n } = useLingui();
  const client = useClient();
  const courses = useCourses();
  const go = useGo();
  const act = useAct();
  const [agreed, setAgreed] = useState(false);
  const [isOver, setOver] = useState(false);
  const { room, rules, by, role, joined } = invitation;
  const lesson = courses.find(({ id }) => id === room.course)?.lessons.find(({ id }) => id === room.lesson);
  const enter = () => {
    forgetInvitationSecret();
    go(roomHref(room.id), 'replace');
  };
  if (isOver) return <NoWay code="link-used" />;
  const come = async () => {
    try {
      await client.call('invitations.redeem', { room: room.id, secret });
    } catch (error) {
      const code = error instanceof ProblemError ? error.problem.code : undefined;
      if (code !== 'link-used' && code !== 'not-found') throw error;
      setOver(true);
      return;
    }
    await whenIn(client.rooms, room.id);
    enter();
  };
  return (
    <article className="stranger">
      <p className="small soft">{i18n._('{name} convidou você para uma sala:', { name: by.name })}</p>
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
      {rules !== '' && <RoomRules rules={rules} {...(joined ? {} : { agreed, onAgree: setAgreed })} />}
      <RoomFacts room={room} />
      {act.error && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {act.error}
        </Banner>
      )}
      <div className="stranger-way">
        {joined ? (
          <Button emphasis="pen" onClick={enter}>
            {i18n._('Abrir a sala')}
          </Button>
        ) : (
          <Button emphasis="pen" busy={act.busy} disabled={rules !== '' && !agreed} onClick={() => void act.run(come)}>
            {i18n._('Entrar na sala')}
          </Button>
        )}
        <p className="small soft">
          {joined
            ? i18n._('Você já está nesta sala.')
            : role === 'reader'
              ? i18n._('Por este convite você lê e reage, sem escrever.')
              : i18n._('Entrar não manda aviso a ninguém: só o seu nome aparece na sala.')}
        </p>
      </div>
    </article>
  );
}

/** A link that does not lead this person in: why, and whom to ask. */
function NoWay({ code }: { code: 'link-used' | 'malformed' | 'protected-minor' | 'not-allowed' }) {
  const { i18n } = useLingui();
  useEffect(() => forgetInvitationSecret(), []);
  const [title, words] =
    code === 'protected-minor'
      ? [
          i18n._('Este convite não vale para você'),
          i18n._(
            'Para proteger quem é menor de idade, salas só por convite juntam adultos e menores apenas com a equipe do curso. Se achar que foi engano, fale com a coordenação.',
          ),
        ]
      : code === 'not-allowed'
        ? [
            i18n._('Este convite não vale para você'),
            i18n._(
              'O link é só para a equipe da escola, a sala é de um curso de que você não participa, ou quem convidou não pode convidar você. Fale com a coordenação.',
            ),
          ]
        : [
            i18n._('Este convite não vale mais'),
            i18n._('Ele venceu, foi revogado ou já foi usado. Peça outro a quem cuida da sala.'),
          ];
  return (
    <Empty chalk="bench" heading={1} title={title} action={<WaysOn />}>
      {words}
    </Empty>
  );
}
