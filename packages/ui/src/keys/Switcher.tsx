import { useLingui } from '@lingui/react';
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { SearchField } from '../controls/Field.tsx';
import type { IconName } from '../icons/drawings.ts';
import { RoleTag } from '../people/Avatar.tsx';
import { UnreadBadge } from '../rooms/Badges.tsx';
import { Face } from '../rooms/Face.tsx';
import type { SidebarRoom } from '../sidebar/Sidebar.tsx';

/** Somewhere one can go. */
export type SwitchPlace = {
  id: string;
  name: string;
  face: SidebarRoom['face'] | { icon: IconName };
  /** Where it belongs: its course, what it is. */
  note?: string | undefined;
  unread?: number;
  mentions?: number;
};

/** Places under a heading. */
export type SwitchShelf = { id: string; title: string; places: readonly SwitchPlace[] };

/** Goes anywhere by a few letters: what is found is the caller's, the box keeps the focus and the arrows choose. */
export function Switcher({
  text,
  shelves,
  searching,
  isNowhere,
  error,
  onText,
  onPick,
  onKeys,
  onClose,
}: {
  text: string;
  shelves: readonly SwitchShelf[];
  /** More may come. */
  searching: boolean;
  /** No room, lesson or person has these letters. */
  isNowhere: boolean;
  error?: string | undefined;
  onText: (text: string) => void;
  onPick: (place: SwitchPlace) => void;
  /** Shows the keys of the product; absent where there are none to press. */
  onKeys?: (() => void) | undefined;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const places = shelves.flatMap((shelf) => shelf.places);
  // What is chosen is a place, not a number: what comes in late moves nothing from under the hand
  const [chosen, choose] = useState<string>();
  const at = Math.max(
    0,
    places.findIndex((place) => place.id === chosen),
  );
  const active = places[at];
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- it looks for what is chosen
  }, [active?.id]);
  function keys(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 };
    const step = steps[event.key];
    if (step !== undefined && places.length > 0) {
      event.preventDefault();
      const to = Math.abs(step) === 1 ? (at + step + places.length) % places.length : at + step;
      choose(places[Math.max(0, Math.min(places.length - 1, to))]?.id);
    }
    if (event.key === 'Escape') {
      // A browser would empty a search first; who wants to leave leaves
      event.preventDefault();
      onClose();
    }
    if (event.key === 'Enter' && active) {
      event.preventDefault();
      onPick(active);
    }
  }
  return (
    <Dialog
      title={i18n._('Ir para…')}
      onClose={onClose}
      footer={
        onKeys && (
          <Button emphasis="quiet" onClick={onKeys}>
            {i18n._('Atalhos do teclado')}
          </Button>
        )
      }
    >
      <div className="stack switcher">
        <SearchField
          label={i18n._('Sala, aula ou pessoa')}
          placeholder={i18n._('Sala, aula ou pessoa')}
          role="combobox"
          aria-expanded={places.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active ? `${id}-${active.id}` : undefined}
          autoCorrect="off"
          spellCheck={false}
          dir="auto"
          value={text}
          onChange={(event) => {
            choose(undefined);
            onText(event.target.value);
          }}
          onKeyDown={keys}
        />
        {error && (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        <div className="switcher-found">
          <div
            className="switcher-list"
            role="listbox"
            id={`${id}-list`}
            aria-label={i18n._('Lugares')}
            aria-busy={searching}
            ref={list}
          >
            {shelves.map(
              (shelf) =>
                shelf.places.length > 0 && (
                  <div key={shelf.id} role="group" aria-labelledby={`${id}-${shelf.id}`}>
                    <p className="menu-title" id={`${id}-${shelf.id}`}>
                      {shelf.title}
                    </p>
                    {shelf.places.map((place) => (
                      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the box has the keys
                      <div
                        key={place.id}
                        id={`${id}-${place.id}`}
                        role="option"
                        aria-selected={place === active}
                        onClick={() => onPick(place)}
                        onMouseMove={() => choose(place.id)}
                      >
                        <Face id={place.id} face={place.face} />
                        <span className="switcher-words">
                          <span className="cut" dir="auto">
                            {place.name}
                          </span>
                          {place.note && <span className="small soft cut">{place.note}</span>}
                        </span>
                        {'person' in place.face && <RoleTag person={place.face.person} />}
                        <UnreadBadge unread={place.unread ?? 0} mentions={place.mentions ?? 0} />
                      </div>
                    ))}
                  </div>
                ),
            )}
          </div>
          <p className={places.length > 0 ? 'sr' : 'small soft'} role="status">
            {places.length > 0
              ? i18n._('{count, plural, one {# lugar} other {# lugares}}. Setas escolhem, Enter abre, Esc fecha.', {
                  count: places.length,
                })
              : searching
                ? i18n._('Procurando…')
                : i18n._('Nada com essas letras. Acentos não fazem diferença.')}
          </p>
          {isNowhere && !searching && (
            <p className="small soft" role="status">
              {i18n._('Aqui se acham salas, aulas e pessoas, e não o que foi dito.')}
            </p>
          )}
        </div>
      </div>
    </Dialog>
  );
}
