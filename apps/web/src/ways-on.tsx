import { useLingui } from '@lingui/react';
import { Link } from '@recreio/ui';

/** From a page that is not there: back to one's rooms, or to finding one. */
export function WaysOn() {
  const { i18n } = useLingui();
  return (
    <div className="row row--wrap empty-ways">
      <Link className="btn btn--pen" href="/">
        {i18n._('Voltar às salas')}
      </Link>
      <Link className="btn" href="/salas">
        {i18n._('Encontrar salas')}
      </Link>
    </div>
  );
}
