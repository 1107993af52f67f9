#!/usr/bin/env node
// The command `recreio`. Runs on any Node far enough to say which one is needed.

const OLDEST = 24;
if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  process.stderr.write(
    `recreio: Node ${OLDEST} or newer is needed; this is ${process.version}. ` +
      'In a clone of the repository `npm start` brings its own.\n',
  );
  process.exit(1);
}
const { house } = await import('../src/main.ts');
const { runProcess } = await import('../src/commands/process.ts');
await runProcess(house);
