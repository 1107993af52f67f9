import { useLingui } from '@lingui/react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { TextField } from '../controls/Field.tsx';
import { Banner } from '../controls/Notice.tsx';
import { useTakenOff } from '../controls/taken-off.ts';
import { foldText } from '../i18n/fold.ts';
import { Icon } from '../icons/Icon.tsx';

/** The words that call the reader wherever they are said in a room of theirs. */
export function Keywords({
  words,
  most,
  longest,
  busy,
  error,
  faultOf,
  onWords,
}: {
  /** Absent while they are on their way. */
  words: readonly string[] | undefined;
  /** How many there may be. */
  most: number;
  /** How long one may be, in UTF-16 code units. */
  longest: number;
  busy: boolean;
  error: string | undefined;
  /** Why this cannot be one, in words. */
  faultOf: (word: string) => string | undefined;
  /** All of them from now on; answers whether they are kept. */
  onWords: (words: readonly string[]) => Promise<boolean>;
}) {
  const { i18n } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();
  const count = words?.length ?? 0;
  const isFull = count >= most;
  const { list, takes } = useTakenOff(count, '.chip--word', () => field.current);
  /** Where the focus goes when the last one that fits takes the field away with it. */
  const end = useRef<HTMLParagraphElement>(null);
  const isAdding = useRef(false);
  useEffect(() => {
    if (isAdding.current && count >= most) end.current?.focus();
    isAdding.current = false;
  }, [count, most]);

  async function add(event: FormEvent) {
    event.preventDefault();
    const word = text.replace(/\s+/gu, ' ').trim();
    if (words === undefined || busy || word === '') return;
    const known = words.find((other) => foldText(other) === foldText(word));
    const why =
      known === undefined
        ? faultOf(word)
        : i18n._('“{word}” já chama você: acentos e maiúsculas não contam.', { word: known });
    setFault(why);
    isAdding.current = why === undefined;
    if (why === undefined && (await onWords([...words, word]))) setText('');
    else isAdding.current = false;
    field.current?.focus();
  }
  function drop(nth: number) {
    if (words === undefined || busy) return;
    takes(nth);
    void onWords(words.filter((_, at) => at !== nth));
  }
  return (
    <section className="shelf" aria-labelledby="palavras">
      <h2 id="palavras">{i18n._('Palavras que chamam você')}</h2>
      {error !== undefined && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {error}
        </Banner>
      )}
      <div className="stack" ref={list}>
        <p className="soft">
          {i18n._(
            'Quando uma delas for dita numa sala sua, chama você como uma menção. Só a palavra inteira: “prova” não chama em “aprovado”. Ninguém mais vê esta lista, nem quem administra a escola.',
          )}
        </p>
        {words === undefined ? null : isFull ? (
          <p className="soft" role="status" ref={end} tabIndex={-1}>
            {i18n._('{most, plural, one {É uma no máximo.} other {São # no máximo.}} Tire uma para pôr outra.', {
              most,
            })}
          </p>
        ) : (
          <form className="word-form" onSubmit={(event) => void add(event)}>
            <TextField
              ref={field}
              label={i18n._('Palavra ou frase curta')}
              value={text}
              maxLength={longest}
              autoComplete="off"
              error={fault}
              onChange={(event) => {
                setText(event.target.value);
                setFault(undefined);
              }}
            />
            <Button type="submit" icon="plus" busy={busy}>
              {i18n._('Acrescentar')}
            </Button>
          </form>
        )}
        {/* Below the field, so that it stays under one's hands as words are added */}
        {words !== undefined && words.length > 0 && (
          <ul className="chips" aria-labelledby="palavras">
            {words.map((word, nth) => (
              <li key={word}>
                <button
                  type="button"
                  className="chip chip--word"
                  aria-label={i18n._('Tirar {name}', { name: word })}
                  aria-disabled={busy || undefined}
                  onClick={() => drop(nth)}
                >
                  <span dir="auto">{word}</span>
                  <Icon name="x" />
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
