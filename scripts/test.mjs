// `npm test`: everything, on any machine that has npm; neither Docker nor root nor a database is needed.
// The last line is the sum that continuous integration reads; a failed part that is no test counts as one failure.

import { boot, run } from './boot.mjs';
import { check } from './check.mjs';
import { reportTo, tally } from './tally.mjs';

/** Groups of vitest projects, one after the other: browsers and databases at the same time would only wait for each other. */
const groups = [
  { name: 'server', projects: ['integration', 'house'] },
  { name: 'judge', projects: ['protocol', 'process', 'fuzz'] },
  { name: 'e2e', projects: ['e2e'] },
];

const runtime = boot();
const failedParts = (await check(runtime)).filter((name) => !name.startsWith('unit')); // its tests are in the tally

let isGreen = failedParts.length === 0;
for (const { name, projects } of groups) {
  process.stdout.write(`\n${projects.join(', ')}\n`);
  const selection = projects.flatMap((project) => ['--project', project]);
  const code = await run(
    runtime.node,
    ['node_modules/vitest/vitest.mjs', 'run', '--configLoader=native', ...selection, ...reportTo(name)],
    runtime.env,
  );
  isGreen &&= code === 0;
}

const { passed, failures, skipped } = tally(['unit', ...groups.map(({ name }) => name)]);
failures.unshift(...failedParts);
if (failures.length > 0) process.stdout.write(`\nFailed:\n${failures.map((failure) => `  ${failure}`).join('\n')}\n`);
process.stdout.write(`\n${passed} passed, ${failures.length} failed, ${skipped} skipped\n`);
process.exit(isGreen && failures.length === 0 && passed > 0 ? 0 : 1);
