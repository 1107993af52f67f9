/** What reaches somebody who is away, compared: what the phone is pushed and shows, and the mail of what was missed. */
import {
  type CallingParts,
  type DigestParts,
  escalate as escalateDue,
  gatherMissed,
  type Letter,
  lookThrough,
  mailMissed,
} from '@recreio/core';
import { sendAll, takeAway } from '@recreio/core/testing/turns.ts';
import { pushTag, URGENT, urgentTag } from '@recreio/protocol';
import type { ServedNode } from '../../packages/server/src/testing/served.ts';
import type { Schoolhouse } from '../../packages/server/src/testing/world.ts';
import type { Browser, PushService } from '../raw/push-service.ts';
import { shownOn } from './devices.ts';
import type { Attentive, ModelMessage } from './model.ts';

/** What a story is told on. */
export interface Place {
  readonly house: Schoolhouse;
  readonly node: ServedNode;
  readonly service: PushService;
  /** The queue of pushes is the school's: who sends what is due sends alone. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Wrong in what was pushed or mailed: it says where. */
export class WrongCall extends Error {}

const HOUR_MS = 3_600_000;
/** So many conversations call a device at one time (docs/protocol.md R112). */
const AT_ONCE = 3;

/** From where to where a conversation's log has what somebody is to be told of. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

const stretched = (before: Stretch | undefined, { seq }: ModelMessage): Stretch => ({
  from: Math.min(before?.from ?? seq, seq),
  to: Math.max(before?.to ?? seq, seq),
});

/** What of a conversation the queue has for the phone. */
interface Noted extends Stretch {
  isWaiting: boolean;
}

/** What comes to a person who is away. Each rejects with `WrongCall` where it is not what the model says. */
export interface Calls {
  /** The log is looked through: these messages are new there, or have to be read from now on. */
  look(messages: readonly ModelMessage[]): Promise<void>;
  /** What the phone waits for is sent, and what was read elsewhere is taken away. */
  push(): Promise<void>;
  /** What is urgent has been unread for an hour: it is told once more, by a push of its own or a mail. */
  escalate(): Promise<void>;
  /** An hour has passed. Once: there are hours between two mails. */
  mail(): Promise<void>;
}

/** Follows what comes to the person. `session`: the phone's, which is called at this browser. */
export const followCalls = (
  { house, node, alone }: Place,
  ana: Attentive,
  session: string,
  browser: Browser,
): Calls => {
  const { realtime, world } = node;
  const noted = new Map<string, Noted>();
  let pushed = 0;

  const parts = (): CallingParts => ({
    world,
    // Nobody's beat sends what is only just noted
    isHere: () => true,
    isOpen: realtime.isOpen,
    // The phone is told after each sending
    read: () => undefined,
    now: () => Date.now(),
    counted: () => undefined,
    trouble: (error) => {
      throw error;
    },
  });
  /** By conversation; what has to be read by itself. */
  const missed = new Map<string, Stretch & { readonly talk: string }>();
  const letters: Letter[] = [];
  const mailParts = (): DigestParts => ({
    ...parts(),
    world: {
      ...world,
      mail: { hand: (letter) => Promise.resolve(letters.push(letter)).then(() => ({ outcome: 'sent' as const })) },
    },
    // What was said has stayed unread for long enough
    now: () => Date.now() + HOUR_MS,
  });
  /** Urgent messages of which they may still be told once more, and how many they were told of. */
  const urged = new Set<ModelMessage>();
  let pressing: ModelMessage[] = [];
  /** Of what a mail of its own has told, and what has to be read since: as anything else the mail of what was missed leaves it out. */
  const mailedAlone = new Set<ModelMessage>();
  const askedSince = new Set<ModelMessage>();
  let toldMore = 0;
  const talkOf = ({ room, thread }: Pick<ModelMessage, 'room' | 'thread'>): string => thread ?? room;

  /** The log is looked through, and so does the ana. */
  const look = async (messages: readonly ModelMessage[]): Promise<void> => {
    await lookThrough(parts(), [...ana.rooms.keys()]);
    await gatherMissed(mailParts(), [...ana.rooms.keys()]);
    for (const message of messages) {
      const talk = talkOf(message);
      // What has to be read is by itself: what lies between it and the rest was not missed
      const note = ana.isAsked(message) ? `notice ${message.id}` : talk;
      if (mailedAlone.has(message)) askedSince.add(message);
      if (ana.digest(message) !== 'none') missed.set(note, { ...stretched(missed.get(note), message), talk });
      if (ana.push(message) === 'none') continue;
      noted.set(talk, { ...stretched(noted.get(talk), message), isWaiting: true });
    }
    for (const message of messages) {
      if (!message.isUrgent || urged.has(message)) continue;
      urged.add(message);
      pressing.push(message);
    }
    // Nobody else's hour tells of it
    await house.pool.query(
      "UPDATE escalation SET due_at = due_at + interval '1 day' WHERE account = $1 AND due_at <= clock_timestamp()",
      [ana.account],
    );
  };
  const spanOf = (talk: string, { from, to }: Stretch): readonly ModelMessage[] =>
    ana.messages.filter((message) => talkOf(message) === talk && message.seq >= from && message.seq <= to);

  const isHeard = (message: ModelMessage): boolean => !message.isRemoved && ana.roomOf(message.room).isMember;

  /** What is due is sent: each is what the function says, the number beside it is the title. */
  const push = async (): Promise<void> => {
    const expected: string[] = [];
    const stands = new Set([...shownOn(browser).keys()].map((tag) => tag.slice(tag.indexOf(':') + 1)));
    for (const [talk, note] of noted) {
      if (!note.isWaiting) continue;
      const calling = spanOf(talk, note).filter((message) => ana.push(message) !== 'none');
      if (calling.length === 0) {
        const from = stands.has(talk) ? note.from : note.to + 1;
        noted.set(talk, { from, to: note.to, isWaiting: false });
        continue;
      }
      if (calling.every((message) => ana.push(message) === 'later')) continue;
      note.isWaiting = false;
      const [{ room, thread }] = calling as [ModelMessage];
      const seq = Math.max(...calling.map((message) => message.seq));
      expected.push(`${pushTag({ room, thread: thread ?? undefined })} ${seq} ${ana.surfaces().title}`);
    }
    await alone(async () => {
      await house.pool.query(
        `UPDATE push_note SET due_at = clock_timestamp(), sent_at = sent_at - interval '1 day'
         WHERE due_at IS NOT NULL AND device IN (SELECT id FROM push_device WHERE account = $1)`,
        [ana.account],
      );
      // As if a day had passed since: how often a device is called is asked elsewhere (week.test.ts)
      await house.pool.query(`UPDATE push_device SET rang = '{}' WHERE account = $1`, [ana.account]);
      await sendAll(parts());
    });
    const sent = browser.pushed.slice(pushed).map(({ note }) => `${note.tag} ${note['seq']} ${note['calls']}`);
    pushed = browser.pushed.length;
    // Of more at once than a device is called for, some are told along
    const isAll = expected.length <= AT_ONCE && sent.length === expected.length;
    const isSome = expected.length > AT_ONCE && sent.length === AT_ONCE;
    if (!(isAll || isSome) || sent.some((one) => !expected.includes(one)))
      throw new WrongCall(`pushed ${JSON.stringify(sent)}, and not ${JSON.stringify(expected)}`);
    await takeAway(parts(), [ana.account]);
    pushed = browser.pushed.length;
    // In calm nothing is told, not even that
    if (realtime.isOpen(ana.account, session) || ana.isCalm()) return;
    // Nothing stands there in which nothing calls, but for one that says so, and for what nothing can be said of
    for (const [tag, seq] of shownOn(browser)) {
      const talk = tag.slice(tag.indexOf(':') + 1);
      const note = noted.get(talk);
      const heard = note ? spanOf(talk, note).filter((message) => isHeard(message)) : [];
      if (seq !== null && heard.length > 0 && heard.every((message) => ana.push(message) === 'none'))
        throw new WrongCall(`${tag} still stands there`);
    }
  };

  const escalate = async (): Promise<void> => {
    const tellable = pressing.filter((message) => ana.escalation(message) === 'now');
    pressing = pressing.filter((message) => ana.escalation(message) === 'later');
    const mailed: Letter[] = [];
    await alone(async () => {
      await house.pool.query(
        'UPDATE escalation SET due_at = clock_timestamp() WHERE due_at IS NOT NULL AND account = $1',
        [ana.account],
      );
      const { world: parted, ...more } = mailParts();
      const hand = (letter: Letter) => Promise.resolve(mailed.push(letter)).then(() => ({ outcome: 'sent' as const }));
      await escalateDue({ ...more, counted: () => undefined, world: { ...parted, mail: { hand } } }, 50, () => false);
      await sendAll(parts());
    });
    const told = browser.pushed.slice(pushed).map(({ note }) => `${note.tag}`);
    pushed = browser.pushed.length;
    for (const { matter } of mailed) {
      const url = matter.kind === 'missed' ? matter.talks[0]?.url : undefined;
      const message = tellable.find(
        ({ room, thread, seq }) => thread === null && url?.endsWith(`/sala/${room}?m=${seq}`),
      );
      if (!message) throw new WrongCall(`mailed of ${url}, which is none of what is urgent`);
      told.push(urgentTag({ room: message.room }, message.seq));
      mailedAlone.add(message);
    }
    const expected = tellable.map(({ room, seq }) => urgentTag({ room }, seq));
    const left = URGENT.toldADay - toldMore;
    toldMore += told.length;
    const isSome = told.length === Math.min(expected.length, left) && new Set(told).size === told.length;
    if (!isSome || told.some((one) => !expected.includes(one)))
      throw new WrongCall(`told once more ${JSON.stringify(told)}, and not ${JSON.stringify(expected)} (${left} left)`);
    await takeAway(parts(), [ana.account]);
    pushed = browser.pushed.length;
  };

  const mail = async (): Promise<void> => {
    const stretches = [...missed.values()].flatMap((stretch) => spanOf(stretch.talk, stretch));
    const isLeftOut = (message: ModelMessage): boolean =>
      mailedAlone.has(message) && !(askedSince.has(message) && ana.isAsked(message));
    const waiting = new Set(stretches.filter((message) => ana.digest(message) !== 'none' && !isLeftOut(message)));
    const calling = [...Map.groupBy(waiting, talkOf).values()].map((messages) =>
      messages.map((message) => ana.digest(message)),
    );
    const isDue = calling.flat().includes('now');
    const expected = isDue ? [`${calling.flat().length} in ${calling.length}`] : [];
    await alone(async () => {
      await house.pool.query(
        'UPDATE digest_mail SET due_at = clock_timestamp() WHERE due_at IS NOT NULL AND account = $1',
        [ana.account],
      );
      await mailMissed(mailParts(), 50, () => false);
    });
    const sent = letters.flatMap(({ matter }) =>
      matter.kind === 'missed' ? [`${matter.messages} in ${matter.talks.length}`] : [],
    );
    if (sent.join() !== expected.join())
      throw new WrongCall(`mailed ${JSON.stringify(sent)}, and not ${JSON.stringify(expected)}`);
  };

  return { look, push, escalate, mail };
};
