import { useLingui } from '@lingui/react';
import { Door } from '@recreio/ui';

/** A school that nobody has set up says how that is done. */
export default function NotOpened() {
  const { i18n } = useLingui();
  return (
    <Door
      title={i18n._('Esta escola ainda não foi aberta')}
      words={i18n._(
        'Quem instalou o Recreio abre a escola pelo link que o servidor mostrou ao começar. Ele vale uma vez só.',
      )}
    >
      <p className="small soft">
        {i18n._('Perdeu o link? Comece o servidor de novo: ele mostra outro enquanto a escola não for aberta.')}
      </p>
    </Door>
  );
}
