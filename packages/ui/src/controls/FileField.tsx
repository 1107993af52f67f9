import { useLingui } from '@lingui/react';
import { useId, useState, type DragEvent } from 'react';
import { Icon } from '../icons/Icon.tsx';

/**
 * Chooses one file, in the words of the page: the browser's own button, which speaks the browser's language, is there for the keyboard
 * and for readers, and its label is what is seen. A file can be dropped on it, too.
 */
export function FileField({
  label,
  accept,
  hint,
  onFile,
}: {
  label: string;
  /** As in HTML: `.csv,text/csv`. A dropped file is not held to it. */
  accept: string;
  hint?: string | undefined;
  onFile: (file: File) => void;
}) {
  const { i18n } = useLingui();
  const id = useId();
  const [name, setName] = useState<string>();
  const [isOver, setOver] = useState(false);
  function take(files: FileList | null) {
    const file = files?.[0];
    if (!file) return;
    setName(file.name);
    onFile(file);
  }
  function over(event: DragEvent, next: boolean) {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(next);
  }
  return (
    <div className="field">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping is one more way; the input inside is the one for keys and readers */}
      <label
        className={isOver ? 'file is-over' : 'file'}
        onDragOver={(event) => over(event, true)}
        onDragLeave={(event) => over(event, false)}
        onDrop={(event) => {
          over(event, false);
          take(event.dataTransfer.files);
        }}
      >
        <span className="sr">{label}: </span>
        <input
          className="sr"
          id={id}
          type="file"
          accept={accept}
          aria-describedby={`${id}-name`}
          onChange={(event) => {
            take(event.target.files);
            // The same file, mended meanwhile, can be chosen once more
            event.target.value = '';
          }}
        />
        <span className="btn">
          <Icon name="upload" />
          {name === undefined ? i18n._('Escolher arquivo') : i18n._('Escolher outro')}
        </span>
        <span className="file-name" id={`${id}-name`} data-none={name === undefined || undefined}>
          {name ?? hint ?? i18n._('Nenhum arquivo escolhido')}
        </span>
      </label>
    </div>
  );
}
