/** WebAuthn's checks of what a browser brings (WebAuthn Level 3 §7.1, §7.2). */
import type { Passkeys } from '@recreio/core/ports.ts';
import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';

const TRANSPORTS: readonly string[] = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];

const isTransport = (name: string): name is AuthenticatorTransport => TRANSPORTS.includes(name);

/** What was thrown is why an answer is not accepted: it is of another site, challenge or key, or no answer at all. */
const orNull = async <T>(check: () => Promise<T | null>): Promise<T | null> => {
  try {
    return await check();
  } catch {
    return null;
  }
};

/** The checks; no state. */
export const passkeys: Passkeys = {
  register: (answer, { challenge, publicUrl, rpId }) =>
    orNull(async () => {
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: answer as unknown as RegistrationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: publicUrl,
        expectedRPID: rpId,
        requireUserVerification: true,
      });
      if (!verified) return null;
      const { credential, credentialBackedUp } = registrationInfo;
      return {
        credential: credential.id,
        publicKey: credential.publicKey,
        counter: credential.counter,
        transports: (credential.transports ?? []).filter(isTransport),
        backedUp: credentialBackedUp,
      };
    }),

  verify: (answer, { challenge, publicUrl, rpId }, key) =>
    orNull(async () => {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: answer as unknown as AuthenticationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: publicUrl,
        expectedRPID: rpId,
        requireUserVerification: true,
        credential: {
          id: key.credential,
          publicKey: new Uint8Array(key.publicKey),
          counter: key.counter,
          transports: key.transports.filter(isTransport),
        },
      });
      return verified
        ? { counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp }
        : null;
    }),
};
