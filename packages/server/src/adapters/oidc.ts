/** The school's own sign-in by OpenID Connect: authorization code with PKCE, state and nonce (RFC 9700; OpenID Connect Core 1.0 §3.1). */
import { type Identity, type Provider, Unavailable } from '@recreio/core/ports.ts';
import * as client from 'openid-client';

/** How the provider is reached, and who we are there. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Null: a public client, which PKCE alone protects. */
  readonly clientSecret: string | null;
  readonly name: string;
  readonly linksByEmail: boolean;
}

/** What a return is checked with, as it is kept sealed. */
interface Kept {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly anew: boolean;
}

/** A proof is anew when the provider asked for it in the last minutes: people type slowly. */
const ANEW_SECONDS = 300;
const TIMEOUT_SECONDS = 10;

/** Whether the provider could not be asked, as opposed to having said no. */
const isUnreachable = (error: unknown): boolean =>
  error instanceof TypeError ||
  (error instanceof Error &&
    'code' in error &&
    (error.code === 'OAUTH_TIMEOUT' || error.code === 'OAUTH_RESPONSE_IS_NOT_CONFORM'));

/** Makes it; the provider is asked for its addresses when somebody first comes, and again as long as it does not answer. */
export const oidcProvider = (settings: OidcSettings): Provider => {
  const issuer = new URL(settings.issuer);
  const isPlain = issuer.protocol === 'http:';
  let known: Promise<client.Configuration> | undefined;
  const configuration = async (): Promise<client.Configuration> => {
    known ??= client.discovery(
      issuer,
      settings.clientId,
      undefined,
      settings.clientSecret === null ? client.None() : client.ClientSecretBasic(settings.clientSecret),
      // Only an address of this very machine is let to be plain (see the settings)
      { timeout: TIMEOUT_SECONDS, ...(isPlain ? { execute: [client.allowInsecureRequests] } : {}) },
    );
    try {
      return await known;
    } catch (cause) {
      known = undefined;
      throw new Unavailable('the school’s own sign-in does not answer', { cause });
    }
  };

  return {
    name: settings.name,
    linksByEmail: settings.linksByEmail,
    begin: async (returnTo, anew) => {
      const config = await configuration();
      const kept: Kept = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        anew,
      };
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: returnTo,
        scope: 'openid email',
        state: kept.state,
        nonce: kept.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(kept.verifier),
        code_challenge_method: 'S256',
        ...(anew ? { prompt: 'login', max_age: '0' } : {}),
      });
      return { url: url.href, secret: new TextEncoder().encode(JSON.stringify(kept)) };
    },
    finish: async (returnTo, returned, secret) => {
      const config = await configuration();
      const kept = JSON.parse(new TextDecoder().decode(secret)) as Kept;
      const address = new URL(returnTo);
      address.search = returned;
      try {
        const tokens = await client.authorizationCodeGrant(config, address, {
          expectedState: kept.state,
          expectedNonce: kept.nonce,
          pkceCodeVerifier: kept.verifier,
          idTokenExpected: true,
          ...(kept.anew ? { maxAge: ANEW_SECONDS } : {}),
        });
        const claims = tokens.claims();
        if (claims === undefined) return null;
        const { email, email_verified: verified } = claims;
        const identity: Identity = {
          issuer: claims.iss,
          subject: claims.sub,
          verifiedEmail: verified === true && typeof email === 'string' ? email : null,
          anew: kept.anew,
        };
        return identity;
      } catch (cause) {
        if (isUnreachable(cause)) throw new Unavailable('the school’s own sign-in does not answer', { cause });
        return null;
      }
    },
  };
};
