import { target } from '../doors/target.ts';

export const canary = target;
