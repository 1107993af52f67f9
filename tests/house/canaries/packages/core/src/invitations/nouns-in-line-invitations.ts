import { target } from '../messages/target.ts';

export const canary = target;
