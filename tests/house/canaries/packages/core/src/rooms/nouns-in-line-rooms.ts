import { target } from '../members/target.ts';

export const canary = target;
