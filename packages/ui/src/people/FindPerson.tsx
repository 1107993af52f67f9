import { useLingui } from '@lingui/react';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { ListSkeleton } from '../controls/Empty.tsx';
import { SearchField } from '../controls/Field.tsx';
import { Avatar, RoleTag } from './Avatar.tsx';
import { presenceWord, type PersonView } from './person.ts';

/** Fewer letters than this find half the school. */
const minLetters = 2;

/**
 * Finds a person by name, accent-blind (the server searches; `found` answers `onSearch`), to start a private conversation
 * or to invite to a room. Says why somebody may not be listed.
 */
export function FindPerson({
  title,
  words,
  why,
  found,
  searching,
  error,
  onSearch,
  onPick,
  onGroup,
  onClose,
}: {
  title: string;
  words?: ReactNode;
  /** Why a person may be missing: another school's policy, an age rule, a block. */
  why: string;
  found: readonly PersonView[];
  searching: boolean;
  error?: string | undefined;
  /** Called with at least two letters, or with nothing when there are fewer. */
  onSearch: (text: string) => void;
  onPick: (person: PersonView) => void;
  /** The way to a conversation of more than two, where there is one. */
  onGroup?: () => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const list = useId();
  const [text, setText] = useState('');
  const enough = text.trim().length >= minLetters;
  function change(next: string) {
    setText(next);
    onSearch(next.trim().length >= minLetters ? next.trim() : '');
  }
  function keys(event: KeyboardEvent) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const buttons = [...document.querySelectorAll<HTMLButtonElement>(`#${CSS.escape(list)} button`)];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = buttons[at + (event.key === 'ArrowDown' ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }
  return (
    <Dialog title={title} onClose={onClose}>
      {words && <p className="soft">{words}</p>}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys belong to the buttons inside; this only hears them pass */}
      <div onKeyDown={keys} className="stack find-person">
        <SearchField
          label={i18n._('Nome da pessoa')}
          placeholder={i18n._('Nome da pessoa')}
          value={text}
          onChange={(event) => change(event.target.value)}
          autoFocus
        />
        {error && (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        {!enough && (
          <p className="small soft">{i18n._('Escreva ao menos duas letras. Acentos não fazem diferença.')}</p>
        )}
        {!enough && onGroup && (
          <Button icon="users" onClick={onGroup}>
            {i18n._('Conversar com várias pessoas')}
          </Button>
        )}
        {enough && searching && found.length === 0 && <ListSkeleton count={3} />}
        {enough && !searching && found.length === 0 && (
          <p className="small soft" role="status">
            {i18n._('Ninguém com esse nome que você possa chamar.')} {why}
          </p>
        )}
        <ul id={list} className="find-list">
          {enough &&
            found.map((person) => (
              <li key={person.id}>
                <button type="button" className="find-one" onClick={() => onPick(person)}>
                  <Avatar person={person} />
                  <span className="member-words">
                    <span className="member-name">
                      <b dir="auto">{person.name}</b>
                      <RoleTag person={person} />
                    </span>
                    {person.presence && <span className="small muted">{presenceWord(i18n, person.presence)}</span>}
                  </span>
                </button>
              </li>
            ))}
        </ul>
        {enough && found.length > 0 && <p className="small muted">{why}</p>}
      </div>
    </Dialog>
  );
}
