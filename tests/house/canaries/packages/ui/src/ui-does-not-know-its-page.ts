import { target } from '../../../apps/web/src/target.ts';

export const canary = target;
