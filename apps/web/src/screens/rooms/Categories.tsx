import { useLingui } from '@lingui/react';
import type { Category } from '@recreio/protocol';
import { Banner, Button, Dialog, IconButton, ListSkeleton, TextField, Trouble } from '@recreio/ui';
import { useState } from 'react';
import { useAct, useServerNow } from '../../acting.ts';
import { useAnswers, useAsked } from '../../asked.ts';
import { useClient } from '../../client.tsx';
import { useTell } from '../../notices.tsx';
import { troubleWords } from '../../problems.ts';

/** As many as the school may have (protocol, `CATEGORIES_MOST`). */
const MOST = 40;

/** The dialog in which administrators keep the school's own categories of rooms. */
export default function Categories({ onClose }: { onClose: () => void }) {
  const { i18n } = useLingui();
  const now = useServerNow();
  const known = useAsked('rooms.categories', {});
  if (known.data !== undefined) return <Sorting before={known.data.categories} onClose={onClose} />;
  return (
    <Dialog title={i18n._('Categorias da escola')} onClose={onClose}>
      {known.isError ? (
        <Trouble
          title={i18n._('Não deu para buscar as categorias')}
          words={troubleWords(i18n, known.error, now)}
          onRetry={() => void known.refetch()}
        />
      ) : (
        <ListSkeleton count={3} />
      )}
    </Dialog>
  );
}

function Sorting({ before, onClose }: { before: readonly Category[]; onClose: () => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const tell = useTell();
  const act = useAct();
  const [list, setList] = useState<readonly Category[]>(before);
  const change = (id: string, to: Partial<Category>) =>
    setList(list.map((one) => (one.id === id ? { ...one, ...to } : one)));
  const up = (place: number) =>
    setList(
      list.flatMap((one, at) =>
        at === place - 1 ? [...list.slice(place, place + 1), one] : at === place ? [] : [one],
      ),
    );
  const save = () =>
    void act.run(
      async () => {
        const categories = list
          .filter(({ name }) => name.trim() !== '')
          .map((one) => ({ ...one, name: one.name.trim() }));
        await client.call('rooms.setCategories', { categories });
        void answers.again('rooms.categories');
        void answers.again('rooms.directory');
        tell(i18n._('Categorias guardadas.'));
        onClose();
      },
      {
        'already-taken': i18n._('Há duas categorias com o mesmo nome.'),
        'bad-text': i18n._('O emoji de uma categoria é um só, e o nome é de letras que se possam ler.'),
      },
    );
  return (
    <Dialog
      wide
      firm
      title={i18n._('Categorias da escola')}
      onClose={onClose}
      onSubmit={save}
      footer={
        <>
          <Button emphasis="quiet" onClick={onClose}>
            {i18n._('Cancelar')}
          </Button>
          <Button emphasis="pen" type="submit" busy={act.busy}>
            {i18n._('Salvar')}
          </Button>
        </>
      }
    >
      <p className="soft">
        {i18n._(
          'Além de matéria, aula, projeto e tema, a escola pode agrupar salas do seu jeito: clubes, laboratórios, famílias.',
        )}
      </p>
      {act.error && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {act.error}
        </Banner>
      )}
      <ol className="categories">
        {list.map((category, place) => (
          <li key={category.id} className="category">
            <TextField
              label={i18n._('Emoji')}
              value={category.emoji}
              maxLength={16}
              onChange={(event) => change(category.id, { emoji: event.target.value.trim() })}
            />
            <TextField
              label={i18n._('Nome da categoria {place}', { place: place + 1 })}
              value={category.name}
              maxLength={40}
              onChange={(event) => change(category.id, { name: event.target.value })}
            />
            <IconButton
              icon="arrow-up"
              label={i18n._('Subir {name}', { name: category.name })}
              disabled={place === 0}
              onClick={() => up(place)}
            />
            <IconButton
              icon="trash-2"
              label={i18n._('Tirar {name}', { name: category.name })}
              onClick={() => setList(list.filter(({ id }) => id !== category.id))}
            />
          </li>
        ))}
      </ol>
      {list.length < MOST && (
        <div className="row">
          <Button icon="plus" onClick={() => setList([...list, { id: client.newId(), name: '', emoji: '' }])}>
            {i18n._('Acrescentar')}
          </Button>
        </div>
      )}
      <p className="small soft">
        {i18n._('Salas de uma categoria tirada ficam sem categoria, e nada mais muda nelas.')}
      </p>
    </Dialog>
  );
}
