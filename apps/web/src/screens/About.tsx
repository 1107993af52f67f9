import { useLingui } from '@lingui/react';
import type { MyRoom, Room } from '@recreio/protocol';
import { Button, Icon, Leaf, Link, peopleWords, RoomRules } from '@recreio/ui';
import { useState } from 'react';
import { useAsked } from '../asked.ts';
import { useMe } from '../client.tsx';
import { useCourses } from '../courses.ts';
import { crumbOf } from '../room/head.tsx';
import { RoomFacts } from '../room/RoomFacts.tsx';
import { leafOf, roomHref } from '../side/groups.ts';
import { type Asking, MemberDialog } from './members/MemberDialog.tsx';
import { powersIn } from './members/powers.ts';

/** What a room of mine is for, who finds it, who writes, what was agreed on, what those who come can read; the way to its settings, and out of it. */
export default function About({ room, mine }: { room: Room; mine: MyRoom['mine'] }) {
  const { i18n } = useLingui();
  const me = useMe();
  const courses = useCourses();
  const [asking, setAsking] = useState<Asking>();
  const whole = useAsked('rooms.get', { room: room.id }, { enabled: room.hasRules === true });
  const lesson = courses.find(({ id }) => id === room.course)?.lessons.find(({ id }) => id === room.lesson);
  const powers = me === null ? undefined : powersIn({ id: me.id, school: me.role, room: mine.role });
  const rules = room.hasRules ? whole.data?.rules : undefined;
  return (
    <>
      <div className="about-head">
        <Leaf large leaf={leafOf(room, lesson?.number)} />
        <div>
          <h2 dir="auto">{room.title}</h2>
          <p className="small soft">
            {crumbOf(i18n, room, courses)} · <span className="nowrap">{peopleWords(i18n, room.members)}</span>
          </p>
        </div>
      </div>
      {room.description !== '' && <p dir="auto">{room.description}</p>}
      {rules !== undefined && <RoomRules rules={rules} level={3} />}
      <RoomFacts room={room} />
      <div className="row row--wrap about-doors">
        <Link className="btn" href={`${roomHref(room.id)}/ajustes`}>
          <Icon name="sliders-horizontal" />
          {powers?.own || powers?.moderate ? i18n._('Ajustes e convites') : i18n._('Mais sobre a sala')}
        </Link>
        <Button emphasis="danger-quiet" icon="log-out" onClick={() => setAsking({ kind: 'leave', room })}>
          {i18n._('Sair da sala')}
        </Button>
      </div>
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
    </>
  );
}
