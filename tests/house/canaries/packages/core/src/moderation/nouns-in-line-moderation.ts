import { target } from '../notifications/target.ts';

export const canary = target;
