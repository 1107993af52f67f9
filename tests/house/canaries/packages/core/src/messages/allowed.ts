import { target } from '../streams/target.ts';

export const allowed = target;
