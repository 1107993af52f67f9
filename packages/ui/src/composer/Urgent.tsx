import { useLingui } from '@lingui/react';
import { useEffect } from 'react';
import { Icon } from '../icons/Icon.tsx';

/** Says of what is being written that it is urgent for those whom it names: there once somebody is named, and off again once nobody is. Fetched late. */
export function Urgent({
  named,
  isOn,
  onChange,
}: {
  /** How many people the text names. */
  named: number;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}) {
  const { i18n } = useLingui();
  useEffect(() => {
    if (named === 0 && isOn) onChange(false);
  }, [named, isOn, onChange]);
  if (named === 0) return null;
  const word = i18n._('Urgente');
  return (
    <button
      type="button"
      className="btn btn--quiet ask"
      aria-pressed={isOn}
      title={i18n._('Quem você citou, se não ler, é avisado mais uma vez')}
      onClick={() => onChange(!isOn)}
    >
      <Icon name="zap" />
      <span className="no-phone">{word}</span>
      <span className="sr only-phone">{word}</span>
    </button>
  );
}
