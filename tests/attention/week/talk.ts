/**
 * What is said in a week of a course of 300, and when: drawn from a seed, pure. How much, and from where the numbers come:
 *
 * - *Private talk.* Half of the teenagers who write messages write 60 and more a day, to everybody they know (Pew Research Center,
 *   "Teens, Smartphones & Texting", 2012). The school's chat is one of several: groups and pairs make some 25 a day here for each.
 * - *Rooms.* What is said in courses comes in conversations, not one by one: a question, and some answers within minutes.
 * - *Hours.* Pupils leave their telephones in their bags during lessons (Lei nº 15.100 of 13 January 2025 forbids their use at school), so
 *   they write before, at noon, and most in the evening; a little at night. Weekends have half of a weekday; the eve of the exam,
 *   Thursday, has twice as much, and its morning more than others.
 * - *Teachers* write between lessons and in the afternoon; one of them late in the evening, as it happens.
 */
import type { Random } from '../../fuzz/random.ts';

/** Where something is said. */
export type Kind = 'board' | 'square' | 'lesson' | 'class' | 'group' | 'pair';

/** A room, and by their numbers those who speak in it. */
export interface Talk {
  readonly kind: Kind;
  readonly people: readonly number[];
  /** Who looks after it; null: nobody does. */
  readonly teacher: number | null;
}

/** As what something is said; what is answered is the last that somebody else said there. */
export type How = 'plain' | 'mention' | 'reply' | 'thread' | 'everyone' | 'notice';

/** Something that is said, in a minute of the week from Monday's midnight on. */
export interface Said {
  readonly minute: number;
  /** Its place among the rooms. */
  readonly talk: number;
  readonly by: number;
  readonly how: How;
  /** Who is named. */
  readonly of: number;
}

export const DAY = 24 * 60;
/** Monday to Sunday, against an ordinary weekday: the exam is on Friday morning. */
const DAYS = [1, 1, 1, 2, 0.9, 0.5, 0.5];
/** How much is said in each hour of a day, midnight first. */
const HOURS = [2, 1, 0, 0, 0, 1, 4, 6, 3, 3, 4, 3, 14, 12, 9, 9, 8, 9, 12, 15, 16, 13, 7, 4];

/** Conversations on a weekday, the messages in each beside the first, and how often one answers, names or goes on in a thread. */
interface Manner {
  readonly conversations: number;
  readonly more: number;
  readonly reply: number;
  readonly mention: number;
  readonly thread: number;
}
const MANNERS: Readonly<Record<Exclude<Kind, 'board'>, Manner>> = {
  square: { conversations: 10, more: 5, reply: 0.12, mention: 0.06, thread: 0.1 },
  // Questions: most of what is said is an answer to somebody
  lesson: { conversations: 4, more: 3, reply: 0.4, mention: 0.08, thread: 0.15 },
  class: { conversations: 5, more: 5, reply: 0.1, mention: 0.06, thread: 0.03 },
  group: { conversations: 1.2, more: 7, reply: 0.1, mention: 0.03, thread: 0 },
  pair: { conversations: 0.8, more: 5, reply: 0.03, mention: 0, thread: 0 },
};
/** Minutes between two messages of a conversation. */
const APART = 1.5;

/** What teachers say to all, by day and minute of it: announcements, those that have to be read, and `@todos` where many talk. */
const TO_ALL: readonly (readonly [Kind, How, number, number])[] = [
  ['board', 'plain', 0, 7 * 60 + 10],
  ['board', 'notice', 0, 12 * 60 + 30],
  ['square', 'everyone', 0, 18 * 60],
  ['class', 'everyone', 1, 12 * 60 + 20],
  ['board', 'plain', 1, 14 * 60],
  ['class', 'notice', 1, 18 * 60 + 5],
  ['board', 'notice', 2, 16 * 60],
  // Late: who is under age hears of it in the morning
  ['class', 'notice', 2, 21 * 60 + 40],
  ['board', 'plain', 3, 10 * 60],
  ['class', 'everyone', 3, 16 * 60 + 30],
  ['board', 'notice', 3, 17 * 60 + 30],
  ['square', 'everyone', 3, 19 * 60],
  ['board', 'plain', 4, 6 * 60 + 40],
  ['board', 'plain', 4, 15 * 60],
  ['board', 'plain', 6, 18 * 60],
];

/** The minute of a day when something is likely. */
export const minuteOf = (random: Random): number => {
  let left = random.next() * HOURS.reduce((sum, weight) => sum + weight, 0);
  const hour = HOURS.findIndex((weight) => (left -= weight) < 0);
  return (hour < 0 ? 20 : hour) * 60 + random.below(60);
};

/** How often something happens that is expected `mean` times (Knuth). */
const times = (random: Random, mean: number): number => {
  let count = -1;
  for (let chance = 1; chance > Math.exp(-mean); chance *= random.next()) count += 1;
  return count;
};

const conversation = (random: Random, talk: number, { kind, people }: Talk, begins: number): Said[] => {
  if (kind === 'board') return [];
  const { more, reply, mention, thread } = MANNERS[kind];
  // A few talk, whoever else is there
  const few = Array.from({ length: Math.min(people.length, 2 + random.below(3)) }, () => random.pick(people) ?? 0);
  const said: Said[] = [];
  let minute = begins;
  for (let left = 1 + times(random, more); left > 0; left -= 1) {
    const lot = random.next();
    const isFirst = said.length === 0;
    const how: How = isFirst
      ? 'plain'
      : lot < reply
        ? 'reply'
        : lot < reply + mention
          ? 'mention'
          : lot < reply + mention + thread
            ? 'thread'
            : 'plain';
    const by = kind === 'pair' ? people[(begins + said.length) % 2] : random.pick(few);
    said.push({ minute: Math.round(minute), talk, by: by ?? 0, how, of: random.pick(people) ?? 0 });
    minute -= APART * Math.log(1 - random.next());
  }
  return said;
};

/** All that is said in so many days, in order. */
export const weekOf = (random: Random, talks: readonly Talk[], days: number): readonly Said[] => {
  const said: Said[] = [];
  talks.forEach((talk, place) => {
    for (let day = 0; day < days; day += 1) {
      const mean = talk.kind === 'board' ? 0 : MANNERS[talk.kind].conversations * (DAYS[day] ?? 1);
      for (let left = times(random, mean); left > 0; left -= 1)
        said.push(...conversation(random, place, talk, day * DAY + minuteOf(random)));
    }
    for (const [kind, how, day, minute] of TO_ALL)
      if (kind === talk.kind && talk.teacher !== null && day < days)
        said.push({ minute: day * DAY + minute + random.below(5), talk: place, by: talk.teacher, how, of: 0 });
  });
  return said.filter(({ minute }) => minute < days * DAY).sort((a, b) => a.minute - b.minute);
};
