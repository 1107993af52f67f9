/** The list that completes what is being written. Fetched late. */
import { useLingui } from '@lingui/react';
import type { I18n } from '@lingui/core';
import { type ReactNode, type Ref, useImperativeHandle, useLayoutEffect, useState } from 'react';
import { emojiName } from '../emoji/emoji.ts';
import { Avatar, RoleTag } from '../people/Avatar.tsx';
import type { PersonView } from '../people/person.ts';
import { Leaf } from '../rooms/Leaf.tsx';
import { answered, askingAt, type Asking, emojisLike, peopleLike, placesLike } from './asking.ts';
import type { PlaceView } from './references.ts';

export { Pasting } from './Pasting.tsx';
export { Urgent } from './Urgent.tsx';
export { withLinks, withoutLinks } from './references.ts';

/** How the box drives the list: it keeps the focus, and hears the keys first. */
export type SuggestHandle = {
  /** Whether a key was for the list. */
  key: (event: { key: string; shiftKey: boolean }) => boolean;
};

/** What was chosen: the text with it, where the caret goes, and whom or what a name then means. */
export type Chosen = { text: string; caret: number; picked?: { name: string; id: string } };

type Line = {
  id: string;
  face: ReactNode;
  name: string;
  note?: string;
  end?: ReactNode;
  words: string;
  picked?: Chosen['picked'];
};

function linesOf(
  i18n: I18n,
  { sign, query }: Asking,
  people: readonly PersonView[],
  places: () => readonly PlaceView[],
): Line[] {
  switch (sign) {
    case '@':
      return peopleLike(people, query).map((person) => ({
        id: person.id,
        face: <Avatar person={person} size="s" />,
        name: person.name,
        end: <RoleTag person={person} />,
        words: `@${person.name}`,
        picked: { name: `@${person.name}`, id: person.id },
      }));
    case '#':
      return placesLike(places(), query).map((place) => ({
        id: place.id,
        face: <Leaf leaf={place.leaf} />,
        name: place.name,
        note: place.note,
        words: `#${place.name}`,
        picked: { name: `#${place.name}`, id: place.id },
      }));
    case ':':
      return emojisLike(query).map(({ char }) => ({
        id: char,
        face: <span className="suggest-emoji">{char}</span>,
        name: emojiName(char, i18n.locale),
        words: char,
      }));
  }
}

/** What the list is called, and what is read of it when it opens. */
function wordsOf(i18n: I18n, sign: Asking['sign'], count: number): { label: string; status: string } {
  switch (sign) {
    case '@':
      return {
        label: i18n._('Pessoas para mencionar'),
        status: i18n._(
          '{count, plural, one {# pessoa para mencionar} other {# pessoas para mencionar}}. Setas escolhem, Enter menciona, Esc fecha.',
          { count },
        ),
      };
    case '#':
      return {
        label: i18n._('Salas e aulas para citar'),
        status: i18n._(
          '{count, plural, one {# sala ou aula para citar} other {# salas e aulas para citar}}. Setas escolhem, Enter cita, Esc fecha.',
          { count },
        ),
      };
    case ':':
      return {
        label: i18n._('Emojis com este nome'),
        status: i18n._('{count, plural, one {# emoji} other {# emojis}}. Setas escolhem, Enter põe, Esc fecha.', {
          count,
        }),
      };
  }
}

/** People, places or emojis, for the `@`, `#` or `:` at the caret; nothing where there is none. */
export function Suggest({
  id,
  text,
  caret,
  people,
  places,
  onActive,
  onPick,
  onClose,
  ref,
}: {
  /** Of the list; its lines are called by it and their number. */
  id: string;
  text: string;
  /** Where something is being written; undefined: nothing is to be completed. */
  caret: number | undefined;
  people: readonly PersonView[];
  places: () => readonly PlaceView[];
  /** The id of the line that is chosen; undefined where there is no list. */
  onActive: (line: string | undefined) => void;
  onPick: (chosen: Chosen) => void;
  onClose: () => void;
  ref: Ref<SuggestHandle>;
}) {
  const { i18n } = useLingui();
  const asking = caret === undefined ? undefined : askingAt(text, caret);
  const lines = asking ? linesOf(i18n, asking, people, places) : [];
  // Another letter is another question: the best answer is chosen anew
  const question = asking && `${asking.sign}${asking.query}`;
  const [choice, choose] = useState<{ question: string | undefined; at: number }>();
  const active = choice?.question === question ? Math.min(choice?.at ?? 0, lines.length - 1) : 0;
  const isOpen = lines.length > 0;
  const line = isOpen ? `${id}-${active}` : undefined;
  useLayoutEffect(() => onActive(line), [line, onActive]);

  function pick({ words, picked }: Line) {
    if (asking && caret !== undefined)
      onPick({ ...answered(text, asking, caret, words), ...(picked ? { picked } : {}) });
  }
  useImperativeHandle(ref, () => ({
    key({ key, shiftKey }) {
      const chosen = lines[active];
      if (!chosen) return false;
      if (key === 'ArrowDown' || key === 'ArrowUp')
        choose({ question, at: (active + (key === 'ArrowDown' ? 1 : -1) + lines.length) % lines.length });
      else if ((key === 'Enter' || key === 'Tab') && !shiftKey) pick(chosen);
      else if (key === 'Escape') onClose();
      else return false;
      return true;
    },
  }));

  const { label, status } = asking ? wordsOf(i18n, asking.sign, lines.length) : { label: '', status: '' };
  return (
    <>
      {isOpen && (
        <div className="menu suggest" role="listbox" id={id} aria-label={label}>
          {lines.map((one, index) => (
            <div
              key={one.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              // The box keeps the focus, and a keyboard of glass stays open
              onMouseDown={(event) => {
                event.preventDefault();
                pick(one);
              }}
              onMouseMove={() => choose({ question, at: index })}
            >
              {one.face}
              <span className="switcher-words">
                <span className="cut" dir="auto">
                  {one.name}
                </span>
                {one.note && <span className="small soft cut">{one.note}</span>}
              </span>
              {one.end}
            </div>
          ))}
        </div>
      )}
      <p className="sr" role="status">
        {isOpen && status}
      </p>
    </>
  );
}
