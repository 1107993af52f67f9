import { target } from './nowhere.ts';

export const canary = target;
