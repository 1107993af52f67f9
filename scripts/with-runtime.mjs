// Runs a TypeScript file, or an installed tool by its path, under the product's own Node: `node scripts/with-runtime.mjs FILE ARGS…`.

import { boot, fail, run } from './boot.mjs';

const args = process.argv.slice(2);
if (args.length === 0) fail('name the file to run: node scripts/with-runtime.mjs FILE ARGS…');
const { node, env } = boot();
process.exit(await run(node, args, env));
