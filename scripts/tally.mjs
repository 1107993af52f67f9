// Adds up what the test runs reported, from their JSON reports: a count that was printed may be of another run.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './boot.mjs';

const folder = join(root, '.cache', 'test-reports');

/**
 * The arguments that make vitest write a report of this name; an older report of that name is forgotten.
 * @param {string} name
 */
export function reportTo(name) {
  mkdirSync(folder, { recursive: true });
  rmSync(reportPath(name), { force: true });
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath(name)}`];
}

/**
 * Sums the named reports. A missing report and a file that could not even be loaded count as one failure each.
 * @param {string[]} names
 */
export function tally(names) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const name of names) {
    if (!existsSync(reportPath(name))) {
      sum.failed += 1;
      continue;
    }
    const report = JSON.parse(readFileSync(reportPath(name), 'utf8'));
    sum.passed += report.numPassedTests;
    sum.failed += report.numFailedTests;
    sum.skipped += report.numPendingTests + report.numTodoTests;
    sum.failed += report.testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    ).length;
  }
  return sum;
}

function reportPath(name) {
  return join(folder, `${name}.json`);
}
