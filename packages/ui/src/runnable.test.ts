import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => vi.unstubAllGlobals());

const fresh = async () => {
  vi.resetModules();
  vi.stubEnv('PROD', true);
  return (await import('./runnable.ts')).runnable;
};
const ELSEWHERE = [
  'https://elsewhere.example/assets/worker.js',
  '//elsewhere.example/assets/worker.js',
  '/assets/../api/v1/files/worker.js',
  '/assets/worker.js?x',
  'data:text/javascript,1',
  '',
];

it('[S12] what the app is made of may be run, and nothing else, in browsers without trusted types, too', async () => {
  const runnable = await fresh();
  expect(['/sw.js', '/assets/worker-Bq3_x-9.js'].map(runnable)).toEqual(['/sw.js', '/assets/worker-Bq3_x-9.js']);
  for (const address of ELSEWHERE) expect(() => runnable(address)).toThrow('is not of the app');
});

it('[S12] the page has one policy, whose rule is the same', async () => {
  const names: string[] = [];
  vi.stubGlobal('trustedTypes', {
    createPolicy(name: string, rules: { createScriptURL(url: string): string }) {
      names.push(name);
      return { createScriptURL: (url: string) => `trusted ${rules.createScriptURL(url)}` };
    },
  });
  const runnable = await fresh();
  expect(runnable('/sw.js')).toBe('trusted /sw.js');
  for (const address of ELSEWHERE) expect(() => runnable(address)).toThrow('is not of the app');
  expect(runnable('/sw.js')).toBe('trusted /sw.js');
  expect(names).toEqual(['recreio']);
});
