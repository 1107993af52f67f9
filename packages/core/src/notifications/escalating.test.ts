import { expect, it } from 'vitest';
import { wayOf } from './escalating.ts';

it.each<[string, boolean, boolean, boolean, boolean, ReturnType<typeof wayOf>]>([
  ['with a device that was not reached: by it', true, false, true, false, 'push'],
  ['with a device that was reached: by mail', true, true, true, false, 'mail'],
  ['reached by both: by the device once more', true, true, true, true, 'push'],
  ['reached by the device, wanting no mails: by it once more', true, true, false, false, 'push'],
  ['mailed, and with a device that was not reached: by it', true, false, true, true, 'push'],
  ['without a device: by mail', false, false, true, false, 'mail'],
  ['without a device, mailed already: they have had it', false, false, true, true, null],
  ['with nothing', false, false, false, false, null],
])('[R120] %s', (_name, hasDevices, wasPushed, mayBeMailed, wasMailed, way) => {
  expect(wayOf({ hasDevices, wasPushed, mayBeMailed, wasMailed })).toBe(way);
});
