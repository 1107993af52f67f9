import { useId, useRef, type Ref } from 'react';
import { Icon } from '../icons/Icon.tsx';

/** Lines of text with their numbers beside them, those with a mistake marked. Long lines run on to the right rather than break. */
export function NumberedText({
  label,
  hint,
  value,
  placeholder,
  wrong,
  error,
  ref,
  onChange,
}: {
  label: string;
  hint: string;
  value: string;
  placeholder?: string;
  /** The numbers of the lines with a mistake, from 1. */
  wrong: ReadonlySet<number>;
  error?: string | undefined;
  ref?: Ref<HTMLTextAreaElement>;
  onChange: (text: string) => void;
}) {
  const id = useId();
  const gutter = useRef<HTMLDivElement>(null);
  const count = Math.max((value === '' ? (placeholder ?? '') : value).split('\n').length, 1);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="numbered" data-wrong={wrong.size > 0 || undefined}>
        <div className="numbered-gutter" ref={gutter} aria-hidden="true">
          {Array.from({ length: count }, (_, index) => (
            <span key={index} className={wrong.has(index + 1) ? 'is-wrong' : undefined}>
              {index + 1}
            </span>
          ))}
        </div>
        <textarea
          ref={ref}
          id={id}
          className="input"
          wrap="off"
          rows={8}
          spellCheck={false}
          autoCapitalize="none"
          value={value}
          placeholder={placeholder}
          aria-invalid={error !== undefined || wrong.size > 0 || undefined}
          aria-describedby={error === undefined ? `${id}-hint` : `${id}-hint ${id}-error`}
          onScroll={(event) => {
            if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
          }}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      <span className="hint" id={`${id}-hint`}>
        {hint}
      </span>
      {error && (
        <span className="error" id={`${id}-error`} role="alert">
          <Icon name="triangle-alert" />
          {error}
        </span>
      )}
    </div>
  );
}

/** Shows a line of a text area and selects it. `line` from 1. */
export function showLine(area: HTMLTextAreaElement, line: number): void {
  const lines = area.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  const height = Number.parseFloat(getComputedStyle(area).lineHeight);
  area.scrollTop = Math.max(0, (line - 3) * height);
  area.scrollLeft = 0;
}
