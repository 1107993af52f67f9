import { beforeAll, expect, it } from 'vitest';
import type { Person } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import type { WireMessage } from '../raw/wire.ts';
import { createRoom, done, enrol, roomOf, say } from './school.ts';

let ana: Person;
let bia: Person;
beforeAll(async () => {
  [ana, bia] = await Promise.all([enrol('Ana'), enrol('Bia')]);
});

it('[R48] pages walk the history whole, backwards and forwards, and say what lies beyond', async () => {
  const room = await createRoom(ana);
  const sent: string[] = [];
  for (let nth = 0; nth < 23; nth++) sent.push((await say(ana, room, `n ${nth}`)).id);
  const walk = async (
    first: object,
    next: (page: { from?: number; to?: number }) => object,
    more: 'before' | 'after',
  ) => {
    const seen: string[][] = [];
    for (let where = first; ; ) {
      const page = await done(ana, 'messages.page', { room, limit: 5, ...where });
      seen.push((page.messages ?? []).map(({ id }) => id));
      if (!page[more]) return seen;
      expect(seen.length).toBeLessThan(20);
      where = next(page);
    }
  };
  expect((await walk({}, ({ from }) => ({ before: from }), 'before')).toReversed().flat()).toEqual(sent);
  expect((await walk({ after: 0 }, ({ to }) => ({ after: to }), 'after')).flat()).toEqual(sent);
  const around = await done(ana, 'messages.page', { room, around: 12, limit: 5 });
  expect(around.from).toBeLessThanOrEqual(12);
  expect(around.to).toBeGreaterThanOrEqual(12);
  expect([around.before, around.after]).toEqual([true, true]);
});

it('[R48] what the caller may not see of a page is declared as hidden', async () => {
  const room = await createRoom(ana, { past: 'since-joining' });
  await say(ana, room, 'antes');
  const { seq = 0 } = await done(ana, 'members.add', { room, account: bia.account, clientId: uuidv7() });
  const after = await say(ana, room, 'depois');
  const page = await done(bia, 'messages.page', { room, after: 0 });
  expect(page.messages?.map(({ id }) => id)).toEqual([after.id]);
  expect(page.hidden).toEqual([{ from: 1, to: seq - 1 }]);
  expect(page.before).toBe(false);
});

/** What a stranger would make of the events after a page. */
const fold = (messages: readonly WireMessage[], events: Awaited<ReturnType<typeof done>>['events']): WireMessage[] => {
  const folded = new Map(messages.map((message) => [message.id, message]));
  for (const { type, data, seq, actor = '', at } of events ?? []) {
    const content = typeof data.message === 'object' ? data.message : undefined;
    const id = content?.id ?? (typeof data.message === 'string' ? data.message : '');
    const there = folded.get(id);
    if (type === 'message.sent' && content) folded.set(id, { ...content, seq, author: actor, at, reactions: [] });
    if (there && content && type !== 'message.sent' && content.editNo >= there.editNo)
      folded.set(id, { ...there, ...content });
    if (there && type === 'message.removed' && content) {
      const { body: _body, mentions: _mentions, editedAt: _editedAt, pinned: _pinned, ...rest } = there;
      folded.set(id, { ...rest, ...content, reactions: [] });
    }
    if (there && (type === 'message.pinned' || type === 'message.unpinned')) {
      const { pinned: _pinned, ...rest } = there;
      folded.set(id, type === 'message.pinned' ? { ...rest, pinned: { by: actor, at } } : rest);
    }
    if (there && type.startsWith('reaction.')) {
      const accounts =
        (there.reactions ?? [])
          .find(({ emoji }) => emoji === data.emoji)
          ?.accounts.filter((account) => account !== actor) ?? [];
      const next = type === 'reaction.added' ? [...accounts, actor] : accounts;
      const others = (there.reactions ?? []).filter(({ emoji }) => emoji !== data.emoji);
      folded.set(id, {
        ...there,
        reactions: next.length === 0 ? others : [...others, { emoji: data.emoji ?? '', accounts: next }],
      });
    }
  }
  return [...folded.values()];
};

it('[R49] a page and the events after it, folded, are a fresh page', async () => {
  const room = await roomOf(ana, [bia]);
  const [one, two, three] = [await say(ana, room, 'um'), await say(bia, room, 'dois'), await say(ana, room, 'três')];
  const page = await done(ana, 'messages.page', { room });
  await done(ana, 'messages.edit', { room, message: one.id, clientId: uuidv7(), body: 'um, corrigido' });
  await done(ana, 'messages.react', { room, message: two.id, emoji: '👍' });
  await done(bia, 'messages.react', { room, message: two.id, emoji: '👍' });
  await done(ana, 'messages.unreact', { room, message: two.id, emoji: '👍' });
  await done(ana, 'messages.remove', { room, message: three.id, clientId: uuidv7() });
  await say(bia, room, 'quatro', { replyTo: one.id });
  for (const [name, message] of [
    ['messages.pin', one.id],
    ['messages.pin', two.id],
    ['messages.unpin', two.id],
  ] as const)
    await done(ana, name, { room, message });
  const { events } = await done(ana, 'streams.read', { room, after: Number(page.at) });
  expect(events).toHaveLength(9);
  const fresh = await done(ana, 'messages.page', { room });
  const bare = (messages: readonly WireMessage[] = []) => messages.map(({ room: _room, ...message }) => message);
  expect(bare(fold(page.messages ?? [], events))).toEqual(bare(fresh.messages));
});

it('[R50] the marker only goes forward, and unread counts what is after it, not mine and not removed', async () => {
  const room = await roomOf(ana, [bia]);
  const first = await say(ana, room, 'um');
  const second = await say(ana, room, 'dois', { mentions: [bia.account] });
  await say(ana, room, 'três');
  const unread = async () => {
    const { mine } = await done(bia, 'rooms.get', { room });
    return [mine?.unread, mine?.mentions, mine?.readSeq];
  };
  expect((await unread()).slice(0, 2)).toEqual([3, 1]);
  await done(bia, 'messages.markRead', { room, seq: first.seq });
  expect(await unread()).toEqual([2, 1, first.seq]);
  await done(bia, 'messages.markRead', { room, seq: 1 });
  expect(await unread()).toEqual([2, 1, first.seq]);
  await done(ana, 'messages.remove', { room, message: second.id, clientId: uuidv7() });
  expect((await unread())[0]).toBe(1);
  const own = await say(bia, room, 'minha');
  expect(await unread()).toEqual([0, 0, own.seq]);
});
