import { describe, expect, test } from 'vitest';
import { unsentIn } from './unsent.ts';

/** The part of a browser's storage that is used. */
function memoryStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}
const intention = (clientId: string) => ({ clientId, room: 'r', body: 'oi', createdAt: '2026-11-22T12:00:00.000Z' });

describe('messages that are not sent yet', () => {
  test('[R40] they outlive the page under their own client ids, for the person who wrote them', async () => {
    const storage = memoryStorage();
    await unsentIn(storage).put('ana', intention('1'));
    await unsentIn(storage).put('ana', intention('2'));
    await unsentIn(storage).put('davi', intention('3'));
    await unsentIn(storage).remove('ana', '1');
    expect(await unsentIn(storage).load('ana')).toEqual([intention('2')]);
    expect(await unsentIn(storage).load('davi')).toEqual([intention('3')]);
  });

  test('what was cut off is left alone', async () => {
    const storage = memoryStorage();
    storage.setItem('recreio:unsent:ana:1', '{"clientId":"1"');
    storage.setItem('recreio:unsent:ana:2', '{"clientId":"2"}');
    expect(await unsentIn(storage).load('ana')).toEqual([]);
  });
});
