/** Puts the service worker beside the app: one file without imports, at an address that stays. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Plugin, transformWithOxc } from 'vite';

const source = fileURLToPath(new URL('src/worker/worker.ts', import.meta.url));

/** As a browser runs it. Throws where it needs more than itself. */
export const workerScript = async (): Promise<string> => {
  const { code } = await transformWithOxc(readFileSync(source, 'utf8'), source, { target: 'es2022' });
  const script = code
    // Comments are for readers of the source; that it was a module is for the compiler
    .replace(/^\s*(?:\/\*\*.*\*\/|\/\/.*|\/\*\*|\*.*|export \{\};)$/gmu, '')
    .replace(/^\s*\n/gmu, '');
  if (/^\s*(?:import|export)\b/mu.test(script))
    throw new Error('the service worker imports nothing and exports nothing');
  return script;
};

/** The plugin. */
export const serviceWorker = (): Plugin => ({
  name: 'recreio:service-worker',
  apply: 'build',
  async generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'sw.js', source: await workerScript() });
  },
});
