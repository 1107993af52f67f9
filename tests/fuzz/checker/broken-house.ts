import type { WireMessage } from '../../raw/wire.ts';
import type { Breach } from '../history.ts';
import { type goodHouse, GROUP } from './made-house.ts';

type GoodHouse = ReturnType<typeof goodHouse>;
type Events = Parameters<GoodHouse['deliver']>[1];

/** The message of what was sent; everybody who saw it saw this very value. */
const messageOf = ({ event }: GoodHouse['root']): WireMessage => event.data.message as WireMessage;

/** Something new in the room, of which everybody hears who follows it. */
const tell = ({ deliver, connections }: GoodHouse, event: Events): void => {
  for (const connection of [connections.olga, connections.pedro, connections.quim]) deliver(connection, event);
};

const comeBy = (story: GoodHouse, person: string, secret: string): void => {
  const event = story.place('member.joined', person, { account: person, role: 'member' });
  story.attempt('invitations.redeem', person, { secret }, story.done({ seq: event.seq }));
  tell(story, event);
};

/** Something new in the group, read by who opened it. */
const inGroup = (story: GoodHouse, type: string, actor: string, account: string): void => {
  const event = story.place(type, actor, { account, role: 'member' }, GROUP);
  story.read('pedro', event.seq - 1, [event], {}, GROUP);
};

