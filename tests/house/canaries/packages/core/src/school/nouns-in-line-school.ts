import { target } from '../lessons/target.ts';

export const canary = target;
