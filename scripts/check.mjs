// `npm run check`: all that can be said about the code without starting a server. About a minute.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { boot, root } from './boot.mjs';
import { runSteps } from './steps.mjs';
import { reportTo, tally } from './tally.mjs';

/** Folders of code that the border rules are about. */
const ruled = ['packages', 'apps', 'tests', 'bench', 'scripts'].filter((folder) => existsSync(join(root, folder)));

/**
 * Types, lint, format, borders, dead code, generated files, unit and contract tests.
 * @param {{ node: string, env: NodeJS.ProcessEnv }} runtime
 * @returns {Promise<string[]>} the names of the parts that failed
 */
export function check(runtime) {
  const steps = [
    {
      name: 'unit and contract tests',
      args: [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--configLoader=native',
        '--project',
        'unit',
        ...reportTo('unit'),
      ],
    },
    ...typeSteps(),
    { name: 'lint', args: ['node_modules/oxlint/bin/oxlint'] },
    { name: 'format', args: ['node_modules/@biomejs/biome/bin/biome', 'format', '.'] },
    {
      name: 'borders',
      args: [
        'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
        '--config',
        '.dependency-cruiser.cjs',
        ...ruled,
      ],
    },
    { name: 'dead code', args: ['node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints'] },
  ];
  if (existsSync(join(root, 'scripts/generate.ts'))) {
    steps.push({ name: 'generated files', args: ['scripts/generate.ts', '--check'] });
  }
  return runSteps(steps, runtime);
}

/** One compiler run for each tsconfig.json whose files exist: each is a lock with names of its own. */
function typeSteps() {
  const packages = ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => `${group}/${name}`),
  );
  return ['.', ...packages]
    .filter((folder) => existsSync(join(root, folder, 'tsconfig.json')))
    .filter((folder) => folder === '.' || hasSource(join(root, folder, 'src')))
    .map((folder) => ({
      name: `types ${folder === '.' ? 'of tests and scripts' : folder}`,
      args: ['node_modules/typescript/bin/tsc', '--project', folder],
    }));
}

/** tsc calls an empty package an error (TS18003); a package without a line yet has nothing to check. */
function hasSource(folder) {
  return existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => /\.tsx?$/.test(String(name)));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const failed = await check(boot());
  const { passed, failures, skipped } = tally(['unit']);
  process.stdout.write(failed.length === 0 ? '\nThe check is green.\n' : `\nFailed: ${failed.join(', ')}.\n`);
  for (const failure of failures) process.stdout.write(`  ${failure}\n`);
  process.stdout.write(`${passed} passed, ${failures.length} failed, ${skipped} skipped\n`);
  process.exit(failed.length === 0 && passed > 0 ? 0 : 1);
}
