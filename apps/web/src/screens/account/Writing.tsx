import { useLingui } from '@lingui/react';
import { commandKey, Switch } from '@recreio/ui';
import { useChoices } from '../../choices.tsx';

/** What Enter does in the box, on this device: each keyboard has its own habit. */
export default function Writing() {
  const { i18n } = useLingui();
  const { preferences, choose } = useChoices();
  const command = commandKey();
  return (
    <section className="shelf" aria-labelledby="escrever-como">
      <h2 id="escrever-como">{i18n._('Ao escrever, neste aparelho')}</h2>
      <div>
        <Switch
          label={i18n._('Enter envia')}
          checked={preferences.enterSends}
          onChange={({ target }) => choose({ enterSends: target.checked })}
        />
        <p className="small soft">
          {preferences.enterSends
            ? i18n._('Shift Enter faz uma nova linha.')
            : i18n._('Enter faz uma nova linha, e {command} Enter envia.', { command })}{' '}
          {i18n._('No teclado da tela, Enter sempre faz uma nova linha.')}
        </p>
      </div>
    </section>
  );
}
