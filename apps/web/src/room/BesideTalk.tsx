/** What opens over a talk and is loaded when it does: a date to go to, what is pinned, what a message said before, whether everybody is called. */
import { useLingui } from '@lingui/react';
import type { RoomView } from '@recreio/client';
import type { Message, MyRoom } from '@recreio/protocol';
import {
  CallAllDialog,
  DateDialog,
  ListSkeleton,
  MessageList,
  type MessageView,
  PastDialog,
  PinsDialog,
  shortName,
} from '@recreio/ui';
import { useAct, useServerNow } from '../acting.ts';
import { useAsked } from '../asked.ts';
import { useClient, useMe, usePeople, useRoomHandle } from '../client.tsx';
import { roomName } from '../naming.ts';
import { authorView } from '../people.ts';
import { troubleWords } from '../problems.ts';
import { useBoard } from './board.ts';
import Forwarding from './Forwarding.tsx';

/** What is open. */
export type Beside =
  | { kind: 'date' }
  | { kind: 'pins' }
  | { kind: 'past' | 'forward'; message: MessageView }
  /** Whether to call everybody: how many that is, and what says it with the answer. */
  | { kind: 'all'; others: number; say: (everyone: boolean) => void };

type Open = {
  view: RoomView;
  /** To the message at this seq. */
  onGo: (seq: number) => void;
  onClose: () => void;
};

/** The one that is open. */
export default function BesideTalk({
  beside,
  room,
  mayUnpin,
  ...open
}: Open & { beside: Beside; room: MyRoom['room']; mayUnpin: boolean }) {
  const { i18n } = useLingui();
  switch (beside.kind) {
    case 'date':
      return <AtDate {...open} room={room} />;
    case 'pins':
      return <Board {...open} mayUnpin={mayUnpin} />;
    case 'all':
      return (
        <CallAllDialog
          others={beside.others}
          room={roomName(i18n, room)}
          onAnswer={(everyone) => {
            beside.say(everyone);
            open.onClose();
          }}
          onClose={open.onClose}
        />
      );
    case 'forward':
      return <Forwarding room={open.view.id} message={beside.message} onClose={open.onClose} />;
    case 'past':
      return <Past room={open.view.id} message={beside.message} onClose={open.onClose} />;
  }
}

function AtDate({ view, room, onGo, onClose }: Open & { room: MyRoom['room'] }) {
  const client = useClient();
  const handle = useRoomHandle(view.id);
  const act = useAct();
  const now = useServerNow();
  const go = (from: number) =>
    void act.run(async () => {
      const { message } = await client.call('messages.locate', { room: view.id, from: new Date(from).toISOString() });
      // Nothing was said since: the present is what comes nearest
      if (message === null) await handle.jumpToPresent();
      else onGo(message.seq);
      onClose();
    });
  return (
    <DateDialog
      now={now}
      first={Date.parse(room.createdAt)}
      busy={act.busy}
      error={act.error}
      onGo={go}
      onClose={onClose}
    />
  );
}

function Board({ view, mayUnpin, onGo, onClose }: Open & { mayUnpin: boolean }) {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe()?.id;
  const room = useRoomHandle(view.id);
  const now = useServerNow();
  const act = useAct();
  const asked = useBoard(view);
  const pinned = view.pins === 0 ? [] : (asked.data?.messages ?? []);
  const people = usePeople(pinned.flatMap(({ author, pinned: by }) => [author, ...(by ? [by.by] : [])]));
  const nameOf = (id: string) => shortName(authorView(people, id, me, i18n._('Pessoa da escola')).name);
  const listed = (message: Message) => ({
    id: message.id,
    author: nameOf(message.author),
    at: Date.parse(message.at),
    body: message.body ?? '',
    note: message.pinned && i18n._('Fixada por {name}', { name: nameOf(message.pinned.by) }),
  });
  return (
    <PinsDialog onClose={onClose}>
      {asked.isPending && view.pins > 0 && <ListSkeleton count={2} />}
      {asked.isError && <p role="alert">{troubleWords(i18n, asked.error, client.serverNow())}</p>}
      {act.error && <p role="alert">{act.error}</p>}
      {pinned.length === 0 && !asked.isPending && <p className="soft">{i18n._('Nada fixado agora.')}</p>}
      <MessageList
        messages={pinned.map(listed)}
        now={now}
        onGo={(id) => {
          const found = pinned.find((message) => message.id === id);
          onClose();
          if (found) onGo(found.seq);
        }}
        drop={
          mayUnpin
            ? { label: i18n._('Tirar dos fixados'), onDrop: (id) => void act.run(() => room.unpin(id)) }
            : undefined
        }
      />
    </PinsDialog>
  );
}

/** What a message said before it was edited. */
export function Past({ room, message, onClose }: { room: string; message: MessageView; onClose: () => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const asked = useAsked('messages.history', { room, message: message.id ?? '' });
  return (
    <PastDialog
      revisions={(asked.data?.revisions ?? []).map(({ editNo, at, body }) => ({ editNo, at: Date.parse(at), body }))}
      onClose={onClose}
    >
      {asked.isPending && <ListSkeleton count={2} />}
      {asked.isError && <p role="alert">{troubleWords(i18n, asked.error, client.serverNow())}</p>}
    </PastDialog>
  );
}
