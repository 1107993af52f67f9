/** A week as a course lives it: what is said is said by the rules, people look when people do, and what calls them is sent as the jobs send it. */
import {
  type CallingParts,
  type DigestParts,
  gatherMissed,
  type Letter,
  lookThrough,
  mailMissed,
  type World,
} from '@recreio/core';
import { sendAll, takeAway } from '@recreio/core/testing/turns.ts';
import { DEFAULT_POLICIES, isQuiet, type PushNote } from '@recreio/protocol';
import { randomOf } from '../../fuzz/random.ts';
import { askBook, type Asked } from './asks.ts';
import { type Course, openCourse, type Place, PUPILS, type Pupil } from './course.ts';
import type { Carrier, Stage } from './stage.ts';
import { habitsOf } from './habits.ts';
import { DAY, type Said, weekOf } from './talk.ts';

/** A Monday, midnight by the time of Brasília, in a week of lessons. */
const MONDAY = Date.parse('2027-03-08T03:00:00Z');
const MINUTE_MS = 60_000;
/** What was noted in a minute is sent in it: more than the pause before a push. */
const SENT_AFTER_MS = 20_000;
/** How often mails are looked for, in minutes; the job's beat is shorter, and nothing of it comes within a quarter of an hour. */
const MAILED_EVERY = 5;
/** How long somebody looks, in minutes. */
const LOOKS_FOR = 6;

/** Which part of the course is looked at, and for how long. */
export interface Plot {
  readonly seed: number;
  readonly classes: number;
  readonly days: number;
  /** How many take the course. */
  readonly size?: number;
  /** From which minute on, up to which. */
  readonly stretch?: readonly [number, number];
  /** Opens the school in which it happens. */
  readonly open: (push: Carrier) => Promise<Stage> | Stage;
  /** What the queue says of what a device was called for lately is left out: every call rings, as before there was a pace. */
  readonly isUnpaced?: boolean;
}

/** A push that was handed over. */
export interface Pushed {
  readonly pupil: Pupil;
  readonly device: string;
  /** In ms, as is when the newest was said that it tells of. */
  readonly at: number;
  readonly saidAt: number;
  readonly place: Place;
  readonly isNotice: boolean;
  /** It sounds; otherwise it says what still waits. */
  readonly rings: boolean;
}

/** What came of the week. */
export interface Told {
  readonly course: Course;
  readonly messages: number;
  readonly pushed: readonly Pushed[];
  readonly mails: readonly { readonly pupil: Pupil; readonly at: number }[];
  readonly asked: readonly Asked[];
  readonly troubles: readonly unknown[];
  readonly from: number;
  readonly days: number;
}

/** Whether it is quiet for them, by the school's hours for people under age. */
export const isQuietFor = ({ isMinor, timeZone }: Pupil, at: number): boolean => {
  const { quietHours } = DEFAULT_POLICIES;
  return isMinor && quietHours !== null && isQuiet([quietHours], timeZone, at);
};

/** Which of several that are sent at one time is answered first. */
const orderOf = ({ device, place }: Pushed): string => `${device} ${place.title}`;

