import { useLingui } from '@lingui/react';
import { useEffect, useRef, useState } from 'react';
import { Button, IconButton } from '../controls/Button.tsx';
import { TextField } from '../controls/Field.tsx';
import { Menu, type MenuItem } from '../controls/Menu.tsx';
import { Banner } from '../controls/Notice.tsx';

/** A lesson in its place, with how many rooms stand for it. */
export type LessonView = { id: string; title: string; number: number; rooms: number };

/** Lengths that the server holds to (protocol, `TEXT.lessonTitle`). */
const titleMost = 120;

/** The lessons of a course in their order: added at the end, moved by their arrows, renamed, taken away. */
export function LessonsList({
  lessons,
  canAdd,
  busy,
  error,
  moveError,
  onAdd,
  onMove,
  onRename,
  onRemove,
  onRoom,
}: {
  lessons: readonly LessonView[];
  /** Whether there is room for one more. */
  canAdd: boolean;
  busy: boolean;
  /** Why the last one was not added. */
  error?: string | undefined;
  /** Why the last one was not moved. */
  moveError?: string | undefined;
  /** Answers whether it was added. */
  onAdd: (title: string) => Promise<boolean>;
  /** Answers whether it was moved. */
  onMove: (lesson: LessonView, number: number) => Promise<boolean>;
  onRename: (lesson: LessonView) => void;
  onRemove: (lesson: LessonView) => void;
  /** Makes a room for a lesson; left out where one may not. */
  onRoom?: ((lesson: LessonView) => void) | undefined;
}) {
  const { i18n } = useLingui();
  const list = useRef<HTMLOListElement>(null);
  const [title, setTitle] = useState('');
  const moved = useRef<{ id: string; by: 'up' | 'down' }>(undefined);
  const [told, setTold] = useState('');
  // A row that changes places takes the focus along; at the end of the list the other arrow has it
  useEffect(() => {
    const { id, by } = moved.current ?? {};
    if (id === undefined) return;
    const place = lessons.find((lesson) => lesson.id === id);
    if (place === undefined) return;
    moved.current = undefined;
    const arrows = [...(list.current?.querySelectorAll<HTMLButtonElement>(`[data-lesson="${id}"] [data-by]`) ?? [])];
    const first = arrows.find((arrow) => arrow.dataset['by'] === by && !arrow.disabled);
    (first ?? arrows.find((arrow) => !arrow.disabled))?.focus();
    setTold(i18n._('“{title}” agora é a aula {number}.', { title: place.title, number: place.number }));
  }, [lessons, i18n]);
  const move = async (lesson: LessonView, by: 'up' | 'down') => {
    moved.current = { id: lesson.id, by };
    // What did not move takes no focus along when the list changes for another reason
    if (!(await onMove(lesson, lesson.number + (by === 'up' ? -1 : 1)))) moved.current = undefined;
  };
  const itemsOf = (lesson: LessonView): MenuItem[] => [
    // Where there is none yet, a button in the row makes the first
    ...(onRoom && lesson.rooms > 0
      ? [
          {
            id: 'room',
            label: i18n._('Criar mais uma sala desta aula…'),
            icon: 'plus' as const,
            onSelect: () => onRoom(lesson),
          },
        ]
      : []),
    { id: 'rename', label: i18n._('Renomear…'), icon: 'pencil', onSelect: () => onRename(lesson) },
    { kind: 'rule', id: 'r' },
    {
      id: 'remove',
      label: lesson.rooms > 0 ? i18n._('Tirar: há salas desta aula') : i18n._('Tirar…'),
      icon: 'trash-2',
      danger: true,
      disabled: lesson.rooms > 0,
      onSelect: () => onRemove(lesson),
    },
  ];
  return (
    <>
      {lessons.length === 0 && (
        <p className="soft">
          {i18n._('Nenhuma aula ainda. Escreva o título da primeira: cada aula pode ter sua sala, na ordem do curso.')}
        </p>
      )}
      {lessons.length > 0 && onRoom && (
        <p className="soft">
          {i18n._('Cada aula pode ter sua sala. Quem está no curso a acha em “Encontrar salas”, e entra por lá.')}
        </p>
      )}
      <ol className="cards lessons" ref={list}>
        {lessons.map((lesson, place) => {
          const options = i18n._('Opções de {name}', { name: `${lesson.number}. ${lesson.title}` });
          return (
            <li key={lesson.id} className="card-row lesson-row" data-lesson={lesson.id}>
              <span className="lesson-number num" aria-hidden="true">
                {i18n.number(lesson.number)}
              </span>
              <div className="card-words">
                <h3 dir="auto">{lesson.title}</h3>
                {lesson.rooms > 0 ? (
                  <p className="small soft">
                    {i18n._('{total, plural, one {# sala} other {# salas}}', { total: lesson.rooms })}
                  </p>
                ) : (
                  onRoom && (
                    <Button
                      small
                      icon="plus"
                      aria-label={i18n._('Criar sala: {name}', { name: lesson.title })}
                      onClick={() => onRoom(lesson)}
                    >
                      {i18n._('Criar sala')}
                    </Button>
                  )
                )}
              </div>
              <span className="row lesson-acts">
                <IconButton
                  icon="arrow-up"
                  data-by="up"
                  label={i18n._('Subir {name}', { name: lesson.title })}
                  disabled={place === 0}
                  onClick={() => !busy && void move(lesson, 'up')}
                />
                <IconButton
                  icon="arrow-down"
                  data-by="down"
                  label={i18n._('Descer {name}', { name: lesson.title })}
                  disabled={place === lessons.length - 1}
                  onClick={() => !busy && void move(lesson, 'down')}
                />
                <Menu
                  label={options}
                  items={itemsOf(lesson)}
                  trigger={<IconButton icon="ellipsis" label={options} />}
                />
              </span>
            </li>
          );
        })}
      </ol>
      <p className="sr" role="status">
        {told}
      </p>
      {moveError && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {moveError}
        </Banner>
      )}
      {canAdd && (
        <form
          className="lesson-add"
          onSubmit={(event) => {
            event.preventDefault();
            const given = title.trim();
            if (given !== '' && !busy) void onAdd(given).then((isAdded) => isAdded && setTitle(''));
          }}
        >
          <TextField
            label={i18n._('Acrescentar uma aula')}
            placeholder={i18n._('Título da aula')}
            value={title}
            maxLength={titleMost}
            autoComplete="off"
            error={error}
            onChange={(event) => setTitle(event.target.value)}
          />
          <Button type="submit" icon="plus" busy={busy} disabled={title.trim() === ''}>
            {i18n._('Acrescentar')}
          </Button>
        </form>
      )}
    </>
  );
}
