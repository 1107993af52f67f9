/** A person's security key, written from WebAuthn Level 3 §6.1, §6.5 and RFC 8949 alone: one key pair, ES256. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest();
const b64 = (bytes: Buffer): string => bytes.toString('base64url');
/** A short text or byte string of CBOR. */
const cbor = (major: 0x40 | 0x60, bytes: Buffer): Buffer =>
  Buffer.concat([
    bytes.length < 24
      ? Buffer.from([major | bytes.length])
      : Buffer.from([major | 25, bytes.length >> 8, bytes.length & 0xff]),
    bytes,
  ]);
const text = (words: string): Buffer => cbor(0x60, Buffer.from(words));

/** User present, user verified; with attested credential data. */
const PRESENT_VERIFIED = 0x05;
const ATTESTED = 0x40;

/** What the key gives to the page. */
export interface Credential {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly clientExtensionResults: object;
  readonly response: Readonly<Record<string, unknown>>;
}

/** A key that believes to be at `origin`. */
export class Authenticator {
  readonly #id = randomBytes(32);
  readonly #key: KeyObject;
  readonly #public: Buffer;
  readonly #origin: string;
  #uses = 0;

  constructor(origin: string) {
    this.#origin = origin;
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#key = privateKey;
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    // COSE: kty EC2, alg ES256, crv P-256, x, y (RFC 9053 §7.1.1)
    this.#public = Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ]);
  }

  #data(flags: number): Buffer {
    this.#uses += 1;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.#uses);
    return Buffer.concat([sha256(new URL(this.#origin).hostname), Buffer.from([flags]), counter]);
  }

  #client(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.#origin, crossOrigin: false }));
  }

  #credential(response: Readonly<Record<string, unknown>>): Credential {
    const id = b64(this.#id);
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  /** Makes the credential. */
  create(challenge: string): Credential {
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.#id.length]), this.#id, this.#public]);
    const data = Buffer.concat([this.#data(PRESENT_VERIFIED | ATTESTED), attested]);
    const attestationObject = Buffer.concat([
      Buffer.from([0xa3]),
      text('fmt'),
      text('none'),
      text('attStmt'),
      Buffer.from([0xa0]),
      text('authData'),
      cbor(0x40, data),
    ]);
    return this.#credential({
      clientDataJSON: b64(this.#client('webauthn.create', challenge)),
      attestationObject: b64(attestationObject),
      transports: ['usb'],
    });
  }

  /** Answers a challenge. */
  get(challenge: string): Credential {
    const data = this.#data(PRESENT_VERIFIED);
    const client = this.#client('webauthn.get', challenge);
    return this.#credential({
      clientDataJSON: b64(client),
      authenticatorData: b64(data),
      signature: b64(sign('sha256', Buffer.concat([data, sha256(client)]), this.#key)),
    });
  }
}
