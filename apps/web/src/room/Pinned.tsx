import { useLingui } from '@lingui/react';
import type { RoomView } from '@recreio/client';
import { PinStrip, shortName } from '@recreio/ui';
import { useMe, usePeople } from '../client.tsx';
import { authorView } from '../people.ts';
import { excerptOf } from '../said.ts';
import { useBoard } from './board.ts';

/** Under the head: what was pinned last. Nothing while it is not known, so that nothing jumps twice. */
export function Pinned({
  view,
  onGo,
  onAll,
}: {
  view: RoomView;
  /** To the message at this seq. */
  onGo: (seq: number) => void;
  onAll: () => void;
}) {
  const { i18n } = useLingui();
  const me = useMe()?.id;
  const pinned = useBoard(view).data?.messages ?? [];
  const [last] = pinned;
  const people = usePeople(last === undefined ? [] : [last.author]);
  if (last === undefined) return null;
  const author = shortName(authorView(people, last.author, me, i18n._('Pessoa da escola')).name);
  return (
    <PinStrip
      last={{ id: last.id, author, excerpt: excerptOf(i18n, last) ?? '' }}
      count={pinned.length}
      onGo={() => onGo(last.seq)}
      onAll={onAll}
    />
  );
}
