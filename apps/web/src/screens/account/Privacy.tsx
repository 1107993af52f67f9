import { useLingui } from '@lingui/react';
import type { Me, Privacy as Choices } from '@recreio/protocol';
import { Banner, Switch } from '@recreio/ui';
import { useChosen } from '../../choosing.ts';
import { useClient } from '../../client.tsx';
import { useTell } from '../../notices.tsx';

/** What one shows of oneself: each takes effect at once, on every device. */
export default function Privacy({ me }: { me: Me }) {
  const { i18n } = useLingui();
  const client = useClient();
  const tell = useTell();
  const { minor } = me;
  const { chosen, choose, error } = useChosen<Choices>(me.privacy, async (privacy) => {
    await client.call('accounts.updateMe', { privacy });
    tell(i18n._('Guardado. Vale desde já em todos os seus aparelhos.'));
  });
  const privacy = { ...me.privacy, ...chosen };
  return (
    <section className="shelf" aria-labelledby="privacidade">
      <h2 id="privacidade">{i18n._('O que os outros veem de você')}</h2>
      {error && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {error}
        </Banner>
      )}
      <div className="stack">
        <div>
          <Switch
            label={i18n._('Ficar invisível')}
            checked={privacy.invisible}
            onChange={({ target }) => choose({ invisible: target.checked })}
          />
          <p className="small soft">
            {i18n._('Ninguém vê que você está no pátio nem que está escrevendo. Você continua vendo os outros.')}
          </p>
        </div>
        <div>
          <Switch
            label={i18n._('Não mostrar até onde li')}
            checked={privacy.hidesReading}
            onChange={({ target }) => choose({ hidesReading: target.checked })}
          />
          <p className="small soft">
            {i18n._('Onde a escola mostra quem leu, você fica de fora. Vale para os dois lados: você também não vê.')}
          </p>
        </div>
        <div>
          <Switch
            label={i18n._('Perguntar antes de me pôr num grupo')}
            checked={privacy.asksFirst || minor}
            disabled={minor}
            onChange={({ target }) => choose({ asksFirst: target.checked })}
          />
          <p className="small soft">
            {minor
              ? i18n._('Para quem é menor de idade, a pergunta vem sempre.')
              : i18n._('Você entra num grupo só se disser que sim.')}
          </p>
        </div>
      </div>
    </section>
  );
}
