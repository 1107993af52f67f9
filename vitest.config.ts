import { defineConfig } from 'vitest/config';

const seconds = 1000;

/** The server and what else runs on a real PostgreSQL; by place, or by the name `*.integration.test.ts` elsewhere. */
const integration = ['packages/server/src/**/*.test.ts', 'packages/**/*.integration.test.ts'];
const database = ['./packages/server/src/testing/database.setup.ts'];

export default defineConfig({
  test: {
    // Two workers: the machines this runs on have two cores, and a database beside them.
    maxWorkers: 2,
    restoreMocks: true,
    projects: [
      {
        // Rules, policies, folds, schemas, contracts over pure implementations: no I/O, no database.
        test: {
          name: 'unit',
          include: ['packages/**/*.test.{ts,tsx}', 'apps/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/dist/**', ...integration],
        },
      },
      {
        test: {
          name: 'integration',
          include: integration,
          globalSetup: database,
          testTimeout: 30 * seconds,
          hookTimeout: 60 * seconds,
        },
      },
      {
        // The borders and the canaries: the checkers are run on code that breaks each rule.
        test: {
          name: 'house',
          include: ['tests/house/*.test.ts'],
          testTimeout: 60 * seconds,
          hookTimeout: 60 * seconds,
        },
      },
      {
        // Seeded runs of the realtime side with cuts and reorderings; the seeds that once failed always run.
        test: {
          name: 'fuzz',
          include: ['tests/fuzz/**/*.test.ts'],
          globalSetup: database,
          testTimeout: 120 * seconds,
          hookTimeout: 60 * seconds,
        },
      },
      {
        // `npm run test:faults`: processes killed, the bus cut, disks full; minutes long, so not part of `npm test`.
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 600 * seconds,
          hookTimeout: 120 * seconds,
        },
      },
      {
        // The product as people see it, in a real browser. One file at a time: each has a browser and a server of its own.
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 90 * seconds,
          hookTimeout: 120 * seconds,
        },
      },
    ],
  },
});
