import { target } from './inner/index.ts';

export const canary = target;
