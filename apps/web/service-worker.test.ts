import { Script } from 'node:vm';
import { expect, it } from 'vitest';
import { workerScript } from './service-worker.ts';

it('[S16] the service worker is one classic script without types, comments or imports', async () => {
  const script = await workerScript();
  expect(() => new Script(script)).not.toThrow();
  expect(script).toContain('addEventListener("push"');
  expect(script).not.toMatch(/^\s*(?:\/\/|\*)|\bimport\b|\bexport\b/mu);
  expect(script.length).toBeLessThan(12_000);
});
