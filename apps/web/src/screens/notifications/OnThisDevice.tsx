import { useLingui } from '@lingui/react';
import { Banner, Button, Switch } from '@recreio/ui';
import { useState } from 'react';
import { chime } from '../../calling/chime.ts';
import { canNotify } from '../../calling/desktop.ts';
import { useChoices } from '../../choices.tsx';

/** What this device does: the sound, and notifications of the desktop, for which the browser asks once. */
export default function OnThisDevice() {
  const { i18n } = useLingui();
  const { preferences, choose } = useChoices();
  const [permission, setPermission] = useState(() => (canNotify() ? Notification.permission : 'unsupported'));
  async function ask() {
    const answer = await Notification.requestPermission();
    setPermission(answer);
    if (answer === 'granted') choose({ desktop: true });
  }
  return (
    <section className="shelf" aria-labelledby="neste-aparelho">
      <h2 id="neste-aparelho">{i18n._('Neste aparelho')}</h2>
      <div className="stack">
        <div>
          <div className="row row--wrap">
            <Switch
              label={i18n._('Tocar quando falam com você')}
              checked={preferences.sound}
              onChange={({ target }) => choose({ sound: target.checked })}
            />
            <Button small onClick={chime}>
              {i18n._('Ouvir')}
            </Button>
          </div>
          <p className="small soft">{i18n._('Duas notas, baixinho. Nunca nas horas de silêncio.')}</p>
        </div>
        {permission === 'granted' ? (
          <div>
            <Switch
              label={i18n._('Mostrar avisos na tela')}
              checked={preferences.desktop}
              onChange={({ target }) => choose({ desktop: target.checked })}
            />
            <p className="small soft">
              {i18n._('Quando a página está atrás de outra janela. Dizem quem chama e de onde, nunca o que foi dito.')}
            </p>
          </div>
        ) : permission === 'denied' ? (
          <Banner icon="bell-off">
            {i18n._('O navegador não deixa o Recreio mostrar avisos na tela. Dá para mudar nas permissões deste site.')}
          </Banner>
        ) : permission === 'default' ? (
          <div>
            <Button icon="bell" onClick={() => void ask()}>
              {i18n._('Mostrar avisos na tela…')}
            </Button>
            <p className="small soft">
              {i18n._(
                'Quando a página está atrás de outra janela. O navegador vai perguntar se pode; dizem quem chama e de onde, nunca o que foi dito.',
              )}
            </p>
          </div>
        ) : (
          <p className="small soft">{i18n._('Este navegador não mostra avisos na tela.')}</p>
        )}
      </div>
    </section>
  );
}
