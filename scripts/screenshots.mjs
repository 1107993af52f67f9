// `npm run screenshots`: pictures of the web app as it is now.

import { boot, run } from './boot.mjs';
import { buildWeb } from './web-build.mjs';

const runtime = boot();
await buildWeb(runtime);
process.exit(await run(runtime.node, ['scripts/screenshots.ts', ...process.argv.slice(2)], runtime.env));
