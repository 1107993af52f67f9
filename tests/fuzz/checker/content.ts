/** Whether texts are what was written, the same for everybody, and a page is the fold of the log up to its `at` ([D6], [R49]). */
import type { WireMessage } from '../../raw/wire.ts';
import type { History, Reading, Violation } from '../history.ts';
import { boardAt } from './keeping.ts';
import { messageOf, messagesIn, type RoomLog, sightings } from './log.ts';
import { maySee, shownTo, staysIn } from './spans.ts';
import { type Reply, repliesIn } from './threads.ts';

type Logs = ReadonlyMap<string, RoomLog>;

/** Everything about content. */
export function checkContent(history: History, logs: Logs): Violation[] {
  const texts = new Map<string, string>();
  return [
    ...checkSameText(history, texts),
    ...history.readings.flatMap((reading) => {
      const log = logs.get(reading.room);
      return log && reading.kind === 'page' && reading.status === 200 ? checkPage(history, reading, log, texts) : [];
    }),
  ];
}

const edition = (id: string, editNo: number): string => `${id} ${editNo}`;

/** The same edition of a message says the same to everybody. */
function checkSameText(history: History, texts: Map<string, string>): Violation[] {
  const violations: Violation[] = [];
  const look = (message: WireMessage | null, room: string, n: number) => {
    if (message?.body === undefined || message.removed) return;
    const key = edition(message.id, message.editNo);
    const before = texts.get(key);
    if (before === undefined) texts.set(key, message.body);
    else if (before !== message.body)
      violations.push({
        breach: 'divergence',
        rule: 'D6',
        room,
        n,
        says: `edition ${message.editNo} of ${message.id} has two texts`,
      });
  };
  for (const { event, room, n } of sightings(history)) look(messageOf(event), room, n);
  for (const { room, output, endN } of history.readings)
    for (const message of messagesIn(output)) look(message, room, endN);
  for (const { command, input, outcome, endN } of history.attempts) {
    if (outcome.kind !== 'done' || outcome.output.duplicate || input.body === undefined || input.room === undefined)
      continue;
    const { id, editNo } = outcome.output;
    const [message, number] = command === 'messages.send' ? [id, 0] : [input.message, editNo];
    const seen = message === undefined || number === undefined ? undefined : texts.get(edition(message, number));
    if (seen !== undefined && seen !== input.body)
      violations.push({
        breach: 'divergence',
        rule: 'D6',
        room: input.room,
        n: endN,
        says: `edition ${number} of ${message} is not what was sent`,
      });
  }
  return violations;
}

/** What a message is when the log is read up to a seq. */
interface Folded {
  readonly seq: number;
  readonly author: string | undefined;
  readonly thread: string | undefined;
  editNo: number;
  isRemoved: boolean;
  readonly reactions: Set<string>;
}

const foldTo = ({ events }: RoomLog, at: number): Map<string, Folded> => {
  const folded = new Map<string, Folded>();
  for (let seq = 1; seq <= at; seq++) {
    const event = events.get(seq);
    if (!event) continue;
    const { type, actor, data } = event;
    const id = messageOf(event)?.id ?? (typeof data.message === 'string' ? data.message : '');
    const there = folded.get(id);
    if (type === 'message.sent')
      folded.set(id, {
        seq,
        author: actor,
        thread: messageOf(event)?.thread,
        editNo: 0,
        isRemoved: false,
        reactions: new Set(),
      });
    else if (!there) continue;
    // The event's content is that of the newest edit, so the number is counted, not read
    else if (type === 'message.edited') there.editNo += 1;
    else if (type === 'message.removed') there.isRemoved = true;
    else if (type === 'reaction.added') there.reactions.add(`${data.emoji} ${actor}`);
    else if (type === 'reaction.removed') there.reactions.delete(`${data.emoji} ${actor}`);
  }
  return folded;
};

