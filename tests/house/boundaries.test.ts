import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const canaries = 'tests/house/canaries';
const rules: { forbidden: { name: string; comment: string }[] } = createRequire(import.meta.url)(
  join(root, '.dependency-cruiser.cjs'),
);

type Report = {
  modules: { source: string; dependencies: { resolved: string }[] }[];
  summary: { violations: { from: string; rule: { name: string } }[] };
};

describe('the borders checker', () => {
  it('[house 1-7] barks at each canary for its own rule, and at nothing else', () => {
    const { violations } = cruise([`${canaries}/packages`, `${canaries}/apps`], { BORDERS_ROOT: canaries }).summary;
    const barks = [...new Set(violations.map(({ from, rule }) => `${ruleOf(from)}: ${rule.name}`))].sort();
    const expected = rules.forbidden.map(({ name }) => `${name}: ${name}`).sort();
    expect(expected.length).toBeGreaterThan(20);
    expect(barks).toEqual(expected);
  });

  it('reads the real tree: its TypeScript, and through the names of the packages', () => {
    const { modules } = cruise(['packages', 'apps'], {});
    const own = modules.filter(({ source }) => /^(packages|apps)\//.test(source) && /[.]tsx?$/.test(source));
    expect(own.length).toBeGreaterThan(50);
    const fromCore = own.filter(({ source }) => source.startsWith('packages/core/'));
    const reached = fromCore.flatMap(({ dependencies }) => dependencies.map(({ resolved }) => resolved));
    expect(reached).toContain('packages/protocol/src/index.ts');
  });
});

describe('the compiler', () => {
  it.each(['protocol', 'core'])('[house] %s does not know the names of any platform', (name) => {
    expect(unknownNames(name, 'control')).toEqual([]);
    for (const word of ['process', 'fetch', 'setTimeout', 'crypto']) expect(unknownNames(name, word)).toEqual([word]);
  });
});

/** The names that a canary uses and a package's compiler settings do not know. */
function unknownNames(packageName: string, canary: string): string[] {
  const folder = join(root, 'packages', packageName);
  const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile);
  const { options, errors } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  expect(errors.filter(({ code }) => code !== noInputsYet)).toEqual([]);
  const path = join(root, canaries, 'names', `${canary}.ts`);
  const program = ts.createProgram([path], { ...options, incremental: false });
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, ' ');
    return /^Cannot find name '(\w+)'/.exec(text)?.[1] ?? text;
  });
}

/** TS18003: a package without a source file. */
const noInputsYet = 18003;

function cruise(folders: string[], env: Record<string, string>): Report {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

/** `no-cycles.other.ts` belongs to `no-cycles`. */
function ruleOf(path: string): string {
  return basename(path).split('.')[0] ?? '';
}

it('[house] every canary file is named after a rule, or is one of the few that must pass', () => {
  const names = new Set(rules.forbidden.map(({ name }) => name));
  const files = readdirSync(join(root, canaries), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  const strangers = files
    .map(ruleOf)
    .filter((name) => !names.has(name) && !['target', 'allowed', 'index', 'ports'].includes(name));
  expect(strangers.sort()).toEqual(['control', 'crypto', 'fetch', 'process', 'setTimeout']);
});
