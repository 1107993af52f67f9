import { setupI18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { messages as portuguese } from '../i18n/locales/pt-BR.ts';
import { Door, DoorFoot } from './Door.tsx';
import { RedeemLink } from './RedeemLink.tsx';
import { SignIn } from './SignIn.tsx';

const i18n = setupI18n({ locale: 'pt-BR', messages: { 'pt-BR': portuguese } });
const draw = (part: ReactNode) => renderToStaticMarkup(<I18nProvider i18n={i18n}>{part}</I18nProvider>);
const nothing = () => undefined;

describe('setting a school up', () => {
  it('asks for the name of a school that has none', () => {
    const html = draw(<RedeemLink kind="set-up" onRedeem={nothing} />);
    expect(html).toContain('Nome da escola');
    expect(html).toContain('<h1>Abrir a escola</h1>');
  });

  it('does not ask again for the name that who installed it has given (SCHOOL_NAME)', () => {
    const html = draw(<RedeemLink kind="set-up" school="Escola do Cerrado" onRedeem={nothing} />);
    expect(html).toContain('<h1>Abrir Escola do Cerrado</h1>');
    expect(html).not.toContain('Nome da escola');
    expect(html).toContain('Seu nome');
  });
});

describe('the door', () => {
  const person = { id: '01936b4c-7a10-7000-8000-0000000000a4', name: 'Ana Beatriz', role: 'student' as const };
  const door = (error?: string, demo = [person]) =>
    draw(<SignIn school="Escola Aurora" demo={demo} error={error} onSignIn={nothing} onEnterDemo={nothing} />);

  it('folds e-mail and password where one can enter by one press, and only there', () => {
    expect(door()).toMatch(/<details[^>]*>.*type="password".*<\/details>/s);
    expect(door(undefined, [])).not.toContain('<details');
    expect(door(undefined, [])).toContain('type="password"');
  });

  it('says why entering by one press failed where it is seen, not inside what is folded', () => {
    const html = door('A escola não respondeu.');
    expect(html.split('A escola não respondeu.')).toHaveLength(2);
    expect(html.indexOf('A escola não respondeu.')).toBeLessThan(html.indexOf('<details'));
  });

  it('has at its foot what every door has: the choice of the language', () => {
    expect(draw(<DoorFoot value={<p>Português English</p>}>{<Door title="Aqui">.</Door>}</DoorFoot>)).toContain(
      'Português English',
    );
  });
});
