import { useLingui } from '@lingui/react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Button } from '../controls/Button.tsx';
import { Check, TextField } from '../controls/Field.tsx';
import { Banner } from '../controls/Notice.tsx';
import { Wordmark } from '../layout/Wordmark.tsx';
import { Avatar } from '../people/Avatar.tsx';
import { roleWord, type PersonView } from '../people/person.ts';
import { looksLikeEmail } from './email.ts';
import { Yard } from './Yard.tsx';

/** The shortest password that the school takes (protocol, `TEXT.passwordMin`), in letters. */
export const passwordLength = 10;

/** The door of the school: a form on paper, and the yard beside it. */
export function Door({
  title,
  words,
  children,
  foot,
}: {
  title: string;
  words?: ReactNode;
  children: ReactNode;
  foot?: ReactNode;
}) {
  return (
    <div className="door">
      <main className="door-form">
        <Wordmark />
        <div className="stack door-title">
          <h1>{title}</h1>
          {words && <p className="soft">{words}</p>}
        </div>
        {children}
        {foot && <div className="small soft door-foot">{foot}</div>}
      </main>
      <Yard />
    </div>
  );
}

/** A person of the demo school, entered as with one press. */
export type DemoPerson = PersonView & { words?: string };

/** Signing in. The four people of the demo appear only when the server says that it is the demo school. */
export function SignIn({
  school,
  demo = [],
  busy,
  entering,
  error,
  notice,
  foot,
  onSignIn,
  onEnterDemo,
}: {
  school: string;
  demo?: readonly DemoPerson[];
  busy?: boolean | undefined;
  /** The demo person who is being entered as. */
  entering?: string | undefined;
  /** Why the last try failed, in words. */
  error?: string | undefined;
  /** Why one is here: the session ended, the account was disabled. */
  notice?: string | undefined;
  foot?: ReactNode;
  onSignIn: (email: string, password: string) => void;
  onEnterDemo: (id: string) => void;
}) {
  const { i18n } = useLingui();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!busy) onSignIn(email.trim(), password);
  }
  return (
    <Door
      title={i18n._('Hora do recreio')}
      words={i18n._('A conversa das suas aulas na {school}.', { school })}
      foot={foot}
    >
      {notice && (
        <Banner tone="marker" icon="info" role="status">
          {notice}
        </Banner>
      )}
      {demo.length > 0 && (
        <>
          <section className="stack demo" aria-labelledby="demo-title">
            <h2 id="demo-title" className="label">
              {i18n._('Entrar na escola de demonstração como')}
            </h2>
            <ul className="demo-people">
              {demo.map((person) => (
                <li key={person.id}>
                  <button
                    type="button"
                    className="demo-person"
                    aria-busy={entering === person.id || undefined}
                    disabled={entering !== undefined && entering !== person.id}
                    onClick={() => onEnterDemo(person.id)}
                  >
                    <Avatar person={person} />
                    <span className="member-words">
                      <b>{roleWord(i18n, person) ?? i18n._('Estudante')}</b>
                      <span className="small soft">{person.name}</span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
          <p className="or">{i18n._('ou com e-mail e senha')}</p>
        </>
      )}
      <form className="stack" onSubmit={submit}>
        <TextField
          label={i18n._('E-mail')}
          type="email"
          autoComplete="username"
          inputMode="email"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          label={i18n._('Senha')}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={error}
          hint={error ? undefined : i18n._('Esqueceu? Peça um endereço novo a quem administra a escola.')}
        />
        <Button wide type="submit" emphasis={demo.length > 0 ? undefined : 'pen'} busy={busy}>
          {i18n._('Entrar')}
        </Button>
      </form>
    </Door>
  );
}

/** What setting a school up, or redeeming a link, gives. */
export type NewAccount = { school: string; name: string; email: string; password: string };

/** A one-time link: the first administrator sets the school up; others choose a password. */
export function RedeemLink({
  kind,
  name: knownName = '',
  email: knownEmail = '',
  busy,
  error,
  onRedeem,
}: {
  kind: 'set-up' | 'invitation' | 'password';
  name?: string;
  email?: string;
  busy?: boolean | undefined;
  error?: string | undefined;
  onRedeem: (account: NewAccount) => void;
}) {
  const { i18n } = useLingui();
  const [account, setAccount] = useState<NewAccount>({ school: '', name: knownName, email: knownEmail, password: '' });
  const [shown, setShown] = useState(false);
  const [asked, setAsked] = useState(false);
  const set = (key: keyof NewAccount) => (event: { target: { value: string } }) =>
    setAccount((before) => ({ ...before, [key]: event.target.value }));
  const setUp = kind === 'set-up';
  const short = account.password.length < passwordLength;
  const missing = setUp && [account.school, account.name, account.email].some((value) => value.trim() === '');
  const wrongEmail = setUp && !looksLikeEmail(account.email.trim());
  const title = setUp
    ? i18n._('Abrir a escola')
    : kind === 'invitation'
      ? i18n._('Boas-vindas, {name}', { name: knownName })
      : i18n._('Uma senha nova');
  const words = setUp
    ? i18n._('Você é a primeira pessoa aqui. Diga o nome da escola e crie a sua conta de administração.')
    : i18n._('Escolha a senha de {email}. Este endereço só vale uma vez.', { email: knownEmail });
  function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (!busy && !short && !missing && !wrongEmail)
      onRedeem({
        school: account.school.trim(),
        name: account.name.trim(),
        email: account.email.trim(),
        password: account.password,
      });
  }
  const needed = (value: string) => (asked && value.trim() === '' ? i18n._('Falta preencher.') : undefined);
  return (
    <Door title={title} words={words}>
      <form className="stack" onSubmit={submit} noValidate>
        {setUp && (
          <TextField
            label={i18n._('Nome da escola')}
            autoComplete="organization"
            value={account.school}
            onChange={set('school')}
            error={needed(account.school)}
          />
        )}
        {setUp && (
          <TextField
            label={i18n._('Seu nome')}
            autoComplete="name"
            value={account.name}
            onChange={set('name')}
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
        <TextField
          label={i18n._('Senha')}
          type={shown ? 'text' : 'password'}
          autoComplete="new-password"
          value={account.password}
          onChange={set('password')}
          hint={i18n._(
            '{count, plural, one {Ao menos # letra. Uma frase que só você diria é melhor que símbolos.} other {Ao menos # letras. Uma frase que só você diria é melhor que símbolos.}}',
            { count: passwordLength },
          )}
          error={asked && short ? i18n._('A senha ainda está curta.') : error}
        />
        <Check label={i18n._('Mostrar a senha')} checked={shown} onChange={(event) => setShown(event.target.checked)} />
        <Button wide type="submit" emphasis="pen" busy={busy}>
          {setUp ? i18n._('Abrir a escola') : i18n._('Guardar e entrar')}
        </Button>
      </form>
    </Door>
  );
}
