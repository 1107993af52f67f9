import { target } from '../media/target.ts';

export const canary = target;
