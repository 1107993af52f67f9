import type { target } from '../../../core/src/target.ts';

export const canary: typeof target = 1;
