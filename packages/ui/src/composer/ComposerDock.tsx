import { useLingui } from '@lingui/react';
import type { ReactNode } from 'react';
import type { Zone } from '../i18n/dates.ts';
import { Icon } from '../icons/Icon.tsx';
import { typingWords, type PersonView } from '../people/person.ts';
import { lockWords, type Lock } from './lock.ts';

/** Who is writing: two names at most. Seen, not announced: it would never stop talking. */
export function TypingLine({ people }: { people: readonly PersonView[] }) {
  const { i18n } = useLingui();
  const words = typingWords(i18n, people);
  return (
    <p className="typing" aria-hidden="true">
      {words && (
        <>
          <i>
            <b />
          </i>
          {words}
        </>
      )}
    </p>
  );
}

/** In the composer's place when one cannot write: what, why, until when, whom to ask, and what one can do. */
export function LockedComposer({
  lock,
  now,
  zone,
  actions,
  id,
}: {
  lock: Lock;
  now: number;
  zone?: Zone;
  actions?: ReactNode /** Where the skip link goes. */;
  id?: string;
}) {
  const { i18n } = useLingui();
  const { icon, title, reason, words } = lockWords(i18n, lock, now, zone);
  return (
    <section className="composer composer--locked" aria-label={title} id={id} tabIndex={-1}>
      <div className="locked-words">
        <p className="locked-title">
          <Icon name={icon} />
          <b>{title}</b>
        </p>
        {reason && (
          <p className="small" dir="auto">
            {reason}
          </p>
        )}
        <p className="small soft">{words}</p>
      </div>
      {actions && <div className="row row--wrap locked-actions">{actions}</div>}
    </section>
  );
}

/** The foot of a room: the box, or its lock. `instead` stands in its place for a while; what is in the box stays in it. */
export function ComposerDock({ instead, children }: { instead?: ReactNode; children: ReactNode }) {
  return (
    <div className="composer-wrap">
      {instead}
      <div hidden={Boolean(instead)}>{children}</div>
    </div>
  );
}
