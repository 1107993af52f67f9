/** A second story by hand, right in every way: threads, a board, an archive, a link, a hand-over and a group. */
import type { WireMessage } from '../../raw/wire.ts';
import { EPOCH, ROOM, scribe } from './made.ts';

export const GROUP = 'group';

/** Olga's room, and a group of three who are under age. */
export function goodHouse() {
  const story = scribe();
  const { made, events, logOf, found, place, attempt, done, connect, receive, subscribe, send, deliver, look, read } =
    story;
  made.young.push('pedro', 'quim', 'rita');
  place('room.created', 'olga', { settings: null });
  place('member.joined', 'olga', { account: 'olga', role: 'owner' });
  for (const person of ['pedro', 'quim']) {
    const { seq } = place('member.joined', 'olga', { account: person, role: 'member' });
    attempt('members.add', 'olga', { account: person, clientId: `add-${person}` }, done({ seq }));
  }
  const [olga, pedro, quim, rita] = ['olga', 'pedro', 'quim', 'rita'].map(connect) as [string, string, string, string];
  for (const connection of [olga, pedro, quim]) subscribe(connection, null);
  const from = events.length;

  const url = 'https://school.example/convite/sala#secret-1';
  const link = attempt(
    'invitations.make',
    'olga',
    { most: 1 },
    done({ url, invitation: { id: 'link', uses: 0, most: 1 } }),
  );
  const came = place('member.joined', 'rita', { account: 'rita', role: 'member' });
  attempt('invitations.redeem', 'rita', { secret: 'secret-1' }, done({ seq: came.seq }));
  attempt('invitations.redeem', 'sara', { secret: 'secret-1' }, { kind: 'refused', code: 'link-used' });

  const root = send('pedro', 'c1');
  const first = send('quim', 't1', root.output.id);
  send('olga', 'c2');
  const second = send('pedro', 't2', root.output.id);
  const pin = place('message.pinned', 'olga', { message: root.output.id });
  attempt('messages.pin', 'olga', { message: root.output.id }, done({ seq: pin.seq }));

  const archived = place('room.archived', 'olga', {});
  attempt('rooms.archive', 'olga', { archived: true, clientId: 'away' }, done({ seq: archived.seq }));
  attempt('messages.send', 'pedro', { clientId: 'c3', body: 'text c3' }, { kind: 'refused', code: 'archived' });
  const reopened = place('room.reopened', 'olga', {});
  attempt('rooms.archive', 'olga', { archived: false, clientId: 'back' }, done({ seq: reopened.seq }));

  const owner = place('member.role-changed', 'olga', { account: 'quim', role: 'owner' });
  const moderator = place('member.role-changed', 'olga', { account: 'olga', role: 'moderator' });
  attempt('members.transfer', 'olga', { account: 'quim', clientId: 'hand' }, done({ seq: moderator.seq }));
  for (const connection of [olga, pedro, quim]) deliver(connection, ...events.slice(from));

  const others = ['quim', 'rita'];
  found(GROUP, 'pedro', others);
  const opened = attempt(
    'rooms.openGroup',
    'pedro',
    { accounts: others },
    done({ room: { id: GROUP, kind: 'group' } }),
  );
  for (const connection of [quim, rita])
    receive(connection, {
      t: 'events',
      stream: `user:${connection}`,
      events: [{ seq: 1, id: 'u', at: '', type: 'asking.began', data: { room: GROUP } }],
    });
  const yes = place('member.joined', 'quim', { account: 'quim', role: 'member' }, GROUP);
  attempt('members.join', 'quim', { room: GROUP }, done({ seq: yes.seq }));

  const at = events.length;
  const shown = (sent: typeof root): WireMessage => ({
    ...(sent.event.data.message as WireMessage),
    seq: sent.event.seq,
    author: sent.event.actor ?? '',
    at: sent.event.at,
    reactions: [],
  });
  const replies = { count: 2, lastAt: second.event.at, lastSeq: second.event.seq, people: ['pedro', 'quim'] };
  const pinned = { by: 'olga', at: pin.at };
  const whole = { ...shown(root), replies, pinned };
  const mine = { following: true, seq: first.event.seq, unread: 1, newest: second.event.seq };
  read('olga', 0);
  read('pedro', 0, logOf(GROUP), {}, GROUP);
  read('quim', 0, [yes], { hidden: [{ from: 1, to: yes.seq - 1 }] }, GROUP);
  const board = look('pins', 'olga', ROOM, {}, { at, messages: [whole] });
  const thread = look(
    'page',
    'quim',
    ROOM,
    { thread: root.output.id },
    {
      epoch: EPOCH,
      at,
      from: 1,
      to: at,
      messages: [shown(first), shown(second)],
      hidden: [],
      thread: { root: whole, mine },
    },
  );
  const page = look(
    'page',
    'olga',
    ROOM,
    {},
    {
      epoch: EPOCH,
      at,
      from: 1,
      to: first.event.seq,
      messages: [whole],
      hidden: [],
      pins: 1,
    },
  );
  const list = look(
    'threads',
    'quim',
    '',
    {},
    { threads: [{ room: ROOM, root: whole, last: null, mine }], more: false },
  );
  return {
    ...story,
    link,
    root,
    first,
    second,
    reopened,
    owner,
    moderator,
    opened,
    readings: { board, thread, page, list },
    connections: { olga, pedro, quim, rita },
  };
}
