import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeDataDir } from './open.ts';

it('makes a folder with those above it, which nobody else lists, and leaves one that is there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recreio-open-'));
  try {
    const path = join(folder, 'a', 'b');
    makeDataDir(path);
    makeDataDir(path);
    expect(statSync(path).mode & 0o066).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it.runIf(process.platform === 'linux')('where nothing can be made it says so, and does not try for ever', () => {
  expect(() => makeDataDir('/proc/recreio/data')).toThrow(/ENOENT/u);
});
