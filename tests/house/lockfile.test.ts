import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

type Package = {
  version?: string;
  resolved?: string;
  link?: boolean;
  optional?: boolean;
  integrity?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};

const packages: Record<string, Package> = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
const ours = Object.keys(packages).filter((path) => !path.includes('node_modules'));

// The boot installs with `npm install --no-save`, which would fill a hole in the lockfile with whatever is newest.
it('[house] the lockfile says of each package.json what it says itself, all versions exact', () => {
  expect(ours.length).toBeGreaterThan(5);
  for (const path of ours) {
    const manifest: Package = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'] as const) {
      expect({ path, ...packages[path]?.[kind] }).toEqual({ path, ...manifest[kind] });
      for (const range of Object.values(manifest[kind] ?? {})) expect(range).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    }
  }
});

it('[house] the lockfile has every dependency but optional ones, with its hash and without an address', () => {
  const installed = Object.entries(packages).filter(
    ([path, { link }]) => path.includes('node_modules/') && link !== true,
  );
  expect(installed.length).toBeGreaterThan(200);
  for (const [path, { integrity, resolved }] of installed) {
    expect({ path, resolved, integrity }).toEqual({
      path,
      resolved: undefined,
      integrity: expect.stringMatching(/^sha512-/),
    });
  }
  for (const path of ours) {
    const { dependencies, devDependencies } = packages[path] ?? {};
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
      const found = packages[join(path, 'node_modules', name)] ?? packages[`node_modules/${name}`];
      expect({ name, found: found !== undefined }).toEqual({ name, found: true });
    }
  }
});
