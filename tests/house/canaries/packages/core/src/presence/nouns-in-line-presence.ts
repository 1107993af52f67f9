import { target } from '../moderation/target.ts';

export const canary = target;
