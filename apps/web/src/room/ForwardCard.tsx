import { useLingui } from '@lingui/react';
import type { Forward, Message } from '@recreio/protocol';
import { Forwarded, type ForwardedView } from '@recreio/ui';
import { useEffect, useRef } from 'react';
import { useServerNow } from '../acting.ts';
import { useAsked } from '../asked.ts';
import { useMe, usePeople, useRooms } from '../client.tsx';
import { roomName } from '../naming.ts';
import { authorView } from '../people.ts';
import { isMissing } from '../problems.ts';
import { namedIn, wordsIn } from '../said.ts';
import { messageHref } from '../side/groups.ts';

/** A room in which much happens is not asked at each of it, nor by all who look at once: after one to two of these, in ms. */
const GATHER_MS = 2_000;

/** A message that is passed on, as the server shows it to this reader, and again when it may have changed. */
export default function ForwardCard({ forward: { room, message } }: { forward: Forward }) {
  const { i18n } = useLingui();
  const me = useMe()?.id;
  const now = useServerNow();
  const my = useRooms().byId.get(room);
  const asked = useAsked('messages.get', { room, ids: [message] });
  const found: Message | undefined = asked.data?.messages[0];
  const people = usePeople(found === undefined ? [] : [found.author, ...(found.mentions ?? [])]);

  // What is neither a message nor a sign of it leaves the number of messages as it is: only then, or with the way in, can it be another
  const others = my === undefined ? undefined : my.mine.head - my.mine.ordinal;
  const before = useRef(others);
  const { refetch } = asked;
  const soon = useRef<number>(undefined);
  useEffect(() => {
    if (before.current === others) return;
    before.current = others;
    soon.current ??= window.setTimeout(
      () => {
        soon.current = undefined;
        void refetch();
      },
      GATHER_MS * (1 + Math.random()),
    );
  }, [others, refetch]);
  useEffect(() => () => window.clearTimeout(soon.current), []);

  return <Forwarded passed={view()} now={now} />;

  function view(): ForwardedView {
    if (asked.isPending) return { kind: 'asking' };
    if (isMissing(asked.error) || (asked.data !== undefined && found === undefined)) return { kind: 'unseen' };
    if (found === undefined) return { kind: 'unknown' };
    if (found.removed !== undefined) return { kind: 'removed' };
    return {
      kind: 'seen',
      author: authorView(people, found.author, me, i18n._('Pessoa da escola')).name,
      room: my === undefined ? '' : roomName(i18n, my.room),
      at: Date.parse(found.at),
      href: messageHref(room, message),
      body: wordsIn(i18n, found, `*${i18n._('Encaminhou uma mensagem.')}*`),
      mentions: namedIn(found, people, me),
    };
  }
}
