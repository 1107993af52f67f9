// Adds up what the test runs reported, from their JSON reports: a count that was printed may be of another run.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './boot.mjs';

const OPENING_LINES = 6;

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
 * Sums the named reports, and names what failed. A missing report and a file that could not even be loaded count as one failure each.
 * @param {string[]} names
 * @returns {{ passed: number, failures: string[], skipped: number }} `failures`: where, which test, and what it said first
 */
export function tally(names) {
  const sum = { passed: 0, failures: [], skipped: 0 };
  for (const name of names) {
    if (!existsSync(reportPath(name))) {
      sum.failures.push(`${name}: it ended before it could report`);
      continue;
    }
    const report = JSON.parse(readFileSync(reportPath(name), 'utf8'));
    sum.passed += report.numPassedTests;
    sum.skipped += report.numPendingTests + report.numTodoTests;
    sum.failures.push(...report.testResults.flatMap(failuresOf));
  }
  return sum;
}

/** What failed in one file; the file itself where none of its tests did. */
function failuresOf({ name, status, message, assertionResults }) {
  if (status !== 'failed') return [];
  const path = relative(root, name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0) return [`${path}: ${opening(message)}`];
  return failed.map((test) => `${path} > ${test.fullName}: ${opening(test.failureMessages.join('\n'))}`);
}

/** Enough of a message to know it by; the whole of it stands above, where it happened. */
function opening(message) {
  return message.split('\n').slice(0, OPENING_LINES).join('\n    ');
}

function reportPath(name) {
  return join(folder, `${name}.json`);
}
