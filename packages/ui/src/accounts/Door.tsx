import { useLingui } from '@lingui/react';
import { createContext, use, useState, type FormEvent, type ReactNode } from 'react';
import { Button } from '../controls/Button.tsx';
import { PasswordField, TextField } from '../controls/Field.tsx';
import { Banner } from '../controls/Notice.tsx';
import { Icon } from '../icons/Icon.tsx';
import { Wordmark } from '../layout/Wordmark.tsx';
import { Avatar } from '../people/Avatar.tsx';
import { roleWord, type PersonView } from '../people/person.ts';
import { looksLikeEmail } from './email.ts';
import { Yard } from './Yard.tsx';

/** The shortest password that the school takes (protocol, `TEXT.passwordMin`), in letters. */
export const passwordLength = 10;

/** What stands at the foot of every door: the choice of the language. */
export const DoorFoot = createContext<ReactNode>(null);

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
  const always = use(DoorFoot);
  return (
    <div className="door">
      <main className="door-form">
        <Wordmark />
        <div className="stack door-title">
          <h1>{title}</h1>
          {words && <p className="soft">{words}</p>}
        </div>
        {children}
        {(foot || always) && (
          <div className="door-foot">
            {foot && <p className="small soft">{foot}</p>}
            {always}
          </div>
        )}
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
  const isByHand = email !== '';
  const form = (
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
      <PasswordField
        label={i18n._('Senha')}
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={isByHand ? error : undefined}
        hint={error ? undefined : i18n._('Esqueceu? Peça um link novo a quem administra a escola.')}
      />
      <Button wide type="submit" emphasis="pen" busy={busy}>
        {i18n._('Entrar')}
      </Button>
    </form>
  );
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
      {error && !isByHand && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {error}
        </Banner>
      )}
      {demo.length > 0 && (
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
                    <span className="small soft" dir="auto">
                      {person.name}
                    </span>
                  </span>
                  {entering === person.id ? <span className="ring" /> : <Icon name="chevron-right" />}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {demo.length > 0 ? (
        <details className="door-more">
          <summary>
            <Icon name="chevron-right" />
            {i18n._('Entrar com e-mail e senha')}
          </summary>
          {form}
        </details>
      ) : (
        form
      )}
    </Door>
  );
}

/** What setting a school up, or redeeming a link, gives. */
export type NewAccount = { school: string; name: string; email: string; password: string };

/** A one-time link: the first administrator sets the school up; others choose a password. */
export function RedeemLink({
  kind,
  school = '',
  name: knownName = '',
  email: knownEmail = '',
  busy,
  error,
  onRedeem,
}: {
  kind: 'set-up' | 'invitation' | 'password';
  /** The name that the school has already: it is not asked for again. */
  school?: string;
  name?: string;
  email?: string;
  busy?: boolean | undefined;
  error?: string | undefined;
  onRedeem: (account: NewAccount) => void;
}) {
  const { i18n } = useLingui();
  const [account, setAccount] = useState<NewAccount>({ school, name: knownName, email: knownEmail, password: '' });
  const [asked, setAsked] = useState(false);
  const set = (key: keyof NewAccount) => (event: { target: { value: string } }) =>
    setAccount((before) => ({ ...before, [key]: event.target.value }));
  const setUp = kind === 'set-up';
  const short = account.password.length < passwordLength;
  const missing = setUp && [account.school, account.name, account.email].some((value) => value.trim() === '');
  const wrongEmail = setUp && !looksLikeEmail(account.email.trim());
  const title = setUp
    ? school === ''
      ? i18n._('Abrir a escola')
      : i18n._('Abrir a {school}', { school })
    : kind === 'invitation'
      ? i18n._('Boas-vindas, {name}', { name: knownName })
      : i18n._('Uma senha nova');
  const words = setUp
    ? school === ''
      ? i18n._('Você é a primeira pessoa aqui. Diga o nome da escola e crie a sua conta de administração.')
      : i18n._('Você é a primeira pessoa aqui. Crie a sua conta de administração.')
    : i18n._('Escolha a senha de {email}. Este link só vale uma vez.', { email: knownEmail });
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
        {setUp && school === '' && (
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
        <PasswordField
          label={i18n._('Senha')}
          autoComplete="new-password"
          value={account.password}
          onChange={set('password')}
          hint={i18n._(
            '{count, plural, one {Ao menos # letra. Uma frase que só você diria é melhor que símbolos.} other {Ao menos # letras. Uma frase que só você diria é melhor que símbolos.}}',
            { count: passwordLength },
          )}
          error={asked && short ? i18n._('A senha ainda está curta.') : error}
        />
        <Button wide type="submit" emphasis="pen" busy={busy}>
          {setUp ? i18n._('Abrir a escola') : i18n._('Guardar e entrar')}
        </Button>
      </form>
    </Door>
  );
}
