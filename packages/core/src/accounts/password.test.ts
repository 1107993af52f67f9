import { expect, it } from 'vitest';
import { isWeakPassword } from './password.ts';

const ana = { name: 'Ana Beatriz Sant’Anna', email: 'ana.beatriz@escola-aurora.example' };

it.each([
  'curta',
  'senha12345',
  'SENHA-123456',
  'S3nh@12345',
  'minha senha 2026',
  'Flamengo1981!',
  'deus é fiel',
  'jesuscristo7',
  'Brasil2026!!',
  '1234567890',
  '0123456789',
  '9876543210',
  'abcdefghij',
  'aaaaaaaaaaaa',
  'abababababab',
  '1q2w3e4r5t',
  'qwertyuiop',
  'qwertyuiop123',
  'Password123!',
  'P4ssw0rd!!!',
  'senhasenha',
  'senhasenhasenha1',
  'admin12345',
  'iloveyou2020',
  '12345123451234512345',
])('[R8] %s is easy to guess', (password) => {
  expect(isWeakPassword(password, ana)).toBe(true);
});

it.each(['anabeatrizsantanna7', 'Beatriz2026', 'ana.beatriz!!x', 'beatriz12345', 'xx-ANA.BEATRIZ-xx'])(
  '[R8] %s is the name of who chooses it',
  (password) => {
    expect(isWeakPassword(password, ana)).toBe(true);
    expect(isWeakPassword(password, { name: null, email: null })).toBe(false);
  },
);

it.each([
  'o gato dorme na janela',
  'banana-com-canela',
  'Xk29fj2!mQz',
  'correct horse battery staple',
  'beatriz joga xadrez à tarde',
  'parábola de recreio',
  '🦊🌿📚🎈🧮🛶🎻🧊🌙🍞',
])('[R8] %s is taken', (password) => {
  expect(isWeakPassword(password, ana)).toBe(false);
});

it('[R8] ten characters are counted as people count them, not as UTF-16 does', () => {
  expect(isWeakPassword('🦊🌿📚🎈🧮', ana)).toBe(true);
});
