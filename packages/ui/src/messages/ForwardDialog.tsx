import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Choice } from '../controls/Choices.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { SearchField, TextArea } from '../controls/Field.tsx';

/** Where a message can be passed on to. */
export type ForwardPlace = { id: string; name: string; note: string };

/** As many as one reads at once; beyond, a letter is quicker. */
const MOST = 6;

/** Passes a message on by its name: where to, with which words of one's own, and who will read what. */
export function ForwardDialog({
  author,
  excerpt,
  find,
  maxLength,
  busy,
  error,
  onForward,
  onClose,
}: {
  author: string;
  excerpt: string;
  /** The places that answer to letters, the likeliest first. */
  find: (letters: string) => readonly ForwardPlace[];
  maxLength: number;
  busy: boolean;
  error: string | undefined;
  onForward: (place: ForwardPlace, words: string) => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const [letters, setLetters] = useState('');
  const [chosen, choose] = useState<ForwardPlace>();
  const [words, setWords] = useState('');
  const [isAsked, ask] = useState(false);
  const found = find(letters).slice(0, MOST);
  // What was chosen stays in sight, also among other letters
  const places = chosen === undefined || found.some(({ id }) => id === chosen.id) ? found : [chosen, ...found];
  const byId = new Map(places.map((place) => [place.id, place]));
  return (
    <Dialog
      title={i18n._('Encaminhar')}
      onClose={onClose}
      onSubmit={() => {
        ask(true);
        if (chosen) onForward(chosen, words.trim());
      }}
      footer={
        <>
          <Button emphasis="quiet" onClick={onClose}>
            {i18n._('Cancelar')}
          </Button>
          <Button emphasis="pen" icon="forward" type="submit" busy={busy}>
            {i18n._('Encaminhar')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="quote quote--still">
          <b dir="auto">{author}</b> <span dir="auto">{excerpt}</span>
        </p>
        <SearchField
          label={i18n._('Para onde')}
          placeholder={i18n._('Sala ou conversa')}
          value={letters}
          onChange={(event) => setLetters(event.target.value)}
        />
        {places.length > 0 ? (
          <Choice
            legend={i18n._('Salas e conversas')}
            options={places.map(({ id, name, note }) => ({ value: id, label: name, note }))}
            value={chosen?.id ?? ''}
            onChange={(id) => choose(byId.get(id))}
          />
        ) : (
          <p className="small soft" role="status">
            {i18n._('Nada com essas letras. Acentos não fazem diferença.')}
          </p>
        )}
        <TextArea
          label={i18n._('Suas palavras (se quiser)')}
          rows={2}
          maxLength={maxLength}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <p className="small soft">
          {i18n._(
            'Vai só a indicação da mensagem: lê o que ela diz quem já pode lê-la onde foi dita. Os outros leem as suas palavras.',
          )}
        </p>
        {(error !== undefined || (isAsked && chosen === undefined)) && (
          <p className="field-error" role="alert">
            {error ?? i18n._('Escolha para onde.')}
          </p>
        )}
      </div>
    </Dialog>
  );
}
