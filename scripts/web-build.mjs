// Builds the web app when, and only when, what it is made of has changed.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fail, root, run, say } from './boot.mjs';

/** The folders whose files end up in the web app, beside the packages that the lockfile pins. */
const inputs = ['apps/web', 'packages/ui', 'packages/client', 'packages/protocol'];

const outputs = new Set(['node_modules', 'dist', '.cache', 'coverage', 'test-results']);
const stampPath = join(root, 'apps/web/dist.inputs');

/**
 * Leaves an up-to-date build in apps/web/dist.
 * @param {{ node: string, env: NodeJS.ProcessEnv }} runtime
 */
export async function buildWeb({ node, env }) {
  if (!existsSync(join(root, 'apps/web/vite.config.ts'))) {
    say('the web app is not in this tree; only the API is served.');
    return;
  }
  const wanted = inputsHash();
  const built = existsSync(join(root, 'apps/web/dist/index.html')) && existsSync(stampPath);
  if (built && readFileSync(stampPath, 'utf8') === wanted) return;
  say('building the web app (once for each change of it)');
  rmSync(stampPath, { force: true }); // an interrupted build must not pass for a finished one
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const code = await run(node, [vite, 'build', 'apps/web', '--logLevel', 'warn'], { ...env, NODE_ENV: 'production' });
  if (code !== 0) fail(`the web app could not be built (vite ended with ${code}); what it said stands above.`);
  writeFileSync(stampPath, wanted);
}

function inputsHash() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const folder of inputs) {
    for (const path of filesBelow(join(root, folder))) {
      hash.update(`\0${relative(root, path)}\0`).update(readFileSync(path));
    }
  }
  return `${hash.digest('hex')}\n`;
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !outputs.has(entry.name) && !/\.test\.tsx?$|^dist\.inputs$|\.md$/.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}
