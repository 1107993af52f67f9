/** What I have to confirm that I read, loaded apart from the rest of the SDK ([R114]). */
import type { Message } from '@recreio/protocol';
import type { Client } from './api.ts';
import { NoAnswerError, ProblemError } from './errors.ts';
import { createView, type Readable } from './store.ts';

/** What waits, at one moment. */
export interface NoticesView {
  /** Whether the server has said what there is. */
  readonly isKnown: boolean;
  /** The newest first. */
  readonly list: readonly Message[];
  /** There are more; they come as these are confirmed. */
  readonly more: boolean;
}

/** The list. */
export interface Notices extends Readable<NoticesView> {
  /** Says that I have read one, as `editNo` says it. It goes at once, and comes back when that is refused, which rejects. */
  confirm(notice: Pick<Message, 'room' | 'id' | 'editNo'>): Promise<void>;
}

/** What happens together is asked about once. */
const GATHER_MS = 250;
/** Everybody in the room is told in the same instant, and after a cut all come back at once: each asks when it likes. */
const SPREAD_MS = 2_000;

const nothing: NoticesView = { isKnown: false, list: [], more: false };
const lists = new WeakMap<Client, Notices>();

/** The list of a client; asked for once it is connected, and kept true by what the connection tells. */
export const noticesOf = (client: Client): Notices => {
  const list = lists.get(client) ?? createNotices(client);
  lists.set(client, list);
  return list;
};

const createNotices = (client: Client): Notices => {
  let shown = nothing;
  let isStale = true;
  let isAsking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let whose: string | undefined;
  /** Confirmed here: an answer that was on its way then has them still. It is for good, so they stay here. */
  const confirmed = new Set<string>();
  const view = createView(() => shown);
  const set = (next: NoticesView): void => {
    shown = next;
    view.invalidate();
  };

  const ask = async (): Promise<void> => {
    timer = undefined;
    const me = client.me.getSnapshot()?.id;
    if (isAsking || me === undefined) return;
    isAsking = true;
    isStale = false;
    let hasFailed = false;
    try {
      const { messages, more } = await client.call('notices.mine', {});
      if (client.me.getSnapshot()?.id === me)
        set({ isKnown: true, list: messages.filter(({ id }) => !confirmed.has(id)), more });
    } catch (error) {
      if (!(error instanceof ProblemError || error instanceof NoAnswerError)) throw error;
      hasFailed = true; // the next welcome asks again
    } finally {
      isAsking = false;
    }
    if (hasFailed) isStale = true;
    else if (isStale) soon();
  };
  const soon = (afterMs = GATHER_MS): void => {
    isStale = true;
    timer ??= setTimeout(() => void ask(), afterMs);
  };
  const spread = (): void => soon(GATHER_MS + Math.random() * SPREAD_MS);
  const forget = (): void => {
    confirmed.clear();
    set(nothing);
  };

  client.events.on('welcome', ({ me }) => {
    const isOther = whose !== me.id;
    whose = me.id;
    if (isOther) forget();
    if (isOther) soon(0);
    else spread();
  });
  client.events.on('signed-out', () => {
    whose = undefined;
    forget();
  });
  client.events.on('notices', spread);
  // What is asked of me is other with another membership
  client.events.on('own', ({ type }) => {
    if (type.startsWith('membership.')) soon();
  });
  if (client.connection.getSnapshot().name === 'ready') {
    whose = client.me.getSnapshot()?.id;
    soon(0);
  }

  return {
    getSnapshot: view.getSnapshot,
    subscribe: view.subscribe,
    async confirm({ room, id, editNo }) {
      const mine = whose;
      const before = shown.list;
      confirmed.add(id);
      set({ ...shown, list: before.filter((one) => one.id !== id) });
      try {
        await client.call('notices.confirm', { room, message: id, editNo });
        if (shown.more) soon();
      } catch (error) {
        if (mine === whose) {
          confirmed.delete(id);
          set({ ...shown, list: before });
          soon();
        }
        throw error;
      }
    },
  };
};
