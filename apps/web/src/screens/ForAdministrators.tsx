import { useLingui } from '@lingui/react';
import { Link, NotFound } from '@recreio/ui';
import type { ReactNode } from 'react';
import { useMe } from '../client.tsx';

/** What is for those who administer the school; to others the page is not there. */
export function ForAdministrators({ children }: { children: ReactNode }) {
  const { i18n } = useLingui();
  const me = useMe();
  if (me === null) return null;
  if (me.role === 'administrator') return children;
  return (
    <main className="page" tabIndex={-1} id="conteudo">
      <div className="page-in page-in--narrow">
        <NotFound
          action={
            <Link className="btn btn--pen" href="/">
              {i18n._('Voltar às salas')}
            </Link>
          }
        />
      </div>
    </main>
  );
}
