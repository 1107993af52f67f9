/** A school that remembers: the commands of the week, as far as the week needs them. */
import type { Memory, World } from '@recreio/core';
import type { Person, School } from '@recreio/core/testing/world.ts';
import { instant } from '@recreio/core/ports.ts';
import { DEFAULT_POLICIES } from '@recreio/protocol';
import { type Message, RememberedLog, type Room } from './remembered-log.ts';
import { rememberedDigests, rememberedPushes } from './remembered-queues.ts';
import type { Carrier, Stage } from './stage.ts';

interface Input {
  readonly room: string;
  readonly account: string;
  readonly accounts: readonly string[];
  readonly message: string;
  readonly seq: number;
  readonly timeZone: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly title: string;
  readonly doNotDisturb: { readonly seconds: number };
}

/** Opens it. */
export const rememberedSchool = (push: Carrier): Stage => {
  const log = new RememberedLog();
  let now = 0;
  let ids = 0;
  const newId = (): string => `00000000-0000-7000-8000-${String((ids += 1)).padStart(12, '0')}`;
  const pushes = rememberedPushes(log, () => now);
  const digests = rememberedDigests(log, () => now);
  // What calling and mailing ask of memory; whatever else they would ask is not there, and throws
  const memory = {
    push: pushes.memory,
    digest: digests.memory,
    school: {
      read: () =>
        Promise.resolve({ name: 'Escola Aurora', policies: { ...DEFAULT_POLICIES, push: 'places', digest: 'places' } }),
    },
    rooms: { mine: () => Promise.resolve([]) },
  } as unknown as Memory;

  const opened = (room: Pick<Room, 'kind' | 'announces' | 'title' | 'owner'>, members: readonly string[]): Room => {
    const made = { ...room, id: newId(), members: new Set(members), entries: [], threads: new Map() };
    log.rooms.set(made.id, made);
    return made;
  };
  const device = ({ id, name }: Pick<Person, 'id' | 'name'>): Person => ({
    id,
    name,
    caller: { actor: { account: id, session: newId() }, address: '203.0.113.7', device: 'Firefox no Linux' },
  });

  const commands: Readonly<Record<string, (who: Person, input: Input) => unknown>> = {
    'accounts.updateMe': ({ id }, { timeZone }) => (log.someone(id).timeZone = timeZone),
    'push.subscribe': ({ id, caller }, { endpoint, p256dh, auth }) =>
      pushes.subscribe(newId(), id, caller.actor?.session ?? '', { endpoint, p256dh, auth }),
    'rooms.openDirect': ({ id }, { account }) => ({
      room: opened({ kind: 'direct', announces: false, title: '', owner: '' }, [id, account]),
    }),
    'rooms.openGroup': ({ id }, { accounts, title }) => ({
      room: opened({ kind: 'group', announces: false, title, owner: '' }, [id, ...accounts]),
    }),
    'members.join': () => ({}),
    'messages.markRead': ({ id }, { room, seq }) => log.markRead(id, room, seq),
    'notices.confirm': ({ id }, { message }) => log.message(message).confirmed.add(id),
    'notices.require': ({ id }, { room, message }) => {
      const asked = log.message(message);
      asked.asked = { by: id, at: now };
      log.room(room).entries.push({ does: 'asked', message: asked });
    },
    'notifications.setCalm': ({ id }, { doNotDisturb: { seconds } }) =>
      (log.someone(id).restsUntil = instant(now + seconds * 1_000)),
  };

  /** Whom it calls by themselves: as `follow` has it (core/notifications/follow.ts). */
  const callsOf = (who: Person, room: Room, more: Parameters<School['say']>[3] = {}): Map<string, string> => {
    const calls = new Map<string, string>();
    if (more.thread !== undefined) for (const one of room.threads.get(more.thread) ?? []) calls.set(one, 'thread');
    if (more.replyTo !== undefined) calls.set(log.message(more.replyTo).author, 'reply');
    for (const one of more.mentions ?? []) calls.set(one, 'mention');
    if (room.kind !== 'topic') for (const one of room.members) calls.set(one, 'direct');
    calls.delete(who.id);
    for (const one of calls.keys()) if (!room.members.has(one)) calls.delete(one);
    return calls;
  };

  const school = {
    person: (name: string, { minor = false } = {}) => {
      const id = newId();
      log.people.set(id, { id, name, minor, timeZone: null, restsUntil: null, isMet: false });
      return Promise.resolve(device({ id, name }));
    },
    device: (person: Person) => Promise.resolve(device(person)),
    room: (owner: Person, _: readonly Person[] = [], { title = '', posting = '' } = {}) =>
      Promise.resolve(
        opened({ kind: 'topic', announces: posting === 'moderators', title, owner: owner.id }, [owner.id]).id,
      ),
    tend: (_: Person, __: string, room: string, account: string) =>
      Promise.resolve(log.room(room).members.add(account)),
    does: (who: Person, name: string, input: unknown) => {
      const command = commands[name];
      if (!command) throw new Error(`${name} is not done in this week`);
      return Promise.resolve(command(who, input as Input));
    },
    say: (who: Person, id: string, _: string, more: Parameters<School['say']>[3] = {}) => {
      const room = log.room(id);
      const thread = more.thread ?? null;
      const message: Message = {
        id: newId(),
        room: id,
        seq: room.entries.length + 1,
        at: now,
        instant: instant(now),
        author: who.id,
        thread,
        calls: callsOf(who, room, more),
        everyone: more.everyone === true,
        asked: null,
        confirmed: new Set(),
      };
      log.messages.set(message.id, message);
      room.entries.push({ does: 'said', message });
      if (thread !== null) {
        const follows = room.threads.get(thread) ?? new Set([log.message(thread).author]);
        room.threads.set(thread, follows.add(who.id));
      }
      log.markRead(who.id, thread ?? id, message.seq);
      return Promise.resolve({ id: message.id, seq: message.seq });
    },
  };

  return {
    // Commands answer with what the week reads of them, and not with more
    school: school as unknown as Stage['school'],
    memory,
    world: {
      memory,
      transact: ((work) => work(memory)) satisfies World['transact'],
      push,
      site: { publicUrl: 'https://recreio.escola.example', demo: false },
      leaving: { tokenOf: (account) => account, accountOf: (token) => token },
    },
    put: (at) => Promise.resolve(void (now = at)),
    met: (accounts) => {
      for (const account of accounts) log.someone(account).isMet = true;
      return Promise.resolve();
    },
    dueAt: () => Promise.resolve(pushes.dueAt()),
    close: () => Promise.resolve(),
  };
};
