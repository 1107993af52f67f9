// Runs the parts of a check side by side and says of each, in one line, how it went; shows all that a failed one said.

import { spawn } from 'node:child_process';
import { root } from './boot.mjs';

/** How many run at once: two keeps a small machine and its other users responsive, and more gained nothing on two cores. */
const width = 2;

/**
 * @typedef {{ name: string, args: string[] }} Step  a name to show, and what to hand to the runtime
 * @param {Step[]} steps
 * @param {{ node: string, env: NodeJS.ProcessEnv }} runtime
 * @returns {Promise<string[]>} the names of those that failed
 */
export async function runSteps(steps, { node, env }) {
  const failed = [];
  const waiting = [...steps];
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const startedMs = Date.now();
      const { code, output } = await capture(node, step.args, env);
      const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
      process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${step.name} (${seconds} s)\n`);
      if (code === 0) continue;
      failed.push(step.name);
      process.stdout.write(`${output.trimEnd()}\n`);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return failed;
}

function capture(node, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString('utf8') }));
  });
}
