/** The school's own sign-in, an OpenID provider, as the rules see it. */

/** Who somebody is there. The issuer and the subject together name them; the address does not (security S37). */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Only when the provider says that it has verified it. */
  readonly verifiedEmail: string | null;
  /** Whether the person was asked anew just now. */
  readonly anew: boolean;
}

/** A provider. Rejects with `Unavailable` when it does not answer. */
export interface Provider {
  /** What people know it by. */
  readonly name: string;
  /** Whether who has the verified address of an account is let in as it, the first time. */
  readonly linksByEmail: boolean;
  /** Where to send the browser; `secret` is what its return is checked with (state, nonce, code verifier). */
  begin(returnTo: string, anew: boolean): Promise<{ readonly url: string; readonly secret: Uint8Array }>;
  /** Who came back; null when the answer is not to this question. */
  finish(returnTo: string, returned: string, secret: Uint8Array): Promise<Identity | null>;
}
