import { LANGUAGES } from '@recreio/protocol';
import { expect, it } from 'vitest';
import { wordsOf } from './words.ts';

const url = 'https://recreio.escola.example/convite#x';
const matters = [
  { kind: 'password', url },
  { kind: 'confirm-email', url },
  { kind: 'join', url },
  { kind: 'known' },
  { kind: 'admitted', url },
  { kind: 'email-changed' },
  {
    kind: 'missed',
    letter: '1',
    messages: 3,
    talks: [{ title: 'Frações', body: '…', url }],
    more: 2,
    pace: 'day',
    settingsUrl: 'https://recreio.escola.example/conta/notificacoes',
    leaveUrl: 'https://recreio.escola.example/sem-emails#x',
    oneClickUrl: 'https://recreio.escola.example/api/digest/leave/x',
  },
] as const;
const written = (language: (typeof LANGUAGES)[number], matter: (typeof matters)[number], name = 'Ana') =>
  wordsOf({ to: 'ana@escola.example', name, language, school: 'Escola Aurora', matter });

it.each(LANGUAGES)(
  'each letter in %s names the school, greets, and gives its link on a line of its own',
  (language) => {
    for (const matter of matters) {
      const { subject, text } = written(language, matter);
      expect(subject).toContain('Escola Aurora');
      expect(text).toMatch(/^(?:Olá|Hello|Hola), Ana\.\n/u);
      expect(text.split('\n').includes(url)).toBe('url' in matter || matter.kind === 'missed');
    }
  },
);

it('no letter says in one language what it says in another', () => {
  const all = LANGUAGES.flatMap((language) =>
    matters.map((matter) => written(language, matter)).flatMap(({ subject, text }) => [subject, text]),
  );
  expect(new Set(all).size).toBe(all.length);
});

it('who is not known by name is greeted without one', () =>
  expect(written('es', { kind: 'known' }, '').text).toMatch(/^Hola\.\n/u));
