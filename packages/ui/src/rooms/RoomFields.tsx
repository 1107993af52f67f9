import type { I18n } from '@lingui/core';
import { useLingui } from '@lingui/react';
import type { ReactNode } from 'react';
import { Button } from '../controls/Button.tsx';
import { Choice, Segments } from '../controls/Choices.tsx';
import { SelectField, TextArea, TextField } from '../controls/Field.tsx';
import { EmojiPicker } from '../emoji/EmojiPicker.tsx';
import { languageWords } from '../i18n/language-words.ts';
import { type Language, languages } from '../i18n/languages.ts';
import { Icon } from '../icons/Icon.tsx';
import { Leaf } from './Leaf.tsx';
import { kindShort, leafColours, roomKinds, type LeafColour, type RoomKindName } from './room.ts';

/** What a room is made of, as the form gives it. `emoji` empty: the drawing of its kind. */
export type RoomDraft = {
  kind: RoomKindName;
  title: string;
  description: string;
  emoji: string;
  colour: LeafColour;
  access: 'open' | 'invite';
  posting: 'members' | 'moderators';
  past: 'all' | 'since-joining';
  /** Markdown; empty: none. */
  rules: string;
  /** One of the school's categories. */
  category: string | null;
  /** The language that is spoken here; null: whichever. */
  language: Language | null;
  course: string | null;
  lesson: string | null;
};

/** A course that the person may tie a room to. */
export type CourseOption = {
  id: string;
  title: string;
  lessons: readonly { id: string; number: number; title: string }[];
};

/** One of the school's own kinds of rooms. */
export type CategoryOption = { id: string; name: string; emoji: string };

/** A new room, before anything is filled in. */
export const blankRoom: RoomDraft = {
  kind: 'topic',
  title: '',
  description: '',
  emoji: '',
  colour: 'tone-3',
  access: 'open',
  posting: 'members',
  past: 'all',
  rules: '',
  category: null,
  language: null,
  course: null,
  lesson: null,
};

/** Lengths that the server holds to (protocol, `TEXT`), in letters. */
const lengths = { title: 80, description: 500, rules: 2000 };

/** Whether a new room of this kind still needs its course. */
const lacksCourse = (room: RoomDraft): boolean =>
  (room.kind === 'lesson' || room.kind === 'subject') && room.course === null;
const lacksLesson = (room: RoomDraft): boolean => room.kind === 'lesson' && room.lesson === null;

/** Whether what is needed is filled in; a room that is changed keeps its course and lesson. */
export const isComplete = (room: RoomDraft, mode: 'create' | 'change'): boolean =>
  room.title.trim() !== '' && (mode === 'change' || (!lacksCourse(room) && !lacksLesson(room)));

/** A room as it is sent: without blanks around, and without a lesson where it is of none. */
export const tidyRoom = (room: RoomDraft): RoomDraft => ({
  ...room,
  title: room.title.trim(),
  description: room.description.trim(),
  rules: room.rules.trim(),
  lesson: room.kind === 'lesson' ? room.lesson : null,
});

