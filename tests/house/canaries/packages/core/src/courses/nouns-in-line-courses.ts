import { target } from '../school/target.ts';

export const canary = target;
