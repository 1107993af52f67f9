/** `recreio migrate`: brings the database to this release, before the servers are started. */
import { EXIT, type Verb } from './command.ts';
import { explained } from './trouble.ts';

/** Applies the migrations of this release. */
export const migrate: Verb = {
  name: 'migrate',
  summary: 'Bring the database to this release.',
  help: [
    '`recreio start` does the same. On its own it is for installations of several servers, where the schema changes before the first of them is replaced. Only one runs at a time; the others wait.',
  ],
  options: {},
  run: async (_given, { config, house, log, terminal }) => {
    const { applied, close } = await house.open(config, log, { migrating: true }).catch((error: unknown) => {
      throw explained(error, config);
    });
    await close();
    for (const name of applied) terminal.out(`${name}\n`);
    terminal.err(
      applied.length === 0
        ? 'The database is up to date.\n'
        : `Applied ${applied.length}; the database is up to date.\n`,
    );
    return EXIT.done;
  },
};
