import { setupI18n } from '@lingui/core';
import { messages as portuguese } from '../../packages/ui/src/i18n/locales/pt-BR.ts';
import { expect, it } from 'vitest';
import { lightWords } from './light-words.ts';

it('[P9] a catalogue without the names that say themselves says the same', () => {
  const light = lightWords(portuguese);
  expect(Object.keys(light).length).toBeLessThan(Object.keys(portuguese).length / 2);
  const whole = setupI18n({ locale: 'pt-BR', messages: { 'pt-BR': portuguese } });
  const spare = setupI18n({
    locale: 'pt-BR',
    messages: { 'pt-BR': light as typeof portuguese },
    missing: (_, id) => id,
  });
  const values = { name: 'Ana', count: 2, others: 3 };
  for (const id of Object.keys(portuguese)) expect(spare._(id, values)).toBe(whole._(id, values));
});
