import type { I18n } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { isHushed, type MyRoom } from '@recreio/protocol';
import { Button, nearTime } from '@recreio/ui';
import { lazy, Suspense, useState } from 'react';
import { useRooms } from '../../client.tsx';
import { roomName } from '../../naming.ts';

const TuneRoom = lazy(() => import('./TuneRoom.tsx'));

/** How loud a room is, in words; undefined as its kind has it. */
function words(i18n: I18n, { mine }: MyRoom, now: number): string | undefined {
  if (isHushed(mine, now)) {
    const until = mine.hushed?.until ?? null;
    return until === null
      ? i18n._('Silenciada até você desfazer.')
      : i18n._('Silenciada até {until}.', { until: nearTime(Date.parse(until), now, i18n.locale) });
  }
  switch (mine.level) {
    case 'everything':
      return i18n._('Toda mensagem avisa, com som.');
    case 'mentions':
      return i18n._('Só quando falam com você; o resto fica em negrito.');
    case 'nothing':
      return i18n._('Nada avisa.');
    default:
      return undefined;
  }
}

/** The rooms of which the reader has said something, and the way to change it. */
export default function TunedRooms({ now }: { now: number }) {
  const { i18n } = useLingui();
  const { list } = useRooms();
  const [tuned, setTuned] = useState<string>();
  const rooms = list.flatMap((my) => {
    const said = words(i18n, my, now);
    return said === undefined ? [] : [{ id: my.room.id, name: roomName(i18n, my.room), said }];
  });
  return (
    <section className="shelf" aria-labelledby="salas-ajustadas">
      <h2 id="salas-ajustadas">{i18n._('Salas com aviso ajustado')}</h2>
      {rooms.length === 0 ? (
        <p className="soft">
          {i18n._('Nenhuma. No menu de cada sala, “Silenciar ou mudar avisos…” muda o quanto ela chama.')}
        </p>
      ) : (
        <ul className="stack">
          {rooms.map(({ id, name, said }) => (
            <li key={id} className="row">
              <div>
                <b dir="auto">{name}</b>
                <p className="small soft">{said}</p>
              </div>
              <span className="push">
                <Button small onClick={() => setTuned(id)}>
                  {i18n._('Mudar')}
                  <span className="sr"> {name}</span>
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {tuned !== undefined && (
        <Suspense>
          <TuneRoom id={tuned} onClose={() => setTuned(undefined)} />
        </Suspense>
      )}
    </section>
  );
}
