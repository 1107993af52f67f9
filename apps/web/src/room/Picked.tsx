/** What is done with several messages of a talk at once; fetched when somebody chooses some. */
import { useLingui } from '@lingui/react';
import { NoAnswerError, ProblemError, type TalkHandle } from '@recreio/client';
import { savedOf } from '@recreio/client/saved';
import { AskRemoveAll, type MessageView, mostPicked, PickBar, type Picking, textOf } from '@recreio/ui';
import { useState } from 'react';
import { useClient } from '../client.tsx';
import { useTell } from '../notices.tsx';
import { troubleWords } from '../problems.ts';

/** The bar in the place of the box. */
export default function Picked({
  picking,
  room,
  roomId,
  onLeft,
}: {
  picking: Picking;
  room: TalkHandle;
  /** The room that it is in, also of a thread. */
  roomId: string;
  /** It was left by a press on something that is gone now: where the focus goes. */
  onLeft: () => void;
}) {
  const { i18n } = useLingui();
  const client = useClient();
  const tell = useTell();
  const [isAsking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const chosen = [...picking.picked.values()];
  const removable = chosen.filter(({ powers }) => powers.remove);
  const own = removable.every(({ author }) => author.isYou);

  function leave() {
    picking.leave();
    onLeft();
  }
  /** Does it to each; answers how many it was done to, and why not to the last of the others. */
  async function each(messages: readonly MessageView[], work: (id: string) => Promise<void>) {
    let done = 0;
    let why: string | undefined;
    setBusy(true);
    for (const { id } of messages) {
      if (id === undefined) continue;
      try {
        await work(id);
        done += 1;
      } catch (error) {
        if (!(error instanceof ProblemError || error instanceof NoAnswerError)) throw error;
        why = troubleWords(i18n, error, client.serverNow(), {
          'too-many': i18n._('Você já guardou 1000 mensagens. Tire algumas da lista antes de guardar outra.'),
        });
      }
    }
    setBusy(false);
    return { done, why };
  }
  async function copy() {
    try {
      await navigator.clipboard.writeText(textOf(chosen, i18n.locale));
    } catch {
      // Browsers refuse without a secure origin or leave
      tell(i18n._('O navegador não deixou copiar. Selecione o texto e copie.'), { tone: 'danger' });
      return;
    }
    const count = chosen.length;
    tell(i18n._('{count, plural, one {# mensagem copiada.} other {# mensagens copiadas.}}', { count }));
    leave();
  }
  async function save() {
    const list = savedOf(client);
    const { done, why } = await each(chosen, (id) => list.save(roomId, id));
    const count = chosen.length;
    if (why === undefined)
      tell(
        i18n._('{count, plural, one {# mensagem guardada. Só você vê.} other {# mensagens guardadas. Só você vê.}}', {
          count,
        }),
      );
    else tell(i18n._('{done} de {count} guardadas. {why}', { done, count, why }), { tone: 'danger' });
    leave();
  }
  async function remove() {
    const count = removable.length;
    const { done, why } = await each(removable, (id) => room.remove(id));
    setAsking(false);
    if (why === undefined)
      tell(i18n._('{count, plural, one {# mensagem apagada.} other {# mensagens apagadas.}}', { count }));
    else tell(i18n._('{done} de {count} apagadas. {why}', { done, count, why }), { tone: 'danger' });
    leave();
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Esc leaves from the buttons, too; the cross does the same
    <div
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || isAsking) return;
        event.preventDefault();
        leave();
      }}
    >
      <PickBar
        count={chosen.length}
        isFull={chosen.length >= mostPicked ? mostPicked : undefined}
        remove={removable.length > 0 ? { own } : undefined}
        busy={busy}
        onCopy={() => void copy()}
        onSave={() => void save()}
        onRemove={() => setAsking(true)}
        onLeave={leave}
      />
      {isAsking && (
        <AskRemoveAll
          count={removable.length}
          own={own}
          left={chosen.length - removable.length}
          busy={busy}
          onConfirm={() => void remove()}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
