/**
 * How what is kept in a browser is encrypted: AES-256-GCM under a key that scripts can use and not read (`extractable: false`).
 * It does not protect against whoever has the unlocked profile of the browser, or a copy of its folder: the key lies there, too.
 * It keeps words out of plain sight (a look into the storage, a search over the disk), and makes forgetting a key forget them.
 */

/** A key and its name; what is sealed says by which. */
export interface Key {
  readonly id: string;
  readonly key: CryptoKey;
}

/** Something sealed. */
export interface Sealed {
  readonly keyId: string;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

/** 96 random bits; a person does not reach the 2³² that are safe under one key (NIST SP 800-38D §8.3). */
const IV_BYTES = 12;
const ALGORITHM = 'AES-GCM';

/** Makes a key that cannot be read out. Rejects where the page has no WebCrypto: there is none without HTTPS. */
export const makeKey = async (): Promise<Key> => ({
  id: crypto.randomUUID(),
  key: await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ['encrypt', 'decrypt']),
});

const parametersOf = (place: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams => ({
  name: ALGORITHM,
  iv,
  additionalData: new TextEncoder().encode(place),
});

/** Seals a value for one place: opened at another (somebody else's, say) it is damaged. */
export const seal = async ({ id, key }: Key, place: string, value: unknown): Promise<Sealed> => {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return { keyId: id, iv, data: await crypto.subtle.encrypt(parametersOf(place, iv), key, plain) };
};

/** Opens what was sealed for a place; undefined where it cannot be: another key, damaged, or moved. */
export const unseal = async (key: Key | undefined, place: string, sealed: Sealed): Promise<unknown> => {
  if (key?.id !== sealed.keyId) return undefined;
  try {
    const plain = await crypto.subtle.decrypt(parametersOf(place, sealed.iv), key.key, sealed.data);
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return undefined; // told to the person as unreadable
  }
};
