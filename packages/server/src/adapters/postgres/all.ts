import { isAftermath } from './connect.ts';

/** Waits for all, so that no answer of a pipe arrives unheard, then throws the first error that is not another's aftermath. */
export const all = async <T extends readonly unknown[]>(
  promises: {
    readonly [K in keyof T]: Promise<T[K]>;
  },
): Promise<T> => {
  const settled = await Promise.allSettled(promises as readonly Promise<unknown>[]);
  const failed = settled.filter((result) => result.status === 'rejected').map(({ reason }): unknown => reason);
  if (failed.length > 0) throw failed.find((reason) => !isAftermath(reason)) ?? failed[0];
  return settled.map((result) => (result as PromiseFulfilledResult<unknown>).value) as unknown as T;
};
