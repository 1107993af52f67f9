// `npm start`: from a fresh clone to a running school, with nothing else installed.
// Without a database of its own (DATABASE_URL) and without RECREIO_PRODUCTION=1 it is the demo school.

import { boot, root, run } from './boot.mjs';
import { buildWeb } from './web-build.mjs';
import { join } from 'node:path';

const runtime = boot();
await buildWeb(runtime);

const { DATABASE_URL, RECREIO_PRODUCTION, RECREIO_DEMO } = process.env;
const isDemo = RECREIO_DEMO === undefined && !DATABASE_URL && RECREIO_PRODUCTION !== '1';
const env = isDemo ? { ...runtime.env, RECREIO_DEMO: '1' } : runtime.env;

const main = join(root, 'packages/server/src/main.ts');
process.exit(await run(runtime.node, [main, 'start', ...process.argv.slice(2)], env));
