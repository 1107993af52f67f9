// A process of its own with an embedded database, for tests that kill it:
// `node embedded-child.ts DATA_DIR`. Says its connection and notes in one line of JSON, then lives until it is killed.

import { startEmbedded } from '../adapters/postgres/embedded/start.ts';

const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new Error('name the data folder');
const toStderr = (message: string) => void process.stderr.write(`${message}\n`);
const embedded = await startEmbedded({ dataDir, log: { info: toStderr, warn: toStderr, error: toStderr } });
process.stdout.write(`${JSON.stringify({ connection: embedded.connection, notes: embedded.notes })}\n`);
process.once('SIGTERM', () => void embedded.stop().then(() => process.exit(0)));
setInterval(() => undefined, 60_000); // stays until killed
