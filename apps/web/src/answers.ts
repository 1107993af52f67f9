/** What the server answered, kept by question, so that a screen one comes back to is there at once. Knows neither React nor the wire. */

/** How a question stands. `data` stays while it is asked again, and when asking again fails. */
export interface Answer {
  readonly data: unknown;
  /** Why the last try came to nothing; null after an answer. */
  readonly error: unknown;
  readonly isFetching: boolean;
}

/** Gives the next answer; it may build on the one before. */
export type Ask = (before: unknown) => Promise<unknown>;

/** Nothing is known, and nobody has asked. */
export const unasked: Answer = { data: undefined, error: null, isFetching: false };

/** Younger answers are shown without asking again when one comes back to a screen, in ms. */
const freshMs = 5_000;
/** How long an answer is kept that no screen shows, in ms. */
const keptMs = 300_000;

interface Entry {
  answer: Answer;
  /** The last try; what an earlier one brings is not taken. */
  turn: number;
  /** When the answer came, in ms; null when it must be asked for again. */
  at: number | null;
  under: Promise<void> | undefined;
  ask: Ask | undefined;
  readonly listeners: Set<() => void>;
  leftAt: number;
}

/** The store of answers. Questions are strings; what begins alike can be asked again together. */
export interface Answers {
  /** The same object until something of it changes. */
  get(question: string): Answer;
  /** Follows a question and asks it unless a fresh answer is there. The last to follow says how it is asked. */
  follow(question: string, ask: Ask, listener: () => void): () => void;
  /** Asks in this way, now; what is under way is let go of. Never rejects: the failure is in the answer. */
  ask(question: string, ask: Ask): Promise<void>;
  /** Asks again what is followed of the questions that begin so; the others when they are followed next. */
  again(beginning: string): Promise<void>;
  /** Asks again what is followed and not fresh: somebody looks at the page once more. */
  refresh(): void;
  /** Puts another answer in the place of one. */
  put(question: string, data: unknown): void;
  /** Forgets everything: the next person must not see it. */
  clear(): void;
}

/** A store. `now` in ms, of any beginning. */
export function createAnswers(now: () => number = () => performance.now()): Answers {
  const entries = new Map<string, Entry>();
  const of = (question: string): Entry => {
    const known = entries.get(question);
    if (known !== undefined) return known;
    for (const [key, { listeners, leftAt }] of entries) {
      if (listeners.size === 0 && now() - leftAt > keptMs) entries.delete(key);
    }
    const made: Entry = {
      answer: unasked,
      turn: 0,
      at: null,
      under: undefined,
      ask: undefined,
      listeners: new Set(),
      leftAt: now(),
    };
    entries.set(question, made);
    return made;
  };
  const set = (entry: Entry, answer: Answer): void => {
    entry.answer = answer;
    for (const listener of entry.listeners) listener();
  };
  const isFresh = ({ at }: Entry): boolean => at !== null && now() - at < freshMs;
  const start = (entry: Entry, ask: Ask): Promise<void> => {
    const turn = ++entry.turn;
    const work = async (): Promise<void> => {
      let next: Answer;
      try {
        const data = await ask(entry.answer.data);
        next = { data: isSame(data, entry.answer.data) ? entry.answer.data : data, error: null, isFetching: false };
      } catch (error) {
        next = { data: entry.answer.data, error, isFetching: false };
      }
      if (turn !== entry.turn) return;
      entry.under = undefined;
      entry.at = now();
      set(entry, next);
    };
    set(entry, { ...entry.answer, isFetching: true });
    entry.under = work();
    return entry.under;
  };
  const askAgain = (entry: Entry): Promise<void> =>
    entry.ask === undefined ? Promise.resolve() : start(entry, entry.ask);

  return {
    get: (question) => entries.get(question)?.answer ?? unasked,
    follow(question, ask, listener) {
      const entry = of(question);
      entry.ask = ask;
      entry.listeners.add(listener);
      if (entry.under === undefined && !isFresh(entry)) void askAgain(entry);
      return () => {
        entry.listeners.delete(listener);
        entry.leftAt = now();
      };
    },
    ask: (question, ask) => start(of(question), ask),
    async again(beginning) {
      const asked: Promise<void>[] = [];
      for (const [question, entry] of entries) {
        if (!question.startsWith(beginning)) continue;
        if (entry.listeners.size > 0) asked.push(askAgain(entry));
        else entry.at = null;
      }
      await Promise.all(asked);
    },
    refresh() {
      for (const entry of entries.values()) {
        if (entry.listeners.size > 0 && entry.under === undefined && !isFresh(entry)) void askAgain(entry);
      }
    },
    put(question, data) {
      const entry = of(question);
      set(entry, { ...entry.answer, data });
    },
    clear() {
      for (const entry of entries.values()) {
        entry.turn++;
        entry.under = undefined;
        entry.at = null;
        set(entry, unasked);
      }
      for (const [question, { listeners }] of entries) if (listeners.size === 0) entries.delete(question);
    },
  };
}

/** Answers are JSON, and the server writes the members of an object in one order. */
const isSame = (one: unknown, other: unknown): boolean =>
  other !== undefined && JSON.stringify(one) === JSON.stringify(other);
