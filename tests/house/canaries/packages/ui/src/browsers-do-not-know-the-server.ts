import { target } from '../../core/src/target.ts';

export const canary = target;
