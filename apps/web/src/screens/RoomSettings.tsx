import { useLingui } from '@lingui/react';
import type { MyRoom, Room } from '@recreio/protocol';
import { Button, Icon, Link, ListSkeleton, NotFound, Page, RoomRules, roomRoleWords, Trouble } from '@recreio/ui';
import { useState } from 'react';
import { useServerNow } from '../acting.ts';
import { useAsked } from '../asked.ts';
import { useMe, useRooms } from '../client.tsx';
import { troubleWords } from '../problems.ts';
import { RoomFacts } from '../room/RoomFacts.tsx';
import { roomHref } from '../side/groups.ts';
import { WaysOn } from '../ways-on.tsx';
import { type Asking, MemberDialog } from './members/MemberDialog.tsx';
import { powersIn } from './members/powers.ts';
import { Archiving } from './rooms/Archiving.tsx';
import { Changing } from './rooms/Changing.tsx';
import { HandingOver } from './rooms/HandingOver.tsx';
import { Inviting } from './rooms/Inviting.tsx';

/** The settings of a room of mine, each part for those who may. Somebody else's room is not found here. */
export default function RoomSettings({ id }: { id: string }) {
  const { byId, isKnown } = useRooms();
  const my = byId.get(id);
  if (my === undefined || my.room.kind === 'direct' || my.room.kind === 'group') {
    return (
      <main className="page" tabIndex={-1} id="conteudo">
        <div className="page-in page-in--narrow">
          {isKnown ? <NotFound what="room" action={<WaysOn />} /> : <ListSkeleton />}
        </div>
      </main>
    );
  }
  return <OfMine room={my.room} mine={my.mine} />;
}

function OfMine({ room, mine }: { room: Room; mine: MyRoom['mine'] }) {
  const { i18n } = useLingui();
  const me = useMe();
  const now = useServerNow();
  const whole = useAsked('rooms.get', { room: room.id });
  const [asking, setAsking] = useState<Asking>();
  if (me === null) return null;
  const powers = powersIn({ id: me.id, school: me.role, room: mine.role });
  const mayArchive = powers.own || (powers.moderate && me.role === 'moderator');
  const isOpen = room.archivedAt === undefined;
  const rules = whole.data?.rules ?? '';
  return (
    <Page
      narrow
      title={i18n._('Ajustes de {room}', { room: room.title })}
      words={i18n._('Seu papel aqui: {role}.', { role: roomRoleWords(i18n, mine.role).toLocaleLowerCase(i18n.locale) })}
      action={
        <Link className="btn" href={roomHref(room.id)}>
          <Icon name="arrow-left" />
          {i18n._('Voltar à conversa')}
        </Link>
      }
    >
      {whole.isError ? (
        <Trouble
          title={i18n._('Não deu para abrir os ajustes')}
          words={troubleWords(i18n, whole.error, now)}
          onRetry={() => void whole.refetch()}
        />
      ) : whole.data === undefined ? (
        <ListSkeleton />
      ) : powers.own && isOpen ? (
        <Changing room={room} rules={rules} />
      ) : (
        <section className="settings-part" aria-label={i18n._('Sobre a sala')}>
          {room.description !== '' && <p dir="auto">{room.description}</p>}
          {rules !== '' && <RoomRules rules={rules} />}
          <RoomFacts room={room} />
        </section>
      )}
      {powers.moderate && <Inviting roomId={room.id} />}
      <section className="settings-part">
        <h2>{i18n._('Pessoas')}</h2>
        <p className="soft">{i18n._('Quem está na sala, com que papel, quem está em silêncio e quem foi banido.')}</p>
        <div className="row row--wrap">
          <Link className="btn" href={`${roomHref(room.id)}/pessoas`}>
            <Icon name="users" />
            {i18n._('Ver as pessoas da sala')}
          </Link>
        </div>
      </section>
      {mine.role === 'owner' && <HandingOver room={room} />}
      {mayArchive && <Archiving room={room} />}
      <section className="settings-part">
        <h2>{i18n._('Sair da sala')}</h2>
        <p className="soft">{i18n._('O que você escreveu fica, e a sala deixa de aparecer na sua lista.')}</p>
        <div className="row row--wrap">
          <Button emphasis="danger-quiet" icon="log-out" onClick={() => setAsking({ kind: 'leave', room })}>
            {i18n._('Sair da sala')}
          </Button>
        </div>
      </section>
      {asking && (
        <MemberDialog
          asking={asking}
          roomId={room.id}
          members={[]}
          isOfCourse={room.course !== null}
          onClose={() => setAsking(undefined)}
          onDone={() => setAsking(undefined)}
        />
      )}
    </Page>
  );
}
