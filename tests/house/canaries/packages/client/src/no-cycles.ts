import { other } from './no-cycles.other.ts';

export const canary = (): number => other();