/** What was promised of threads, boards, archives, links, owners and groups, each broken at least once. */
export const brokenHouse: [rule: string, Breach, string, (story: GoodHouse) => void][] = [
  [
    'R80',
    'ordinal',
    'a reply that counts among the messages of the room',
    ({ first }) => void Object.assign(messageOf(first), { ordinal: 2 }),
  ],
  [
    'R80',
    'ordinal',
    'a thread whose first reply is its second',
    ({ first }) => void Object.assign(messageOf(first), { threadOrdinal: 2 }),
  ],
  [
    'R80',
    'ordinal',
    'a reply to what was never said',
    ({ first }) => void Object.assign(messageOf(first), { thread: 'm-none' }),
  ],
  [
    'R49',
    'page',
    'a reply on a page of the room',
    ({ readings, first }) =>
      void Object.assign(readings.page.output, {
        messages: [...(readings.page.output.messages ?? []), { ...messageOf(first), seq: first.event.seq }],
      }),
  ],
  [
    'R49',
    'page',
    'a page of a thread without one of its replies',
    ({ readings }) =>
      void Object.assign(readings.thread.output, { messages: readings.thread.output.messages?.slice(1) }),
  ],
  [
    'R49',
    'page',
    'a root that says that it has three replies and has two',
    ({ readings }) => {
      const [root] = readings.page.output.messages ?? [];
      Object.assign(readings.page.output, { messages: [{ ...root, replies: { ...root?.replies, count: 3 } }] });
    },
  ],
  [
    'R82',
    'standing',
    'an unread reply that is not counted',
    ({ readings }) => {
      const [one] = readings.list.output.threads ?? [];
      Object.assign(readings.list.output, { threads: [{ ...one, mine: { ...one?.mine, unread: 0 } }] });
    },
  ],
  [
    'R82',
    'standing',
    'a newest reply of which somebody is not told',
    ({ readings, first }) => {
      const { thread } = readings.thread.output;
      const mine = { ...thread?.mine, newest: first.event.seq };
      Object.assign(readings.thread.output, { thread: { ...thread, mine } });
    },
  ],
  [
    'R81',
    'standing',
    'a thread in which somebody has answered, missing from those they follow',
    ({ readings }) => void Object.assign(readings.list.output, { threads: [] }),
  ],
  [
    'R81',
    'standing',
    'somebody who has answered and does not follow',
    ({ readings }) => {
      const { thread } = readings.thread.output;
      Object.assign(readings.thread.output, { thread: { ...thread, mine: { ...thread?.mine, following: false } } });
    },
  ],
  [
    'R61',
    'board',
    'a board without what was pinned',
    ({ readings }) => void Object.assign(readings.board.output, { messages: [] }),
  ],
  [
    'R61',
    'board',
    'something pinned by somebody else',
    ({ readings }) => {
      const [message] = readings.board.output.messages ?? [];
      Object.assign(readings.board.output, { messages: [{ ...message, pinned: { ...message?.pinned, by: 'quim' } }] });
    },
  ],
  [
    'R49',
    'page',
    'a page that counts two pinned messages where there is one',
    ({ readings }) => void Object.assign(readings.page.output, { pins: 2 }),
  ],
  [
    'R65',
    'archive-exact',
    'a reaction in a room that is put away',
    ({ reopened, root }) =>
      void Object.assign(reopened, {
        type: 'reaction.added',
        actor: 'pedro',
        data: { message: root.output.id, emoji: '👍' },
      }),
  ],
  [
    'R65',
    'archive-exact',
    'a message refused as if the room were put away, long after it was opened again',
    ({ attempt }) =>
      void attempt(
        'messages.send',
        'pedro',
        { clientId: 'c9', body: 'text c9' },
        { kind: 'refused', code: 'archived' },
      ),
  ],
  [
    'R66',
    'ownerless',
    'a room that nobody owns',
    ({ owner }) => void Object.assign(owner, { data: { account: 'quim', role: 'member' } }),
  ],
  [
    'R66',
    'ownerless',
    'a hand-over after which both own the room',
    ({ moderator, root }) =>
      void Object.assign(moderator, { type: 'reaction.added', data: { message: root.output.id, emoji: '👍' } }),
  ],
  ['R64', 'uses', 'a link for one that lets in two', (story) => comeBy(story, 'sara', 'secret-1')],
  [
    'R64',
    'uses',
    'a link that lets somebody in after it was revoked',
    (story) => {
      Object.assign(story.link.input, { most: 5 });
      story.attempt('invitations.revoke', 'olga', { invitation: 'link' }, story.done({}));
      comeBy(story, 'sara', 'secret-1');
    },
  ],
  [
    'R64',
    'uses',
    'a link that is said to be used up when it is not',
    ({ link }) => void Object.assign(link.input, { most: 2 }),
  ],
  [
    'R73',
    'twin',
    'two groups of the same people',
    (story) => {
      const { found, attempt, done, read, logOf } = story;
      found('twin', 'quim', ['rita', 'pedro']);
      attempt(
        'rooms.openGroup',
        'quim',
        { accounts: ['rita', 'pedro'] },
        done({ room: { id: 'twin', kind: 'group' } }),
      );
      read('quim', 0, logOf('twin'), {}, 'twin');
    },
  ],
  [
    'R73',
    'twin',
    'a group that nobody opened',
    ({ made, opened }) => void made.attempts.splice(made.attempts.indexOf(opened), 1),
  ],
  [
    'R73',
    'twin',
    'a group given to somebody who asked for other people',
    ({ attempt, done }) =>
      void attempt(
        'rooms.openGroup',
        'pedro',
        { accounts: ['quim', 'sara'] },
        done({ room: { id: GROUP, kind: 'group' } }),
      ),
  ],
  [
    'R74',
    'consent',
    'somebody under age who is put into a group',
    (story) => {
      const input = { room: GROUP, account: 'rita', clientId: 'put' };
      story.attempt('members.add', 'pedro', input, story.done({ seq: 6 }));
      inGroup(story, 'member.joined', 'pedro', 'rita');
    },
  ],
  [
    'R74',
    'consent',
    'somebody who is told how far a group has come, and has not said yes',
    ({ receive, connections }) =>
      void receive(connections.rita, { t: 'heads', stream: '', heads: [{ room: GROUP, head: 5, ordinal: 0 }] }),
  ],
  [
    'R74',
    'consent',
    'a notification out of a group, to somebody who has not said yes',
    ({ receive, connections }) =>
      void receive(connections.rita, {
        t: 'events',
        stream: 'user:rita',
        events: [{ seq: 2, id: 'v', at: '', type: 'notification.made', data: { room: GROUP } }],
      }),
  ],
  [
    'R74',
    'consent',
    'somebody asked again after their no',
    (story) => {
      story.attempt('members.leave', 'rita', { room: GROUP }, story.done({ seq: 6 }));
      inGroup(story, 'asking.ended', 'rita', 'rita');
      story.attempt(
        'members.add',
        'pedro',
        { room: GROUP, account: 'rita', clientId: 'again' },
        story.done({ seq: 7 }),
      );
      inGroup(story, 'asking.began', 'pedro', 'rita');
    },
  ],
  [
    'R75',
    'consent',
    'an adult in a group of people under age',
    (story) => {
      const input = { room: GROUP, account: 'olga', clientId: 'adult' };
      story.attempt('members.add', 'pedro', input, story.done({ seq: 6 }));
      inGroup(story, 'member.joined', 'pedro', 'olga');
    },
  ],
];
