import { port } from '../../../core/src/ports.ts';

export const bird = port;
