/**
 * What is being sent: shown at once, kept before it leaves, told truthfully, and repeated with the same client id until there
 * is an answer ([R40], [R41]). In a room one message goes after the other, in the order they were written. Of several tabs one
 * sends for all; the others show what it tells them.
 */
import { type Limits, problem } from '@recreio/protocol';
import type { CallOutput, Caller } from './call.ts';
import type { Clock } from './clock.ts';
import type { Intention, Pending, SendState } from './intention.ts';
import type { Keeping, KeptMessage } from './keeping.ts';
import { createLines } from './lines.ts';
import type { OutboxNews, Untold } from './news.ts';
import { judge } from './refusals.ts';

/** What an outbox needs. */
export interface OutboxOptions {
  readonly once: Caller['once'];
  readonly clock: Clock;
  readonly random: () => number;
  readonly newId: () => string;
  readonly limits: () => Limits;
  /** The server's time as well as it is known, in milliseconds: it does not jump with this device's clock. */
  readonly serverNow: () => number;
  /** What waited longer than this is asked about before it is sent, in milliseconds. */
  readonly lateAfterMs: () => number;
  /** Whether a send can be tried now. */
  readonly canSend: () => boolean;
  readonly keeping: Keeping;
  /** Whether this tab is the one that sends. */
  readonly leads: () => boolean;
  /** Tells the other tabs. */
  tell(news: OutboxNews): void;
  /** Something of this room's has changed. */
  onChange(room: string): void;
  /** Something was kept, or could not be. */
  onKeeping(cause: unknown): void;
}

/** What is being sent. */
export interface Outbox {
  add(room: string, said: Pick<Intention, 'body' | 'replyTo' | 'thread' | 'mentions' | 'everyone' | 'urgent'>): string;
  /** Those of a room, in the order written; the same array as long as nothing changes. */
  of(room: string): readonly Pending[];
  all(): readonly Pending[];
  /** Tries a failed one again. */
  retry(clientId: string): void;
  /** Lets a failed or queued one go. One that is under way cannot be called back, and stays. */
  discard(clientId: string): void;
  /** The message itself was seen in the room: whatever the answer was, it is sent. */
  seen(clientId: string): void;
  /** Whether a message that was seen in the room had been let go here, its first try still on the wire: true once. */
  wasLetGo(clientId: string): boolean;
  /** Now may be a good moment: the connection is back. */
  resume(): void;
  /** From now on what this person wants to say. */
  open(account: string): void;
  /** What was kept of the person who is open. */
  adopt(kept: readonly KeptMessage[]): void;
  /** Another tab tells. */
  hear(news: OutboxNews): void;
  /** Another tab sends from now on, or this one does. */
  led(): void;
  /** Forgets everything in memory; what is kept is cleared by whoever keeps it. */
  forget(): void;
}

/** How long a message waits to be on the disk before it leaves all the same; a healthy one takes some milliseconds. */
const KEEP_WAIT_MS = 1_500;

type Refusal = Extract<SendState, { name: 'failed'; why: 'refused' }>;

interface Pace {
  isUnderWay: boolean;
  failures: number;
  /** Not before this, by the clock. */
  notBefore: number;
}

