import { target } from '../accounts/target.ts';

export const canary = target;
