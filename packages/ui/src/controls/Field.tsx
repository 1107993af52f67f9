import { useLingui } from '@lingui/react';
import {
  useId,
  useRef,
  useState,
  type ChangeEvent,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react';
import { Icon } from '../icons/Icon.tsx';
import { IconButton } from './Button.tsx';

type Around = {
  label: string;
  hint?: ReactNode;
  /** What to do about it, in words; marks the field as invalid. */
  error?: string | undefined;
  /** At the end of the label's line: “Esqueci a senha”. */
  aside?: ReactNode;
};

function FieldFrame({
  id,
  label,
  hint,
  error,
  aside,
  quiet,
  children,
}: Around & { id: string; quiet?: boolean; children: ReactNode }) {
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
        <label className={quiet ? 'sr' : undefined} htmlFor={id}>
          {label}
        </label>
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

/** A password, which can be looked at before it is sent. It is hidden again with each new field. */
export function PasswordField({
  label,
  hint,
  error,
  aside,
  ...rest
}: Around & Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'id' | 'type'>) {
  const { i18n } = useLingui();
  const id = useId();
  const [isShown, setShown] = useState(false);
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} aside={aside}>
      <div className="input-eye">
        <input
          {...rest}
          {...described(id, { label, hint, error })}
          className="input"
          id={id}
          type={isShown ? 'text' : 'password'}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
        />
        <IconButton
          icon={isShown ? 'eye-off' : 'eye'}
          label={isShown ? i18n._('Esconder a senha') : i18n._('Mostrar a senha')}
          onClick={() => setShown(!isShown)}
        />
      </div>
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
}: Around &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className' | 'id'> & {
    ref?: React.Ref<HTMLTextAreaElement>;
  }) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} aside={aside}>
      <textarea {...rest} {...described(id, { label, hint, error })} className="input" id={id} dir="auto" />
    </FieldFrame>
  );
}

/** One of many: the system's own list, which every phone and reader knows. With `quiet` the label is only read: the options say what it is. */
export function SelectField({
  label,
  hint,
  error,
  aside,
  options,
  quiet = false,
  ...rest
}: Around & { quiet?: boolean } & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'className' | 'id'> & {
    options: readonly { value: string; label: string }[];
  }) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} aside={aside} quiet={quiet}>
      <div className="input-select">
        <select {...rest} {...described(id, { label, hint, error })} className="input" id={id}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="chevron-down" />
      </div>
    </FieldFrame>
  );
}

/** A field to search with: the label is read, the drawing is seen, and a press empties it. */
export function SearchField({
  label,
  ref,
  ...rest
}: { label: string } & Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'id' | 'type'> & {
    ref?: React.Ref<HTMLInputElement>;
  }) {
  const { i18n } = useLingui();
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  function empty() {
    const input = frame.current?.querySelector('input');
    if (!input) return;
    rest.onChange?.({ target: { value: '' }, currentTarget: { value: '' } } as ChangeEvent<HTMLInputElement>);
    input.focus();
  }
  return (
    <div className="input-icon" ref={frame}>
      <Icon name="search" />
      <label className="sr" htmlFor={id}>
        {label}
      </label>
      <input {...rest} ref={ref} className="input" id={id} type="search" autoComplete="off" />
      {rest.value ? <IconButton small icon="x" label={i18n._('Limpar a busca')} onClick={empty} /> : null}
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
