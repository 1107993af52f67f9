/** The page of a link that works once: asked what it is for, used up, out of reach, or read. */
import { useLingui } from '@lingui/react';
import { ProblemError } from '@recreio/client';
import { Button, Door, ListSkeleton } from '@recreio/ui';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useClient } from '../client.tsx';
import { troubleWords } from '../problems.ts';

/** How the reading of a link stands. */
export type Reading<T> =
  | { state: 'asking' }
  | { state: 'read'; link: T }
  | { state: 'used' }
  | { state: 'failed'; error: unknown };

/** A token that is not of the form of one was cut when it was copied: for the person it is a link that does not work. */
export const isUsed = (error: unknown): boolean =>
  error instanceof ProblemError && (error.problem.code === 'link-used' || error.problem.code === 'malformed');

/** Asks what a link is for; `ask` must be the same function as long as the link is. */
export function useReading<T>(ask: () => Promise<T>) {
  const [reading, setReading] = useState<Reading<T>>({ state: 'asking' });
  const read = useCallback(async (): Promise<Reading<T>> => {
    try {
      return { state: 'read', link: await ask() };
    } catch (error) {
      return isUsed(error) ? { state: 'used' } : { state: 'failed', error };
    }
  }, [ask]);
  useEffect(() => {
    let isHere = true;
    void (async () => {
      const next = await read();
      if (isHere) setReading(next);
    })();
    return () => {
      isHere = false;
    };
  }, [read]);
  return {
    reading,
    onUsed: () => setReading({ state: 'used' }),
    again: () => {
      setReading({ state: 'asking' });
      void read().then(setReading);
    },
  };
}

/** The door before a link is read; `used` where it leads nowhere any more. */
export function LinkPage<T>({
  reading,
  again,
  used,
  children,
}: {
  reading: Reading<T>;
  again: () => void;
  used: ReactNode;
  children: (link: T) => ReactNode;
}) {
  const { i18n } = useLingui();
  const client = useClient();
  switch (reading.state) {
    case 'asking':
      return (
        <Door title={i18n._('Um instante')} words={i18n._('Lendo o seu link de entrada.')}>
          <ListSkeleton count={2} />
        </Door>
      );
    case 'used':
      return used;
    case 'failed':
      return (
        <Door title={i18n._('Não deu para ler o link')} words={troubleWords(i18n, reading.error, client.serverNow())}>
          <Button wide emphasis="pen" onClick={again}>
            {i18n._('Tentar de novo')}
          </Button>
        </Door>
      );
    case 'read':
      return children(reading.link);
  }
}
