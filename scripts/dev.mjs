// `npm run dev`: the server restarts and the browser reloads as files change. Open the address that Vite prints.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { boot, root, say } from './boot.mjs';

const { node, env } = boot();
const server = [
  ['--watch', '--watch-preserve-output', join(root, 'packages/server/src/main.ts'), 'start'],
  { ...env, PORT: '8080', RECREIO_DEMO: env.RECREIO_DEMO ?? '1' },
];
const web = [
  [join(root, 'node_modules/vite/bin/vite.js'), 'apps/web', '--host', '127.0.0.1', '--port', '5173', '--strictPort'],
  env,
];

const children = [server, web].map(([args, childEnv]) =>
  spawn(node, args, { cwd: root, env: childEnv, stdio: ['ignore', 'inherit', 'inherit'] }),
);

// One ends, all end: half a development server only confuses.
let code = 0;
const end = () => {
  for (const child of children) child.kill('SIGTERM');
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
await Promise.all(
  children.map(
    (child) =>
      new Promise((resolve) =>
        child.once('exit', (exitCode) => {
          code ||= exitCode ?? 0;
          end();
          resolve();
        }),
      ),
  ),
);
say('stopped.');
process.exit(code);
