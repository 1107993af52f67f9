import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react';
import { Icon } from '../icons/Icon.tsx';
import type { IconName } from '../icons/drawings.ts';

type Around = {
  label: string;
  hint?: ReactNode;
  /** What to do about it, in words; marks the field as invalid. */
  error?: string | undefined;
  /** At the end of the label's line: “Esqueci a senha”. */
  aside?: ReactNode;
};

function FieldFrame({ id, label, hint, error, aside, children }: Around & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      {aside ? (
        <div className="row">
          <label className="label" htmlFor={id}>
            {label}
          </label>
          {aside}
        </div>
      ) : (
        <label htmlFor={id}>{label}</label>
      )}
      {children}
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error && (
        <span className="error" id={`${id}-error`} role="alert">
          <Icon name="triangle-alert" />
          {error}
        </span>
      )}
    </div>
  );
}

function described(id: string, { hint, error }: Around): { 'aria-describedby'?: string; 'aria-invalid'?: true } {
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return { ...(ids ? { 'aria-describedby': ids } : {}), ...(error ? { 'aria-invalid': true as const } : {}) };
}

/** One line of text under a visible label; the error stands beside the field and says what to do. */
export function TextField({
  label,
  hint,
  error,
  aside,
  ...rest
}: Around & Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'id'> & { ref?: React.Ref<HTMLInputElement> }) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} aside={aside}>
      <input {...rest} {...described(id, { label, hint, error })} className="input" id={id} dir="auto" />
    </FieldFrame>
  );
}

/** Several lines of text under a visible label. */
export function TextArea({
  label,
  hint,
  error,
  aside,
  ...rest
}: Around & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className' | 'id'>) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} aside={aside}>
      <textarea {...rest} {...described(id, { label, hint, error })} className="input" id={id} dir="auto" />
    </FieldFrame>
  );
}

/** One of many: the system's own list, which every phone and reader knows. */
export function SelectField({
  label,
  hint,
  error,
  aside,
  options,
  ...rest
}: Around &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, 'className' | 'id'> & {
    options: readonly { value: string; label: string }[];
  }) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} aside={aside}>
      <select {...rest} {...described(id, { label, hint, error })} className="input" id={id}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

/** A field to search with: the label is read, the drawing is seen. */
export function SearchField({
  label,
  ...rest
}: { label: string } & Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'id' | 'type'> & {
    ref?: React.Ref<HTMLInputElement>;
  }) {
  const id = useId();
  return (
    <div className="input-icon">
      <Icon name="search" />
      <label className="sr" htmlFor={id}>
        {label}
      </label>
      <input {...rest} className="input" id={id} type="search" autoComplete="off" />
    </div>
  );
}

type Box = Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'type' | 'role'>;

/** A box to tick, with a quieter second line if it needs one. */
export function Check({ label, hint, ...rest }: Box & { label: ReactNode; hint?: string | undefined }) {
  return (
    <label className="check">
      <input {...rest} type="checkbox" />
      <span>
        {label}
        {hint && <span className="small soft check-hint">{hint}</span>}
      </span>
    </label>
  );
}

/** On or off, at once. */
export function Switch({ label, ...rest }: Box & { label: string }) {
  return (
    <label className="switch">
      {/* oxlint-disable-next-line jsx-a11y/role-has-required-aria-props -- the box itself says whether it is checked */}
      <input {...rest} type="checkbox" role="switch" />
      {label}
    </label>
  );
}

/** One of a few, each with what follows from it. */
export function Choice<Value extends string>({
  legend,
  options,
  value,
  onChange,
}: {
  legend: string;
  options: readonly { value: Value; label: string; hint?: string | undefined }[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend className="label">{legend}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span>
            {option.label}
            {option.hint && <small>{option.hint}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Choices side by side that mean a view; arrows move between them. */
export function Segments<Value extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly { value: Value; label: string; icon?: IconName }[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <div className="tabs" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.icon && <Icon name={option.icon} />}
          {option.label}
        </button>
      ))}
    </div>
  );
}

/** Filters, of which one is on. */
export function Chips<Value extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly { value: Value; label: string; icon?: IconName }[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <div className="chips" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          className="chip"
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.icon && <Icon name={option.icon} />}
          {option.label}
        </button>
      ))}
    </div>
  );
}
