import { describe, expect, it } from 'vitest';
import type { History } from '../history.ts';
import { judge, storyAround } from './judge.ts';
import { broken } from './broken.ts';
import { brokenHouse } from './broken-house.ts';
import { goodStory, type Made, scribe } from './made.ts';
import { goodHouse } from './made-house.ts';

const breaches = (made: Made): string[] => judge(made satisfies History).map(({ rule, breach }) => `${rule} ${breach}`);

describe('a story in which nothing is wrong', () => {
  it('[judge] passes', () => {
    const { made } = goodStory();
    expect(made.deliveries.length).toBeGreaterThan(15);
    expect(judge(made)).toEqual([]);
  });

  it('[judge] passes with threads, a board, an archive, a link, a hand-over and a group', () => {
    const { made } = goodHouse();
    expect(new Set(made.readings.map(({ kind }) => kind))).toEqual(new Set(['events', 'page', 'pins', 'threads']));
    expect(judge(made)).toEqual([]);
  });

  it('[judge] passes with somebody who came by a link and was told of a later head', () => {
    const { made, place, attempt, done, deliver, connections } = goodHouse();
    const url = 'https://school.example/convite/sala#secret-2';
    attempt('invitations.make', 'olga', { most: 1 }, done({ url, invitation: { id: 'second', uses: 0, most: 1 } }));
    const came = place('member.joined', 'sara', { account: 'sara', role: 'member' });
    const left = place('member.left', 'rita', { account: 'rita' });
    attempt('members.leave', 'rita', {}, done({ seq: left.seq }));
    for (const connection of [connections.olga, connections.pedro, connections.quim]) deliver(connection, came, left);
    attempt('invitations.redeem', 'sara', { secret: 'secret-2' }, done({ seq: left.seq }));
    attempt('invitations.redeem', 'rita', { secret: 'secret-2' }, { kind: 'refused', code: 'link-used' });
    expect(judge(made)).toEqual([]);
  });

  it('[judge] passes with a second group of the same people once somebody has gone from the first', () => {
    const { made, found, place, attempt, done, read, logOf } = goodHouse();
    attempt('members.leave', 'quim', { room: 'group' }, done({ seq: 6 }));
    const left = place('member.left', 'quim', { account: 'quim' }, 'group');
    read('pedro', 5, [left], {}, 'group');
    found('second', 'quim', ['rita', 'pedro']);
    const answer = done({ room: { id: 'second', kind: 'group' } });
    attempt('rooms.openGroup', 'quim', { accounts: ['pedro', 'rita'] }, answer);
    read('quim', 0, logOf('second'), {}, 'second');
    expect(judge(made)).toEqual([]);
  });

  it('[judge] passes with an answer lost and the send repeated elsewhere', () => {
    const { made, attempt, done, first } = goodStory();
    first.tried.outcome = { kind: 'unknown' };
    first.tried.endN = Number.POSITIVE_INFINITY;
    attempt(
      'messages.send',
      'pedro',
      { clientId: 'c1', body: 'text c1' },
      done({ ...first.output, duplicate: true }),
      'pedro/2',
    );
    expect(judge(made)).toEqual([]);
  });

  it('[judge] passes with a removal that found the message removed already, at the head', () => {
    const { made, place, attempt, done, deliver, connections } = goodStory();
    const removal = place('message.removed', 'pedro', {
      message: { id: 'm-c1', clientId: 'c1', ordinal: 1, editNo: 0 },
    });
    attempt('messages.remove', 'pedro', { message: 'm-c1', clientId: 'r1' }, { kind: 'unknown' });
    for (const connection of [connections.olga, connections.pedro]) deliver(connection, removal);
    attempt('messages.remove', 'pedro', { message: 'm-c1', clientId: 'r2' }, done({ seq: removal.seq }));
    attempt(
      'messages.remove',
      'pedro',
      { message: 'm-c1', clientId: 'r1' },
      done({ seq: removal.seq, duplicate: true }),
    );
    expect(judge(made)).toEqual([]);
  });

  it('[judge] passes with a sign taken back that had gone with its message', () => {
    const { made, place, attempt, done, deliver, connections } = goodStory();
    const sign = { message: 'm-c1', emoji: '👍' };
    const reaction = place('reaction.added', 'pedro', sign);
    attempt('messages.react', 'pedro', sign, done({ seq: reaction.seq }));
    const message = { id: 'm-c1', clientId: 'c1', ordinal: 1, editNo: 0 };
    const removal = place('message.removed', 'pedro', { message });
    attempt('messages.remove', 'pedro', { message: 'm-c1', clientId: 'r1' }, done({ seq: removal.seq }));
    for (const connection of [connections.olga, connections.pedro]) deliver(connection, reaction, removal);
    attempt('messages.unreact', 'pedro', sign, done({ seq: removal.seq }));
    expect(judge(made)).toEqual([]);
  });

  it('[judge] passes with a resume over a gap, a hidden range and a reset that had to come', () => {
    const { made, place, attempt, done, connect, subscribe, receive, send, deliver, read } = scribe('since-joining');
    place('room.created', 'olga', { settings: null });
    place('member.joined', 'olga', { account: 'olga', role: 'owner' });
    for (let nth = 0; nth < 600; nth++) send('olga', `c${nth}`);
    const joined = place('member.joined', 'olga', { account: 'pedro' });
    attempt('members.add', 'olga', { account: 'pedro', clientId: 'add' }, done({ seq: joined.seq }));
    const after = send('olga', 'after');
    const pedro = connect('pedro');
    subscribe(pedro, 0);
    receive(pedro, { t: 'hidden', from: 1, to: joined.seq - 1 });
    deliver(pedro, joined, after.event);
    const olga = connect('olga');
    subscribe(olga, 2);
    receive(olga, { t: 'gap', from: 3, to: after.event.seq - 200 });
    deliver(olga, ...(read('olga', 0).output.events?.slice(-200) ?? []));
    const forger = connect('olga');
    subscribe(`${forger}`, 3, 'epoch');
    receive(forger, { t: 'reset', reason: 'epoch', head: { epoch: 'epoch', seq: after.event.seq, lastId: null } });
    expect(judge(made)).toEqual([]);
  });
});

describe('a story with one promise broken', () => {
  it.each(broken)('[%s] the judge calls it %s: %s', (rule, breach, _what, breaks) => {
    const story = goodStory();
    expect(judge(story.made)).toEqual([]);
    breaks(story);
    expect(breaches(story.made)).toContain(`${rule} ${breach}`);
  });

  it.each(brokenHouse)('[%s] the judge calls it %s: %s', (rule, breach, _what, breaks) => {
    const story = goodHouse();
    expect(judge(story.made)).toEqual([]);
    breaks(story);
    expect(breaches(story.made)).toContain(`${rule} ${breach}`);
  });

  it('[judge] tells the story around a violation in a few lines', () => {
    const story = goodStory();
    story.deliver(story.connections.olga, story.last.event);
    const [violation] = judge(story.made);
    expect(violation?.rule).toBe('D13');
    const lines = violation ? storyAround(story.made, violation) : [];
    expect(lines.join('\n')).toContain('messages.send');
    expect(lines.length).toBeLessThan(30);
  });
});
