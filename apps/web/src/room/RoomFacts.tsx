import { useLingui } from '@lingui/react';
import type { Room } from '@recreio/protocol';
import { kindWords } from '@recreio/ui';
import type { ReactNode } from 'react';

/** Who enters a room, who writes in it, what those who come may read, and since when it stands: the same before one enters and after. */
export function RoomFacts({ room }: { room: Room }) {
  const { i18n } = useLingui();
  const day = i18n.date(new Date(room.createdAt), { day: 'numeric', month: 'long', year: 'numeric' });
  return (
    <dl className="about-list">
      <Fact name={i18n._('Quem entra')}>
        {room.access === 'invite'
          ? i18n._('Quem é convidado por quem cuida da sala.')
          : room.course === null
            ? i18n._('Toda a escola encontra e entra.')
            : i18n._('Quem é do curso encontra e entra.')}
      </Fact>
      <Fact name={i18n._('Quem escreve')}>
        {room.posting === 'moderators'
          ? i18n._('Só quem cuida da sala; todos leem e reagem.')
          : i18n._('Todos que participam.')}
      </Fact>
      <Fact name={i18n._('Quem chega lê')}>
        {room.past === 'all' ? i18n._('Também o que já foi dito.') : i18n._('Só o que for dito dali em diante.')}
      </Fact>
      <Fact name={kindWords(i18n, room.kind)}>
        <time dateTime={room.createdAt}>{i18n._('Aberta em {day}.', { day })}</time>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
