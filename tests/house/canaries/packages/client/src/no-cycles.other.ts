import { canary } from './no-cycles.ts';

export const other = (): number => canary();
