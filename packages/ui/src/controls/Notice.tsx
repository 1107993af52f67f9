import { useLingui } from '@lingui/react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Icon } from '../icons/Icon.tsx';
import type { IconName } from '../icons/drawings.ts';
import { Button, IconButton } from './Button.tsx';

/** What a banner is about: something waits, is told, failed, is done, or is just so. */
export type BannerTone = 'marker' | 'pen' | 'danger' | 'visto' | 'plain';

/** A band that stays, says what happened and what to do; it goes when its reason ends. */
export function Banner({
  tone = 'plain',
  icon,
  edge = false,
  role,
  children,
  aside,
}: {
  tone?: BannerTone;
  icon: IconName /** Along the edge of the conversation, without corners. */;
  edge?: boolean;
  role?: 'status' | 'alert';
  children: ReactNode;
  aside?: ReactNode;
}) {
  const classes = ['banner', tone !== 'plain' && `banner--${tone}`, edge && 'banner--edge'].filter(Boolean).join(' ');
  return (
    <div className={classes} role={role}>
      <Icon name={icon} />
      <div>{children}</div>
      {aside}
    </div>
  );
}

/** A passing notice. It stays 20 s (WCAG 2.2.1) or until it is closed; while somebody points at it or is in it, it waits. */
export type ToastView = {
  id: string;
  words: string;
  tone?: 'plain' | 'danger';
  action?: { label: string; onSelect: () => void };
};

const toastMs = 20_000;

/** Where passing notices stand. The region is always there, so a reader hears what is put into it. */
export function Toasts({ toasts, onDismiss }: { toasts: readonly ToastView[]; onDismiss: (id: string) => void }) {
  return (
    <div className="toasts" role="status">
      {toasts.map((toast) => (
        <Toast key={toast.id} toast={toast} onDismiss={onDismiss} />
      ))}
    </div>
  );
}

function Toast({ toast, onDismiss }: { toast: ToastView; onDismiss: (id: string) => void }) {
  const { i18n } = useLingui();
  const [held, setHeld] = useState(false);
  // Whoever closes it by keyboard goes on where they were
  const from = useRef<HTMLElement | null>(null);
  function close() {
    const { current } = from;
    onDismiss(toast.id);
    if (current?.isConnected) current.focus();
  }
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => onDismiss(toast.id), toastMs);
    return () => clearTimeout(timer);
  }, [held, toast.id, onDismiss]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Esc closes what holds the focus; the button in it is the control
    <div
      className={toast.tone === 'danger' ? 'toast toast--danger' : 'toast'}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={({ relatedTarget, currentTarget }) => {
        if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget))
          from.current = relatedTarget;
        setHeld(true);
      }}
      onBlur={() => setHeld(false)}
      onKeyDown={({ key }) => {
        if (key === 'Escape') close();
      }}
    >
      <Icon name={toast.tone === 'danger' ? 'triangle-alert' : 'check'} />
      <span>{toast.words}</span>
      {toast.action && (
        <Button
          small
          onClick={() => {
            toast.action?.onSelect();
            close();
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton small icon="x" label={i18n._('Fechar')} onClick={close} />
    </div>
  );
}

/** The state of the wire as people need to know it. `waiting` counts down to `retryAt` (epoch ms). */
export type ConnectionView = { kind: 'online' } | { kind: 'connecting' } | { kind: 'waiting'; retryAt: number };

/** The band of a lost connection: only after `graceMs` without one, with the queue, a countdown, and a way to try now. */
export function ConnectionBanner({
  connection,
  queued,
  onRetry,
  graceMs = 2000,
}: {
  connection: ConnectionView /** Messages of one's own that wait. */;
  queued: number;
  onRetry: () => void;
  graceMs?: number;
}) {
  const { i18n } = useLingui();
  const [told, setTold] = useState(false);
  const offline = connection.kind !== 'online';
  // The region is always there and only the sentence is announced: a countdown read aloud each second would drown the room.
  return (
    <div className="connection">
      <div role="status" className="sr">
        {offline && told ? i18n._('Sem conexão.') : ''}
      </div>
      {offline && (
        <OfflineBand
          retryAt={connection.kind === 'waiting' ? connection.retryAt : undefined}
          queued={queued}
          graceMs={graceMs}
          onRetry={onRetry}
          onShown={setTold}
        />
      )}
    </div>
  );
}

/** Mounted for as long as the connection is away, so its clock starts over each time. */
function OfflineBand({
  retryAt,
  queued,
  graceMs,
  onRetry,
  onShown,
}: {
  retryAt: number | undefined;
  queued: number;
  graceMs: number;
  onRetry: () => void;
  onShown: (shown: boolean) => void;
}) {
  const { i18n } = useLingui();
  const [since] = useState(() => Date.now());
  const [now, setNow] = useState(since);
  const shown = now - since >= graceMs;
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    onShown(shown);
    return () => onShown(false);
  }, [shown, onShown]);
  if (!shown) return null;
  const seconds = retryAt === undefined ? 0 : Math.max(0, Math.ceil((retryAt - now) / 1000));
  return (
    <Banner
      tone="marker"
      icon="wifi-off"
      edge
      aside={
        <>
          <span className="soft num banner-count" aria-hidden="true">
            {seconds > 0 ? i18n._('Nova tentativa em {seconds} s', { seconds }) : i18n._('Tentando…')}
          </span>
          <Button small onClick={onRetry}>
            {i18n._('Tentar agora')}
          </Button>
        </>
      }
    >
      <b>{i18n._('Sem conexão.')}</b>{' '}
      {i18n._(
        '{queued, plural, =0 {O que você mandar sai quando a rede voltar.} one {# mensagem na fila sai quando a rede voltar.} other {# mensagens na fila saem quando a rede voltar.}}',
        { queued },
      )}
    </Banner>
  );
}
