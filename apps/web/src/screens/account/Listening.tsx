import { useLingui } from '@lingui/react';
import { Choice } from '@recreio/ui';
import { useChoices } from '../../choices.tsx';

/** What a screen reader is told of by itself, on this device: who listens to a class may want to hear less of the talk. */
export default function Listening() {
  const { i18n } = useLingui();
  const { preferences, choose } = useChoices();
  return (
    <section className="shelf" aria-labelledby="ouvir-como">
      <h2 id="ouvir-como">{i18n._('Com leitor de tela, neste aparelho')}</h2>
      <Choice
        legend={i18n._('O que é lido sozinho na sala aberta')}
        value={preferences.announce}
        onChange={(announce) => choose({ announce })}
        options={[
          {
            value: 'all',
            label: i18n._('O que os outros dizem'),
            hint: i18n._('De muitas mensagens de uma vez, só quantas são.'),
          },
          { value: 'mentions', label: i18n._('Só quando citam você ou dizem uma palavra sua') },
          {
            value: 'off',
            label: i18n._('Nada'),
            hint: i18n._('As mensagens ficam na lista, para ler quando quiser.'),
          },
        ]}
      />
    </section>
  );
}
