import { expect, it } from 'vitest';
import { idsByTitle } from './ids.ts';

it('[R107] a title that is tried again is the same lesson; the next of that title, and any other, is another', () => {
  let nth = 0;
  const ids = idsByTitle(() => `id${++nth}`);
  expect([ids.of('Frações'), ids.of('Raízes'), ids.of('Frações')]).toEqual(['id1', 'id2', 'id1']);
  ids.made('Frações');
  expect([ids.of('Frações'), ids.of('Raízes')]).toEqual(['id3', 'id2']);
});
