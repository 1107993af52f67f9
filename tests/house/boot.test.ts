import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'recreio-boot-'));

afterAll(() => rmSync(folder, { recursive: true }));

it('[house] the boot runs the product on Node 26, hands signals on to it and ends as it ended', async () => {
  const program = join(folder, 'program.ts');
  writeFileSync(
    program,
    `const code: number = 7;
     process.on('SIGTERM', () => process.exit(code));
     setInterval(() => undefined, 1000);
     console.log(process.versions.node);`,
  );
  const boot = spawn(process.execPath, ['scripts/with-runtime.mjs', program], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(boot, 'exit');
  const lines = createInterface(boot.stdout)[Symbol.asyncIterator]();
  const { value: version } = await lines.next();
  expect(Number(version?.split('.')[0])).toBeGreaterThanOrEqual(26);
  boot.kill('SIGTERM');
  expect(await ended).toEqual([7, null]);
});