/** Lays an outbox. */
export const createOutbox = (options: OutboxOptions): Outbox => {
  const { clock, keeping } = options;
  const lines = createLines(options.onChange);
  const paces = new Map<string, Pace>();
  /** Late ones that a person has said to send all the same. */
  const meant = new Set<string>();
  /** Let go before they were answered: a try may have left, and arrive after all (contract D3). */
  const unsaid = new Set<string>();
  /** Those written in this tab whose keeping is not over yet, or failed. */
  const writing = new Map<string, Promise<void>>();
  let account: string | undefined;
  /** Raised when everything is forgotten, so that late answers find nothing. */
  let generation = 0;

  const keep = <T>(work: (account: string) => Promise<T>): void => {
    if (account !== undefined) work(account).catch(options.onKeeping);
  };
  const tell = (news: Untold): void => {
    if (account !== undefined) options.tell({ ...news, account });
  };

  const paceOf = (room: string): Pace => {
    const pace = paces.get(room) ?? { isUnderWay: false, failures: 0, notBefore: 0 };
    paces.set(room, pace);
    return pace;
  };

  const put = (clientId: string, state: SendState): void => {
    lines.change(clientId, { state });
    if (options.leads()) tell({ t: 'state', clientId, state });
  };

  const letGo = (clientId: string): void => {
    lines.drop(clientId);
    keep((whose) => keeping.remove(whose, clientId));
  };

  const failed = (pace: Pace, { room, clientId }: Pending, error: unknown): void => {
    const verdict = judge(error, pace.failures, options.random());
    if (verdict.name === 'refused') {
      put(clientId, { name: 'failed', why: 'refused', problem: verdict.problem });
      keep((whose) => keeping.refuse(whose, clientId, verdict.problem));
      pace.failures = 0;
      return;
    }
    put(clientId, { name: 'queued' });
    if (verdict.name === 'signed-out') {
      pace.notBefore = Number.POSITIVE_INFINITY; // until someone is
      return;
    }
    pace.failures += 1;
    pace.notBefore = clock.now() + verdict.afterMs;
    clock.after(verdict.afterMs, () => pump(room));
  };

  const acknowledged = ({ clientId }: Pending, ack: CallOutput<'messages.send'>): void => {
    // Removed since: nothing is left to show
    if (ack.removed) tell({ t: 'gone', clientId });
    else put(clientId, { name: 'sent', id: ack.id, seq: ack.seq, ordinal: ack.ordinal, at: ack.at });
    if (ack.removed) lines.drop(clientId);
    keep((whose) => keeping.remove(whose, clientId));
  };

  /** Waits until it is kept, so that its client id is known however the page ends; answers whether it is still to be sent. */
  const isStillMeant = async (whose: string, clientId: string): Promise<boolean> => {
    const written = writing.get(clientId);
    if (written !== undefined) {
      await Promise.race([written, new Promise<void>((resolve) => clock.after(KEEP_WAIT_MS, resolve))]);
      return lines.find(clientId) !== undefined;
    }
    if (lines.find(clientId)?.isKept !== true) return lines.find(clientId) !== undefined;
    try {
      // Another tab may have let it go, or have had it answered while this one slept
      return await keeping.has(whose, clientId);
    } catch (cause) {
      options.onKeeping(cause);
      return true;
    }
  };

  const sendOne = async (whose: string, pace: Pace, pending: Pending): Promise<void> => {
    const mine = generation;
    const { room, clientId, body, replyTo, thread, mentions, everyone, urgent } = pending;
    pace.isUnderWay = true;
    put(clientId, { name: 'sending', since: clock.now() });
    try {
      const isMeant = await isStillMeant(whose, clientId);
      if (mine !== generation || !options.leads()) return;
      if (!isMeant) {
        tell({ t: 'gone', clientId });
        lines.drop(clientId);
        return;
      }
      const ack = await options.once('messages.send', {
        room,
        clientId,
        body,
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(thread === undefined ? {} : { thread }),
        ...(mentions === undefined ? {} : { mentions: [...mentions] }),
        ...(everyone === undefined ? {} : { everyone }),
        ...(urgent === undefined ? {} : { urgent }),
      });
      if (mine !== generation) return;
      pace.failures = 0;
      acknowledged(pending, ack);
    } catch (error) {
      if (mine === generation) failed(pace, pending, error);
    } finally {
      if (mine === generation) {
        pace.isUnderWay = false;
        pump(room);
      }
    }
  };

  const pump = (room: string): void => {
    const pace = paceOf(room);
    const whose = account;
    if (whose === undefined || !options.leads() || pace.isUnderWay || clock.now() < pace.notBefore) return;
    if (!options.canSend()) return;
    for (const pending of lines.of(room))
      if (pending.state.name === 'queued' && isLate(pending)) put(pending.clientId, { name: 'failed', why: 'late' });
    const next = lines.of(room).find(({ state }) => state.name === 'queued');
    if (next !== undefined) void sendOne(whose, pace, next);
  };

  const pumpAll = (): void => {
    for (const room of lines.rooms()) {
      paceOf(room).notBefore = 0;
      pump(room);
    }
  };

  /** Also what seems to come from hours ahead: then a clock has jumped, and its age is anybody's guess. */
  const isLate = ({ clientId, createdAt }: Pending): boolean =>
    !meant.has(clientId) && Math.abs(options.serverNow() - Date.parse(createdAt)) > options.lateAfterMs();

  const isTooLarge = (body: string): boolean => new TextEncoder().encode(body).length > options.limits().messageBytes;

  /** Keeps what was written here, then tells the others. */
  const write = (
    { clientId, room, body, replyTo, thread, mentions, everyone, urgent, createdAt }: Intention,
    refused: Refusal | undefined,
  ): void => {
    const intention: Intention = {
      clientId,
      room,
      body,
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(thread === undefined ? {} : { thread }),
      ...(mentions === undefined ? {} : { mentions }),
      ...(everyone === undefined ? {} : { everyone }),
      ...(urgent === undefined ? {} : { urgent }),
      createdAt,
    };
    const whose = account;
    if (whose === undefined) return;
    const written = (async () => {
      try {
        const order = await keeping.put(whose, intention, refused?.problem);
        if (whose === account) lines.change(clientId, { order, isKept: keeping.isDurable });
        options.onKeeping(undefined);
      } catch (cause) {
        options.onKeeping(cause);
      }
      writing.delete(clientId);
      const pending = lines.find(clientId);
      if (whose === account && pending !== undefined) tell({ t: 'written', pending });
    })();
    writing.set(clientId, written);
  };

  const place = ({ intention, order, refused }: KeptMessage): void => {
    const state: SendState =
      refused === undefined ? { name: 'queued' } : { name: 'failed', why: 'refused', problem: refused };
    lines.place({ ...intention, state, order, isKept: keeping.isDurable });
  };

  const refusalOf = ({ state }: Pending) => (state.name === 'failed' && state.why === 'refused' ? state : undefined);

  const retry = (clientId: string): void => {
    const one = lines.find(clientId);
    if (one?.state.name !== 'failed') return;
    if (one.state.why === 'refused') keep((whose) => keeping.refuse(whose, clientId, null));
    meant.add(clientId);
    put(clientId, { name: 'queued' });
    paceOf(one.room).notBefore = 0;
    if (options.leads()) pump(one.room);
    else tell({ t: 'retry', clientId });
  };

  /** What another tab holds and this one does not was answered or let go, unless it is kept. */
  const lookUp = async (whose: string, clientIds: readonly string[]): Promise<void> => {
    if (clientIds.length === 0) return;
    try {
      const { unsent } = await keeping.open(whose);
      if (whose !== account) return;
      const kept = new Map(unsent.map((one) => [one.intention.clientId, one]));
      for (const clientId of clientIds) {
        const one = kept.get(clientId);
        if (one === undefined) tell({ t: 'gone', clientId });
        else if (lines.find(clientId) === undefined) {
          place(one);
          pump(one.intention.room);
        }
      }
    } catch (cause) {
      options.onKeeping(cause);
    }
  };

  /** Those that are kept unless they were answered or let go; what is still being written is not there yet, and none of them. */
  const idsToAsk = (): string[] =>
    lines
      .all()
      .filter(({ isKept, state }) => isKept && state.name !== 'sent')
      .map(({ clientId }) => clientId);

  /** This tab sends from now on: what is kept is what is to be sent, whatever the one before it told last. */
  const takeOver = async (whose: string): Promise<void> => {
    const mine = generation;
    // What is kept while the storage is read may be missing in what it answers
    const before = idsToAsk();
    try {
      const { unsent } = await keeping.open(whose);
      if (mine !== generation) return;
      const kept = new Set(unsent.map(({ intention }) => intention.clientId));
      for (const clientId of before)
        if (!kept.has(clientId) && lines.find(clientId)?.state.name !== 'sent') lines.drop(clientId);
      for (const one of unsent) if (lines.find(one.intention.clientId) === undefined) place(one);
    } catch (cause) {
      options.onKeeping(cause);
    }
    if (mine !== generation || !options.leads()) return;
    for (const { clientId, room, state } of lines.all())
      if (state.name === 'sending' && !paceOf(room).isUnderWay) put(clientId, { name: 'queued' });
    pumpAll();
  };

  return {
    add(room, { body, replyTo, thread, mentions, everyone, urgent }) {
      const intention: Intention = {
        clientId: options.newId(),
        room,
        body,
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(thread === undefined ? {} : { thread }),
        ...(mentions === undefined || mentions.length === 0 ? {} : { mentions }),
        ...(everyone === undefined ? {} : { everyone }),
        ...(urgent === undefined ? {} : { urgent }),
        createdAt: new Date(options.serverNow()).toISOString(),
      };
      const refused = isTooLarge(body)
        ? ({ name: 'failed', why: 'refused', problem: problem('too-large') } as const)
        : undefined;
      // Where another tab sends, this one need not look as if nothing happened until it tells
      const isOnItsWay = !options.leads() && options.canSend();
      const state: SendState = refused ?? (isOnItsWay ? { name: 'sending', since: clock.now() } : { name: 'queued' });
      lines.place({ ...intention, state, order: null, isKept: false });
      write(intention, refused);
      pump(room);
      return intention.clientId;
    },
    of: lines.of,
    all: lines.all,
    retry,
    discard(clientId) {
      const { state } = lines.find(clientId) ?? {};
      if (state?.name !== 'failed' && state?.name !== 'queued') return;
      unsaid.add(clientId);
      letGo(clientId);
      tell({ t: 'gone', clientId });
    },
    seen(clientId) {
      const { state } = lines.find(clientId) ?? {};
      if (state?.name === 'sent')
        lines.drop(clientId); // whoever had the answer keeps it no more
      else if (state !== undefined) letGo(clientId);
    },
    wasLetGo: (clientId) => unsaid.delete(clientId),
    resume: pumpAll,
    open(next) {
      if (next === account) return;
      // Said before it was known by whom: by whoever is signed in
      const early = account === undefined ? lines.all() : [];
      generation += 1;
      account = next;
      lines.clear();
      paces.clear();
      writing.clear();
      for (const pending of early) {
        lines.place(pending);
        write(pending, refusalOf(pending));
      }
    },
    adopt(kept) {
      for (const one of kept) if (lines.find(one.intention.clientId) === undefined) place(one);
      if (options.leads()) pumpAll();
      else tell({ t: 'asking', clientIds: idsToAsk() });
    },
    hear(news) {
      const whose = account;
      if (news.account !== whose) return;
      switch (news.t) {
        case 'written': {
          const { pending } = news;
          const isNew = lines.find(pending.clientId) === undefined;
          if (isNew) lines.place(pending);
          if (!options.leads()) return;
          if (isNew && pending.state.name === 'sending') put(pending.clientId, { name: 'queued' });
          pump(pending.room);
          return;
        }
        case 'state':
          if (!options.leads()) lines.change(news.clientId, { state: news.state });
          return;
        case 'gone':
          lines.drop(news.clientId);
          return;
        case 'retry':
          if (options.leads()) retry(news.clientId);
          return;
        case 'asking':
          if (!options.leads()) return;
          for (const { clientId, state } of lines.all()) tell({ t: 'state', clientId, state });
          void lookUp(
            whose,
            news.clientIds.filter((clientId) => lines.find(clientId) === undefined),
          );
          return;
        case 'cleared':
          generation += 1;
          lines.clear();
      }
    },
    led() {
      if (account === undefined) return;
      if (options.leads()) {
        void takeOver(account);
        return;
      }
      // What is only in this tab's memory the new one cannot have read
      for (const pending of lines.all())
        if (!pending.isKept && !writing.has(pending.clientId)) tell({ t: 'written', pending });
      tell({ t: 'asking', clientIds: idsToAsk() });
    },
    forget() {
      generation += 1;
      account = undefined;
      lines.clear();
      paces.clear();
      writing.clear();
    },
  };
};
