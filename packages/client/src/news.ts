/** What the tabs of a browser tell each other of their one outbox. */
import type { Pending, SendState } from './intention.ts';

/** What tabs tell each other of their one outbox. Told to all; whose it is says `account`. */
export type OutboxNews = { readonly account: string } & (
  | { readonly t: 'written'; readonly pending: Pending }
  /** From the tab that sends: where one stands now. */
  | { readonly t: 'state'; readonly clientId: string; readonly state: SendState }
  /** It was let go, or answered long ago. */
  | { readonly t: 'gone'; readonly clientId: string }
  | { readonly t: 'retry'; readonly clientId: string }
  /** To the tab that sends: where do these stand? */
  | { readonly t: 'asking'; readonly clientIds: readonly string[] }
  /** The person signed out, and what was theirs is gone. */
  | { readonly t: 'cleared' }
);

/** News before it is said whose outbox it is of. */
export type Untold = OutboxNews extends infer N ? (N extends OutboxNews ? Omit<N, 'account'> : never) : never;