/** What is asked of a room, new or changed (`mode: 'change'`: its kind, course and lesson stay as they are). */
export function RoomFields({
  mode,
  room,
  kinds = roomKinds,
  courses,
  courseNote,
  categories,
  asked,
  error,
  onChange,
}: {
  mode: 'create' | 'change';
  room: RoomDraft;
  kinds?: readonly RoomKindName[];
  courses: readonly CourseOption[];
  /** What to do where there is no course, or the chosen one lacks something. */
  courseNote?: ((chosen: CourseOption | undefined, isNone: boolean) => ReactNode) | undefined;
  categories: readonly CategoryOption[];
  /** Somebody pressed the button: what is missing is said. */
  asked: boolean;
  error?: string | undefined;
  onChange: (room: RoomDraft) => void;
}) {
  const { i18n } = useLingui();
  const set = <Key extends keyof RoomDraft>(key: Key, value: RoomDraft[Key]) => onChange({ ...room, [key]: value });
  const course = courses.find((option) => option.id === room.course);
  const lesson = course?.lessons.find((option) => option.id === room.lesson);
  const needsCourse = room.kind === 'lesson' || room.kind === 'subject';
  return (
    <>
      {mode === 'create' && kinds.length > 1 && (
        <div className="field">
          <span className="label">{i18n._('Sobre o que é')}</span>
          <Segments
            label={i18n._('Sobre o que é')}
            value={room.kind}
            onChange={(kind) => set('kind', kind)}
            options={kinds.map((kind) => ({ value: kind, label: kindShort(i18n, kind) }))}
          />
        </div>
      )}
      {mode === 'create' && room.kind !== 'topic' && (
        <SelectField
          label={i18n._('Curso')}
          value={room.course ?? ''}
          hint={courseNote?.(course, courses.length === 0)}
          error={asked && lacksCourse(room) ? i18n._('Escolha o curso desta sala.') : undefined}
          onChange={(event) => onChange({ ...room, course: event.target.value || null, lesson: null })}
          options={[
            { value: '', label: needsCourse ? i18n._('Escolha um curso') : i18n._('Nenhum') },
            ...courses.map(({ id, title }) => ({ value: id, label: title })),
          ]}
        />
      )}
      {mode === 'create' && room.kind === 'lesson' && course && (
        <SelectField
          label={i18n._('Aula')}
          value={room.lesson ?? ''}
          error={asked && lacksLesson(room) ? i18n._('Escolha a aula desta sala.') : undefined}
          onChange={(event) => {
            const chosen = course.lessons.find((option) => option.id === event.target.value);
            onChange({
              ...room,
              lesson: chosen?.id ?? null,
              title: room.title.trim() === '' || room.title === lesson?.title ? (chosen?.title ?? '') : room.title,
            });
          }}
          options={[
            { value: '', label: i18n._('Escolha uma aula') },
            ...course.lessons.map(({ id, number, title }) => ({ value: id, label: `${number}. ${title}` })),
          ]}
        />
      )}
      <TextField
        label={i18n._('Nome da sala')}
        hint={i18n._('Como as pessoas vão procurar por ela.')}
        maxLength={lengths.title}
        value={room.title}
        onChange={(event) => set('title', event.target.value)}
        error={asked && room.title.trim() === '' ? i18n._('Dê um nome à sala.') : error}
      />
      <TextArea
        label={i18n._('Do que se fala aqui')}
        hint={i18n._('Aparece abaixo do nome, para quem ainda não entrou.')}
        maxLength={lengths.description}
        rows={2}
        value={room.description}
        onChange={(event) => set('description', event.target.value)}
      />
      <TextArea
        label={i18n._('Combinados da sala')}
        hint={i18n._('Quem chega lê antes de entrar. Aceita Markdown; vazio, não pergunta nada.')}
        maxLength={lengths.rules}
        rows={mode === 'change' ? 5 : 2}
        value={room.rules}
        onChange={(event) => set('rules', event.target.value)}
      />
      {categories.length > 0 && (
        <SelectField
          label={i18n._('Categoria')}
          value={room.category ?? ''}
          onChange={(event) => set('category', event.target.value || null)}
          options={[
            { value: '', label: i18n._('Nenhuma') },
            ...categories.map(({ id, name, emoji }) => ({
              value: id,
              label: emoji === '' ? name : `${emoji} ${name}`,
            })),
          ]}
        />
      )}
      <SelectField
        label={i18n._('Língua da conversa')}
        value={room.language ?? ''}
        onChange={(event) => set('language', (event.target.value || null) as RoomDraft['language'])}
        options={[
          { value: '', label: i18n._('Qualquer uma') },
          ...languages.map((value) => ({ value, label: languageWords(i18n, value) })),
        ]}
      />
      <div className="field">
        <span className="label">{room.kind === 'lesson' ? i18n._('Cor') : i18n._('Cor e emoji')}</span>
        <div className="row leaf-edit">
          <Leaf
            large
            leaf={{
              kind: room.kind,
              ...(lesson ? { lessonNumber: lesson.number } : {}),
              emoji: room.emoji,
              colour: room.colour,
              announcement: room.posting === 'moderators',
              inviteOnly: room.access === 'invite',
            }}
          />
          <div className="swatches" role="radiogroup" aria-label={i18n._('Cor')}>
            {leafColours.map((colour) => (
              <label key={colour} className="swatch" data-colour={colour}>
                <input
                  type="radio"
                  name="leaf-colour"
                  checked={room.colour === colour}
                  onChange={() => set('colour', colour)}
                />
                <span className="sr">{colourWord(i18n, colour)}</span>
              </label>
            ))}
          </div>
        </div>
        {room.kind !== 'lesson' && (
          <details className="leaf-emoji-edit">
            <Fold>
              {room.emoji ? i18n._('Trocar o emoji {emoji}', { emoji: room.emoji }) : i18n._('Escolher um emoji')}
            </Fold>
            {room.emoji && (
              <Button small onClick={() => set('emoji', '')}>
                {i18n._('Tirar o emoji')}
              </Button>
            )}
            <EmojiPicker autoFocus={false} onPick={(emoji) => set('emoji', emoji)} />
          </details>
        )}
      </div>
      <Choice
        legend={i18n._('Quem entra')}
        value={room.access}
        onChange={(access) => set('access', access)}
        options={[
          {
            value: 'open',
            label: i18n._('Aberta'),
            hint: room.course ? i18n._('Quem é do curso encontra e entra.') : i18n._('Toda a escola encontra e entra.'),
          },
          {
            value: 'invite',
            label: i18n._('Só por convite'),
            hint: i18n._('Não aparece para quem não foi convidado.'),
          },
        ]}
      />
      {/* Most rooms are as these are from the start; who changes a room comes for one of them */}
      <details className="room-more" open={mode === 'change'}>
        <Fold>{i18n._('Quem escreve, e o que se lê')}</Fold>
        <div className="stack">
          <Choice
            legend={i18n._('Quem escreve')}
            value={room.posting}
            onChange={(posting) => set('posting', posting)}
            options={[
              { value: 'members', label: i18n._('Todos que participam') },
              {
                value: 'moderators',
                label: i18n._('Só quem cuida da sala'),
                hint: i18n._('Para avisos: todos leem e reagem.'),
              },
            ]}
          />
          <Choice
            legend={i18n._('O que já foi dito')}
            value={room.past}
            onChange={(past) => set('past', past)}
            options={[
              { value: 'all', label: i18n._('Quem entra lê tudo') },
              { value: 'since-joining', label: i18n._('Quem entra lê só dali em diante') },
            ]}
          />
        </div>
      </details>
    </>
  );
}

/** What opens a part of the form that few need. */
function Fold({ children }: { children: ReactNode }) {
  return (
    <summary className="fold">
      <Icon name="chevron-right" />
      {children}
    </summary>
  );
}

/** The colour of a paper, as one would name it. */
function colourWord(i18n: I18n, colour: LeafColour): string {
  const words: Record<LeafColour, string> = {
    'tone-1': i18n._('Pêssego'),
    'tone-2': i18n._('Verde'),
    'tone-3': i18n._('Azul-claro'),
    'tone-4': i18n._('Rosa'),
    'tone-5': i18n._('Lilás'),
    'tone-6': i18n._('Amarelo'),
    pen: i18n._('Azul-caneta'),
  };
  return words[colour];
}
