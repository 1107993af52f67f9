/** What rules ask of the hub: ephemeral things, at most once (contract D24). */

/** Typing, presence and the person's own latest-wins state. */
export interface Presence {
  typing(room: string, account: string): void;
  /** Who of a room is here, as far as this viewer may know: some of them, and how many in all. */
  here(viewer: string, room: string): { readonly here: readonly string[]; readonly count: number };
  /** A read marker has moved: to every socket of the person, on any node. */
  marker(
    account: string,
    marker: {
      readonly room: string;
      readonly seq: number;
      readonly ordinal: number;
      readonly unread: number;
      readonly mentions: number;
      readonly newest: number;
    },
  ): void;
  /** The person's own account has changed. */
  me(account: string): void;
}
