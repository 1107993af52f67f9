import { useLingui } from '@lingui/react';
import { Fragment } from 'react';
import { Dialog } from '../controls/Dialog.tsx';
import { Check } from '../controls/Field.tsx';
import { roundKeys } from '../notifications/round-keys.ts';

/** The keys of the product, where each works. `command` is the name of the key that goes with letters: Ctrl, or ⌘. */
export function ShortcutSheet({
  command,
  isSingle,
  onSingle,
  enterSends,
  onEnterSends,
  onClose,
}: {
  command: string;
  /** Whether a key alone may do something (WCAG 2.1.4). */
  isSingle: boolean;
  onSingle: (on: boolean) => void;
  /** Whether Enter sends what is being written. */
  enterSends: boolean;
  onEnterSends: (on: boolean) => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const groups: { title: string; keys: readonly (readonly [keys: readonly string[], does: string])[] }[] = [
    {
      title: i18n._('Em qualquer lugar'),
      keys: [
        [[`${command} K`], i18n._('Ir para uma sala, aula ou pessoa')],
        [['Alt ↑', 'Alt ↓'], i18n._('Sala de cima, sala de baixo')],
        [['Alt Shift ↑', 'Alt Shift ↓'], i18n._('Sala com algo novo, acima ou abaixo')],
        [[`${command} /`, '?'], i18n._('Ver estes atalhos')],
        [['Esc'], i18n._('Fechar o que está aberto')],
      ],
    },
    {
      title: i18n._('Ao escrever'),
      keys: [
        [enterSends ? ['Enter', `${command} Enter`] : [`${command} Enter`], i18n._('Enviar')],
        [enterSends ? ['Shift Enter'] : ['Enter', 'Shift Enter'], i18n._('Nova linha')],
        [['@'], i18n._('Mencionar alguém')],
        [['#'], i18n._('Citar uma sala ou aula')],
        [[':'], i18n._('Um emoji, pelo nome')],
        [['↑'], i18n._('Editar a última mensagem sua, com a caixa vazia')],
      ],
    },
    {
      title: i18n._('Numa mensagem'),
      keys: [
        [['↑', '↓'], i18n._('Mensagem de cima, mensagem de baixo')],
        [['Enter'], i18n._('Ações da mensagem')],
        [['Alt U'], i18n._('Não lida a partir daqui')],
      ],
    },
    {
      title: i18n._('Ao pôr em dia'),
      keys: [
        [[roundKeys.read], i18n._('Marcar como lida')],
        [[roundKeys.later], i18n._('Deixar para depois')],
        [[roundKeys.open], i18n._('Abrir a sala')],
        [[roundKeys.undo], i18n._('Desfazer')],
      ],
    },
  ];
  return (
    <Dialog title={i18n._('Atalhos do teclado')} onClose={onClose}>
      <div className="stack">
        {groups.map(({ title, keys }) => (
          <section key={title} className="shortcuts">
            <h3>{title}</h3>
            <dl>
              {keys.map(([names, does]) => (
                <Fragment key={does}>
                  <dt>
                    {names.map((name) => (
                      <kbd key={name}>{name}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
        <Check
          label={i18n._('Enter envia')}
          hint={i18n._('Desligado, Enter faz uma nova linha, e {command} Enter envia.', { command })}
          checked={enterSends}
          onChange={(event) => onEnterSends(event.target.checked)}
        />
        <Check
          label={i18n._('Atalhos de uma tecla só')}
          hint={i18n._('Desligue se você fala com o computador, ou se esbarra nas teclas.')}
          checked={isSingle}
          onChange={(event) => onSingle(event.target.checked)}
        />
      </div>
    </Dialog>
  );
}
