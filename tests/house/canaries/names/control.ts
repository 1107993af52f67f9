/** Compiles under the lock: nothing but the language. */
export const control = new Map([['a', Math.max(1, 2)]]);
