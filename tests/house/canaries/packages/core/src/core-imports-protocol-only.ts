import { target } from '../../client/src/target.ts';

export const canary = target;
