/** Who acts: an identity only. What it may do is read from the facts, each time (security S27). */

/** A person on one of their signed-in devices. Role and restrictions are deliberately not part of it. */
export interface Actor {
  readonly account: string;
  readonly session: string;
}

/** What a door knows of the caller: an actor, or nobody yet; and where the call came from, for quotas before sign-in. */
export interface Caller {
  readonly actor: Actor | null;
  /** That the credential came by cookie: the request must prove where it comes from, and a session that is kept in the cookie takes the place of this one. */
  readonly byCookie?: true;
  /** The network address that quotas for strangers are kept by; never logged with content. */
  readonly address: string;
  /** A short description of the device, from the door; becomes part of a new session. */
  readonly device: string;
}
