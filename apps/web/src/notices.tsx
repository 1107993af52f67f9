import { Toasts, type ToastView } from '@recreio/ui';
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';

/** Says something in passing; a `danger` is something that did not work. */
export type Tell = (words: string, more?: Pick<ToastView, 'tone' | 'action'>) => void;

const TellContext = createContext<Tell | undefined>(undefined);
/** More at once would cover what they are about. */
const mostAtOnce = 3;

/** The place where passing notices stand. */
export function NoticesProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly ToastView[]>([]);
  const tell = useCallback<Tell>(
    (words, more) =>
      setToasts((before) => [
        ...before.filter((toast) => toast.words !== words).slice(1 - mostAtOnce),
        { id: crypto.randomUUID(), words, ...more },
      ]),
    [],
  );
  const dismiss = useCallback((id: string) => setToasts((before) => before.filter((toast) => toast.id !== id)), []);
  const shown = useMemo(() => <Toasts toasts={toasts} onDismiss={dismiss} />, [toasts, dismiss]);
  return (
    <TellContext value={tell}>
      {children}
      {shown}
    </TellContext>
  );
}

/** Says something in passing. */
export function useTell(): Tell {
  const tell = use(TellContext);
  if (tell === undefined) throw new Error('useTell outside a NoticesProvider');
  return tell;
}
