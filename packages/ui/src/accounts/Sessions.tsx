import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Confirm, Dialog } from '../controls/Dialog.tsx';
import { ListSkeleton } from '../controls/Empty.tsx';
import { PasswordField } from '../controls/Field.tsx';
import { agoTime, nearTime, type Zone } from '../i18n/dates.ts';
import { When } from '../i18n/When.tsx';
import { Icon } from '../icons/Icon.tsx';
import { passwordLength } from './Door.tsx';

/** A signed-in device. Times in ms. */
export type SessionView = { id: string; device: string; createdAt: number; lastSeenAt: number; current: boolean };

/** One's own devices, with a way to sign each of the others out. */
export function Sessions({
  sessions,
  loading,
  now,
  zone,
  ending,
  onEnd,
  onEndOthers,
}: {
  sessions: readonly SessionView[];
  loading: boolean;
  now: number;
  zone?: Zone /** The session that is being ended, or `others`. */;
  ending?: string | undefined;
  onEnd: (id: string) => void;
  /** Offered where there are several others. */
  onEndOthers: () => void;
}) {
  const { i18n } = useLingui();
  const [asking, setAsking] = useState<SessionView>();
  const [askingAll, setAskingAll] = useState(false);
  const others = sessions.filter(({ current }) => !current).length;
  if (loading && sessions.length === 0) return <ListSkeleton count={3} />;
  return (
    <>
      <ul className="cards">
        {sessions.map((session) => (
          <li key={session.id} className="card-row">
            <span className="leaf leaf--l" aria-hidden="true">
              <Icon name={/android|iphone|ios|mobile|celular/i.test(session.device) ? 'smartphone' : 'laptop'} />
            </span>
            <div className="card-words">
              <h2>
                {session.device}
                {session.current && (
                  <>
                    {' '}
                    <span className="tag tag--pen">{i18n._('Este aparelho')}</span>
                  </>
                )}
              </h2>
              <p className="small soft">
                <When at={session.lastSeenAt} zone={zone}>
                  {session.current
                    ? i18n._('Em uso agora')
                    : i18n._('Visto {ago}', { ago: agoTime(session.lastSeenAt, now, i18n.locale) })}
                </When>
                {' · '}
                <When at={session.createdAt} zone={zone} className="nowrap">
                  {i18n._('Aberta desde {at}', { at: nearTime(session.createdAt, now, i18n.locale, zone) })}
                </When>
              </p>
            </div>
            {!session.current && (
              <Button
                small
                busy={ending === session.id}
                aria-label={i18n._('Sair de {device}', { device: session.device })}
                onClick={() => setAsking(session)}
              >
                {i18n._('Sair')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others > 1 && (
        <div className="more more--start">
          <Button icon="log-out" busy={ending === 'others'} onClick={() => setAskingAll(true)}>
            {i18n._('Sair de todos os outros')}
          </Button>
        </div>
      )}
      {askingAll && (
        <Confirm
          title={i18n._('{others, plural, one {Sair de # aparelho?} other {Sair de # aparelhos?}}', { others })}
          words={i18n._('A conta fica aberta só neste aparelho. Nos outros, é preciso entrar de novo.')}
          action={i18n._('Sair de todos os outros')}
          onClose={() => setAskingAll(false)}
          onConfirm={() => {
            onEndOthers();
            setAskingAll(false);
          }}
        />
      )}
      {asking && (
        <Confirm
          title={i18n._('Sair de {device}?', { device: asking.device })}
          words={i18n._('A conversa fecha lá na mesma hora. Para voltar, é preciso entrar de novo.')}
          action={i18n._('Sair de lá')}
          onClose={() => setAsking(undefined)}
          onConfirm={() => {
            onEnd(asking.id);
            setAsking(undefined);
          }}
        />
      )}
    </>
  );
}

/** Changes one's own password; the other devices are signed out. */
export function PasswordDialog({
  busy,
  error,
  onConfirm,
  onClose,
}: {
  busy?: boolean | undefined;
  error?: string | undefined;
  onConfirm: (current: string, next: string) => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [asked, setAsked] = useState(false);
  const short = next.length < passwordLength;
  function submit() {
    setAsked(true);
    if (!short && current !== '') onConfirm(current, next);
  }
  return (
    <Dialog
      title={i18n._('Trocar a senha')}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button emphasis="quiet" onClick={onClose}>
            {i18n._('Cancelar')}
          </Button>
          <Button emphasis="pen" type="submit" busy={busy}>
            {i18n._('Trocar')}
          </Button>
        </>
      }
    >
      <p className="soft">{i18n._('Seus outros aparelhos saem e precisam entrar de novo.')}</p>
      <PasswordField
        label={i18n._('Senha de agora')}
        autoComplete="current-password"
        value={current}
        onChange={(event) => setCurrent(event.target.value)}
        error={asked && current === '' ? i18n._('Falta preencher.') : error}
      />
      <PasswordField
        label={i18n._('Senha nova')}
        autoComplete="new-password"
        value={next}
        onChange={(event) => setNext(event.target.value)}
        hint={i18n._(
          '{count, plural, one {Ao menos # caractere. Uma frase que só você diria é melhor que símbolos.} other {Ao menos # caracteres. Uma frase que só você diria é melhor que símbolos.}}',
          { count: passwordLength },
        )}
        error={asked && short ? i18n._('A senha ainda está curta.') : undefined}
      />
    </Dialog>
  );
}
