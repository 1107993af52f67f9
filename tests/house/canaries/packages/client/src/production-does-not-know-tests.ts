import { target } from './testing/target.ts';

export const canary = target;
