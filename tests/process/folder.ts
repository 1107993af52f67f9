import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that goes away with the test. */
export interface Folder {
  readonly path: string;
  remove(): void;
}

/** Makes a temporary folder; the embedded database's own user may pass through it. */
export function makeFolder(name: string): Folder {
  const path = mkdtempSync(join(tmpdir(), `recreio-${name}-`));
  chmodSync(path, 0o711);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
