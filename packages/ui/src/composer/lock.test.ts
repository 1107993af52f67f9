import { setupI18n } from '@lingui/core';
import { describe, expect, it } from 'vitest';
import { messages as portuguese } from '../i18n/locales/pt-BR.ts';
import { type Lock, lockWords } from './lock.ts';

const i18n = setupI18n({ locale: 'pt-BR', messages: { 'pt-BR': portuguese } });
const zone = 'America/Sao_Paulo';
const now = Date.UTC(2025, 9, 14, 17, 3);
const until = now + 3_600_000;

const locks: Lock[] = [
  { kind: 'silenced', until, reason: 'spam', by: 'Helena' },
  { kind: 'silenced', until: null },
  { kind: 'banned', until, reason: 'ofensas' },
  { kind: 'banned', until: null },
  { kind: 'archived' },
  { kind: 'announcement' },
  { kind: 'read-only' },
  { kind: 'removed' },
  { kind: 'blocked' },
  { kind: 'protected' },
  { kind: 'not-joined' },
];

describe('who may not write is told', () => {
  it.each(locks)('[ux] what holds, and what follows or whom to ask: $kind, until $until', (lock) => {
    const { title, words } = lockWords(i18n, lock, now, zone);
    expect(title).toMatch(/[.]$/);
    expect(words).toMatch(/fale com|peça|pode|use a|Entre/i);
  });

  it('[ux] until when, and why, in the words of who decided', () => {
    expect(lockWords(i18n, locks[0] as Lock, now, zone)).toMatchObject({
      title: 'Você está em silêncio nesta sala até 15h03.',
      reason: 'Motivo, por Helena: “spam”',
    });
    expect(lockWords(i18n, locks[1] as Lock, now, zone)).toMatchObject({
      title: 'Você está em silêncio nesta sala.',
      reason: undefined,
    });
    expect(lockWords(i18n, locks[2] as Lock, now, zone)).toMatchObject({
      title: 'Você não pode entrar nesta sala até 15h03.',
      reason: 'Motivo: “ofensas”',
    });
  });
});
