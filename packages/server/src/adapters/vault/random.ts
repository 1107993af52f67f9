/** Random bytes for what is public anyway (salts and nonces), bought wholesale: one system call costs 3 µs. */
import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 64 * 1024;

/** Hands out random bytes that are never handed out twice. */
export type TakeRandom = (sizeBytes: number) => Buffer;

/**
 * A pool of 64 KiB from the system's generator. Never for keys: what waits in the pool could be read from memory before
 * it is used, which is harmless for a salt only. `fill` is the generator; tests give their own.
 */
export const randomPool = (fill: (into: Buffer) => unknown = randomFillSync): TakeRandom => {
  const pool = Buffer.alloc(POOL_BYTES);
  let used = POOL_BYTES;
  return (sizeBytes) => {
    if (sizeBytes > POOL_BYTES) throw new RangeError('More random bytes than the pool holds.');
    if (used + sizeBytes > POOL_BYTES) {
      fill(pool);
      used = 0;
    }
    // A copy: a view would change under its holder at the next filling.
    const taken = Buffer.from(pool.subarray(used, used + sizeBytes));
    used += sizeBytes;
    return taken;
  };
};
