/** Keeps drafts equal on all of a person's devices ([R87]); loaded apart from the rest of the SDK, which keeps them on this one. */
import type { Problem, SyncedDraft } from '@recreio/protocol';
import type { Client } from './api.ts';
import type { DraftNote } from './drafts.ts';
import { NoAnswerError, ProblemError } from './errors.ts';
import { type Draft, talkName } from './intention.ts';
import { createView, type Readable } from './store.ts';

/** A talk's draft goes to the server at most this often, besides when its box is left, and the page. */
const EVERY_MS = 3_000;
/** Who has stopped typing for a moment is waited for no longer than this. */
const FIRST_MS = 1_000;

/** Shows a draft from elsewhere, unless somebody is writing there and `isAsking`; answers whether it does. */
export type DraftBox = (draft: Draft, isAsking: boolean) => boolean;

/** Newer words from another device, by talk, which wait because somebody is writing here. */
export interface DraftSync extends Readable<ReadonlyMap<string, Draft>> {
  /** The box of a talk is on the screen: it is asked before other words take the place of its own. The answer ends it. */
  hold(talk: string, box: DraftBox): () => void;
  /** Takes the words that wait, or keeps those that are here. */
  decide(talk: string, isTaken: boolean): void;
}

export type { Draft };

/** Puts without an answer that are remembered: a line that loses more of them in a row is down. */
const MOST_PUTS = 4;

interface Way {
  timer: ReturnType<typeof setTimeout> | undefined;
  isUnderWay: boolean;
  lastAt: number;
  /** What came while the own words were under way. */
  arrived: SyncedDraft | undefined;
  /** Words that the server does not want; others are told again. */
  refused: Partial<Draft> | undefined;
}

interface Waiting {
  readonly draft: Draft;
  readonly version: number;
}

const nothingKnown: DraftNote = { base: 0, isUntold: false };
const bytes = new TextEncoder();

/** Only words are kept elsewhere: an answer that has none yet is not begun. */
const wordsOf = ({ body, replyTo }: Draft): Partial<Draft> =>
  body.trim() === '' ? {} : { body, ...(replyTo === undefined ? {} : { replyTo }) };

const isSame = (one: Partial<Draft>, other: Partial<Draft>): boolean =>
  one.body === other.body && one.replyTo === other.replyTo;

/** What fails for want of an answer or by a refusal; anything else is a bug, and thrown. */
const expected = (error: unknown): ProblemError | NoAnswerError => {
  if (error instanceof ProblemError || error instanceof NoAnswerError) return error;
  throw error;
};

const syncs = new WeakMap<Client, DraftSync>();

/** The drafts of a client, from now on equal on all devices. */
export const draftsOf = (client: Client): DraftSync => {
  const sync = syncs.get(client) ?? createSync(client);
  syncs.set(client, sync);
  return sync;
};

