/** Tokens, codes and password hashes (security S5, S33; OWASP Password Storage: argon2id, m=19456, t=2, p=1). */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { hash, hashSync, type Options, verify } from '@node-rs/argon2';
import { type Secrets, Unavailable } from '@recreio/core/ports.ts';

/** argon2id (its default algorithm) with OWASP's first recommendation; 19 MiB and some 20 ms each. */
const COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** More at once would take the cores that deliver messages; more waiting would be answered too late to be of use. */
const AT_ONCE = 2;
const WAITING = 64;

/** Lets a few run at once and a bounded number wait, in order; the rest is refused. */
const turnstile = (atOnce: number, waitingAtMost: number) => {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (waiting.length >= waitingAtMost) throw new Unavailable('busy: too many passwords are being checked');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      // The place passes on to the next, or falls free
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
};

const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Crockford's base 32: no letter looks like a digit. */
const SIGNS = '0123456789abcdefghjkmnpqrstvwxyz';
const RECOVERY_SIGNS = 24;

/** 24 signs of 5 bits each: enough for a fast hash to be safe (OWASP ASVS 6.5.2), and six at a time can be copied by hand. */
const newRecoveryCode = (): { code: string; hash: string } => {
  const signs = Array.from(randomBytes(RECOVERY_SIGNS), (byte) => SIGNS[byte % SIGNS.length]).join('');
  return { code: (signs.match(/.{6}/gu) ?? []).join('-'), hash: hashToken(signs) };
};

/** RFC 4226 §5.3: six digits of the HMAC of the counter, from where its last nibble points. */
const totp = (secret: Uint8Array, step: number): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
};

/** One per process: its turnstile is what bounds the whole process. Costs one hash to make. */
export const secrets = ({
  atOnce = AT_ONCE,
  waiting = WAITING,
}: {
  readonly atOnce?: number;
  readonly waiting?: number;
} = {}): Secrets => {
  const inTurn = turnstile(atOnce, waiting);
  // What a missing account's password is compared with: of the same cost, matched by nothing
  const nobody = hashSync(randomBytes(32), COST);
  return {
    newToken: () => {
      const token = randomBytes(32).toString('base64url');
      return { token, hash: hashToken(token) };
    },
    newSecret: () => {
      const token = randomBytes(16).toString('base64url');
      return { token, hash: hashToken(token) };
    },
    hashToken,
    newTotpSecret: () => new Uint8Array(randomBytes(20)),
    newRecoveryCode,
    totp,
    hashPassword: (password) => inTurn(() => hash(password.normalize('NFKC'), COST)),
    verifyPassword: async (phc, password) =>
      (await inTurn(() => verify(phc ?? nobody, password.normalize('NFKC')))) && phc !== null,
  };
};
