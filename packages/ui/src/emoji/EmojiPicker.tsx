import { useLingui } from '@lingui/react';
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { SearchField } from '../controls/Field.tsx';
import { wayOf } from '../controls/way.ts';
import { emojiName, findEmojis, type EmojiShelf } from './emoji.ts';
import { recentEmojis, rememberEmoji } from './recent.ts';

/** A shelf as it is shown: those of the book, what was used last, what a search found. */
type Shelf = EmojiShelf | 'recent' | 'found';

/** The drawing of each shelf in the row that leads to it. */
const signs: Record<Shelf, string> = {
  recent: '🕘',
  found: '🔎',
  faces: '😀',
  people: '👋',
  school: '📚',
  nature: '🌿',
  food: '🍎',
  play: '⚽',
  signs: '💡',
};

/** How many stand in a row; the arrows count on it, the style follows it. */
const columns = 8;

function shelfName(i18n: ReturnType<typeof useLingui>['i18n'], shelf: Shelf): string {
  switch (shelf) {
    case 'found':
      return i18n._('Encontrados');
    case 'recent':
      return i18n._('Usados há pouco');
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

/** A compact picker: search in Portuguese and English, accent-blind; arrows walk the grid, Enter takes. */
export function EmojiPicker({ onPick, autoFocus = true }: { onPick: (emoji: string) => void; autoFocus?: boolean }) {
  const { i18n } = useLingui();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  const heading = useId();
  const found = useMemo(() => findEmojis(query), [query]);
  const [recent] = useState(recentEmojis);
  const isSearching = query.trim() !== '';
  const shelves = useMemo(() => {
    const all: { shelf: Shelf; emojis: { char: string; index: number }[] }[] = [];
    let index = 0;
    const put = (shelf: Shelf, char: string) => {
      const last = all.at(-1);
      const one = { char, index: index++ };
      if (last?.shelf === shelf) last.emojis.push(one);
      else all.push({ shelf, emojis: [one] });
    };
    if (!isSearching) for (const char of recent) put('recent', char);
    for (const { char, shelf } of found) put(isSearching ? 'found' : shelf, char);
    return all;
  }, [found, recent, isSearching]);
  const count = shelves.reduce((sum, { emojis }) => sum + emojis.length, 0);
  function pick(char: string) {
    rememberEmoji(char);
    onPick(char);
  }
  function show(shelf: Shelf) {
    const first = shelves.find((one) => one.shelf === shelf)?.emojis[0];
    if (first) setActive(first.index);
    const title = grid.current?.querySelector<HTMLElement>(`[data-shelf="${shelf}"]`);
    if (title && grid.current) grid.current.scrollTop = title.offsetTop;
  }
  function go(index: number) {
    const next = Math.max(0, Math.min(count - 1, index));
    setActive(next);
    grid.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus();
  }
  function walk(event: KeyboardEvent) {
    const way = wayOf(event.currentTarget);
    const steps: Record<string, number> = { ArrowRight: way, ArrowLeft: -way, ArrowDown: columns, ArrowUp: -columns };
    const step = steps[event.key];
    if (step === undefined && event.key !== 'Home' && event.key !== 'End') return;
    event.preventDefault();
    go(event.key === 'Home' ? 0 : event.key === 'End' ? count - 1 : active + (step ?? 0));
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
            if (first) pick(first.char);
          }
        }}
      />
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys belong to the buttons inside; this only hears them pass */}
      <div className="emoji-grid" ref={grid} onKeyDown={walk}>
        {shelves.map(({ shelf, emojis }) => (
          <div key={shelf} data-shelf={shelf} role="group" aria-labelledby={`${heading}-${shelf}`}>
            <p className="emoji-shelf" id={`${heading}-${shelf}`}>
              {shelfName(i18n, shelf)}
            </p>
            <div className="emoji-row">
              {emojis.map(({ char, index }) => {
                const name = emojiName(char, i18n.locale);
                return (
                  <button
                    key={char}
                    type="button"
                    className="emoji-one"
                    data-index={index}
                    tabIndex={index === active ? 0 : -1}
                    aria-label={name}
                    title={name}
                    onFocus={() => setActive(index)}
                    onClick={() => pick(char)}
                  >
                    {char}
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
      {!isSearching && (
        <div className="emoji-shelves" role="group" aria-label={i18n._('Ir para')}>
          {shelves.map(({ shelf }) => (
            <button
              key={shelf}
              type="button"
              className="emoji-one"
              aria-label={shelfName(i18n, shelf)}
              title={shelfName(i18n, shelf)}
              onClick={() => show(shelf)}
            >
              {signs[shelf]}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
