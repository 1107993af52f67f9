import { useLingui } from '@lingui/react';
import { Button } from '../controls/Button.tsx';
import { plainText } from '../markdown/parse.ts';

/** Newer words from another device, beside those that are being written: nothing changes until one of the two is chosen. */
export function DraftOffer({
  text,
  onTake,
  onKeep,
}: {
  /** What was written there. */
  text: string;
  onTake: () => void;
  onKeep: () => void;
}) {
  const { i18n } = useLingui();
  return (
    <div className="draft-offer" role="status">
      <p className="small">
        <b>{i18n._('Há um rascunho mais novo, de outro aparelho.')}</b>{' '}
        <span className="soft draft-offer-words" dir="auto">
          {plainText(text, 140)}
        </span>
      </p>
      <div className="draft-offer-ways">
        <Button small onClick={onTake}>
          {i18n._('Usar o mais novo')}
        </Button>
        <Button small emphasis="quiet" onClick={onKeep}>
          {i18n._('Ficar com este')}
        </Button>
      </div>
    </div>
  );
}
