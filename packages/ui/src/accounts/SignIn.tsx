import { useLingui } from '@lingui/react';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { Button } from '../controls/Button.tsx';
import { PasswordField, TextField } from '../controls/Field.tsx';
import { Banner } from '../controls/Notice.tsx';
import { Icon } from '../icons/Icon.tsx';
import { Avatar } from '../people/Avatar.tsx';
import { roleWord, type PersonView } from '../people/person.ts';
import { CodeField, mayBeCode } from './CodeField.tsx';
import { Door } from './Door.tsx';

/** A person of the demo school, entered as with one press. */
export type DemoPerson = PersonView & { words?: string };

/** Signing in. The four people of the demo appear only when the server says that it is the demo school. */
export function SignIn({
  school,
  logo,
  demo = [],
  busy,
  entering,
  error,
  notice,
  foot,
  asksCode = false,
  onSignIn,
  onBack,
  onPasskey,
  onForgotten,
  provider,
  onProvider,
  joining,
  onJoin,
  onEnterDemo,
}: {
  school: string;
  /** Address of the school's picture. */
  logo?: string | undefined;
  demo?: readonly DemoPerson[];
  busy?: boolean | undefined;
  /** The demo person who is being entered as. */
  entering?: string | undefined;
  /** Why the last try failed, in words. */
  error?: string | undefined;
  /** Why one is here: the session ended, the account was disabled. */
  notice?: string | undefined;
  foot?: ReactNode;
  /** The password was right, and the account has a second factor. */
  asksCode?: boolean;
  onSignIn: (email: string, password: string, code?: string) => void;
  /** Back from the code to the password. */
  onBack?: () => void;
  /** There where the browser has passkeys. */
  onPasskey?: (() => void) | undefined;
  /** There where the school sends mail; elsewhere one asks whoever administers it. */
  onForgotten?: (() => void) | undefined;
  /** What the school’s own sign-in is called, where it has one. */
  provider?: string | null;
  onProvider?: () => void;
  /** How one comes in uninvited, where one does. */
  joining?: 'domain' | 'approval' | undefined;
  onJoin?: () => void;
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
  if (asksCode)
    return (
      <SecondStep
        email={email}
        busy={busy}
        error={error}
        onCode={(code) => onSignIn(email.trim(), password, code)}
        onBack={onBack}
      />
    );
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
        hint={error || onForgotten ? undefined : i18n._('Esqueceu? Peça um link novo a quem administra a escola.')}
      />
      <Button wide type="submit" emphasis="pen" busy={busy}>
        {i18n._('Entrar')}
      </Button>
      {provider && onProvider && (
        <Button wide icon="shield-check" onClick={onProvider}>
          {i18n._('Entrar com {name}', { name: provider })}
        </Button>
      )}
      {onForgotten && (
        <Button wide emphasis="quiet" onClick={onForgotten}>
          {i18n._('Esqueci a senha')}
        </Button>
      )}
      {onPasskey && (
        <Button wide icon="key-round" onClick={onPasskey}>
          {i18n._('Entrar com chave de acesso')}
        </Button>
      )}
      {joining && (
        <Button wide emphasis="quiet" onClick={onJoin}>
          {joining === 'domain' ? i18n._('Criar conta') : i18n._('Pedir para entrar')}
        </Button>
      )}
    </form>
  );
  return (
    <Door
      title={i18n._('Hora do recreio')}
      words={i18n._('A conversa das suas aulas na {school}.', { school })}
      foot={foot}
      logo={logo}
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

/** The second step: the code. The e-mail and password of the first are kept by the form meanwhile. */
function SecondStep({
  email,
  busy,
  error,
  onCode,
  onBack,
}: {
  email: string;
  busy?: boolean | undefined;
  error?: string | undefined;
  onCode: (code: string) => void;
  onBack?: (() => void) | undefined;
}) {
  const { i18n } = useLingui();
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const missing = !mayBeCode(code);
  return (
    <Door title={i18n._('Só mais um passo')} words={i18n._('A conta {email} pede também um código.', { email })}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (missing) field.current?.focus();
          else if (!busy) onCode(code.trim());
        }}
      >
        <CodeField
          ref={field}
          value={code}
          onChange={setCode}
          error={asked && missing ? i18n._('Falta preencher.') : error}
        />
        <Button wide type="submit" emphasis="pen" busy={busy}>
          {i18n._('Entrar')}
        </Button>
        <Button wide emphasis="quiet" onClick={onBack}>
          {i18n._('Voltar')}
        </Button>
      </form>
      <p className="small soft">
        {i18n._('Sem o celular e sem os códigos de reserva? Quem administra a escola tira essa etapa da sua conta.')}
      </p>
    </Door>
  );
}
