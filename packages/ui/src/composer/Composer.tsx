import { useLingui } from '@lingui/react';
import {
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react';
import { Button, IconButton } from '../controls/Button.tsx';
import { late } from '../controls/late.ts';
import { Icon } from '../icons/Icon.tsx';
import { EmojiPopover } from '../emoji/EmojiPopover.tsx';
import type { PersonView } from '../people/person.ts';
import { peopleWords } from '../rooms/room.ts';
import { commandKey, enterBreaks, sendingKey } from './enter.ts';
import { ModeBar } from './ModeBar.tsx';
import { mentionedIn, type Picked } from './names.ts';
import type { PastingHandle } from './Pasting.tsx';
import type { PlaceView } from './references.ts';
import type { Chosen, SuggestHandle } from './Suggest.tsx';

/** What the next send will do. */
export type ComposerMode =
  | { kind: 'new' }
  | { kind: 'reply'; messageId: string; author: string; excerpt: string }
  | { kind: 'edit'; messageKey: string; text: string };

/** What the app may ask of the composer. */
export type ComposerHandle = {
  focus: () => void;
  /** Whether somebody is at it with words of their own: then nothing changes under their hands. */
  isWriting: () => boolean;
  /** Puts a draft from elsewhere in the place of the one in the box, or of the one that waits aside while a message is edited. */
  show: (text: string) => void;
};

/** The count of what is left shows below this many bytes. */
const nearLimitBytes = 2048;
/** A typing notice at most this often (ux.md). */
const typingEveryMs = 3000;

const bytes = new TextEncoder();

/** The list that completes names and emojis, and what becomes of a paste: fetched when somebody comes to the box. Without a network one writes without them. */
const suggesting = late(() => import('./Suggest.tsx'));

const noPlaces = (): readonly PlaceView[] => [];

/**
 * The box to write in. It keeps the text itself (give it `key={room}`); `initialText` is the stored draft, `onDraft` tells of changes.
 * Editing puts the draft aside and brings it back.
 */
export function Composer({
  audience,
  people,
  members,
  places = noPlaces,
  urgeable,
  enterSends = true,
  initialText = '',
  mode,
  maxBytes,
  notice,
  onDraft,
  onSend,
  onCancel,
  onEditLast,
  onTyping,
  inputId,
  label,
  ref,
}: {
  /** The room's name, or the person's. */
  audience: string;
  /** How many will read; absent in a private conversation. */
  people?: number | undefined;
  /** Who can be mentioned; empty in a private conversation. */
  members: readonly PersonView[];
  /** The rooms and lessons that can be referred to. */
  places?: () => readonly PlaceView[];
  /** For how many of those whom the text names the writer may say that it is urgent; absent: for nobody. */
  urgeable?: ((mentions: readonly string[]) => number) | undefined;
  /** The person's wish; a keyboard of glass makes a new line by Enter all the same. */
  enterSends?: boolean;
  initialText?: string;
  mode: ComposerMode;
  /** Largest body in UTF-8 bytes. */
  maxBytes: number;
  /** A line above the text: a supervised conversation says who is present. */
  notice?: ReactNode;
  onDraft: (text: string) => void;
  /** `false`: not yet. The words stay in the box, until something else is shown in it. */
  onSend: (text: string, mentions: string[], urgent: boolean) => unknown;
  onCancel: () => void;
  /** ArrowUp in an empty box: edit the last message of one's own. */
  onEditLast: () => void;
  onTyping: () => void;
  /** The id of the text box: where the skip link goes. */
  inputId?: string;
  /** What this box is, where it is not the one of the page. */
  label?: string;
  ref?: Ref<ComposerHandle>;
}) {
  const { i18n } = useLingui();
  const made = useId();
  const id = inputId ?? made;
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(initialText);
  const [part, setPart] = useState(suggesting.fetched);
  const [urgent, setUrgent] = useState(false);
  /** Where something is being written that a list may complete. */
  const [caret, setCaret] = useState<number>();
  /** The line of the list that is chosen, while it is open. */
  const [active, setActive] = useState<string>();
  const list = useRef<SuggestHandle>(null);
  const pasting = useRef<PastingHandle>(null);
  const aside = useRef<string>(undefined);
  const typedAt = useRef(0);
  const picked = useRef<Picked>(new Map());
  const caretTo = useRef<number>(undefined);
  /** Whether the box has words of this visit: what was kept comes late where the browser reads slowly, and never over them. */
  const written = useRef(initialText !== '');

  useEffect(() => suggesting.fetchSoon(), []);
  const placesNow = useRef(places);
  useEffect(() => {
    placesNow.current = places;
  });

  // Editing borrows the box: the draft waits aside and comes back
  const editing = mode.kind === 'edit' ? mode.messageKey : undefined;
  const editText = mode.kind === 'edit' ? mode.text : '';
  const replying = mode.kind === 'reply' ? mode.messageId : undefined;
  useEffect(() => {
    if (editing === undefined) return undefined;
    const shown = suggesting.fetched()?.withoutLinks(editText, placesNow.current(), picked.current) ?? editText;
    setText((draft) => {
      aside.current ??= draft;
      return shown;
    });
    caretTo.current = shown.length;
    box.current?.focus();
    return () => {
      setText(aside.current ?? '');
      aside.current = undefined;
    };
  }, [editing, editText]);
  useImperativeHandle(
    ref,
    () => ({
      focus: () => box.current?.focus(),
      isWriting: () => editing === undefined && document.activeElement === box.current && text !== '',
      show(draft) {
        written.current = true;
        if (editing !== undefined) {
          aside.current = draft;
          return;
        }
        caretTo.current = draft.length;
        setCaret(undefined);
        setText(draft);
      },
    }),
    [editing, text],
  );
  useEffect(() => {
    if (replying !== undefined) box.current?.focus();
  }, [replying]);
  useEffect(() => {
    if (initialText === '' || written.current || editing !== undefined) return;
    written.current = true;
    caretTo.current = initialText.length;
    setText(initialText);
  }, [initialText, editing]);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    if (caretTo.current !== undefined) {
      element.setSelectionRange(caretTo.current, caretTo.current);
      caretTo.current = undefined;
    }
    if (CSS.supports('field-sizing', 'content')) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- it measures the box, which changes with the text
  }, [text]);

  const used = text.length * 3 < maxBytes - nearLimitBytes ? 0 : bytes.encode(text).length;
  const left = maxBytes - used;
  const blank = text.trim() === '';

  function change(next: string, at: number) {
    if (editing === undefined) written.current = true;
    setText(next);
    setCaret(at);
    if (editing !== undefined) return;
    onDraft(next);
    if (next.trim() !== '' && Date.now() - typedAt.current > typingEveryMs) {
      typedAt.current = Date.now();
      onTyping();
    }
  }
  function insert(put: { text: string; caret: number }) {
    caretTo.current = put.caret;
    change(put.text, put.caret);
    setCaret(undefined);
    box.current?.focus();
  }
  function pick(chosen: Chosen) {
    if (chosen.picked) picked.current.set(chosen.picked.name, chosen.picked.id);
    insert(chosen);
  }
  function insertAtCaret(words: string) {
    const start = box.current?.selectionStart ?? text.length;
    insert({
      text: text.slice(0, start) + words + text.slice(box.current?.selectionEnd ?? start),
      caret: start + words.length,
    });
  }
  function send(event?: FormEvent) {
    event?.preventDefault();
    if (blank || left < 0) {
      box.current?.focus();
      return;
    }
    const words = text.trim();
    const linked = (withAddresses: boolean): string =>
      suggesting.fetched()?.withLinks(words, places(), picked.current, i18n._('sala reservada'), withAddresses) ??
      words;
    // Links are longer than the names that stand for them: what only just fits goes without
    const whole = linked(true);
    const body = bytes.encode(whole).length > maxBytes ? linked(false) : whole;
    if (onSend(body, mentionedIn(text, members, picked.current), urgent && editing === undefined) === false) return;
    typedAt.current = 0;
    setUrgent(false);
    picked.current.clear();
    if (editing === undefined) {
      setText('');
      onDraft('');
    }
    box.current?.focus();
  }
  function keys(event: KeyboardEvent<HTMLTextAreaElement>) {
    // While an input method composes, every key is its own
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (list.current?.key(event)) {
      event.preventDefault();
      // Escape closes the list alone
      event.stopPropagation();
      return;
    }
    if (sendingKey(event, enterSends)) {
      event.preventDefault();
      send();
      return;
    }
    if (event.key === 'ArrowUp' && text === '' && mode.kind === 'new') {
      event.preventDefault();
      onEditLast();
      return;
    }
    if (event.key === 'Escape' && mode.kind !== 'new') {
      event.preventDefault();
      onCancel();
    }
  }

  const invitation =
    people === undefined
      ? i18n._('Mensagem para {audience}', { audience })
      : i18n._('Mensagem para {audience}, {people}', { audience, people: peopleWords(i18n, people) });
  // A box of several lines is a textbox and may be nothing else (ARIA in HTML): it points at the list, and the list tells of itself
  const pointer =
    active === undefined
      ? {}
      : ({
          'aria-autocomplete': 'list',
          'aria-controls': `${id}-list`,
          'aria-activedescendant': active,
        } as const);
  const sendKey = enterSends ? 'Enter' : `${commandKey()} Enter`;
  const action =
    mode.kind === 'edit' ? i18n._('Salvar') : mode.kind === 'reply' ? i18n._('Responder') : i18n._('Enviar');
  return (
    <form className="composer" onSubmit={send} aria-label={label ?? i18n._('Escrever')}>
      {notice && <div className="composer-head">{notice}</div>}
      {mode.kind === 'reply' && (
        <ModeBar icon="corner-up-left" cancel={i18n._('Cancelar resposta')} onCancel={onCancel}>
          {i18n._('Respondendo a')} <b>{mode.author}</b>
          {mode.excerpt && `: ${mode.excerpt}`}
        </ModeBar>
      )}
      {mode.kind === 'edit' && (
        <ModeBar icon="pencil" cancel={i18n._('Cancelar edição')} onCancel={onCancel}>
          {i18n._('Editando sua mensagem')}
        </ModeBar>
      )}
      {part && <part.Pasting ref={pasting} text={text} box={box} />}
      {part && (
        <part.Suggest
          ref={list}
          id={`${id}-list`}
          text={text}
          caret={caret}
          people={members}
          places={places}
          onActive={setActive}
          onPick={pick}
          onClose={() => setCaret(undefined)}
        />
      )}
      <label className="sr" htmlFor={id}>
        {invitation}
      </label>
      <textarea
        ref={box}
        id={id}
        rows={1}
        dir="auto"
        placeholder={invitation}
        value={text}
        aria-describedby={left < nearLimitBytes ? `${id}-left` : undefined}
        aria-invalid={left < 0 || undefined}
        {...pointer}
        onChange={(event) => change(event.target.value, event.target.selectionStart)}
        onKeyDown={keys}
        onPaste={(event) => pasting.current?.paste(event)}
        onFocus={() => {
          if (!part) suggesting.fetch().then(setPart, () => undefined);
        }}
        onBlur={() => setCaret(undefined)}
        onSelect={({ currentTarget: { selectionStart } }) => {
          // Who goes back to a name that was written long ago wants no list
          if (caret !== undefined && caret !== selectionStart)
            setCaret(active === undefined ? undefined : selectionStart);
        }}
      />
      <div className="composer-bar">
        <EmojiPopover
          align="start"
          side="top"
          onPick={insertAtCaret}
          trigger={
            <button
              type="button"
              className="btn btn--quiet btn--icon"
              aria-label={i18n._('Emojis')}
              title={i18n._('Emojis')}
            >
              <Icon name="smile" />
            </button>
          }
        />
        {members.length > 0 && (
          <IconButton icon="at-sign" label={i18n._('Mencionar alguém')} onClick={() => begin('@')} />
        )}
        {places !== noPlaces && (
          <IconButton icon="hash" label={i18n._('Citar uma sala ou aula')} onClick={() => begin('#')} />
        )}
        {part && urgeable && editing === undefined && (
          <part.Urgent named={urgeable(mentionedIn(text, members))} isOn={urgent} onChange={setUrgent} />
        )}
        {left < nearLimitBytes ? (
          <span id={`${id}-left`} className={left < 0 ? 'composer-left is-over' : 'composer-left'} role="status">
            {left < 0
              ? i18n._('Passou do tamanho em cerca de {over} letras. Mande em duas partes.', { over: -left })
              : i18n._('Cabem mais cerca de {left} letras', { left })}
          </span>
        ) : (
          <span className="composer-to no-phone" aria-hidden="true">
            {blank ? '' : invitation}
          </span>
        )}
        {!blank && !enterBreaks() && (
          <span className="composer-keys no-phone" aria-hidden="true">
            {i18n._('{key} envia', { key: sendKey })}
          </span>
        )}
        <Button
          emphasis="pen"
          push
          type="submit"
          aria-keyshortcuts={enterSends && !enterBreaks() ? 'Enter' : 'Control+Enter Meta+Enter'}
          icon={mode.kind === 'edit' ? 'check' : 'send'}
        >
          <span className="no-phone">{action}</span>
          <span className="sr only-phone">{action}</span>
        </Button>
      </div>
    </form>
  );

  function begin(sign: '@' | '#') {
    const start = box.current?.selectionStart ?? text.length;
    const put = start === 0 || /\s/.test(text[start - 1] ?? '') ? sign : ` ${sign}`;
    const next = text.slice(0, start) + put + text.slice(start);
    caretTo.current = start + put.length;
    change(next, start + put.length);
    box.current?.focus();
  }
}
