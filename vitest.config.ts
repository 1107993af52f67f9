import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const seconds = 1000;

/** The server and what else runs on a real PostgreSQL; by place, or by the name `*.integration.test.ts` elsewhere. */
const integration = [
  'packages/server/src/**/*.test.ts',
  'packages/**/*.integration.test.ts',
  'tests/attention/*.test.ts',
];
const database = ['./packages/server/src/testing/database.setup.ts'];

/** Files that take minutes, the longest first. */
const LONGEST = ['e2e/axe', 'e2e/outages', 'e2e/outbox', 'house/bench'];

/**
 * Begins with what takes longest, so that in the end no worker waits for the other. Where tests have not run before vitest goes by the
 * size of a file, and a few lines can be a walk through every screen.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = LONGEST.findIndex((name) => moduleId.includes(`/${name}.test.`));
      return place < 0 ? LONGEST.length : place;
    };
    const byProject = Map.groupBy(await super.sort(files), ({ project }) => project.name);
    return [...byProject.values()].flatMap((some) => some.sort((one, other) => rank(one) - rank(other)));
  }
}

/** What is read in our own pages and lists alone, at once: a part of every check. */
const pages = ['tests/house/{links,rules,lockfile}.test.ts'];

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // Two workers: the machines this runs on have two cores, and a database beside them.
    maxWorkers: 2,
    restoreMocks: true,
    projects: [
      {
        // Rules, policies, folds, schemas, contracts over pure implementations: no I/O, no database.
        test: {
          name: 'unit',
          include: ['packages/**/*.test.{ts,tsx}', 'apps/**/*.test.{ts,tsx}', ...pages],
          exclude: ['**/node_modules/**', '**/dist/**', ...integration],
          // Properties on a machine that does much else at the same time
          testTimeout: 20 * seconds,
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
          exclude: pages,
          testTimeout: 60 * seconds,
          hookTimeout: 60 * seconds,
        },
      },
      {
        // Real server processes: how they start and end, and what becomes of people when database, disk or machine fail.
        test: {
          name: 'process',
          include: ['tests/process/*.test.ts'],
          testTimeout: 120 * seconds,
          hookTimeout: 60 * seconds,
        },
      },
      {
        // A seeded story on two real servers that are killed, paused and cut, and the judge of its history. `npm run test:faults` tells longer ones.
        test: {
          name: 'fuzz',
          include: ['tests/fuzz/**/*.test.ts'],
          testTimeout: 120 * seconds,
          hookTimeout: 60 * seconds,
        },
      },
      {
        // docs/protocol.md, rule by rule, by a client that imports nothing of ours, against one real server process.
        test: {
          name: 'protocol',
          include: ['tests/protocol/*.test.ts', 'tests/canary/*.test.ts'],
          globalSetup: ['./tests/process/school.setup.ts'],
          testTimeout: 30 * seconds,
          hookTimeout: 60 * seconds,
        },
      },
      {
        // The product as people see it, in a real browser. Each file has a browser and a server of its own, and mostly waits.
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['./tests/e2e/build.setup.mjs'],
          // A condition on a page of a busy machine, not a measurement
          expect: { poll: { timeout: 15 * seconds } },
          testTimeout: 90 * seconds,
          hookTimeout: 120 * seconds,
        },
      },
    ],
  },
});