function checkPage(history: History, reading: Reading, log: RoomLog, texts: ReadonlyMap<string, string>): Violation[] {
  const { output, person, endN, asked } = reading;
  const { at, from = 1, to = 0, messages = [] } = output;
  const room = log.room.id;
  const violations: Violation[] = [];
  const wrong = (says: string, seq?: number) =>
    violations.push({
      breach: 'page',
      rule: 'R49',
      room,
      n: endN,
      says: `a page ${from}…${to} at ${at} for ${person}: ${says}`,
      ...(seq === undefined ? {} : { seq }),
    });
  if (typeof at !== 'number') return [{ breach: 'page', rule: 'R48', room, n: endN, says: 'a page without at' }];
  const stays = staysIn(history, log).get(person) ?? [];
  const hidden = (seq: number) => (output.hidden ?? []).some((range) => range.from <= seq && seq <= range.to);
  const shown = new Map(messages.map((message) => [message.id, message]));
  const board = boardAt(log, at);
  const isShown = shownTo(history, log, person, at);
  const answered = repliesIn(log, at);
  if (output.pins !== undefined && output.pins !== board.size)
    wrong(`it says that ${output.pins} are pinned, and ${board.size} are`);
  for (const [id, fold] of foldTo(log, at)) {
    if (fold.thread !== asked.thread) continue; // a page is of the room, or of one thread
    const message = shown.get(id);
    shown.delete(id);
    const isWithin = from <= fold.seq && fold.seq <= to;
    if (!message) {
      if (isWithin && !hidden(fold.seq)) wrong(`the message at ${fold.seq} is missing`, fold.seq);
      continue;
    }
    if (!maySee(log.room.past, stays, fold.seq, endN))
      violations.push({
        breach: 'leak',
        rule: 'D18',
        room,
        seq: fold.seq,
        n: endN,
        says: `${person} read the message at ${fold.seq} on a page`,
      });
    if (message.seq !== fold.seq || message.author !== fold.author) wrong(`${id} has another seq or author`, fold.seq);
    if ((message.removed !== undefined) !== fold.isRemoved)
      wrong(`${id} is ${fold.isRemoved ? '' : 'not '}removed`, fold.seq);
    const summed = summaryOf((answered.get(id) ?? []).filter(({ seq }) => isShown(seq)));
    if (fold.thread === undefined && summed !== told(message.replies))
      wrong(`${id} has the replies ${told(message.replies)}, and ${summed} stand in the log`, fold.seq);
    if ((message.pinned?.at ?? null) !== (board.get(id)?.at ?? null))
      wrong(`${id} is ${message.pinned ? '' : 'not '}pinned`, fold.seq);
    if (fold.isRemoved) {
      if (message.body !== undefined) wrong(`${id} is removed and has a text`, fold.seq);
      continue;
    }
    if (message.editNo !== fold.editNo)
      wrong(`${id} is at edit ${message.editNo}, and ${fold.editNo} edits stand in the log`, fold.seq);
    const text = texts.get(edition(id, fold.editNo));
    if (text !== undefined && message.body !== text) wrong(`${id} has another text`, fold.seq);
    const reactions = (message.reactions ?? []).flatMap(({ emoji, accounts }) =>
      accounts.map((account) => `${emoji} ${account}`),
    );
    if (reactions.length !== fold.reactions.size || !reactions.every((reaction) => fold.reactions.has(reaction)))
      wrong(
        `${id} has the reactions ${reactions.join(', ')}, and ${[...fold.reactions].join(', ')} stand in the log`,
        fold.seq,
      );
  }
  for (const id of shown.keys()) wrong(`${id} is not in the log up to there`);
  return violations;
}

/** What a root says of its replies, as one text; empty without any. */
const told = (replies: WireMessage['replies']): string =>
  replies === undefined
    ? ''
    : `${replies.count} to ${replies.lastSeq} at ${replies.lastAt} by ${replies.people.join(' ')}`;

/** What it should say: how many without those removed, the newest of all, and who answered last. */
function summaryOf(replies: readonly Reply[]): string {
  const last = replies.at(-1);
  if (!last) return '';
  const people = [...new Set(replies.map(({ author }) => author).toReversed())].slice(0, 5);
  return told({
    count: replies.filter(({ isRemoved }) => !isRemoved).length,
    lastSeq: last.seq,
    lastAt: last.at,
    people,
  });
}
