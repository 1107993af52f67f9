/**
 * A data folder says by an empty file that its database holds the demo school: only its own server can ask an embedded database,
 * and `recreio doctor` looks from outside.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'demo-school';

/** Writes it down; again is the same. */
export const markDemo = (dataDir: string): void => writeFileSync(join(dataDir, FILE), '');

/** Whether it was written down. */
export const isMarkedDemo = (dataDir: string): boolean => existsSync(join(dataDir, FILE));
