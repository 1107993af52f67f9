// `npm run fix`: formats everything and repairs what the linter can repair by itself.

import { boot, run } from './boot.mjs';

const { node, env } = boot();
const linted = await run(node, ['node_modules/oxlint/bin/oxlint', '--fix'], env);
const formatted = await run(node, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', '.'], env);
process.exit(linted || formatted);
