import { useLingui } from '@lingui/react';
import { useState, type FormEvent } from 'react';
import { Button } from '../controls/Button.tsx';
import { PasswordField, TextField } from '../controls/Field.tsx';
import { CodeField, mayBeCode } from './CodeField.tsx';
import { Door, passwordLength } from './Door.tsx';
import { looksLikeEmail } from './email.ts';

/** What setting a school up, or redeeming a link, gives. */
export type NewAccount = { school: string; name: string; email: string; password: string; code?: string };

/** A one-time link: the first administrator sets the school up; who has shown an address at the school says their name; others choose a password. */
export function RedeemLink({
  kind,
  school = '',
  name: knownName = '',
  email: knownEmail = '',
  busy,
  error,
  asksCode = false,
  onRedeem,
}: {
  kind: 'set-up' | 'invitation' | 'password' | 'joining';
  /** The name that the school has already: it is not asked for again, and says who invites. */
  school?: string;
  name?: string;
  email?: string;
  busy?: boolean | undefined;
  error?: string | undefined;
  /** The account has a second factor: a link does not stand for that. */
  asksCode?: boolean;
  onRedeem: (account: NewAccount) => void;
}) {
  const { i18n } = useLingui();
  const [account, setAccount] = useState<NewAccount>({ school, name: knownName, email: knownEmail, password: '' });
  const [asked, setAsked] = useState(false);
  const [code, setCode] = useState('');
  const missesCode = asksCode && !mayBeCode(code);
  const set = (key: keyof NewAccount) => (event: { target: { value: string } }) =>
    setAccount((before) => ({ ...before, [key]: event.target.value }));
  const setUp = kind === 'set-up';
  const isNew = setUp || kind === 'joining';
  const short = account.password.length < passwordLength;
  const needs = setUp ? [account.school, account.name, account.email] : isNew ? [account.name] : [];
  const missing = needs.some((value) => value.trim() === '');
  const wrongEmail = setUp && !looksLikeEmail(account.email.trim());
  const title = setUp
    ? school === ''
      ? i18n._('Abrir a escola')
      : i18n._('Abrir {school}', { school })
    : kind === 'invitation'
      ? i18n._('Boas-vindas, {name}', { name: knownName })
      : kind === 'joining'
        ? i18n._('Sua conta na escola')
        : i18n._('Uma senha nova');
  const words = setUp
    ? school === ''
      ? i18n._('Você é a primeira pessoa aqui. Diga o nome da escola e crie a sua conta de administração.')
      : i18n._('Você é a primeira pessoa aqui. Crie a sua conta de administração.')
    : kind === 'invitation' && school !== ''
      ? i18n._('{school} convidou você. Escolha a senha de {email}: este link só vale uma vez.', {
          school,
          email: knownEmail,
        })
      : kind === 'joining'
        ? i18n._('{email} é seu. Diga o seu nome e escolha uma senha.', { email: knownEmail })
        : i18n._('Escolha a senha de {email}. Este link só vale uma vez.', { email: knownEmail });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setAsked(true);
    if (short || missing || wrongEmail || missesCode) {
      // The marks are drawn by then
      const form = event.currentTarget;
      requestAnimationFrame(() => form.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus());
    }
    if (!busy && !short && !missing && !wrongEmail && !missesCode)
      onRedeem({
        school: account.school.trim(),
        name: account.name.trim(),
        email: account.email.trim(),
        password: account.password,
        ...(asksCode ? { code: code.trim() } : {}),
      });
  }
  const needed = (value: string) => (asked && value.trim() === '' ? i18n._('Falta preencher.') : undefined);
  return (
    <Door title={title} words={words}>
      <form className="stack" onSubmit={submit} noValidate>
        {setUp && school === '' && (
          <TextField
            label={i18n._('Nome da escola')}
            autoComplete="organization"
            value={account.school}
            onChange={set('school')}
            error={needed(account.school)}
          />
        )}
        {isNew && (
          <TextField
            label={i18n._('Seu nome')}
            autoComplete="name"
            value={account.name}
            onChange={set('name')}
            hint={kind === 'joining' ? i18n._('Como é o seu nome na escola: os outros veem você assim.') : undefined}
            error={needed(account.name)}
          />
        )}
        {setUp ? (
          <TextField
            label={i18n._('Seu e-mail')}
            type="email"
            autoComplete="username"
            value={account.email}
            onChange={set('email')}
            error={
              needed(account.email) ??
              (asked && wrongEmail ? i18n._('Confira o e-mail: precisa de um @ e de um domínio.') : undefined)
            }
          />
        ) : (
          <input
            type="email"
            className="sr"
            tabIndex={-1}
            aria-hidden="true"
            autoComplete="username"
            value={account.email}
            readOnly
          />
        )}
        <PasswordField
          label={i18n._('Senha')}
          autoComplete="new-password"
          value={account.password}
          onChange={set('password')}
          hint={i18n._(
            '{count, plural, one {Ao menos # caractere. Uma frase que só você diria é melhor que símbolos.} other {Ao menos # caracteres. Uma frase que só você diria é melhor que símbolos.}}',
            { count: passwordLength },
          )}
          error={
            needed(account.password) ??
            (asked && short ? i18n._('A senha ainda está curta.') : asksCode ? undefined : error)
          }
        />
        {asksCode && (
          <CodeField value={code} onChange={setCode} error={error ?? (asked && missesCode ? needed('') : undefined)} />
        )}
        <Button wide type="submit" emphasis="pen" busy={busy}>
          {setUp ? i18n._('Abrir a escola') : i18n._('Guardar e entrar')}
        </Button>
      </form>
    </Door>
  );
}
