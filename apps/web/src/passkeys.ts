/** The browser's side of passkeys (WebAuthn Level 3 §5.1). Older browsers, and pages that are not secure, have none. */
import type { Client } from '@recreio/client';
import type { PasskeyProof } from '@recreio/protocol';

/** The person let it be, took too long, or the device has none: nothing to be told as a fault. */
export class PasskeyLeft extends Error {
  override readonly name = 'PasskeyLeft';
}

/** Whether this browser can read what the server asks for. */
export const hasPasskeys = (): boolean =>
  typeof PublicKeyCredential !== 'undefined' &&
  'parseRequestOptionsFromJSON' in PublicKeyCredential &&
  'parseCreationOptionsFromJSON' in PublicKeyCredential;

const answerOf = async (challenge: string, ask: () => Promise<Credential | null>): Promise<PasskeyProof> => {
  let found: Credential | null;
  try {
    found = await ask();
  } catch (cause) {
    throw new PasskeyLeft('no passkey was given', { cause });
  }
  if (!(found instanceof PublicKeyCredential)) throw new PasskeyLeft('no passkey was given');
  return { challenge, credential: found.toJSON() as unknown as PasskeyProof['credential'] };
};

/** Asks the person for one of their passkeys of this school. Rejects with `PasskeyLeft` when they give none. */
export async function askPasskey(client: Client): Promise<PasskeyProof> {
  const { challenge, options } = await client.call('accounts.askPasskey', {});
  return answerOf(challenge, () =>
    navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(
        options as unknown as PublicKeyCredentialRequestOptionsJSON,
      ),
    }),
  );
}

/** Lets the device make a passkey. Rejects with `PasskeyLeft` when it does not. */
export async function makePasskey(client: Client): Promise<PasskeyProof> {
  const { challenge, options } = await client.call('accounts.beginPasskey', {});
  return answerOf(challenge, () =>
    navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(
        options as unknown as PublicKeyCredentialCreationOptionsJSON,
      ),
    }),
  );
}

/** Does it, unless the person let it be; a refusal is thrown on. Answers whether it was done. */
export async function unlessLeft(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof PasskeyLeft) return false;
    throw error;
  }
}
