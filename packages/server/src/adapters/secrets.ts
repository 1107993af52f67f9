/** Tokens and password hashes (security S5, S33; OWASP Password Storage: argon2id, m=19456, t=2, p=1). */
import { createHash, randomBytes } from 'node:crypto';
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
    hashPassword: (password) => inTurn(() => hash(password.normalize('NFKC'), COST)),
    verifyPassword: async (phc, password) =>
      (await inTurn(() => verify(phc ?? nobody, password.normalize('NFKC')))) && phc !== null,
  };
};