/** Tells the week from its seed. */
export const live = async ({
  seed,
  classes,
  days,
  size = PUPILS,
  stretch: [first, last] = [0, days * DAY],
  open: openStage,
  isUnpaced = false,
}: Plot): Promise<Told> => {
  const random = randomOf(seed);
  let now = MONDAY - 60 * MINUTE_MS;
  const byEndpoint = new Map<string, { readonly pupil: Pupil; readonly device: string }>();
  const byRoom = new Map<string, Place>();
  const pushed: Pushed[] = [];
  const asks = askBook();
  const hear = (endpoint: string, note: PushNote): void => {
    const of = byEndpoint.get(endpoint);
    const place = byRoom.get(note.room);
    if (!of || !place) throw new Error(`${endpoint} is nobody’s`);
    pushed.push({
      ...of,
      at: now,
      saidAt: Date.parse(note.at),
      place,
      isNotice: asks.waiting(of.pupil, place).length > 0,
      rings: note.quiet !== true,
    });
  };
  const stage = await openStage({
    newIdentity: () => ({ publicKey: 'B'.repeat(87), privateKey: 'A'.repeat(43) }),
    serviceOf: () => 'push.example',
    hand: ({ endpoint }, note) => {
      hear(endpoint, note);
      return Promise.resolve({ outcome: 'sent' });
    },
  });
  await stage.put(now);
  const { school, world } = stage;
  const course = await openCourse(school, random.fork('course'), { classes, size });
  for (const place of course.places) byRoom.set(place.id, place);
  const pupils = new Map(course.watched.map((pupil) => [pupil.number, pupil]));
  const byAccount = new Map(course.watched.map((pupil) => [pupil.person.id, pupil]));
  for (const pupil of course.watched) {
    await school.does(pupil.person, 'accounts.updateMe', { timeZone: pupil.timeZone });
    for (const [nth, device] of pupil.devices.entries()) {
      const endpoint = `https://push.example/${pupil.number}/${nth}`;
      byEndpoint.set(endpoint, { pupil, device: endpoint });
      await school.does(device, 'push.subscribe', { endpoint, p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) });
    }
  }
  await stage.met([...byAccount.keys()]);

  const habits = habitsOf(random.fork('habits'), course.watched, days);
  const openUntil = new Map<string, number>();
  const heads = new Map<string, { seq: number; id: string; by: number }>();
  const read = new Map<string, number>();
  const roots = new Map<string, string>();
  const troubles: unknown[] = [];
  const unpaced: World['transact'] = (work) =>
    world.transact((memory) => {
      const { push } = memory;
      const due: typeof push.due = async (places) =>
        (await push.due(places)).map((span) => ({ ...span, rang: [], sent: null }));
      return work({ ...memory, push: { ...push, due } });
    });
  /** Of whom something was found read while it waited to be pushed. */
  const readers = new Set<string>();
  const parts: CallingParts = {
    world: isUnpaced ? { ...world, transact: unpaced } : world,
    isHere: (account) => (openUntil.get(account) ?? 0) > now,
    // They look at the first of their devices
    isOpen: (account, session) =>
      (openUntil.get(account) ?? 0) > now && byAccount.get(account)?.devices[0]?.caller.actor?.session === session,
    read: (account) => readers.add(account),
    now: () => now,
    counted: () => undefined,
    trouble: (error) => troubles.push(error),
  };
  const mails: { pupil: Pupil; at: number }[] = [];
  const mailed = ({ matter, to }: Letter, at: number): void => {
    if (matter.kind !== 'missed') return;
    const pupil = byAccount.get(to.split('@')[0] ?? '');
    if (!pupil) throw new Error(`${to} is nobody who is looked at`);
    mails.push({ pupil, at });
    const rooms = matter.talks.map(({ url }) => /sala\/([\w-]+)/u.exec(url)?.[1]);
    asks.mailed(pupil, rooms, at);
  };
  const mailParts: DigestParts = {
    ...parts,
    world: {
      ...world,
      mail: {
        hand: (letter) => {
          mailed(letter, now);
          return Promise.resolve({ outcome: 'sent' as const });
        },
      },
    },
  };

  const say = async ({ talk, by, how, of }: Said): Promise<string> => {
    const place = course.places[talk];
    const who = course.people[by];
    if (!place || !who) throw new Error('nobody speaks nowhere');
    const last = heads.get(place.id);
    const named = course.people[of];
    const root = roots.get(place.id);
    const { id, seq } = await school.say(who, place.id, 'alguém sabe como se faz o exercício?', {
      ...(how === 'mention' && named && of !== by ? { mentions: [named.id] } : {}),
      ...(how === 'reply' && last && last.by !== by ? { replyTo: last.id } : {}),
      ...(how === 'thread' && root !== undefined ? { thread: root } : {}),
      ...(how === 'everyone' ? { everyone: true } : {}),
    });
    if (how !== 'thread') heads.set(place.id, { seq: Math.max(seq, last?.seq ?? 0), id, by });
    if (how === 'plain') roots.set(place.id, id);
    // Sending moves the marker of who says it
    if (how !== 'thread') read.set(`${who.id} ${place.id}`, seq);
    if (pupils.has(by)) openUntil.set(who.id, now + 2 * MINUTE_MS);
    if (how === 'notice') {
      await school.does(who, 'notices.require', { room: place.id, message: id });
      const concerned = place.kind === 'board' ? course.watched : place.people.flatMap((one) => pupils.get(one) ?? []);
      for (const pupil of concerned) asks.ask(pupil, place, id, now);
    }
    return place.id;
  };

  const placesOf = new Map(
    course.watched.map((pupil) => [
      pupil.number,
      course.places.filter(({ kind, people }) => kind === 'board' || people.includes(pupil.number)),
    ]),
  );
  const look = async (pupil: Pupil): Promise<void> => {
    const account = pupil.person.id;
    const moved: Promise<unknown>[] = [];
    for (const { id, kind } of placesOf.get(pupil.number) ?? []) {
      const head = heads.get(id)?.seq ?? 0;
      if (head <= (read.get(`${account} ${id}`) ?? 0)) continue;
      if ((kind === 'square' || kind === 'lesson') && !habits.readsAlong()) continue;
      read.set(`${account} ${id}`, head);
      moved.push(school.does(pupil.person, 'messages.markRead', { room: id, seq: head }));
    }
    for (const ask of asks.of(pupil)) {
      ask.seenAt ??= now;
      if (ask.confirmedAt !== null || !habits.confirms()) continue;
      ask.confirmedAt = now;
      moved.push(school.does(pupil.person, 'notices.confirm', { room: ask.place.id, message: ask.message, editNo: 0 }));
    }
    await Promise.all(moved);
    if (pupil.devices.length > 1 && moved.length > 0) await takeAway(parts, [account]);
  };

  const answerCalls = (from: number, minute: number): void => {
    const inOrder = pushed.slice(from).sort((a, b) => orderOf(a).localeCompare(orderOf(b)));
    for (const { pupil, rings, place } of inOrder) {
      if (!rings) continue;
      asks.pushed(pupil, place, now);
      habits.called(minute, pupil);
    }
  };

  const script = Map.groupBy(weekOf(random.fork('talk'), course.places, days), ({ minute }) => minute);
  let messages = 0;
  let dueAt = Number.POSITIVE_INFINITY;
  for (let minute = first; minute < last; minute += 1) {
    const at = MONDAY + minute * MINUTE_MS;
    const saying = script.get(minute) ?? [];
    const looking = habits.looking(minute);
    const resting = habits.resting(minute);
    const isMailing = minute % MAILED_EVERY === 0;
    if (saying.length + looking.length + resting.length === 0 && dueAt > at && !isMailing) continue;
    now = at;
    await stage.put(now);
    for (const { person } of resting)
      await school.does(person, 'notifications.setCalm', { doNotDisturb: { seconds: 2 * 3_600 } });
    // One after the other: who answers whom is the same wherever it is told
    const rooms = new Set<string>();
    for (const one of saying) rooms.add(await say(one));
    messages += saying.length;
    for (const { person } of looking) openUntil.set(person.id, now + LOOKS_FOR * MINUTE_MS);
    await Promise.all(looking.map(look));
    if (rooms.size > 0) await lookThrough(parts, [...rooms]);
    now = at + SENT_AFTER_MS;
    await stage.put(now);
    const before = pushed.length;
    await sendAll(parts);
    if (readers.size > 0) await takeAway(parts, [...readers]);
    readers.clear();
    answerCalls(before, minute);
    if (isMailing) {
      const behind = await stage.memory.digest.behind(500);
      if (behind.length > 0) await gatherMissed(mailParts, behind);
      while ((await mailMissed(mailParts, 10, () => false)) === 10);
    }
    dueAt = await stage.dueAt();
  }
  await stage.close();
  return { course, messages, pushed, mails, asked: asks.all, troubles, from: MONDAY, days };
};
