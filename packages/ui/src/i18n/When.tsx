import { useLingui } from '@lingui/react';
import type { ReactNode } from 'react';
import { fullTime, type Zone } from './dates.ts';

/** An instant (ms) said in near words, as “há 3 min”: who points at it is told it whole, and machines read it. */
export function When({
  at,
  zone,
  className,
  children,
}: {
  at: number;
  zone?: Zone;
  className?: string;
  children: ReactNode;
}) {
  const { i18n } = useLingui();
  return (
    <time className={className} dateTime={new Date(at).toISOString()} title={fullTime(at, i18n.locale, zone)}>
      {children}
    </time>
  );
}