const createSync = (client: Client): DraftSync => {
  const { drafts } = client;
  const { notes } = drafts;
  const ways = new Map<string, Way>();
  const boxes = new Map<string, DraftBox>();
  const waiting = new Map<string, Waiting>();
  const view = createView<ReadonlyMap<string, Draft>>(
    () => new Map([...waiting].map(([talk, { draft }]) => [talk, draft])),
  );

  /** Whose drafts these are, and how often that has changed: an answer for somebody who was here before is nobody's. */
  let whose = client.me.getSnapshot()?.id;
  let era = 0;

  const isReady = (): boolean => client.connection.getSnapshot().name === 'ready';
  const known = (talk: string): DraftNote => notes.known.get(talk) ?? nothingKnown;
  const here = (talk: string): Partial<Draft> => wordsOf(drafts.get(talk) ?? { body: '' });
  const wayOf = (talk: string): Way => {
    const way = ways.get(talk) ?? {
      timer: undefined,
      isUnderWay: false,
      lastAt: -EVERY_MS,
      arrived: undefined,
      refused: undefined,
    };
    ways.set(talk, way);
    return way;
  };
  const wait = (talk: string, offered: Waiting | undefined): void => {
    if (offered) waiting.set(talk, offered);
    else if (!waiting.delete(talk)) return;
    view.invalidate();
  };

  const replace = (talk: string, draft: Draft, version: number): void => {
    wait(talk, undefined);
    notes.note(talk, { base: version, isUntold: false }, draft);
  };

  const take = (news: SyncedDraft): void => {
    const { room, thread, body, replyTo, version } = news;
    const talk = talkName(room, thread);
    const way = wayOf(talk);
    const { base, isUntold, puts = [] } = known(talk);
    if (version <= base) return;
    if (way.isUnderWay) {
      way.arrived = news;
      return;
    }
    const theirs: Draft = { body: body ?? '', ...(replyTo === undefined ? {} : { replyTo }) };
    const mine = here(talk);
    const own = puts.find((put) => isSame(wordsOf(theirs), put));
    if (own) {
      // One's own words, whose answer was lost; what was written since stands on them
      wait(talk, undefined);
      const isMore = !isSame(mine, own);
      notes.note(talk, { base: version, isUntold: isMore });
      if (isMore) soon(talk);
    } else if (isSame(wordsOf(theirs), mine)) {
      wait(talk, undefined);
      notes.note(talk, { base: version, isUntold: false });
    } else if (!isUntold || mine.body === undefined) {
      // Words that were told, and were sent or cleared elsewhere, are gone here as well, also from a box that somebody stands in
      const box = boxes.get(talk);
      if (!box || box(theirs, body !== undefined)) replace(talk, theirs, version);
      else wait(talk, { draft: theirs, version });
    } else if (body === undefined) {
      // It was sent or cleared elsewhere, and there is more to say here
      wait(talk, undefined);
      notes.note(talk, { base: version, isUntold: true });
      soon(talk);
    } else wait(talk, { draft: theirs, version });
  };

  /** Asks for all of them; answers which talks have one. */
  const refresh = async (): Promise<ReadonlySet<string>> => {
    const at = era;
    const { drafts: all } = await client.call('drafts.mine', {});
    if (era !== at) throw new NoAnswerError('of who was here before');
    for (const draft of all) take(draft);
    return new Set(all.map(({ room, thread }) => talkName(room, thread)));
  };

  /** There is a newer version, or the server has forgotten that there ever was one. */
  const again = async (talk: string): Promise<void> => {
    const all = await refresh();
    if (all.has(talk)) return;
    // Once: a server that has one and does not tell of it has more than it tells
    if (known(talk).base === 0) wayOf(talk).refused = here(talk);
    notes.note(talk, { base: 0, isUntold: true });
    soon(talk);
  };

  const push = async (talk: string): Promise<void> => {
    const way = wayOf(talk);
    clearTimeout(way.timer);
    way.timer = undefined;
    const { base, isUntold } = known(talk);
    // Without a connection the next welcome says it
    if (way.isUnderWay || !isUntold || waiting.has(talk) || !isReady()) return;
    const words = here(talk);
    if (way.refused && isSame(words, way.refused)) return;
    // Too long to be sent is too long to be kept elsewhere, and shorter soon
    if (bytes.encode(words.body ?? '').length > client.limits().messageBytes) return;
    if (words.body === undefined && base === 0) return notes.note(talk, { base, isUntold: false });
    const [room = '', thread] = talk.split('/');
    way.isUnderWay = true;
    way.lastAt = Date.now();
    const at = era;
    const others = (known(talk).puts ?? []).filter((put) => !isSame(put, words));
    notes.note(talk, { base, isUntold: true, puts: [...others, words].slice(-MOST_PUTS) });
    let refusal: Problem | undefined;
    try {
      const about = { room, ...(thread === undefined ? {} : { thread }) };
      const { version } = await client.call('drafts.put', { ...about, ...words, base });
      if (era !== at) return;
      way.refused = undefined;
      notes.note(talk, { base: version, isUntold: !isSame(words, here(talk)) });
    } catch (thrown) {
      const error = expected(thrown);
      if (era !== at) return;
      if (error instanceof ProblemError) {
        refusal = error.problem;
        notes.note(talk, { ...known(talk), puts: others });
      }
    }
    way.isUnderWay = false;
    const { arrived } = way;
    way.arrived = undefined;
    if (arrived) take(arrived);
    if (refusal?.code === 'stale') await again(talk).catch(expected);
    else {
      // What is refused for good lives here alone: other words are told again
      if (refusal && refusal.retry !== 'later') way.refused = words;
      if (known(talk).isUntold && isReady()) soon(talk, refusal?.retryAfterMs);
    }
  };
  const soon = (talk: string, afterMs = FIRST_MS): void => {
    const way = wayOf(talk);
    way.timer ??= setTimeout(() => void push(talk), Math.max(afterMs, way.lastAt + EVERY_MS - Date.now()));
  };
  const pushAll = (): void => {
    for (const [talk, { isUntold }] of notes.known) if (isUntold) void push(talk);
  };

  notes.watch((talk) => {
    if (talk === undefined) pushAll();
    // What was sent is no draft any more, for nobody
    else if (here(talk).body === undefined) void push(talk);
    else soon(talk);
  });
  client.events.on('draft', take);
  // What fails is asked again with the next welcome
  const begin = (): void => void refresh().then(pushAll, expected);
  const forget = (): void => {
    era += 1;
    for (const { timer } of ways.values()) clearTimeout(timer);
    ways.clear();
    waiting.clear();
    view.invalidate();
  };
  client.events.on('welcome', ({ me: { id } }) => {
    // Another person at the same page begins with nothing
    if (whose !== undefined && whose !== id) forget();
    whose = id;
    begin();
  });
  client.events.on('signed-out', forget);
  if (isReady()) begin();

  return {
    getSnapshot: view.getSnapshot,
    subscribe: view.subscribe,
    hold(talk, box) {
      boxes.set(talk, box);
      return () => {
        if (boxes.get(talk) === box) boxes.delete(talk);
        void push(talk);
      };
    },
    decide(talk, isTaken) {
      const offered = waiting.get(talk);
      if (!offered) return;
      if (isTaken) return replace(talk, offered.draft, offered.version);
      wait(talk, undefined);
      notes.note(talk, { base: offered.version, isUntold: true });
      soon(talk);
    },
  };
};
