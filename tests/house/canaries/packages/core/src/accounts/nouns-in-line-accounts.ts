import { target } from '../rooms/target.ts';

export const canary = target;
