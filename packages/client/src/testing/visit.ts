/** A client at a school, with a clock that is moved by hand. */
import type { Client, ClientOptions } from '../api.ts';
import { createClient } from '../client.ts';
import type { Item } from '../items.ts';
import { type ManualClock, manualClock, settle } from './clock.ts';
import { openSchool, type School } from './school.ts';

/** What a test has to work with. */
export interface Visit {
  readonly school: School;
  readonly client: Client;
  readonly clock: ManualClock;
  /** Starts the client and waits for the welcome. */
  enter(): Promise<void>;
}

/** Opens a school, and a client of Ana's that has not started. The jitter is a half of what is possible. */
export const visit = (options: ClientOptions = {}): Visit => {
  const clock = manualClock(Date.UTC(2026, 10, 2, 13));
  const school = openSchool(clock.now);
  const client = createClient({
    url: 'https://chat.example',
    fetch: school.fetch,
    WebSocket: school.WebSocket,
    auth: { token: 'a-token' },
    clock,
    random: () => 0.5,
    ...options,
  });
  return {
    school,
    client,
    clock,
    async enter() {
      client.start();
      await settle();
    },
  };
};

/** What stands in a room's conversation or in a thread, in words: bodies, and for what is being sent its state. */
export const words = (talk: { getSnapshot(): { readonly items: readonly Item[] } }): string[] =>
  talk.getSnapshot().items.map(word);

const word = (item: Item): string => {
  switch (item.kind) {
    case 'message':
      return item.message.body ?? '(removed)';
    case 'pending':
      return `${item.pending.body} (${item.pending.state.name})`;
    case 'line':
      return `(${item.event.type})`;
    default:
      return `(${item.kind} ${item.from}–${item.to})`;
  }
};
