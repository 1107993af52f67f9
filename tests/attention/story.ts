/** What happens to one person on three devices, done at the node and told to the model; and what both say afterwards. */
import { type Call, placeOf, type QuietHours } from '@recreio/protocol';
import { followCalls, type Place } from './calls.ts';
import { type Device, openDevice, shownOn } from './devices.ts';
import { Attentive, type ModelMessage } from './model.ts';

export type DeviceName = 'laptop' | 'tablet' | 'phone';
export type RoomName = 'class' | 'board' | 'direct';

/** One thing that happens. What cannot be done any more (the person is out of the room, there is no such message) does not. */
export type Deed =
  | { readonly does: 'say'; readonly by: 'helena' | 'bruno' | 'ana'; readonly room: RoomName; readonly how: How }
  | { readonly does: 'remove' | 'require' | 'release'; readonly nth: number }
  | { readonly does: 'confirm'; readonly on: DeviceName }
  | { readonly does: 'read'; readonly on: DeviceName; readonly room: RoomName | 'thread' }
  | { readonly does: 'hush' | 'unhush'; readonly room: RoomName }
  | { readonly does: 'level'; readonly room: RoomName; readonly level: 'everything' | 'mentions' | 'nothing' | null }
  | { readonly does: 'rest' | 'unrest' | 'quiet' | 'unquiet' | 'block' | 'unblock' | 'expel' | 'push' | 'escalate' }
  | { readonly does: 'offline' | 'back'; readonly on: DeviceName };
export type How = 'plain' | 'mention' | 'reply' | 'word' | 'everyone' | 'thread' | 'urgent';

/** What Ana asked to be told of, and nobody says by chance. */
const WORD = 'reposição';

/** From midnight to midnight, whenever the test runs. */
const ALWAYS: QuietHours = { from: 0, to: 0, days: [1, 2, 3, 4, 5, 6, 7] };

/** A person with three devices, her teacher and a colleague. */
export interface Story {
  readonly ana: Attentive;
  readonly devices: Readonly<Record<DeviceName, Device>>;
  /** Does it; what the phone is pushed is compared at once. */
  happen(deed: Deed): Promise<void>;
  /** An hour has passed: the mail of what was missed is compared. Once: there are hours between two. */
  mail(): Promise<void>;
  /** What the phone shows. */
  shown(): Map<string, number | null>;
  /** Every device is back; resolves when all show what they ought to, or with what they show at the end of their time. */
  settle(): Promise<Record<DeviceName, unknown>>;
  close(): void;
}

const SETTLED_MS = 8_000;
const LOOK_MS = 40;

