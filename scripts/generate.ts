/**
 * `npm run generate`: writes the documents that are made from declarations. `--check` writes nothing; it names those that
 * differ from what is committed and fails.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { settingsMarkdown } from '../packages/server/src/config/settings.ts';
import { asyncApi } from './generate/asyncapi.ts';
import { docstrings } from './generate/docstrings.ts';
import { frames } from './generate/frames.ts';
import { withLines } from './generate/lines.ts';
import { openApi } from './generate/openapi.ts';
import { commandsPage, problemsPage, schemaPage } from './generate/tables.ts';

const root = join(import.meta.dirname, '..');

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Path from the root → content, of everything that is made. */
export const documents = (): ReadonlyMap<string, string> => {
  const docs = docstrings(join(root, 'packages/protocol/src'));
  const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return new Map([
    ['docs/generated/openapi.json', json(openApi(docs, version))],
    ['docs/generated/frames.json', json(frames(docs))],
    ['docs/generated/asyncapi.json', json(asyncApi(docs, version))],
    ['docs/generated/problems.md', problemsPage()],
    ['docs/generated/commands.md', commandsPage()],
    ['docs/generated/schema.sql', schemaPage(join(root, 'packages/server/migrations'))],
    ['docs/generated/settings.md', settingsMarkdown()],
    // Written by hand; only the numbers of the lines it links to are made
    ['docs/architecture.md', withLines(join(root, 'docs/architecture.md'))],
  ]);
};

const contentOf = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};

/** The documents that a folder lacks or has in another form. @param folder that stands for the repository's */
export const stale = (made: ReadonlyMap<string, string>, folder: string): string[] =>
  [...made].filter(([path, content]) => contentOf(join(folder, path)) !== content).map(([path]) => path);

const main = (isCheck: boolean): void => {
  const made = documents();
  const different = stale(made, root);
  if (isCheck) {
    for (const path of different) process.stdout.write(`${path} is not what the declarations say.\n`);
    if (different.length > 0) process.stdout.write('Run `npm run generate` and commit what it changes.\n');
    process.exitCode = different.length === 0 ? 0 : 1;
    return;
  }
  for (const path of different) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), made.get(path) ?? '');
  }
  process.stdout.write(different.length === 0 ? 'Nothing to write.\n' : `Wrote ${different.join(', ')}.\n`);
};

if (import.meta.main) {
  try {
    main(process.argv.includes('--check'));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
