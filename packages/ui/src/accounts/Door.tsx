import { createContext, lazy, Suspense, use, type ReactNode } from 'react';
import { Wordmark } from '../layout/Wordmark.tsx';

/** A drawing: what can be done here does not wait for it. */
const Yard = lazy(async () => {
  try {
    return { default: (await import('./Yard.tsx')).Yard };
  } catch {
    return { default: () => <></> };
  }
});

/** The shortest password that the school takes (protocol, `TEXT.passwordMin`), in letters. */
export const passwordLength = 10;

/** What stands at the foot of every door: the choice of the language. */
export const DoorFoot = createContext<ReactNode>(null);

/** The door of the school: a form on paper, and the yard beside it. */
export function Door({
  title,
  words,
  logo,
  children,
  foot,
}: {
  title: string;
  words?: ReactNode;
  /** Address of the school's picture. */
  logo?: string | undefined;
  children: ReactNode;
  foot?: ReactNode;
}) {
  const always = use(DoorFoot);
  return (
    <div className="door">
      <main className="door-form">
        <Wordmark />
        {logo !== undefined && <img className="door-logo" src={logo} alt="" />}
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
      <div className="door-yard">
        <Suspense>
          <Yard />
        </Suspense>
      </div>
    </div>
  );
}
