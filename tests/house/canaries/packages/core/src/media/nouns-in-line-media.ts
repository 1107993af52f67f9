import { target } from '../presence/target.ts';

export const canary = target;
