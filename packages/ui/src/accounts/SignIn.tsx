import { useLingui } from '@lingui/react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Button } from '../controls/Button.tsx';
import { PasswordField, TextField } from '../controls/Field.tsx';
import { Banner } from '../controls/Notice.tsx';
import { Icon } from '../icons/Icon.tsx';
import { Avatar } from '../people/Avatar.tsx';
import { roleWord, type PersonView } from '../people/person.ts';
import { Door } from './Door.tsx';

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
