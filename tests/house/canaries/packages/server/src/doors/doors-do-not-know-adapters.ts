import { target } from '../adapters/target.ts';

export const canary = target;
