import { Trans, useLingui } from '@lingui/react';
import { Avatar } from './Avatar.tsx';
import { isStaff, shortName, type PersonView } from './person.ts';

/** Who is on the wall of a room. `here` may be fewer than `hereCount`, which counts all. */
export type WallView = {
  here: readonly PersonView[];
  hereCount: number;
  memberCount: number;
  /** What an empty or unattended room says of the next answer: “Dúvidas são respondidas até amanhã, 9h.” */
  promise?: string | undefined;
  /** The wire is down: this is who was here when it was cut. */
  isPast?: boolean | undefined;
};

type WallKind = 'staff' | 'class' | 'empty';

/** `staff`: an adult is here (solid). `class`: only the class (dashed). `empty`: nobody (dotted). */
export function wallKind(wall: WallView): WallKind {
  if (wall.hereCount === 0) return 'empty';
  return wall.here.some(isStaff) ? 'staff' : 'class';
}

/** Staff first, then as given. */
export function seatOrder(people: readonly PersonView[]): PersonView[] {
  return [...people.filter(isStaff), ...people.filter((person) => !isStaff(person))];
}

const kindClass: Record<WallKind, string> = { staff: 'wall', class: 'wall wall--no-staff', empty: 'wall wall--empty' };

/**
 * A mureta: who is here sits on it, staff first, larger, and named in words.
 * `head` puts the words before the seats (the room's head); `line` below the head on a phone, in one line; `seats` has no visible words.
 */
export function Wall({
  wall,
  shape = 'line',
  seats = 5,
}: {
  wall: WallView;
  shape?: 'head' | 'line' | 'seats' /** How many arches before “+9”. */;
  seats?: number;
}) {
  const { i18n } = useLingui();
  const kind = wallKind(wall);
  const order = seatOrder(wall.here);
  const shown = order.slice(0, seats);
  const rest = wall.hereCount - shown.length;
  const words = (
    <div className={shape === 'seats' ? 'sr' : 'wall-words'}>
      <WallWords wall={wall} kind={kind} staff={order[0]} brief={shape === 'line'} />
    </div>
  );
  return (
    <div className={kindClass[kind] + (shape === 'head' ? ' wall--top' : '') + (wall.isPast ? ' wall--past' : '')}>
      {shape === 'head' && words}
      <div className="wall-seats" aria-hidden="true">
        {shown.map((person) => (
          <Avatar key={person.id} person={person} seat />
        ))}
        {rest > 0 && <span className="wall-more">+{i18n.number(rest)}</span>}
      </div>
      {shape !== 'head' && words}
    </div>
  );
}

function WallWords({
  wall,
  kind,
  staff,
  brief,
}: {
  wall: WallView;
  kind: WallKind;
  staff: PersonView | undefined;
  brief: boolean;
}) {
  const { i18n } = useLingui();
  const others = wall.hereCount - 1;
  if (wall.isPast)
    return (
      <>
        <b>{i18n._('Sem conexão.')}</b>
        {brief ? ' ' : <br />}
        {kind === 'empty' ? i18n._('Não havia ninguém no pátio') : i18n._('Quem estava no pátio')}
      </>
    );
  if (kind === 'empty')
    return (
      <>
        {i18n._('Ninguém no pátio.')} {wall.promise}
      </>
    );
  if (kind === 'class') {
    const isAlone = wall.hereCount === 1 && wall.here[0]?.isYou === true;
    return (
      <>
        <b>{brief ? i18n._('Sem equipe agora.') : i18n._('Ninguém da equipe agora.')}</b>
        {brief ? ' ' : <br />}
        {wall.promise ??
          (isAlone
            ? i18n._('Só você no pátio')
            : i18n._('{here, plural, one {# de {members} no pátio} other {# de {members} no pátio}}', {
                here: wall.hereCount,
                members: i18n.number(wall.memberCount),
              }))}
      </>
    );
  }
  const name = staff === undefined ? '' : staff.isYou ? i18n._('Você') : shortName(staff.name);
  if (brief) {
    return others > 0 ? (
      <Trans
        id="<0>{name}</0> e mais {others, plural, one {# pessoa} other {# pessoas}} no pátio"
        values={{ name, others }}
        components={{ 0: <b /> }}
      />
    ) : (
      <Trans id="<0>{name}</0> no pátio" values={{ name }} components={{ 0: <b /> }} />
    );
  }
  return (
    <>
      <Trans id="<0>{name}</0> está no pátio" values={{ name }} components={{ 0: <b /> }} />
      {others > 0 && (
        <>
          <br />
          {i18n._('{others, plural, one {e mais # de {members} pessoas} other {e mais # de {members} pessoas}}', {
            others,
            members: wall.memberCount,
          })}
        </>
      )}
    </>
  );
}
