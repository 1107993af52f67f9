import type { TestProject } from 'vitest/node';
import { type Person, setUpSchool } from '../raw/person.ts';
import { makeFolder } from './folder.ts';
import { startServer } from './server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The run's server: a school in production with its first administrator. */
    school: { base: string; origin: string; administrator: Person };
  }
}

/** vitest's global set-up: one real server with its own database, for all files that only talk to it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = makeFolder('school');
  const server = await startServer({
    dataDir: `${folder.path}/data`,
    masterKeyFile: `${folder.path}/master.key`,
    env: { RECREIO_PRODUCTION: '1', RECREIO_QUOTA_FACTOR: '1000', LOG_LEVEL: 'warn' },
  });
  if (server.setUpToken === null) throw new Error('the server of a new school prints a set-up link');
  const administrator = await setUpSchool(server.url, server.setUpToken);
  project.provide('school', { base: server.url, origin: `http://localhost:${server.port}`, administrator });
  return async () => {
    await server.stop();
    folder.remove();
  };
}
