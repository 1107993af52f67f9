import { expect, it } from 'vitest';
import { cleanEmail, foldEmail } from './email.ts';

it.each([
  'ana@escola.example',
  'ana.b+chat@a.b.example',
  "d'arc@x.example",
  'josé@escola.example',
  'ana@ação.example',
  'a@b.co',
])('%s is an address', (email) => {
  expect(cleanEmail(` ${email} `)).toBe(email);
});

it.each([
  '',
  'ana',
  '@escola.example',
  'ana@',
  'ana@escola',
  'ana@@escola.example',
  'ana@escola..example',
  'ana@-escola.example',
  'ana@escola-.example',
  '.ana@escola.example',
  'ana.@escola.example',
  'a..b@escola.example',
  'ana maria@escola.example',
  'ana@escola.example, bia@escola.example',
  '"ana"@escola.example',
  'ana@escola.example\r\nBcc: x@y.example',
  'ana\u202e@escola.example',
  'ana\u200b@escola.example',
  `${'a'.repeat(65)}@escola.example`,
  `ana@${'a'.repeat(250)}.example`,
])('%j is none', (text) => {
  expect(cleanEmail(text)).toBeNull();
});

it('two spellings of an address are one', () => {
  expect(foldEmail(' Ana@ESCOLA.example ')).toBe(foldEmail('ana@escola.example'));
  expect(foldEmail('\uff21na@escola.example')).toBe('ana@escola.example');
  expect(foldEmail('ana@escola.example')).not.toBe(foldEmail('anna@escola.example'));
});
