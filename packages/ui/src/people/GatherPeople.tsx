import { useLingui } from '@lingui/react';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { ListSkeleton } from '../controls/Empty.tsx';
import { SearchField, TextField } from '../controls/Field.tsx';
import { Icon } from '../icons/Icon.tsx';
import { Avatar, RoleTag } from './Avatar.tsx';
import { shortName, type PersonView } from './person.ts';

/** Fewer letters than this find half the school. */
const minLetters = 2;

/**
 * Gathers a few people for a group: whoever is found is picked and stands as a chip above; a chip's press, or Backspace in the
 * empty search, takes them away again. Accent-blind (the server searches; `found` answers `onSearch`).
 */
export function GatherPeople({
  title,
  words,
  why,
  found,
  searching,
  error,
  busy,
  picked,
  least,
  most,
  name,
  nameMax,
  onName,
  onSearch,
  onPicked,
  onConfirm,
  onClose,
}: {
  title: string;
  words: string;
  /** Why a person may be missing. */
  why: string;
  found: readonly PersonView[];
  searching: boolean;
  error?: string | undefined;
  busy: boolean;
  picked: readonly PersonView[];
  /** How many must, and how many can be picked. */
  least: number;
  most: number;
  /** The group's own name; may stay empty. */
  name: string;
  nameMax: number;
  onName: (name: string) => void;
  /** Called with at least two letters, or with nothing when there are fewer. */
  onSearch: (text: string) => void;
  onPicked: (picked: readonly PersonView[]) => void;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const list = useId();
  const frame = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const enough = text.trim().length >= minLetters;
  const isFull = picked.length >= most;
  const missing = least - picked.length;
  const toSearch = () => frame.current?.querySelector<HTMLInputElement>('input[type="search"]')?.focus();
  function change(next: string) {
    setText(next);
    onSearch(next.trim().length >= minLetters ? next.trim() : '');
  }
  function toggle(person: PersonView) {
    const isIn = picked.some(({ id }) => id === person.id);
    onPicked(isIn ? picked.filter(({ id }) => id !== person.id) : [...picked, person]);
    if (!isIn) change('');
    toSearch();
  }
  function keys(event: KeyboardEvent) {
    if (event.key === 'Backspace' && text === '' && event.target instanceof HTMLInputElement && picked.length > 0) {
      event.preventDefault();
      onPicked(picked.slice(0, -1));
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const buttons = [...document.querySelectorAll<HTMLButtonElement>(`#${CSS.escape(list)} button`)];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = buttons[at + (event.key === 'ArrowDown' ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.focus();
    } else if (event.key === 'ArrowUp' && at === 0) {
      event.preventDefault();
      toSearch();
    }
  }
  const candidates = found.filter(({ id }) => !picked.some((one) => one.id === id));
  return (
    <Dialog
      title={title}
      onClose={onClose}
      firm
      footer={
        <>
          <span className="small soft push" role="status">
            {missing > 0
              ? i18n._('{missing, plural, one {Falta escolher mais # pessoa.} other {Escolha ao menos # pessoas.}}', {
                  missing,
                })
              : isFull
                ? i18n._('O grupo está completo.')
                : i18n._('{count, plural, one {# pessoa e você} other {# pessoas e você}}', { count: picked.length })}
          </span>
          <Button emphasis="pen" busy={busy} disabled={missing > 0} onClick={onConfirm}>
            {i18n._('Começar o grupo')}
          </Button>
        </>
      }
    >
      <p className="soft">{words}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys belong to the field and the buttons inside; this only hears them pass */}
      <div ref={frame} onKeyDown={keys} className="stack find-person">
        {picked.length > 0 && (
          <ul className="chips" aria-label={i18n._('Escolhidos')}>
            {picked.map((person) => (
              <li key={person.id}>
                <button type="button" className="chip chip--person" onClick={() => toggle(person)}>
                  <Avatar person={person} size="s" />
                  <span className="sr">{i18n._('Tirar {name}', { name: person.name })}</span>
                  <span dir="auto" aria-hidden="true">
                    {shortName(person.name)}
                  </span>
                  <Icon name="x" />
                </button>
              </li>
            ))}
          </ul>
        )}
        <SearchField
          label={i18n._('Nome da pessoa')}
          placeholder={i18n._('Nome da pessoa')}
          value={text}
          onChange={(event) => change(event.target.value)}
          disabled={isFull}
          autoFocus
        />
        {error && (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        {!enough && picked.length === 0 && (
          <p className="small soft">{i18n._('Escreva ao menos duas letras. Acentos não fazem diferença.')}</p>
        )}
        {enough && searching && candidates.length === 0 && <ListSkeleton count={3} />}
        {enough && !searching && candidates.length === 0 && (
          <p className="small soft" role="status">
            {i18n._('Ninguém mais com esse nome que você possa chamar.')} {why}
          </p>
        )}
        <ul id={list} className="find-list">
          {enough &&
            !isFull &&
            candidates.map((person) => (
              <li key={person.id}>
                <button type="button" className="find-one" onClick={() => toggle(person)}>
                  <Avatar person={person} />
                  <span className="member-words">
                    <span className="member-name">
                      <b dir="auto">{person.name}</b>
                      <RoleTag person={person} />
                    </span>
                  </span>
                  <Icon name="plus" />
                </button>
              </li>
            ))}
        </ul>
        {picked.length >= least && (
          <TextField
            label={i18n._('Nome do grupo (se quiser)')}
            value={name}
            maxLength={nameMax}
            onChange={(event) => onName(event.target.value)}
          />
        )}
      </div>
    </Dialog>
  );
}
