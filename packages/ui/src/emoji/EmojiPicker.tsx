import { useLingui } from '@lingui/react';
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { SearchField } from '../controls/Field.tsx';
import { emojiName, findEmojis, quickEmojis, type Emoji, type EmojiShelf } from './emoji.ts';

/** How many stand in a row; the arrows count on it, the style follows it. */
const columns = 8;

function shelfName(i18n: ReturnType<typeof useLingui>['i18n'], shelf: EmojiShelf | 'found'): string {
  switch (shelf) {
    case 'found':
      return i18n._('Encontrados');
    case 'faces':
      return i18n._('Rostos');
    case 'people':
      return i18n._('Gente e gestos');
    case 'school':
      return i18n._('Escola');
    case 'nature':
      return i18n._('Natureza');
    case 'food':
      return i18n._('Lanche');
    case 'play':
      return i18n._('Brincar');
    case 'signs':
      return i18n._('Sinais');
  }
}

/** A few at hand, in one row. */
export function QuickEmojis({ onPick }: { onPick: (emoji: string) => void }) {
  const { i18n } = useLingui();
  return (
    <span className="emoji-quick">
      {quickEmojis.map((char) => (
        <button
          key={char}
          type="button"
          className="emoji-one"
          aria-label={emojiName(char, i18n.locale)}
          onClick={() => onPick(char)}
        >
          {char}
        </button>
      ))}
    </span>
  );
}

/** A compact picker: search in Portuguese and English, accent-blind; arrows walk the grid, Enter takes. */
export function EmojiPicker({ onPick, autoFocus = true }: { onPick: (emoji: string) => void; autoFocus?: boolean }) {
  const { i18n } = useLingui();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  const heading = useId();
  const found = useMemo(() => findEmojis(query), [query]);
  const shelvesFound = useMemo(() => {
    const shelves: { shelf: EmojiShelf | 'found'; emojis: { emoji: Emoji; index: number }[] }[] = [];
    found.forEach((emoji, index) => {
      const shelf = query.trim() === '' ? emoji.shelf : 'found';
      const last = shelves[shelves.length - 1];
      if (last?.shelf === shelf) last.emojis.push({ emoji, index });
      else shelves.push({ shelf, emojis: [{ emoji, index }] });
    });
    return shelves;
  }, [found, query]);
  function go(index: number) {
    const next = Math.max(0, Math.min(found.length - 1, index));
    setActive(next);
    grid.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus();
  }
  function walk(event: KeyboardEvent) {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
    const step = steps[event.key];
    if (step === undefined && event.key !== 'Home' && event.key !== 'End') return;
    event.preventDefault();
    go(event.key === 'Home' ? 0 : event.key === 'End' ? found.length - 1 : active + (step ?? 0));
  }
  return (
    <div className="emoji-picker">
      <SearchField
        label={i18n._('Procurar emoji')}
        placeholder={i18n._('Procurar emoji')}
        value={query}
        autoFocus={autoFocus}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            go(0);
          }
          if (event.key === 'Enter') {
            event.preventDefault();
            const first = found[0];
            if (first) onPick(first.char);
          }
        }}
      />
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys belong to the buttons inside; this only hears them pass */}
      <div className="emoji-grid" ref={grid} onKeyDown={walk}>
        {shelvesFound.map(({ shelf, emojis }) => (
          <div key={shelf} role="group" aria-labelledby={`${heading}-${shelf}`}>
            <p className="emoji-shelf" id={`${heading}-${shelf}`}>
              {shelfName(i18n, shelf)}
            </p>
            <div className="emoji-row">
              {emojis.map(({ emoji, index }) => {
                const name = emojiName(emoji.char, i18n.locale);
                return (
                  <button
                    key={emoji.char}
                    type="button"
                    className="emoji-one"
                    data-index={index}
                    tabIndex={index === active ? 0 : -1}
                    aria-label={name}
                    title={name}
                    onFocus={() => setActive(index)}
                    onClick={() => onPick(emoji.char)}
                  >
                    {emoji.char}
                  </button>
                );
              })}
            </div>
          </div>
        ))}
        {found.length === 0 && (
          <p className="emoji-none small soft" role="status">
            {i18n._('Nenhum emoji com esse nome.')}
          </p>
        )}
      </div>
    </div>
  );
}
