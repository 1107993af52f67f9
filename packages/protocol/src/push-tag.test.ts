import { expect, it } from 'vitest';
import { goesWith, pushTag, urgentTag } from './push-tag.ts';

it('[R112] [R120] what names a conversation’s notification names also each urgent one of it, and no other', () => {
  const [room, thread] = [{ room: 'a' }, { room: 'a', thread: 'b' }];
  expect([pushTag(room), urgentTag(room, 7), urgentTag(thread, 8)]).toEqual(['sala:a', 'sala:a!7', 'fio:b!8']);
  for (const shown of ['sala:a', 'sala:a!7']) expect(goesWith(shown, pushTag(room))).toBe(true);
  for (const shown of ['sala:ab', 'fio:b', 'fio:b!8', 'sala:a7']) expect(goesWith(shown, pushTag(room))).toBe(false);
  expect(goesWith('fio:b!8', pushTag(thread))).toBe(true);
});
