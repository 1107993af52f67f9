/** What a program has in its hands: the client and what it is made with. */
import type { accounts, InputOf, Limits, Me, oidc, passkeys, School } from '@recreio/protocol';
import type { Call } from './call.ts';
import type { Clock } from './clock.ts';
import type { ConnectionState } from './connection.ts';
import type { Drafts } from './drafts.ts';
import type { Fetch } from './http.ts';
import type { Keeping } from './keeping.ts';
import type { KeepingState } from './kept.ts';
import type { People } from './people.ts';
import type { RoomsSnapshot } from './rooms.ts';
import type { Signals } from './signals.ts';
import type { SocketConstructor } from './socket.ts';
import type { Readable } from './store.ts';
import type { Tabs } from './tabs.ts';
import type { RoomHandle } from './view.ts';

/** How to make a client. What is left out is the platform's own. */
export interface ClientOptions {
  /** Where the server is, as in `https://chat.escola.example`; in a browser the page's own origin. */
  readonly url?: string;
  /**
   * `cookie` (the default) for pages of the server's own origin; `token` for programs that will sign in;
   * `{ token }` for those that have a bearer token already.
   */
  readonly auth?: 'cookie' | 'token' | { readonly token: string };
  readonly fetch?: Fetch;
  readonly WebSocket?: SocketConstructor;
  /** Where drafts and unsent messages outlive the page (`browserKeeping`); in memory when left out. */
  readonly keeping?: Keeping;
  /** The other tabs of this browser (`browserTabs`); none when left out. */
  readonly tabs?: Tabs;
  /** A message that waited longer is asked about before it is sent, in milliseconds; as the school has it when left out. */
  readonly lateAfterMs?: number;
  readonly clock?: Clock;
  /** 0 ≤ random < 1, for the jitter of the backoff. */
  readonly random?: () => number;
}

/** A client. It does nothing before `start` or `signIn`. */
export interface Client {
  /** Does any command of the protocol. */
  readonly call: Call;
  readonly connection: Readable<ConnectionState>;
  /** The person, null when nobody is signed in (or it is not known yet). */
  readonly me: Readable<Me | null>;
  /** The school's name, look, languages and policies, as they stand; null until the first welcome. */
  readonly school: Readable<School | null>;
  readonly rooms: Readable<RoomsSnapshot>;
  readonly people: People;
  readonly drafts: Drafts;
  /** Whether what is not sent outlives the page, how much of it there is, and what of it was lost. */
  readonly keeping: Readable<KeepingState>;
  readonly events: Signals;
  /** The same handle for the same id. */
  room(id: string): RoomHandle;
  limits(): Limits;
  /** The server's time as well as it is known, in milliseconds since the epoch. */
  serverNow(): number;
  /** A fresh client id, for intentions that are repeated by hand. */
  newId(): string;
  /** Connects, and stays connected. */
  start(): void;
  /** Disconnects; `start` connects again. */
  stop(): void;
  /** Does not wait for the next try. */
  retryNow(): void;
  /** Signs in and connects. */
  signIn(input: Omit<InputOf<typeof accounts.signIn>, 'keep'>): Promise<Me>;
  /** Signs in with a passkey's answer to a challenge of `accounts.askPasskey`, and connects. */
  signInWithPasskey(input: Omit<InputOf<typeof passkeys.signInWithPasskey>, 'keep'>): Promise<Me>;
  /** Signs in by the school's own provider, from which the browser has come back, and connects. */
  signInWithProvider(input: Omit<InputOf<typeof oidc.finishOidc>, 'keep'>): Promise<Me>;
  /** Enters the demo school as one of its people, and connects. */
  enterDemo(account: string): Promise<Me>;
  /** Ends the session, disconnects, and forgets everything of the person, drafts and unsent messages included. */
  signOut(): Promise<void>;
  /** Lets go of what was kept and cannot be read any more. */
  clearUnreadable(): Promise<void>;
}