/** Begins. */
export const begin = async (place: Place): Promise<Story> => {
  const { node, service } = place;
  const { school } = node;
  const [helena, bruno, ana] = await Promise.all([
    school.person('Helena', { role: 'teacher' }),
    school.person('Bruno'),
    school.person('Ana'),
  ]);
  const people = { helena, bruno, ana };
  const rooms: Record<RoomName, string> = {
    class: await school.room(helena, [ana, bruno], { title: 'Turma' }),
    board: await school.room(helena, [ana], { title: 'Avisos', posting: 'moderators' }),
    direct: (await school.does(ana, 'rooms.openDirect', { account: helena.id })).room.id,
  };
  const model = new Attentive(ana.id);
  const tell = (
    message: Omit<ModelMessage, 'isRemoved' | 'isUrgent' | 'askedBy' | 'isConfirmed'>,
    isUrgent = false,
  ): void => {
    model.messages.push({ ...message, isUrgent, isRemoved: false, askedBy: null, isConfirmed: false });
  };
  for (const id of Object.values(rooms)) {
    const whatKind = placeOf((await school.does(ana, 'rooms.get', { room: id })) as Parameters<typeof placeOf>[0]);
    model.rooms.set(id, { id, place: whatKind, isMember: true, tuning: {}, read: 0, threads: new Map() });
  }
  await school.does(ana, 'notifications.setKeywords', { words: [WORD] });
  const root = await school.say(ana, rooms.class, 'como se soma?');
  model.roomOf(rooms.class).read = root.seq;
  tell({ room: rooms.class, thread: null, id: root.id, seq: root.seq, author: ana.id, call: 'said' });

  const devices = {
    laptop: await openDevice(node, ana),
    tablet: await openDevice(node, ana),
    phone: await openDevice(node, ana),
  };
  const browser = service.browser();
  await school.does(devices.phone.person, 'push.subscribe', browser.subscription);
  const { look, push, mail, escalate } = followCalls(place, model, devices.phone.session, browser);

  const say = async (by: keyof typeof people, room: RoomName, how: How): Promise<void> => {
    const who = people[by];
    const id = rooms[room];
    if (by === 'ana' && (!model.roomOf(id).isMember || room === 'board')) return;
    if (by === 'bruno' && room !== 'class') return;
    // A private conversation between whom there is a block is still; the two here have none
    if (how === 'everyone' && (by !== 'helena' || room === 'direct')) return;
    const isMember = model.roomOf(id).isMember;
    const thread = how === 'thread' && room === 'class' ? root.id : undefined;
    // What is urgent names somebody who is there
    if (how === 'urgent' && (by !== 'helena' || room === 'direct' || !isMember)) return;
    const isUrgent = how === 'urgent';
    const isNamed = (how === 'mention' || isUrgent) && isMember;
    const isReply = how === 'reply' && room === 'class';
    const outcome = await school.tries(who, 'messages.send', {
      room: id,
      clientId: school.intention(),
      body: how === 'word' ? `Haverá ${WORD.toUpperCase()}.` : 'bom dia',
      ...(isNamed ? { mentions: [ana.id] } : {}),
      ...(isReply ? { replyTo: root.id } : {}),
      ...(how === 'everyone' ? { everyone: true } : {}),
      ...(isUrgent ? { urgent: true } : {}),
      ...(thread === undefined ? {} : { thread }),
    });
    if (!outcome.ok) {
      // More than three calls to all within an hour, or than five urgent messages
      if (outcome.problem.code === 'too-many') return;
      throw new Error(`${by} was refused: ${outcome.problem.code}`);
    }
    if (!isMember) return;
    const { seq } = outcome.output;
    const wasBlocked = model.blocked.has(who.id);
    const byName: Call | null = wasBlocked
      ? null
      : room === 'direct'
        ? 'direct'
        : isNamed
          ? 'mention'
          : isReply
            ? 'reply'
            : how === 'word'
              ? 'keyword'
              : thread !== undefined
                ? 'thread'
                : null;
    const toAll: Call = how === 'everyone' ? 'everyone' : room === 'board' ? 'announcement' : 'said';
    const call = byName ?? (thread === undefined ? toAll : null);
    if (by === 'ana') {
      const mine = model.roomOf(id);
      if (thread === undefined) mine.read = seq;
      else mine.threads.set(thread, seq);
    }
    tell({ room: id, thread: thread ?? null, id: outcome.output.id, seq, author: who.id, call }, isUrgent);
    await look(model.messages.slice(-1));
  };

  /** One of the messages that others can do something with. */
  const pick = (nth: number): ModelMessage | undefined => {
    const others = model.messages.filter(
      ({ author, isRemoved, room, thread }) =>
        author !== ana.id && !isRemoved && thread === null && room !== rooms.direct && model.roomOf(room).isMember,
    );
    return others[nth % Math.max(1, others.length)];
  };
  const on = (name: DeviceName) => devices[name].client;
  const tune = (room: RoomName, change: object) =>
    model.roomOf(rooms[room]).isMember
      ? school.does(ana, 'notifications.setRoom', { room: rooms[room], ...change })
      : Promise.resolve();

  const happen = async (deed: Deed): Promise<void> => {
    switch (deed.does) {
      case 'say':
        return await say(deed.by, deed.room, deed.how);
      case 'remove': {
        const message = pick(deed.nth);
        if (!message) return;
        const clientId = school.intention();
        await school.does(helena, 'messages.remove', { room: message.room, message: message.id, clientId });
        message.isRemoved = true;
        message.askedBy = null;
        return;
      }
      case 'require': {
        const message = pick(deed.nth);
        if (!message || message.askedBy !== null) return;
        await school.does(helena, 'notices.require', { room: message.room, message: message.id });
        [message.askedBy, message.isConfirmed] = [helena.id, false];
        return await look([message]);
      }
      case 'release': {
        const message = model.messages.filter(({ askedBy }) => askedBy !== null).at(deed.nth % 3);
        if (!message || !model.roomOf(message.room).isMember) return;
        await school.does(helena, 'notices.withdraw', { room: message.room, message: message.id });
        message.askedBy = null;
        return;
      }
      case 'confirm': {
        const message = model.messages.find(
          ({ askedBy, isConfirmed, room }) => askedBy !== null && !isConfirmed && model.roomOf(room).isMember,
        );
        if (!message) return;
        await on(deed.on).call('notices.confirm', { room: message.room, message: message.id, editNo: 0 });
        message.isConfirmed = true;
        return;
      }
      case 'read': {
        const isThread = deed.room === 'thread';
        const room = model.roomOf(rooms[isThread ? 'class' : (deed.room as RoomName)]);
        const last = model.messages.findLast(
          (message) => message.room === room.id && (message.thread !== null) === isThread,
        );
        if (!last || !room.isMember) return;
        const { seq } = last;
        if (isThread) {
          await on(deed.on).call('threads.markRead', { room: room.id, thread: root.id, seq });
          room.threads.set(root.id, Math.max(seq, room.threads.get(root.id) ?? 0));
        } else {
          await on(deed.on).call('messages.markRead', { room: room.id, seq });
          room.read = Math.max(seq, room.read);
        }
        return;
      }
      case 'hush':
      case 'unhush': {
        const hush = deed.does === 'hush' ? { seconds: null } : null;
        await tune(deed.room, { hush });
        const room = model.roomOf(rooms[deed.room]);
        const { hushed: _, ...rest } = room.tuning;
        room.tuning = hush === null ? rest : { ...rest, hushed: { until: null } };
        return;
      }
      case 'level': {
        await tune(deed.room, { level: deed.level });
        const room = model.roomOf(rooms[deed.room]);
        const { level: _, ...rest } = room.tuning;
        room.tuning = deed.level === null ? rest : { ...rest, level: deed.level };
        return;
      }
      case 'rest':
      case 'unrest':
        model.isResting = deed.does === 'rest';
        await school.does(ana, 'notifications.setCalm', { doNotDisturb: model.isResting ? { seconds: null } : null });
        return;
      case 'quiet':
      case 'unquiet':
        model.quietHours = deed.does === 'quiet' ? [ALWAYS] : [];
        await school.does(ana, 'notifications.setCalm', { quietHours: deed.does === 'quiet' ? ALWAYS : null });
        return;
      case 'block':
        // Whom one shares no room with is nobody that could be blocked
        if (!model.roomOf(rooms.class).isMember) return;
        await school.does(ana, 'accounts.block', { account: bruno.id });
        model.blocked.add(bruno.id);
        return;
      case 'unblock':
        await school.does(ana, 'accounts.unblock', { account: bruno.id });
        model.blocked.delete(bruno.id);
        return;
      case 'expel': {
        const room = model.roomOf(rooms.class);
        if (!room.isMember) return;
        await school.tend(helena, 'members.remove', rooms.class, ana.id);
        room.isMember = false;
        return;
      }
      case 'push':
        return await push();
      case 'escalate':
        // What the phone waits for goes first: what is compared then is the one telling more
        await push();
        return await escalate();
      case 'offline':
        return on(deed.on).stop();
      case 'back':
        return on(deed.on).start();
    }
  };

  return {
    ana: model,
    devices,
    happen,
    mail,
    shown: () => shownOn(browser),
    settle: async () => {
      for (const { client } of Object.values(devices)) client.start();
      const wanted = JSON.stringify(sorted(model.surfaces()));
      const look = () =>
        Object.fromEntries(Object.entries(devices).map(([name, device]) => [name, sorted(device.surfaces())]));
      for (const until = performance.now() + SETTLED_MS; performance.now() < until; ) {
        if (Object.values(look()).every((shown) => JSON.stringify(shown) === wanted)) break;
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
      return look() as Record<DeviceName, unknown>;
    },
    close: () => {
      for (const device of Object.values(devices)) device.close();
    },
  };
};

/** With its keys in one order, so that two can be compared as text. */
export const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, sorted(inner)]),
      )
    : value;
